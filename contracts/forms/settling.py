"""What is typed when a contract is settled."""

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts import actions, letters
from contracts.models import Contract, LedgerUnit, Reaction, Settlement, SettlingTerms
from sroi_portal.core.form_fields import AmountField, EuroField
from sroi_portal.core.forms import PortalForm, PortalModelForm, ReasonForm
from sroi_portal.core.templatetags import formats

ZERO = Decimal("0.00")
AMOUNTS = {"malus_part", "waived", "carried"}
SHARED = _("Both sides read this. Write about the work: no names, no illness.")


class StatementForm(PortalForm):
    remark = forms.CharField(
        label=_("What you add to the figures"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The letter says this too. Write about the work: no names, no illness."),
    )


class ReactionForm(ReasonForm):
    reaction = forms.ChoiceField(
        label=_("Do you agree with the figures?"),
        choices=Reaction.choices,
        widget=forms.RadioSelect,
    )
    field_order = ("reaction", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Your reaction")


class DivisionForm(ReasonForm):
    """Divide a shortfall, or carry a surplus over."""

    malus_part = AmountField(label=_("Becomes a malus"), min_value=ZERO, required=False)
    waived = AmountField(label=_("Is waived"), min_value=ZERO, required=False)
    carried = AmountField(label=_("Goes to another contract"), min_value=ZERO, required=False)
    carried_to = forms.ModelChoiceField(
        Contract.objects.none(),
        label=_("Other contract"),
        required=False,
        empty_label=_("None"),
        help_text=_("Of the same supplier and authority, and not settled."),
    )
    carry_agreed_on = forms.DateField(
        label=_("Agreed with the supplier on"),
        required=False,
        help_text=_("Only when something goes to another contract."),
    )
    field_order = ("malus_part", "waived", "carried", "carried_to", "carry_agreed_on", "reason")

    def __init__(self, *args: Any, settlement: Settlement, today: dt.date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"revision": settlement.revision})
        super().__init__(*args, **kwargs)
        self.settlement, self.today = settlement, today
        takers = self.fields["carried_to"]
        assert isinstance(takers, forms.ModelChoiceField)  # noqa: S101 - tells mypy
        takers.queryset = actions.takers(settlement.contract)
        for name in self._without(can_carry=takers.queryset.exists()):
            del self.fields[name]
        if settlement.is_in_euros:
            for name in AMOUNTS & self.fields.keys():
                self.fields[name] = EuroField(
                    label=self.fields[name].label, min_value=ZERO, required=False
                )
        if "malus_part" in self.fields:
            self.fields["malus_part"].help_text = _("Times %(factor)s, as the contract says.") % {
                "factor": formats.number(settlement.contract.malus_factor)
            }
        self.fields["reason"].label = _("Why this division")
        self.fields["reason"].help_text = SHARED

    def _without(self, *, can_carry: bool) -> set[str]:
        """Name what is not asked: only what there is, is divided."""
        settlement = self.settlement
        is_goals = settlement.unit == LedgerUnit.OWN
        left_out = set()
        if is_goals or not settlement.shortfall:
            left_out |= {"malus_part", "waived"}
        if not settlement.is_in_euros:
            left_out.add("malus_part")
        is_even = settlement.owed == settlement.done
        if is_goals or is_even or not can_carry:
            left_out |= {"carried", "carried_to", "carry_agreed_on"}
        return left_out

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        carried = cleaned.get("carried") or ZERO
        for name in ("carried_to", "carry_agreed_on"):
            if carried and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Fill this in when something goes to another contract."))
        agreed_on = cleaned.get("carry_agreed_on")
        if agreed_on and agreed_on > self.today:
            self.add_error("carry_agreed_on", _("This day lies in the future."))
        return cleaned

    def division(self) -> actions.Division:
        typed = self.cleaned_data
        carried = typed.get("carried") or ZERO
        return actions.Division(
            malus_part=typed.get("malus_part") or ZERO,
            waived=typed.get("waived") or ZERO,
            carried=-carried if self.settlement.surplus else carried,
            carried_to=typed.get("carried_to") if carried else None,
            carry_agreed_on=typed.get("carry_agreed_on"),
        )


class ScoreForm(ReasonForm):
    score = forms.TypedChoiceField(
        label=_("How do you look back on the result?"),
        coerce=int,
        choices=(
            (5, _("5: very good")),
            (4, _("4: good")),
            (3, _("3: fair")),
            (2, _("2: poor")),
            (1, _("1: bad")),
        ),
        widget=forms.RadioSelect,
    )
    field_order = ("score", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("In a sentence: why?")
        self.fields["reason"].help_text = SHARED


class LessonForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("What should others know?")
        self.fields["reason"].help_text = SHARED


class FactorForm(ReasonForm):
    factor = AmountField(
        label=_("Malus as a multiple of the shortfall"),
        min_value=ZERO,
        max_value=Decimal(3),
        help_text=_(
            "1 is the shortfall itself, 1.5 is one and a half times. It is in the contract."
        ),
    )
    field_order = ("factor", "reason")

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"factor": contract.malus_factor})
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Where the contract says so")


class BreakOffForm(ReasonForm):
    understood = forms.BooleanField(
        label=_("I understand that this cannot be undone."),
    )
    field_order = ("reason", "understood")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Why is the contract broken off?")


class TermsForm(PortalModelForm[SettlingTerms]):
    class Meta:
        model = SettlingTerms
        fields = ("cure_days", "reaction_days", "malus_factor")
        field_classes: ClassVar[dict[str, Any]] = {"malus_factor": AmountField}
        help_texts: ClassVar[dict[str, Any]] = {
            "cure_days": _("After a notice of default. The last day becomes a working day."),
            "malus_factor": _("For contracts that are logged from now on."),
        }


class TemplateForm(PortalForm):
    """The text of a letter; places in braces are filled in."""

    subject = forms.CharField(label=_("Subject"), max_length=200)
    text = forms.CharField(
        label=_("Text"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_("A blank line begins a paragraph; “- ” a point of a list; “# ” a heading."),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            letters.check(self.kind, f"{cleaned['subject']}\n{cleaned['text']}")
        return cleaned
