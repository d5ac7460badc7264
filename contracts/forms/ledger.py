"""Which lines of a ledger are asked for; all of it stands in the address."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.facts import KINDS
from contracts.models import Account, Contract, Goal, LedgerUnit
from contracts.models.ledger import LedgerEntryQuerySet
from sroi_portal.core import terms
from sroi_portal.core.forms import PortalForm

ALL = ("", _("All"))
EXACTLY = {"account": "account", "unit": "unit", "source": "source_kind"}
LAST = 2**63 - 1  # number that a line can have
FROM = {"month_from": "month__gte", "month_to": "month__lte"}


class MonthField(forms.DateField):
    """A month, told by its first day."""

    widget = forms.DateInput
    input_formats = ("%Y-%m", "%m-%Y")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Such as 2026-03."))
        kwargs.setdefault("widget", forms.TextInput(attrs={"size": 8, "placeholder": "2026-03"}))
        super().__init__(**kwargs)


class KnownOnForm(PortalForm):
    """Asks for the figures of an earlier day."""

    known_on = forms.DateField(
        label=_("As known at the end of"),
        required=False,
        widget=forms.DateInput,
        help_text=_("What was posted later is left out."),
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_known_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["known_on"]
        if day and day > self.today:
            raise forms.ValidationError(_("This day lies in the future."))
        return day

    @property
    def day(self) -> dt.date | None:
        """Give the day that is asked for, and none where there is no such day."""
        return self.cleaned_data.get("known_on") if self.is_valid() else None


class LedgerFilterForm(KnownOnForm):
    account = forms.ChoiceField(
        label=_("Ledger account"), required=False, choices=[ALL, *Account.choices]
    )
    unit = forms.ChoiceField(label=_("Unit"), required=False, choices=[ALL, *LedgerUnit.choices])
    goal = forms.ModelChoiceField(
        Goal.objects.none(),
        label=_("Goal"),
        required=False,
        empty_label=ALL[1],
        to_field_name="uuid",
    )
    source = forms.ChoiceField(label=_("Caused by"), required=False, choices=[ALL, *KINDS.items()])
    month_from = MonthField(label=_("From the month"), required=False)
    month_to = MonthField(label=_("Up to the month"), required=False)
    posted_from = forms.DateField(label=_("Posted from"), required=False, widget=forms.DateInput)
    posted_to = forms.DateField(label=_("Posted up to"), required=False, widget=forms.DateInput)
    position = forms.IntegerField(
        label=_("Up to and including line"),
        required=False,
        min_value=1,
        max_value=LAST,
        help_text=_("The number up to which a report knew the ledger."),
    )
    field_order = (
        "account",
        "unit",
        "goal",
        "source",
        "month_from",
        "month_to",
        "posted_from",
        "posted_to",
        "known_on",
        "position",
    )

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        goal = self.fields["goal"]
        assert isinstance(goal, forms.ModelChoiceField)  # noqa: S101 - tells mypy
        goal.queryset = contract.goals.order_by("title", "pk")
        if not goal.queryset.exists():
            del self.fields["goal"]

    def narrowed(self, lines: LedgerEntryQuerySet) -> LedgerEntryQuerySet:
        """Keep the lines that answer to all of it; none where something is no answer."""
        if not self.is_valid():
            return lines.none()
        wanted = self.cleaned_data
        found = {field: wanted[name] for name, field in (EXACTLY | FROM).items() if wanted[name]}
        if wanted.get("goal"):
            found["goal"] = wanted["goal"].uuid
        if wanted["posted_from"]:
            found["posted_at__gte"] = terms.starts_at(wanted["posted_from"])
        for name in ("posted_to", "known_on"):
            if wanted[name]:
                lines = lines.known_on(terms.ended_at(wanted[name]))
        if wanted["position"]:
            lines = lines.as_known_at(wanted["position"])
        return lines.filter(**found)
