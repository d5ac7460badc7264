"""What is typed when turnover is reported or corrected."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.clocks import Period
from contracts.models import TurnoverReport
from sroi_portal.core.form_fields import EuroField
from sroi_portal.core.forms import PortalForm

AMOUNT = _("Invoiced, without VAT")


class TurnoverForm(PortalForm):
    """A report of what was invoiced over some days."""

    starts_on = forms.DateField(label=_("First day"))
    ends_on = forms.DateField(label=_("Last day"))
    amount_eur = EuroField(
        label=AMOUNT,
        min_value=0,
        max_digits=15,
        help_text=_("All invoices of these days under this contract. Nothing invoiced: fill in 0."),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, period: Period | None, **kwargs: Any) -> None:
        """Begin with the first days that are over and not reported."""
        days = {"starts_on": period.open_from, "ends_on": period.ends_on} if period else {}
        kwargs.setdefault("initial", {"form_key": uuid.uuid4(), **days})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day lies before the first."))
        return cleaned

    def period(self) -> tuple[dt.date, dt.date]:
        return self.cleaned_data["starts_on"], self.cleaned_data["ends_on"]

    def key(self) -> uuid.UUID:
        key: uuid.UUID | None = self.cleaned_data["form_key"]
        return key or uuid.uuid4()


class CorrectionForm(PortalForm):
    """Another amount for the same days."""

    amount_eur = EuroField(label=AMOUNT, min_value=0, max_digits=15)
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("Both sides read this; the old amount stays visible."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, report: TurnoverReport, **kwargs: Any) -> None:
        initial = {"amount_eur": report.amount_eur, "revision": report.revision}
        kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)
