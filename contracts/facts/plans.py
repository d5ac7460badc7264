"""A plan on a page: its lines with what came of them, and two versions side by side."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from contracts.models import Account, LedgerEntry, LedgerUnit, Plan, PlanComment, PlanLine, PlanTie
from sroi_portal.core.money import ZERO

FULL = 100
DONE = (Account.VERIFIED, Account.SUBMITTED, Account.UNCHECKED)
COMPARED = ("kind", "block_id", "title", "quantity", "unit", "starts_on", "ends_on", "value_eur")


@dataclass(frozen=True, slots=True)
class Realised:
    """What was verified and what waits, of one promise or of the whole plan (R-194)."""

    planned_eur: Decimal = ZERO
    verified_eur: Decimal = ZERO
    submitted_eur: Decimal = ZERO

    @property
    def bar(self) -> int:
        """Give the verified part in whole per cents, at most all."""
        if self.planned_eur <= 0:
            return 0
        return max(0, min(FULL, int(self.verified_eur * FULL / self.planned_eur)))


@dataclass(frozen=True, slots=True)
class PlanRow:
    line: PlanLine
    number: int
    realised: Realised
    comments: list[PlanComment] = field(default_factory=list)

    @property
    def is_own_value(self) -> bool:
        """Whether both sides think it is worth something else than the table gives."""
        proposed = self.line.proposed_eur
        return proposed is not None and proposed != self.line.value_eur


@dataclass(frozen=True, slots=True)
class Pair:
    """One promise in two versions, and what differs."""

    left: PlanLine | None
    right: PlanLine | None

    @property
    def changed(self) -> frozenset[str]:
        if self.left is None or self.right is None:
            return frozenset()
        pairs = {name: (getattr(self.left, name), getattr(self.right, name)) for name in COMPARED}
        return frozenset(name for name, (one, other) in pairs.items() if one != other)

    @property
    def side(self) -> str:
        """Say whether it is the same, differs, or stands in one of both."""
        if self.left is None:
            return "right"
        if self.right is None:
            return "left"
        return "different" if self.changed else "same"


def rows(plan: Plan, comments: Iterable[PlanComment] = ()) -> list[PlanRow]:
    """Give the lines numbered, with what came of each and what was said of it; three queries."""
    said: dict[Any, list[PlanComment]] = defaultdict(list)
    for comment in comments:
        said[comment.line_id].append(comment)
    done = _done(plan)
    return [
        PlanRow(line, number, _realised(line, done), said[line.pk])
        for number, line in enumerate(plan.lines.select_related("block"), 1)
    ]


def total(lines: Sequence[PlanRow]) -> Realised:
    return Realised(
        sum((row.realised.planned_eur for row in lines), ZERO),
        sum((row.realised.verified_eur for row in lines), ZERO),
        sum((row.realised.submitted_eur for row in lines), ZERO),
    )


def pairs(left: Plan, right: Plan) -> list[Pair]:
    """Put the lines of two versions of a plan beside each other, promise by promise."""
    old = {line.thread: line for line in left.lines.select_related("block")}
    new = {line.thread: line for line in right.lines.select_related("block")}
    found = [Pair(old.get(thread), line) for thread, line in new.items()]
    return [*found, *(Pair(line, None) for thread, line in old.items() if thread not in new)]


def _realised(line: PlanLine, done: dict[tuple[UUID, str], Decimal]) -> Realised:
    return Realised(
        line.value_eur,
        done.get((line.thread, Account.VERIFIED), ZERO),
        done.get((line.thread, Account.SUBMITTED), ZERO)
        + done.get((line.thread, Account.UNCHECKED), ZERO),
    )


def _done(plan: Plan) -> dict[tuple[UUID, str], Decimal]:
    """Sum what the ledger says of all that is tied to a promise, in any version."""
    ties = PlanTie.objects.filter(contract=plan.contract_id)
    threads = dict(ties.values_list("source_uuid", "line__thread"))
    entries = LedgerEntry.objects.filter(
        contract=plan.contract_id,
        unit=LedgerUnit.EURO,
        account__in=DONE,
        source_uuid__in=list(threads),
    )
    sums: dict[tuple[UUID, str], Decimal] = defaultdict(Decimal)
    for source, account, eur in entries.values_list("source_uuid", "account", "quantity"):
        sums[threads[source], account] += eur
    return dict(sums)
