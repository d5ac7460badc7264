"""What is typed of an edition of the magazine."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from network.models import Edition, GoodExample, Pilot, Quote, QuoteUse
from sroi_portal.core.forms import PortalForm, PortalModelForm

OFFERED = 60  # examples, the newest first
MOST_FIGURES = 6
FIGURE = ("value", "label", "source")
PARTS = 2  # of a figure, at least: the number and what it says


class ReleaseForm(PortalForm):
    """The button that lets everybody read an edition, or no longer."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class EditionForm(PortalModelForm[Edition]):
    figures_text = forms.CharField(
        label=_("Figures"),
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "One a line: number | what it says | source. "
            "Such as: 214 | people found work | report 2026-0004."
        ),
    )
    quotes = forms.ModelMultipleChoiceField(
        Quote.objects.none(),
        label=_("Quotes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only quotes that may stand in the magazine are offered."),
    )
    pilots = forms.ModelMultipleChoiceField(
        Pilot.objects.none(),
        label=_("Pilots"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Edition
        fields = ("number", "title", "foreword")
        widgets: ClassVar[dict[str, forms.Widget]] = {"foreword": forms.Textarea(attrs={"rows": 7})}
        help_texts: ClassVar[dict[str, Any]] = {
            "title": _("A few words for the cover, such as “Eerst het gesprek”."),
            "foreword": _("An empty line begins a new paragraph."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["quotes"].queryset = Quote.objects.allowed(QuoteUse.MAGAZINE).order_by("-pk")
        fields["quotes"].label_from_instance = lambda quote: (
            f"“{quote.text}” ({quote.get_role_display()})"
        )
        fields["pilots"].queryset = Pilot.objects.shared().order_by("title", "pk")
        self.examples = list(GoodExample.objects.published().order_by("-published_at")[:OFFERED])
        for example in self.examples:
            fields[f"example_{example.pk}"] = forms.IntegerField(
                label=example.title,
                required=False,
                min_value=1,
                max_value=99,
                help_text=_("Place in the edition; empty leaves it out."),
            )
        if self.instance.pk:
            self._show_what_is_chosen()

    def clean_figures_text(self) -> list[dict[str, str]]:
        """Read a figure from each line.

        :raises ValidationError: of a line without a number and what it says.
        """
        lines = [line for line in self.cleaned_data["figures_text"].splitlines() if line.strip()]
        found = []
        for line in lines:
            parts = [part.strip() for part in line.split("|")]
            if not PARTS <= len(parts) <= PARTS + 1 or not all(parts):
                raise forms.ValidationError(
                    _("Write each line as: number | what it says | source.")
                )
            found.append(dict(zip(FIGURE, parts, strict=False)))
        if len(found) > MOST_FIGURES:
            raise forms.ValidationError(_("At most six figures fit the page."))
        return found

    def validate_unique(self) -> None:
        """Let the same form pass twice: it made the edition with this number itself."""
        if self.already_made() is None:
            super().validate_unique()

    def facts(self) -> dict[str, Any]:
        """Give the examples in their order, and the rest as it was typed."""
        typed = super().facts()
        places = [(typed.pop(f"example_{each.pk}"), each) for each in self.examples]
        chosen = sorted((place, each.pk, each) for place, each in places if place)
        typed["figures"] = typed.pop("figures_text")
        return typed | {"examples": [example for _place, _pk, example in chosen]}

    def _show_what_is_chosen(self) -> None:
        fields: Any = self.fields
        edition = self.instance
        for article in edition.articles.all():
            field = fields.get(f"example_{article.example_id}")
            if field:
                field.initial = article.place
        fields["quotes"].initial = list(edition.quotes.values_list("pk", flat=True))
        fields["pilots"].initial = list(edition.pilots.values_list("pk", flat=True))
        fields["figures_text"].initial = "\n".join(
            " | ".join(figure[name] for name in FIGURE if figure.get(name))
            for figure in edition.figures
        )
