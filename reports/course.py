"""How sums over many contracts went, quarter after quarter (R-314)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import accumulate
from typing import Any, Self

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncQuarter
from django.utils.translation import gettext as _

from contracts.models import Account, LedgerEntry, LedgerUnit
from sroi_portal.core import quarters
from sroi_portal.core.charts import CourseChart, Line
from sroi_portal.core.money import ZERO

DRAWN = (Account.OBLIGATION, Account.WAIVED, Account.VERIFIED, Account.SUBMITTED)
AMOUNTS = ("owed_eur", "verified_eur", "submitted_eur")


@dataclass(frozen=True, slots=True)
class Quarter:
    """What was posted for the work of one quarter; `quarter` is its first day."""

    quarter: dt.date
    owed_eur: Decimal
    verified_eur: Decimal
    submitted_eur: Decimal

    @property
    def ends_on(self) -> dt.date:
        return quarters.last_day(self.quarter)

    def __add__(self, later: Self) -> Self:
        return replace(
            self,
            quarter=later.quarter,
            owed_eur=self.owed_eur + later.owed_eur,
            verified_eur=self.verified_eur + later.verified_eur,
            submitted_eur=self.submitted_eur + later.submitted_eur,
        )


def of_ledger(entries: QuerySet[LedgerEntry]) -> list[Quarter]:
    return [Quarter(**row) for row in summed(entries)]


def summed(entries: QuerySet[LedgerEntry], **keys: Any) -> list[dict[str, Any]]:
    """Sum the euros by quarter of the work, and by what else is given."""
    found = (
        entries.filter(unit=LedgerUnit.EURO, account__in=DRAWN)
        .order_by()
        .values(**keys, quarter=TruncQuarter("month"))
        .annotate(
            owed_eur=_of(Account.OBLIGATION) - _of(Account.WAIVED),
            verified_eur=_of(Account.VERIFIED),
            submitted_eur=_of(Account.SUBMITTED),
        )
        .order_by("quarter")
    )
    return [dict(row) for row in found]


def chart(rows: Sequence[Quarter]) -> CourseChart | None:
    """Draw the sums so far; what was owed holds from the award on."""
    if len(rows) < 2:
        return None
    so_far = list(accumulate(rows))
    verified = [(each.ends_on, each.verified_eur) for each in so_far]
    reached = [(each.ends_on, each.verified_eur + each.submitted_eur) for each in so_far]
    owed = [(each.ends_on, each.owed_eur) for each in so_far]
    return CourseChart(
        key="course",
        title=_("How it went, quarter after quarter"),
        description=_("What was verified and submitted so far, beside what was owed."),
        lines=[
            Line(_("Verified"), verified),
            Line(_("With submitted"), reached),
            Line(_("Owed"), owed, is_stepped=True),
        ],
    )


def _of(account: Account) -> Coalesce:
    return Coalesce(Sum("quantity", filter=Q(account=account)), ZERO)
