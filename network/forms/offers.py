"""What is typed of an offer on the board, and how the board is narrowed."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.dimensions import PROVINCES
from contracts.models import Category
from network import regions
from network.models import Offer, OfferKind, OfferStatus, WorkForm
from sroi_portal.core.form_fields import HoursField
from sroi_portal.core.forms import CHOOSE, PortalForm, PortalModelForm
from suppliers.models import Supplier

TEXTS = {
    OfferKind.PLACE: (
        _("What can somebody do and learn with you?"),
        _("The work, what one learns, who guides, what you ask. No names."),
    ),
    OfferKind.CANDIDATE: (
        _("What does the person want to do or learn?"),
        _("No name, number, address, age, illness or group. Nobody may find the person by this."),
    ),
    OfferKind.PATH: (
        _("Which path do you have in mind?"),
        _("Which step with you, which step with the other, and for whom it is a way forward."),
    ),
}
SORTS = {
    "new": ("-posted_at", "-pk"),
    "starts": ("starts_on", "pk"),
    "hours": ("-hours_per_week", "-pk"),
}


class OfferFilterForm(PortalForm):
    error_title = _("A filter was not understood and left out.")
    q = forms.CharField(label=_("Words or supplier"), required=False, max_length=120)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All")), *OfferKind.choices]
    )
    province = forms.ChoiceField(
        label=_("Province"), required=False, choices=[("", _("All")), *PROVINCES.items()]
    )
    category = forms.ModelChoiceField(
        Category.objects.all(), label=_("Category"), required=False, empty_label=_("All")
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=(
            ("new", _("newest first")),
            ("starts", _("soonest first")),
            ("hours", _("most hours first")),
        ),
    )
    mine = forms.BooleanField(label=_("Only ours"), required=False)
    ended = forms.BooleanField(label=_("Also what left the board"), required=False)


class PlaceFilterForm(PortalForm):
    """What somebody who looks for work narrows the places by."""

    error_title = _("A filter was not understood and left out.")
    q = forms.CharField(label=_("Words"), required=False, max_length=120)
    province = forms.ChoiceField(
        label=_("Province"), required=False, choices=[("", _("All")), *PROVINCES.items()]
    )
    form = forms.ChoiceField(
        label=_("What for"), required=False, choices=[("", _("All")), *WorkForm.choices]
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=(
            ("starts", _("soonest first")),
            ("new", _("newest first")),
            ("hours", _("most hours first")),
        ),
    )


class OfferForm(PortalModelForm[Offer]):
    """A place, an anonymous candidate or a path; the kind does not change afterwards."""

    region = forms.ChoiceField(label=_("Where?"))
    hours_per_week = HoursField(label=_("Hours a week"), max_digits=4, min_value=1, max_value=60)
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 6}), max_length=2000)

    class Meta:
        model = Offer
        fields = (
            "supplier",
            "form",
            "title",
            "category",
            "region",
            "hours_per_week",
            "starts_on",
            "ends_on",
            "apply_at",
        )
        help_texts = {
            "title": _("What one reads in the list: short, and without a name."),
            "apply_at": _(
                "Fill this in to show the place to everybody who looks for work, also without "
                "an account. A general number or mailbox, not of one person. "
                "Empty: only suppliers and advisers see the place."
            ),
        }

    def __init__(self, *args: Any, kind: str, suppliers: tuple[int, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = OfferKind(kind)
        own: Any = self.fields["supplier"]
        own.queryset = Supplier.objects.filter(pk__in=suppliers)
        own.label = _("For")
        if len(suppliers) == 1:
            own.initial, own.widget = suppliers[0], forms.HiddenInput()
        where: Any = self.fields["region"]
        is_candidate = self.kind == OfferKind.CANDIDATE
        places = regions.province_choices() if is_candidate else regions.choices()
        where.choices = [CHOOSE, *places]
        is_place = self.kind == OfferKind.PLACE
        if not is_place:
            del self.fields["apply_at"]
        text = self.fields["text"]
        text.label, text.help_text = TEXTS[self.kind]
        text.initial = self.instance.text if self.instance.pk else ""
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "supplier",
            "title",
            "text",
            Row("form", "category"),
            Row("region", "hours_per_week"),
            Row("starts_on", "ends_on"),
            *(["apply_at"] if is_place else []),
            "form_key",
            "revision",
        )

    def _post_clean(self) -> None:
        """Leave the row to the action, which makes it."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day lies before the first."))
        return cleaned

    def told(self) -> dict[str, Any]:
        return {"kind": self.kind, **self.facts()}


def wanted_status(cleaned: dict[str, Any]) -> tuple[str, ...]:
    """Keep what stands on the board, unless all is asked for."""
    every = tuple(OfferStatus.values)
    return every if cleaned.get("ended") else (OfferStatus.OPEN, OfferStatus.IN_CONTACT)
