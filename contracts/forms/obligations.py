"""What is typed when an obligation changes after the award."""

import datetime as dt
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.actions import ObligationChange
from contracts.models import (
    FIXED_BASES,
    BaseKind,
    Contract,
    Notice,
    Obligation,
    ObligationCause,
)
from sroi_portal.core import money
from sroi_portal.core.form_fields import AmountField, EuroField, HoursField, PercentField
from sroi_portal.core.forms import PortalForm

CAUSES = (ObligationCause.VALUE, ObligationCause.EXTENSION, ObligationCause.DECISION)
FOREIGN = ("foreign_value", "exchange_rate", "rate_on")
OF_CONTRACT = ("value_eur", "wage_sum_eur", "hours", "ends_on", *FOREIGN)
OWED = ("base_kind", "percentage", "floor_eur", "cap_eur", "deviation")
SHARE, NUMBER = _("Only of a base; not of a fixed number."), _("Only of a fixed base.")


class ObligationChangeForm(PortalForm):
    """What changes, from when and why; what is shown stands until it is typed over."""

    cause = forms.ChoiceField(label=_("Why does it change?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("What was decided, by whom and where it stands. The supplier reads this too."),
    )
    holds_from = forms.DateField(
        label=_("Holds from"), help_text=_("The difference is booked in the month of this day.")
    )
    value_eur = EuroField(label=_("Contract value without VAT"), min_value=0, required=False)
    foreign_value = AmountField(label=_("Value in another currency"), min_value=0, required=False)
    exchange_rate = AmountField(
        label=_("Euros for one unit"),
        max_digits=14,
        decimal_places=6,
        min_value=Decimal("0.000001"),
        required=False,
    )
    rate_on = forms.DateField(label=_("Day of the exchange rate"), required=False)
    wage_sum_eur = EuroField(label=_("Wage sum"), min_value=0, required=False)
    hours = HoursField(label=_("Hours of work under the contract"), min_value=0, required=False)
    ends_on = forms.DateField(label=_("Last day"), required=False)
    base_kind = forms.ChoiceField(
        label=_("Percentage of what?"), choices=BaseKind, widget=forms.RadioSelect, required=False
    )
    percentage = PercentField(
        label=_("Percentage"), min_value=0, max_value=100, required=False, help_text=SHARE
    )
    fixed = AmountField(
        label=_("Fixed amount or number"), min_value=0, required=False, help_text=NUMBER
    )
    floor_eur = EuroField(label=_("At least"), min_value=0, required=False)
    cap_eur = EuroField(label=_("At most"), min_value=0, required=False)
    deviation = forms.CharField(
        label=_("Why does it differ from the rule?"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text=_("Only when it differs from what the rule proposes."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        contract: Contract,
        standing: Obligation | None,
        notice: Notice | None,
        today: dt.date,
        said: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        """Begin with what stands; `said` is what a notice says instead."""
        initial = {name: getattr(contract, name) for name in OF_CONTRACT}
        initial |= {name: getattr(standing, name) for name in OWED} if standing else {}
        if standing and standing.base_kind in FIXED_BASES:
            initial["fixed"] = standing.quantity
        initial |= {"holds_from": today, "revision": contract.revision, **(said or {})}
        kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)
        self.contract, self.standing, self.notice = contract, standing, notice
        causes = (ObligationCause.NOTICE,) if notice else CAUSES
        cause = self.fields["cause"]
        assert isinstance(cause, forms.ChoiceField)  # noqa: S101 - tells mypy
        cause.choices = [(each.value, each.label) for each in causes]
        cause.initial = causes[0].value if notice else None
        for name in ("value_eur",) if contract.foreign_currency else FOREIGN:
            del self.fields[name]
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.helper.layout = layout(is_foreign=bool(contract.foreign_currency))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts_on, ends_on = self.contract.starts_on, cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day of the contract lies before the first."))
        floor, cap = cleaned.get("floor_eur"), cleaned.get("cap_eur")
        if floor is not None and cap is not None and cap < floor:
            self.add_error("cap_eur", _("The most that can be owed lies below the least."))
        value, rate = cleaned.get("foreign_value"), cleaned.get("exchange_rate")
        if value is not None and rate is not None:
            cleaned["value_eur"] = money.rounded(value * rate)
        return cleaned

    def change(self) -> ObligationChange:
        """Put together what the action asks for."""
        typed = self.cleaned_data
        return ObligationChange(
            cause=typed["cause"],
            reason=typed["reason"],
            holds_from=typed["holds_from"],
            base_kind=typed["base_kind"] or None,
            percentage=typed["percentage"],
            fixed=typed["fixed"],
            bounds=(typed["floor_eur"], typed["cap_eur"]),
            deviation=typed["deviation"],
            notice=self.notice,
            **{name: typed.get(name) for name in OF_CONTRACT},
        )


def layout(*, is_foreign: bool) -> Layout:
    value = Row(*FOREIGN) if is_foreign else "value_eur"
    return Layout(
        "revision",
        Fieldset(_("Why and from when"), "cause", "reason", "holds_from"),
        Fieldset(_("The contract"), value, Row("wage_sum_eur", "hours"), "ends_on"),
        Fieldset(
            _("The obligation"),
            "base_kind",
            Row("percentage", "fixed"),
            Row("floor_eur", "cap_eur"),
            "deviation",
        ),
    )
