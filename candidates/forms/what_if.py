"""The calculator: what would it count for, before anything is promised (N11)."""

import datetime as dt
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from candidates.forms.entries import MOST, MOST_DAYS, Entry
from candidates.forms.fields import PER_UNIT, BonusField, DayField
from candidates.forms.placements import HOURS_LIMITS
from contracts import obligation_rules, valuation
from contracts.actions.proposals import Offered, offer
from contracts.models import Block, Contract, Nature, ObligationRule, ValueTable
from sroi_portal.core import money
from sroi_portal.core.form_fields import AmountField, EuroField, HoursField, PercentField
from sroi_portal.core.forms import PortalForm
from sroi_portal.core.templatetags import formats
from suppliers.models import CertificateKind

AMOUNT = {"max_digits": 14, "validators": [MinValueValidator(0), MaxValueValidator(MOST)]}
Unit = valuation.Unit
UNITS = PER_UNIT | {
    Unit.HOUR: _("for an hour"),
    Unit.DAY: _("for a day"),
    Unit.FLAT: _("each time"),
    Unit.INVOICE_SHARE: _("the invoice, without VAT"),
    Unit.ACTUAL_COST: _("the cost, without VAT"),
    Unit.AGREED: _("an amount that is agreed"),
}
QUANTITIES = {
    Unit.HOUR: _("Number of hours"),
    Unit.DAY: _("Number of days"),
    Unit.FLAT: _("Number of times"),
}


class TableChoiceForm(PortalForm):
    """Under which rules: those of a contract, or of a published table with what is owed."""

    contract = forms.ModelChoiceField(
        Contract.objects.none(),
        label=_("Contract"),
        required=False,
        empty_label=_("No contract: choose a table"),
        help_text=_("Its value table, its days and what it owes are used."),
    )
    table = forms.ModelChoiceField(
        ValueTable.objects.none(),
        label=_("Value table"),
        required=False,
        empty_label=_("Choose a table"),
    )
    owed_eur = EuroField(label=_("What is owed, if you know it"), required=False, **AMOUNT)
    base_eur = EuroField(
        label=_("Contract value"),
        required=False,
        help_text=_("Without VAT."),
        **AMOUNT,
    )
    rule = forms.ModelChoiceField(
        ObligationRule.objects.none(),
        label=_("Obligation rule"),
        required=False,
        empty_label=_("No rule"),
        help_text=_("Says what is owed on a contract of this nature and value."),
    )
    nature = forms.ChoiceField(
        label=_("Nature"), choices=[("", _("Not said")), *Nature.choices], required=False
    )
    wage_sum_eur = EuroField(label=_("Wage sum"), required=False, **AMOUNT)
    percentage = PercentField(
        label=_("and the percentage"),
        required=False,
        max_digits=5,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )

    def __init__(self, *args: Any, contracts: Any, tables: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["table"].queryset = tables
        chosen["rule"].queryset = ObligationRule.objects.published().filter(authority=None)
        if contracts:
            chosen["contract"].queryset = contracts
        else:
            del self.fields["contract"]
            chosen["table"].required = True
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        first = ["contract"] if "contract" in self.fields else []
        self.helper.layout = Layout(
            *first,
            "table",
            "owed_eur",
            "rule",
            Row("base_eur", "percentage"),
            Row("nature", "wage_sum_eur"),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not (cleaned.get("contract") or cleaned.get("table")):
            self.add_error("table", gettext("Choose a contract or a table."))
        has_share = cleaned.get("rule") or cleaned.get("percentage") is not None
        if cleaned.get("base_eur") is not None and not has_share:
            self.add_error("percentage", gettext("Fill in the percentage, too, or choose a rule."))
        return cleaned

    def owed(self) -> Decimal | None:
        """Give what is owed as far as it was filled in, to the cent (R-110)."""
        wanted = self.cleaned_data
        owed_eur: Decimal | None = wanted.get("owed_eur")
        if owed_eur is None and (offered := self.offered()):
            return offered.first.quantity if offered.first else None
        base_eur, percentage = wanted.get("base_eur"), wanted.get("percentage")
        if owed_eur is None and base_eur is not None and percentage is not None:
            return money.rounded(base_eur * percentage / 100)
        return owed_eur

    def offered(self) -> Offered | None:
        """Hold the contract that is thought of against the rule; its term is taken as long."""
        wanted = self.cleaned_data
        rule: ObligationRule | None = wanted.get("rule")
        if rule is None:
            return None
        contract = Contract(
            value_eur=wanted.get("base_eur"),
            wage_sum_eur=wanted.get("wage_sum_eur"),
            nature=wanted.get("nature", ""),
        )
        asked = obligation_rules.Asked(
            nature=contract.nature,
            value_eur=contract.value_eur,
            wage_sum_eur=contract.wage_sum_eur,
            starts_on=dt.date.min,
            ends_on=dt.date.max - dt.timedelta(days=40),
        )
        return offer(rule, contract, asked)


class WhatIfForm(PortalForm):
    """One line: somebody who may work, or something that may be bought or done."""

    block = forms.ChoiceField(label=_("Row of the value table"), widget=forms.RadioSelect)
    person = forms.TypedChoiceField(
        label=_("Whose work?"),
        coerce=int,
        required=False,
        help_text=_("For one person a limit or a full-time week counts over all lines."),
    )
    hours_per_week = HoursField(label=_("Hours a week"), max_digits=4, validators=HOURS_LIMITS)
    quantity = AmountField(label=_("How many"), **AMOUNT)
    days = AmountField(label=_("On how many days?"), required=False, **AMOUNT)
    amount_eur = EuroField(label=_("Amount"), **AMOUNT)
    vat_pct = PercentField(
        label=_("VAT in this amount"),
        required=False,
        max_digits=5,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("Empty when the amount is without VAT."),
    )
    starts_on = DayField(label=_("First working day"))
    ends_on = DayField(
        label=_("Last working day"), help_text=_("At most five years after the first.")
    )

    def __init__(
        self,
        *args: Any,
        blocks: dict[str, Block],
        contract: Contract | None,
        person: int = 1,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.contract, self.blocks = contract, blocks
        chosen: Any = self.fields
        chosen["block"].choices = [(str(each.pk), _label(each)) for each in blocks.values()]
        chosen["person"].choices = [(n, _person(n, person)) for n in (person, *range(1, person))]
        chosen["person"].empty_value = person
        chosen["person"].initial = person
        ticked = str((self.data or self.initial).get("block") or "")
        self.row = next((each for each in blocks.values() if str(each.pk) == ticked), None)
        chosen["bonus_codes"] = BonusField(self.row)
        self._keep_what_is_asked()
        if contract:
            self.fields["ends_on"].help_text = gettext("The contract ends on %(day)s.") % {
                "day": formats.day(contract.ends_on)
            }
        self._lay_out()

    def _keep_what_is_asked(self) -> None:
        """Ask for work its hours and days, for a purchase or an activity its amount and its day."""
        unit = Unit(self.row.unit) if self.row else Unit.FULL_TIME_YEAR
        asked = {"block", "ends_on"}
        if unit.is_time:
            asked |= {"person", "hours_per_week", "starts_on", "bonus_codes"}
        elif unit in QUANTITIES:
            self.fields["quantity"].label = QUANTITIES[unit]
            asked |= {"quantity"}
        else:
            asked |= {"amount_eur"} | ({"vat_pct"} if unit is not Unit.AGREED else set())
        if self.row and self.row.as_terms().daily_max_eur and unit is not Unit.DAY:
            asked |= {"days"}
        if not unit.is_time:
            self.fields["ends_on"].label = _("On which day?")
            self.fields["ends_on"].help_text = ""
        for name in set(self.fields) - asked:
            del self.fields[name]
        if "bonus_codes" in self.fields and not self.fields["bonus_codes"].choices:  # type: ignore[attr-defined]
            del self.fields["bonus_codes"]
        if "person" in self.fields and len(self.fields["person"].choices) == 1:  # type: ignore[attr-defined]
            del self.fields["person"]

    def _lay_out(self) -> None:
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        facts = ("hours_per_week", "quantity", "amount_eur", "vat_pct", "days", "starts_on")
        row = [name for name in (*facts, "ends_on") if name in self.fields]
        first = [name for name in ("bonus_codes", "person") if name in self.fields]
        self.helper.layout = Layout("block", *first, Row(*row))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        ends_on = cleaned.get("ends_on")
        starts_on = cleaned.get("starts_on", ends_on)
        if not (starts_on and ends_on):
            return cleaned
        if ends_on < starts_on:
            self.add_error("ends_on", gettext("The last working day lies before the first."))
        elif (ends_on - starts_on).days > MOST_DAYS:
            self.add_error("ends_on", gettext("Choose a period of at most five years."))
        elif self.contract and self.contract.ends_on and ends_on > self.contract.ends_on:
            self.add_error(
                "ends_on",
                gettext("The contract ends on %(day)s.")
                % {"day": formats.day(self.contract.ends_on)},
            )
        return cleaned

    def entry(self) -> Entry | None:
        """Give the line once it can be valued."""
        if not (self.is_bound and self.is_valid() and self.row):
            return None
        wanted = self.cleaned_data
        return Entry(
            block=self.row,
            starts_on=wanted.get("starts_on", wanted["ends_on"]),
            ends_on=wanted["ends_on"],
            person=wanted.get("person") or 1,
            hours_per_week=wanted.get("hours_per_week"),
            bonus_codes=tuple(wanted.get("bonus_codes", ())),
            quantity=wanted.get("quantity"),
            days=wanted.get("days"),
            amount_eur=wanted.get("amount_eur"),
            vat_pct=wanted.get("vat_pct"),
        )


def _label(block: Block) -> str:
    unit = UNITS.get(Unit(block.unit), "")
    if certificate := block.as_terms().certificate:
        name = CertificateKind(certificate).label
        return gettext("%(row)s: only from a partner with: %(name)s") % {
            "row": block.label,
            "name": name,
        }
    if block.value_eur is None:
        return f"{block.label}: {unit}"
    return f"{block.label}: {formats.euro(block.value_eur)} {unit}"


def _person(number: int, new: int) -> str:
    if number == new:
        return gettext("Somebody else: person %(number)s") % {"number": number}
    return gettext("Person %(number)s") % {"number": number}
