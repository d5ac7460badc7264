"""The mix that somebody thinks of: each line valued beside the lines before it (R-066)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from candidates import limits, uses, worth
from candidates.forms.entries import Entry
from candidates.models import UsedMonthFacts
from candidates.views.receipts import Receipt, receipt
from contracts import valuation
from contracts.models import Block, Contract
from sroi_portal.core import money

KINDS: dict[str, str | Promise] = {
    "placement": _("Work and learning"),
    "purchase": _("Purchases"),
    "activity": _("Activities"),
    "guidance": _("Guidance and training"),
}


@dataclass(frozen=True)
class Ground:
    """Under which rules: a contract, or a table with what is owed, if that is known."""

    blocks: dict[str, Block]
    contract: Contract | None = None
    owed_eur: Decimal | None = None
    done_eur: Decimal = money.ZERO
    left: dict[tuple[str, Decimal], Decimal | None] = field(default_factory=dict)

    def limit_left(self, block: Block, counted_eur: Decimal) -> Decimal | None:
        """Give what the limit of a row leaves after the lines before (R-064)."""
        limit_pct = block.as_terms().limit_pct
        if limit_pct is None:
            return None
        if self.contract:
            left = self._left_on_contract(self.contract, block, limit_pct)
            return None if left is None else max(left - counted_eur, money.ZERO)
        if not self.owed_eur:
            return None
        return limits.left_of_limit(self.owed_eur, limit_pct, counted_eur)

    def _left_on_contract(
        self, contract: Contract, block: Block, limit_pct: Decimal
    ) -> Decimal | None:
        """Ask once for all lines that one limit is about."""
        limit = (block.kind, limit_pct)
        if limit not in self.left:
            self.left[limit] = limits.limit_left(contract, block)
        return self.left[limit]


@dataclass(frozen=True)
class Valued:
    """A line with what it counts for, and why."""

    entry: Entry
    value: valuation.Valuation
    receipt: Receipt | None


@dataclass
class Mix:
    """Lines in order: what one takes of a person's months is not there for the next."""

    ground: Ground
    lines: list[Valued] = field(default_factory=list)
    taken: dict[int, list[UsedMonthFacts]] = field(default_factory=lambda: defaultdict(list))

    def add(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            valued = self.value(entry)
            number = len(self.lines) + 1
            self.taken[entry.person] += uses.used_months(
                valued.value, entry.block, contract_id=0, contribution_id=number
            )
            self.lines.append(valued)

    def value(self, entry: Entry) -> Valued:
        """Value a line by the very function that values what is submitted."""
        used = uses.Used()
        if entry.is_work:
            used = uses.use_of(self.taken[entry.person], entry.block, contract_id=0)
        left = self.ground.limit_left(entry.block, self._counted(entry.block))
        contract = self.ground.contract
        value = worth.of_job(
            entry.job(contract.starts_on if contract else None),
            entry.period,
            used=replace(used, limit_left_eur=left),
        )
        return Valued(entry, value, receipt(value))

    def _counted(self, block: Block) -> Decimal:
        """Sum the lines that one limit is about."""
        limit_pct = block.as_terms().limit_pct
        amounts = (
            line.value.total_eur
            for line in self.lines
            if line.entry.block.kind == block.kind
            and line.entry.block.as_terms().limit_pct == limit_pct
        )
        return sum(amounts, money.ZERO)

    @property
    def total_eur(self) -> Decimal:
        return sum((line.value.total_eur for line in self.lines), money.ZERO)

    @property
    def missing_eur(self) -> Decimal | None:
        """Say what is still owed after what is done and this mix; nothing when that is unknown."""
        if self.ground.owed_eur is None:
            return None
        return max(self.ground.owed_eur - self.ground.done_eur - self.total_eur, money.ZERO)

    @property
    def surplus_eur(self) -> Decimal:
        if self.ground.owed_eur is None:
            return money.ZERO
        return max(self.ground.done_eur + self.total_eur - self.ground.owed_eur, money.ZERO)

    @property
    def by_kind(self) -> list[dict[str, object]]:
        """Divide the total over the kinds of fulfilment."""
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for line in self.lines:
            sums[line.entry.block.kind] += line.value.total_eur
        return [
            {
                "kind": KINDS.get(kind, kind),
                "total_eur": total_eur,
                "share_pct": 100 * total_eur / self.total_eur if self.total_eur else None,
            }
            for kind, total_eur in sorted(sums.items(), key=lambda each: -each[1])
        ]

    @property
    def next_person(self) -> int:
        return max((line.entry.person for line in self.lines if line.entry.is_work), default=0) + 1
