"""The calculator: what would it count for, before anything is promised (N11)."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from candidates import worth
from candidates.forms.fields import BonusField, DayField, RowField, chosen_block
from candidates.forms.placements import HOURS_LIMITS
from contracts import valuation
from contracts.models import Contract, ValueTable
from sroi_portal.core.form_fields import HoursField
from sroi_portal.core.forms import PortalForm
from sroi_portal.core.templatetags import formats


class TableChoiceForm(PortalForm):
    """Under which rules: those of a contract, or of a published table."""

    contract = forms.ModelChoiceField(
        Contract.objects.none(),
        label=_("Contract"),
        required=False,
        empty_label=_("No contract: choose a table"),
        help_text=_("Its value table, first day and last day are used."),
    )
    table = forms.ModelChoiceField(
        ValueTable.objects.none(),
        label=_("Value table"),
        required=False,
        empty_label=_("Choose a table"),
    )

    def __init__(self, *args: Any, contracts: Any, tables: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["table"].queryset = tables
        if contracts:
            chosen["contract"].queryset = contracts
        else:
            del self.fields["contract"]
            chosen["table"].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not (cleaned.get("contract") or cleaned.get("table")):
            self.add_error("table", gettext("Choose a contract or a table."))
        return cleaned


class WhatIfForm(PortalForm):
    """One person, who may work: nothing is kept."""

    hours_per_week = HoursField(label=_("Hours a week"), max_digits=4, validators=HOURS_LIMITS)
    starts_on = DayField(label=_("First working day"))
    ends_on = DayField(
        label=_("Last working day"), help_text=_("At most five years after the first.")
    )

    def __init__(
        self, *args: Any, table: ValueTable, contract: Contract | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.contract = contract
        block = chosen_block(self.data, "block", table)
        self.fields["block"] = RowField(table)
        self.fields["bonus_codes"] = BonusField(block)
        if contract:
            self.fields["ends_on"].help_text = gettext("The contract ends on %(day)s.") % {
                "day": formats.day(contract.ends_on)
            }
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        bonuses = ["bonus_codes"] if self.fields["bonus_codes"].choices else []  # type: ignore[attr-defined]
        self.helper.layout = Layout(
            "block", *bonuses, Row("hours_per_week", "starts_on", "ends_on")
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if not (starts_on and ends_on):
            return cleaned
        if ends_on < starts_on:
            self.add_error("ends_on", gettext("The last working day lies before the first."))
        elif (ends_on - starts_on).days > 5 * 366:
            self.add_error("ends_on", gettext("Choose a period of at most five years."))
        elif self.contract and self.contract.ends_on and ends_on > self.contract.ends_on:
            self.add_error(
                "ends_on",
                gettext("The contract ends on %(day)s.")
                % {"day": formats.day(self.contract.ends_on)},
            )
        return cleaned

    def worth(self) -> valuation.Valuation | None:
        """Value it by the very function that values what is submitted."""
        if not (self.is_bound and self.is_valid()):
            return None
        wanted = self.cleaned_data
        period = (wanted["starts_on"], wanted["ends_on"])
        job = worth.Job(
            block=wanted["block"],
            bonus_codes=tuple(wanted["bonus_codes"]),
            hours=(valuation.HoursPeriod(*period, wanted["hours_per_week"]),),
            starts_on=period[0],
            contract_starts_on=self.contract.starts_on if self.contract else None,
        )
        return worth.of_job(job, period)
