"""How much of a person's months others use: of the norm, the caps and the bonuses given once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from candidates.models import Share, UsedMonth, UsedMonthFacts
from candidates.models.used_month import OF_BONUS, OF_GROUP, Person, Use
from contracts import valuation
from contracts.models import Block, TableBonus


@dataclass(frozen=True)
class Used:
    """What other shares of the same person use: of norm, cap and bonuses (R-061)."""

    parts: dict[dt.date, Fraction] = field(default_factory=dict)
    on_contract: dict[dt.date, Fraction] = field(default_factory=dict)
    counted: dict[dt.date, Fraction] = field(default_factory=dict)
    full_time: Fraction = Fraction(0)
    bonuses: frozenset[str] = frozenset()
    limit_left_eur: Decimal | None = None

    def months(self, terms: valuation.Terms) -> Fraction:
        """Give what a cap has lost: months of the calendar, or of full-time work (R-012)."""
        if terms.cap_counts is valuation.CapCounts.HOURS:
            return self.full_time
        return sum(self.counted.values(), Fraction(0))


def use_of(
    rows: Iterable[UsedMonthFacts],
    block: Block,
    *,
    contract_id: int | None,
    own: int | None = None,
) -> Used:
    """Sum what others use; the shares of one contribution are about the same days (R-060)."""
    group_code, full_time, bonuses = counts_with(block), Fraction(0), set[str]()
    parts: dict[dt.date, Fraction] = defaultdict(Fraction)
    on_contract: dict[dt.date, Fraction] = defaultdict(Fraction)
    months: dict[tuple[int, dt.date], Fraction] = defaultdict(Fraction)
    for row in rows:
        part = Fraction(row.part)
        parts[row.month] += part
        on_contract[row.month] += part if row.contract_id == contract_id else 0
        full_time += Fraction(row.full_time) if row.group_code == group_code else 0
        if row.contribution_id != own:
            bonuses.update(row.bonus_codes)
            counted = Fraction(row.counted) if row.group_code == group_code else Fraction(0)
            place = (row.contribution_id, row.month)
            months[place] = max(months[place], counted)
    by_month: dict[dt.date, Fraction] = defaultdict(Fraction)
    for (_contribution_id, month), counted in months.items():
        by_month[month] += counted
    return Used(dict(parts), dict(on_contract), dict(by_month), full_time, frozenset(bonuses))


def facts_of(
    person: Person, block: Block, found: Iterable[Use], *, besides: Share | None
) -> list[UsedMonthFacts]:
    """Leave one share out; add what is only found by its word once details went (R-426)."""
    found = list(found)
    facts = [row for pk, row in found if pk is None or besides is None or pk != besides.pk]
    if any(pk is None for pk, _row in found):
        facts += UsedMonth.objects.blinded(person, words_of(block))
    return facts


def words_of(block: Block) -> list[str]:
    """Name what months and bonuses of a row are kept under when details went (R-426)."""
    return [
        OF_GROUP + counts_with(block),
        *(OF_BONUS + each.code for each in block.table.bonuses.all()),
    ]


def every_word() -> list[str]:
    """Name all words under which months of people may be kept."""
    groups = Block.objects.values_list("group__code", "code").order_by().distinct()
    bonuses = TableBonus.objects.values_list("code", flat=True).order_by().distinct()
    return [
        *{OF_GROUP + (group or code) for group, code in groups},
        *(OF_BONUS + c for c in bonuses),
    ]


def counts_with(block: Block) -> str:
    """Name what one cap is about: months of the same group of people, in any table (R-011)."""
    return block.group.code if block.group else block.code


def used_months(
    value: valuation.Valuation, block: Block, *, contract_id: int, contribution_id: int
) -> list[UsedMonthFacts]:
    """Give what a worth uses of the person's months, and which bonuses it gives whole."""
    return [
        UsedMonthFacts(
            contribution_id=contribution_id,
            contract_id=contract_id,
            group_code=counts_with(block),
            month=earned.month,
            part=str(earned.part),
            full_time=str(earned.part),
            counted=str(earned.months),
            bonus_codes=sorted(value.bonuses_given) if number == 0 else [],
        )
        for number, earned in enumerate(value.by_month)
    ]


def together(used: Used, of_mates: Mapping[dt.date, Fraction]) -> Used:
    """Leave less room in the months that the same person works elsewhere on a path (R-387)."""
    if not of_mates:
        return used
    months = {*used.parts, *of_mates}
    nothing = Fraction(0)
    parts = {
        month: used.parts.get(month, nothing) + of_mates.get(month, nothing) for month in months
    }
    return replace(used, parts=parts)
