"""What is typed of a quote and of the permission to repeat it."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract
from network.models import GivenHow, GoodExample, Permission, Pilot, Quote, QuoteStatus, QuoteUse
from sroi_portal.core.forms import CHOOSE, PortalForm, PortalModelForm
from sroi_portal.core.models import User

KEPT = (GivenHow.PAPER, GivenHow.MAIL)  # the candidate's own page records by itself


class QuoteForm(PortalModelForm[Quote]):
    text = forms.CharField(
        label=_("The words"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("As they were said. No names, and nothing by which one is recognised."),
    )
    uses = forms.MultipleChoiceField(
        label=_("Where may they stand?"),
        choices=QuoteUse.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Only tick what the permission says. Who agrees to reports must know that a report "
            "that was handed out cannot be called back."
        ),
    )

    class Meta:
        model = Quote
        fields = ("role", "given_on", "given_how", "example", "contract", "pilot")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "example": forms.HiddenInput(),
            "contract": forms.HiddenInput(),
            "pilot": forms.HiddenInput(),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "role": _("A role, never a name."),
            "given_how": _("You keep the paper or the e-mail; the portal does not."),
        }

    field_order = ("text", "role", "given_on", "given_how", "uses")

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen: Any = [self.fields[name] for name in ("contract", "example", "pilot")]
        seen[0].queryset = Contract.objects.visible_to(person)
        seen[1].queryset = GoodExample.objects.visible_to(person)
        seen[2].queryset = Pilot.objects.visible_to(person)
        how: Any = self.fields["given_how"]
        how.choices = [CHOOSE, *((each.value, each.label) for each in KEPT)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not any(cleaned.get(name) for name in ("contract", "example", "pilot")):
            self.add_error(None, _("Begin on the page of an example, a contract or a pilot."))
        return cleaned

    def said(self) -> tuple[dict[str, Any], Permission]:
        """Give the facts of the quote apart from the permission."""
        facts = self.facts()
        permission = Permission(
            given_on=facts.pop("given_on"),
            how=GivenHow(facts.pop("given_how")),
            uses=tuple(QuoteUse(use) for use in facts.pop("uses")),
        )
        return facts, permission


class QuoteFilterForm(PortalForm):
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", _("All")), *QuoteStatus.choices]
    )
    use = forms.ChoiceField(
        label=_("May stand"), required=False, choices=[("", _("All")), *QuoteUse.choices]
    )


class WithdrawQuoteForm(PortalForm):
    """A step that cannot be undone: the words are destroyed."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    sure = forms.BooleanField(label=_("The permission is withdrawn. Destroy the words."))
