"""What is wrong with a row, in a sentence for who typed it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from candidates.models import ContractForm, SheetField
from contracts.models import ContractStatus
from sroi_portal.core.templatetags import formats

SENTENCES: dict[str, Any] = {
    "missing": _("%(column)s: nothing is filled in."),
    "long": _("%(column)s: at most 40 characters."),
    "bsn": _(
        "This looks like a citizen service number (BSN). We never store one. "
        "Remove the number; use your own reference for the person instead."
    ),
    "personal": _(
        "This looks like a date or an e-mail address. "
        "Use a number that says nothing about the person, such as K-01."
    ),
    "no_contract": _("No contract of yours has the number or title “%(said)s”."),
    "two_contracts": _("More than one contract is called “%(said)s”. Write its number."),
    "framework": _("A framework agreement takes no work itself: enter it on one of its call-offs."),
    "insolvent": _("The supplier is insolvent: no new work is entered. What was entered stays."),
    "closed": _("Nothing can be entered on this contract: its status is “%(status)s”."),
    "no_row": _("“%(said)s” is no row of the table “%(table)s” of this contract."),
    "two_rows": _("“%(said)s” can mean more than one row. Write the whole name: %(rows)s."),
    "hours": _("“%(said)s” is no number of hours. Write for example 32 or 32,5."),
    "hours_limits": _("Hours a week lie between 0.25 and 60."),
    "hours_decimals": _("“%(said)s”: hours have at most two decimals."),
    "day": _("%(column)s: “%(said)s” is no day. Write it as 31-12-2026."),
    "ends_before": _("The last working day lies before the first."),
    "after_contract": _("The contract ends on %(day)s; work after that does not count."),
    "form": _("“%(said)s” is no form of work. Choose one of: %(forms)s."),
    "twice": _("The same as row %(row)s: the same person, contract and first day."),
    "known": _("Entered before: the same person, contract and first day."),
    "period_half": _("A period has a first and a last day. One of them is missing."),
    "period_before": _("The last day of the period lies before the first."),
    "period_outside": _(
        "Part of the period lies before the first or after the last working day, "
        "or outside the contract. Change the period."
    ),
    "period_future": _("The period ends on %(day)s. You can submit it once it is over."),
    "period_overlap": _(
        "Part of this period was entered before for this placement. "
        "Choose days that were not entered yet."
    ),
    "no_bonuses": _("The row “%(row)s” has no bonuses. Leave this cell empty."),
    "no_bonus": _("“%(said)s” is no bonus of the row “%(row)s”. Choose from: %(bonuses)s."),
    "two_bonuses": _("“%(said)s” can mean more than one bonus. Choose from: %(bonuses)s."),
    "no_plan": _("This contract has no agreed plan of approach. Leave the line of the plan empty."),
    "no_line": _("“%(said)s” is no line of the agreed plan. Choose from: %(lines)s."),
    "two_lines": _("More than one line of the plan is called “%(said)s”. Write its number."),
    "line_without_period": _(
        "A line of the plan belongs to a period. Fill in the period too, or leave the line empty."
    ),
    "refused": _("The period could not be entered: %(said)s"),
    "period_refused": _("The placement is entered, but not the period: %(said)s"),
    "unreadable": "%(said)s",
}


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why a row is wrong, or was left out; `said` may be shown to who typed it."""

    row: int
    code: str
    column: str = ""
    said: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> list[Any]:
        return [self.row, self.code, self.column, dict(self.said)]

    @classmethod
    def from_json(cls, told: list[Any]) -> "Complaint":
        return cls(*told)

    @property
    def sentence(self) -> str:
        """Say it in the language of the reader."""
        said: dict[str, Any] = dict(self.said)
        if "day" in said:
            said["day"] = formats.day(dt.date.fromisoformat(said["day"]))
        if "status" in said:
            said["status"] = ContractStatus(said["status"]).label
        if self.code == "form":
            said["forms"] = ", ".join(str(label) for label in ContractForm.labels)
        if self.column:
            said["column"] = capfirst(SheetField(self.column).label)
        return str(SENTENCES[self.code]) % said
