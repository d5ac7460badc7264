"""What is missing: contracts that owe nothing, and work that nobody reported (N21, R-313)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contracts import clocks
from contracts.models import Contract, ExemptReason, Obligation, PeriodStatement, Regime
from reports.sheets import IN_ITS_UNIT
from sroi_portal.core.money import ZERO
from sroi_portal.core.table_files import Column, Sheet

NO_REPORT = Q(
    fulfilment__owed_eur__gt=0,
    fulfilment__verified_eur=0,
    fulfilment__submitted_eur=0,
    fulfilment__unchecked_eur=0,
)
OWES_NOTHING = Q(fulfilment__obligation_eur__lte=0) & (
    Q(fulfilment__own_owed=None) | Q(fulfilment__own_owed__lte=0)
)
UNCOVERED = Q(rule_asks=True) & OWES_NOTHING
EXEMPT, SILENT, LATE = "exempt", "silent", "late"
LISTS = (
    (EXEMPT, gettext_lazy("the rule asks social return, and nothing is owed")),
    (SILENT, gettext_lazy("something is owed, and nothing was reported")),
    (LATE, gettext_lazy("the statement of a period is overdue")),
)
GOALS, WORDS, UNKNOWN = "goals", "words", "none"
REASONS = (
    *ExemptReason.choices,
    (GOALS, gettext_lazy("the goals of a tailored contract are not agreed yet")),
    (WORDS, gettext_lazy("explained in words alone")),
    (UNKNOWN, gettext_lazy("no reason was recorded")),
)


@dataclass(frozen=True, slots=True)
class ReasonRow:
    code: str
    label: str
    contracts: int
    value_eur: Any


def missing(contracts: QuerySet[Contract], kind: str, today: dt.date) -> Any:
    """Give a list of what is missing, the largest contracts first."""
    if kind == SILENT:
        found = contracts.filter(NO_REPORT)
    elif kind == LATE:
        found = clocks.with_late_statement(contracts, today)
    else:
        found = contracts.filter(UNCOVERED)
    return _explained(found).order_by("-value_eur", "pk")


def reasons(contracts: QuerySet[Contract]) -> list[ReasonRow]:
    """Count the contracts that owe nothing by the reason that was recorded."""
    found = (
        _explained(contracts.filter(UNCOVERED))
        .order_by()
        .values("why")
        .annotate(number=Count("pk"), value=Coalesce(Sum("value_eur"), ZERO))
    )
    by_code = {row["why"]: row for row in found}
    return [
        ReasonRow(code, str(label), by_code[code]["number"], by_code[code]["value"])
        for code, label in REASONS
        if code in by_code
    ]


def _explained(contracts: QuerySet[Contract]) -> Any:
    """Add why nothing is owed, and until when a supplier stated what it did."""
    newest = Obligation.objects.filter(contract=OuterRef("pk")).order_by("-version")
    stated = PeriodStatement.objects.standing().filter(contract=OuterRef("pk"))
    return contracts.annotate(
        chosen=Coalesce(Subquery(newest.values("exempt_reason")[:1]), Value("")),
        in_words=Coalesce(
            Subquery(newest.values("deviation")[:1]), Value(""), output_field=TextField()
        ),
        stated_until=Subquery(stated.order_by("-ends_on").values("ends_on")[:1]),
    ).annotate(
        why=Case(
            When(~Q(chosen=""), then="chosen"),
            When(~Q(in_words=""), then=Value(WORDS)),
            When(regime=Regime.TAILORED, then=Value(GOALS)),
            default=Value(UNKNOWN),
            output_field=CharField(),
        )
    )


def sheet(kind: str, contracts: QuerySet[Contract]) -> Sheet:
    columns = [
        Column(gettext_lazy("Contracting authority"), "authority__name"),
        Column(gettext_lazy("Contract number"), "reference"),
        Column(gettext_lazy("Title"), "title", is_wide=True),
        Column(gettext_lazy("Supplier"), "supplier__name"),
        Column(gettext_lazy("Awarded on"), "awarded_on"),
        Column(gettext_lazy("Contract value without VAT"), "value_eur"),
        Column(gettext_lazy("Owed"), "fulfilment__owed_eur"),
    ]
    if kind == EXEMPT:
        columns += [
            Column(gettext_lazy("Why nothing is owed"), "why", _words),
            Column(gettext_lazy("In words"), "in_words", is_wide=True),
        ]
    else:
        columns += [Column(gettext_lazy("Stated until"), "stated_until"), *IN_ITS_UNIT]
    return Sheet(_("coverage"), tuple(columns), contracts)


def _words() -> dict[str, str]:
    return {code: str(label) for code, label in REASONS}
