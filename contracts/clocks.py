"""What is due when on a contract: first contact, plan, reports (A14, R-130, R-139)."""

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    DateField,
    Func,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contracts.models import (
    ACCEPTING,
    BaseKind,
    Contract,
    ContractStatus,
    Obligation,
    PeriodStatement,
    TurnoverReport,
)
from sroi_portal.core import terms

DAY = dt.timedelta(days=1)
LAST_DAY = Coalesce("fulfil_by_on", "ends_on")  # as `Contract.closes_on`
STATING = (*ACCEPTING, ContractStatus.SETTLING)
# Whether a period of the contract had to be stated by now and some day of it was not. Periods count
# from the first day in months; what is due on a free day is due on the next working day.
HAS_LATE_STATEMENT = """
    EXISTS (
        SELECT FROM (
            SELECT range_agg(daterange(s.starts_on, s.ends_on, '[]')) AS days,
                   min(s.starts_on) AS first
              FROM contracts_periodstatement s
             WHERE s.contract_id = %(contract)s AND s.status = 'signed') stated
         CROSS JOIN generate_series(
            0, (extract(year FROM age(%(until)s::timestamp, %(first)s::timestamp))::integer * 12
                + extract(month FROM age(%(until)s::timestamp, %(first)s::timestamp))::integer
               ) / %(months)s + 1) number
         CROSS JOIN LATERAL (
            SELECT (%(first)s + make_interval(months => number * %(months)s))::date AS starts_on,
                   least((%(first)s + make_interval(months => (number + 1) * %(months)s))::date - 1,
                         %(last)s) AS ends_on) period
         WHERE period.starts_on <= %(last)s
           AND period.ends_on + %(days)s <= %(until)s
           AND period.ends_on >= least(
               (%(accepted)s AT TIME ZONE 'Europe/Amsterdam')::date, stated.first)
           AND NOT coalesce(
               stated.days @> daterange(period.starts_on, period.ends_on, '[]'), false))
"""


@dataclass(frozen=True, slots=True)
class Period:
    """Days that a report covers, when it is due, and the first day that nobody reported."""

    starts_on: dt.date
    ends_on: dt.date
    due_on: dt.date
    open_from: dt.date | None = None

    @property
    def is_reported(self) -> bool:
        return self.open_from is None

    def is_missing_on(self, today: dt.date) -> bool:
        """Whether it is over and something of it was not reported."""
        return not self.is_reported and self.ends_on < today

    def is_late_on(self, today: dt.date) -> bool:
        return not self.is_reported and self.due_on < today


@dataclass(frozen=True, slots=True)
class Clock:
    """One term of a contract: until when, and when it was done."""

    label: str | Promise
    due_on: dt.date
    done_on: dt.date | None = None
    is_late: bool = False


def clocks(contract: Contract, today: dt.date) -> list[Clock]:
    """Name the terms for contact and plan, and the next report."""
    found = []
    if contract.contact_due_on:
        is_late = contract.contacted_on is None and contract.contact_due_on < today
        found.append(
            Clock(_("First contact"), contract.contact_due_on, contract.contacted_on, is_late)
        )
    if contract.plan_due_on and not contract.is_framework:
        is_late = contract.plan_agreed_on is None and contract.plan_due_on < today
        found.append(
            Clock(_("Plan agreed"), contract.plan_due_on, contract.plan_agreed_on, is_late)
        )
    following = next((each for each in periods(contract) if each.due_on >= today), None)
    if following and not contract.is_framework:
        found.append(Clock(_("Next report"), following.due_on))
    return found


def periods(
    contract: Contract, reports: Iterable[TurnoverReport | PeriodStatement] | None = None
) -> list[Period]:
    """Cut the term into periods of a report; the last one is as long as what is left."""
    if contract.starts_on is None or contract.closes_on is None:
        return []
    told = sorted((each.starts_on, each.ends_on) for each in reports or ())
    return [
        Period(first, last, terms.due_on(last, contract.report_days), _open_from(first, last, told))
        for first, last in _cut(contract.starts_on, contract.closes_on, contract.report_months)
    ]


def on_turnover(contracts: "QuerySet[Contract, Any]") -> "QuerySet[Contract, Any]":
    """Keep those whose obligation grows with their turnover, with the reports so far."""
    latest = Obligation.objects.filter(contract=OuterRef("pk")).order_by("-version")
    return (
        contracts.filter(status__in=ACCEPTING)
        .annotate(base_kind=Subquery(latest.values("base_kind")[:1]))
        .filter(base_kind=BaseKind.TURNOVER)
        .prefetch_related("turnover_reports")
    )


def missing(contract: Contract, today: dt.date) -> Period | None:
    """Find the first period that is over and was not reported."""
    reported = contract.turnover_reports.all()
    return next((each for each in periods(contract, reported) if each.is_missing_on(today)), None)


def to_state(contracts: "QuerySet[Contract, Any]") -> "QuerySet[Contract, Any]":
    """Keep those of which a statement is asked for each period, with what was stated (R-240)."""
    standing = Prefetch(
        "statements",
        PeriodStatement.objects.standing().order_by("starts_on", "pk"),
        to_attr="standing_statements",
    )
    return contracts.filter(
        status__in=STATING, is_framework=False, accepted_at__isnull=False
    ).prefetch_related(standing)


def unstated(contract: Contract, today: dt.date) -> list[Period]:
    """Find periods that are over without a statement; asked from when a manager accepted it.

    The contract comes from `to_state`.
    """
    stated: list[PeriodStatement] = getattr(contract, "standing_statements", [])
    if contract.accepted_at is None:
        return []
    since = min([timezone.localdate(contract.accepted_at), *(each.starts_on for each in stated)])
    return [
        each
        for each in periods(contract, stated)
        if each.ends_on >= since and each.is_missing_on(today)
    ]


def late_statements(
    contracts: "QuerySet[Contract, Any]", today: dt.date
) -> list[tuple[Contract, Period]]:
    """List periods whose statement is overdue, the longest first; two queries (C13, D14)."""
    late = to_state(with_late_statement(contracts, today))
    found = [
        (contract, period)
        for contract in late.select_related("supplier").order_by("pk")
        for period in unstated(contract, today)
        if period.due_on < today
    ]
    return sorted(found, key=lambda each: (each[1].due_on, each[0].pk))


def with_late_statement(
    contracts: "QuerySet[Contract, Any]", today: dt.date
) -> "QuerySet[Contract, Any]":
    """Keep those with a statement that is overdue, in the database."""
    return contracts.filter(
        HasLateStatement(_due_before(today)),
        status__in=STATING,
        is_framework=False,
        accepted_at__isnull=False,
    )


class HasLateStatement(Func):
    """Tells of each contract whether a statement was due on or before a day, working days aside."""

    output_field = BooleanField()
    NAMES = ("contract", "first", "last", "accepted", "months", "days", "until")

    def __init__(self, until: dt.date) -> None:
        columns = ("pk", "starts_on", LAST_DAY, "accepted_at", "report_months", "report_days")
        super().__init__(*columns, Cast(Value(until), DateField()))

    def as_sql(  # type: ignore[override]  # there is no template
        self, compiler: Any, _connection: Any, **_context: Any
    ) -> tuple[str, list[Any]]:
        """Write each column where the statement names it, its parameters in the same order."""
        given = dict(
            zip(self.NAMES, map(compiler.compile, self.get_source_expressions()), strict=True)
        )
        params: list[Any] = []
        for name in re.findall(r"%\((\w+)\)s", HAS_LATE_STATEMENT):
            params += given[name][1]
        return HAS_LATE_STATEMENT % {name: sql for name, (sql, _given) in given.items()}, params


def _due_before(today: dt.date) -> dt.date:
    """Give the last day on which a term may end so that it was due before today."""
    day = today - DAY
    while terms.on_working_day(day) >= today:
        day -= DAY
    return day


def months_later(day: dt.date, months: int) -> dt.date:
    """Give the same day some months later, or the last day of that month."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _cut(first: dt.date, last: dt.date, months: int) -> Iterator[tuple[dt.date, dt.date]]:
    """Count each from the first day, so that a month with fewer days shifts nothing."""
    number, starts_on = 0, first
    while starts_on <= last:
        number += 1
        following = months_later(first, number * months)
        yield starts_on, min(following - DAY, last)
        starts_on = following


def _open_from(
    first: dt.date, last: dt.date, told: list[tuple[dt.date, dt.date]]
) -> dt.date | None:
    """Find the first day of these that no report covers."""
    day = first
    for starts_on, ends_on in told:
        if starts_on <= day <= ends_on:
            day = ends_on + DAY
    return day if day <= last else None
