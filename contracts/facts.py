"""What a page tells about one contract, gathered once for both sides (S01)."""

import calendar
import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from contracts.models import Account, Block, Contract, Fulfilment, LedgerEntry
from contracts.valuation import Unit
from sroi_portal.core import money
from sroi_portal.core.charts import Bar, BarChart, CourseChart, Line

DONE = (Account.VERIFIED, Account.CARRIED)
MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Options:
    """Three ways to close a gap: a person, a purchase, a partner."""

    gap_eur: Decimal
    person: Block | None
    person_months: int
    purchase: Block | None


def bar(contract: Contract, fulfilment: Fulfilment) -> BarChart:
    """Draw what is owed, verified, submitted and expected."""
    return BarChart(
        key=f"contract-{contract.pk}",
        title=_("Where the contract stands"),
        description=_("What is verified and submitted beside what is owed."),
        bars=[
            Bar(
                label=contract.title,
                owed=fulfilment.owed_eur,
                verified=fulfilment.done_eur,
                submitted=fulfilment.submitted_eur,
                expected=fulfilment.expected_eur,
            )
        ],
    )


def course(contract: Contract, fulfilment: Fulfilment, today: dt.date) -> CourseChart | None:
    """Draw how the verified sum grew, month by month, beside what was to be expected."""
    first, last = contract.starts_on, contract.ends_on
    if first is None or last is None or not fulfilment.owed_eur:
        return None
    days = list(month_ends(first, last))
    by_month = _verified_by_month(contract)
    past = [day for day in days if day <= today] or days[:1]
    if past[-1] < today <= last:
        past.append(today)
    length = (last - first).days + 1
    expected = [
        (day, money.rounded(fulfilment.owed_eur * ((day - first).days + 1) / length))
        for day in sorted({*days, *past})
    ]
    done = [
        (day, sum((sum_ for month, sum_ in by_month if month <= day), Decimal(0))) for day in past
    ]
    return CourseChart(
        key=f"course-{contract.pk}",
        title=_("How it went"),
        description=_("What was verified, beside what was to be expected to date."),
        lines=[
            Line(_("Verified"), done),
            Line(_("Expected"), expected),
            Line(_("Owed"), [(day, fulfilment.owed_eur) for day in (days[0], days[-1])]),
        ],
    )


def month_ends(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Give the first day, the last day of each month after it, and the last day itself."""
    yield first
    day = first
    while True:
        day = day.replace(day=calendar.monthrange(day.year, day.month)[1])
        if day >= last:
            break
        if day > first:
            yield day
        day += dt.timedelta(days=1)
    if last > first:
        yield last


def options(contract: Contract, fulfilment: Fulfilment) -> Options:
    """Say in the terms of this contract's table what would close the gap to date."""
    reached = fulfilment.done_eur + fulfilment.submitted_eur
    gap = max(fulfilment.expected_eur - reached, Decimal(0))
    rows = list(Block.objects.filter(table=contract.value_table_id).order_by("position"))
    people = [row for row in rows if row.unit == Unit.FULL_TIME_YEAR and row.value_eur]
    person = max(people, key=lambda row: row.value_eur or 0, default=None)
    months = 0
    if person and person.value_eur:
        months = math.ceil(gap * MONTHS_A_YEAR / person.value_eur)
    purchase = next((row for row in rows if row.kind == "purchase"), None)
    return Options(gap, person, months, purchase)


def _verified_by_month(contract: Contract) -> list[tuple[dt.date, Decimal]]:
    sums = (
        LedgerEntry.objects.filter(contract=contract, account__in=DONE, unit="eur")
        .values_list("month")
        .annotate(total=Sum("quantity"))
        .order_by("month")
    )
    return list(sums)
