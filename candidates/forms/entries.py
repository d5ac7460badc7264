"""One line of the calculator as it stands in the address: work of somebody, or something bought."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from candidates import worth
from candidates.models.placement import MOST_HOURS
from contracts import valuation
from contracts.models import Block

MOST_LINES = 50
MOST_DAYS = 5 * 366
MOST = Decimal(1_000_000_000)
FACTS = 10
APART = "~"  # stands in no code of a row or bonus, and needs no escape in an address


@dataclass(frozen=True)
class Entry:
    """What is thought of. `person` tells whose work is whose; it names nobody."""

    block: Block
    starts_on: dt.date
    ends_on: dt.date
    person: int = 1
    hours_per_week: Decimal | None = None
    bonus_codes: tuple[str, ...] = ()
    quantity: Decimal | None = None
    days: Decimal | None = None
    amount_eur: Decimal | None = None
    vat_pct: Decimal | None = None

    @property
    def is_work(self) -> bool:
        return valuation.Unit(self.block.unit).is_time

    @property
    def period(self) -> tuple[dt.date, dt.date]:
        return self.starts_on, self.ends_on

    def written(self) -> str:
        facts = (
            str(self.person),
            self.block.code,
            self.starts_on.isoformat(),
            self.ends_on.isoformat(),
            _number(self.hours_per_week),
            ".".join(self.bonus_codes),
            _number(self.quantity),
            _number(self.days),
            _number(self.amount_eur),
            _number(self.vat_pct),
        )
        return APART.join(facts)

    def job(self, contract_starts_on: dt.date | None) -> worth.Job:
        hours: tuple[valuation.HoursPeriod, ...] = ()
        if self.hours_per_week is not None:
            hours = (valuation.HoursPeriod(*self.period, self.hours_per_week),)
        return worth.Job(
            block=self.block,
            bonus_codes=self.bonus_codes,
            hours=hours,
            starts_on=self.starts_on,
            contract_starts_on=contract_starts_on,
            quantity=self.quantity,
            days=self.days,
            amount_eur=self.amount_eur,
            vat_pct=self.vat_pct,
            certificates=frozenset({self.block.as_terms().certificate}),  # taken as held
        )


def read(text: str, blocks: Mapping[str, Block]) -> Entry | None:
    """Read a line of an address; None when somebody changed it into nonsense."""
    facts = text.split(APART)
    if len(facts) != FACTS or facts[1] not in blocks:
        return None
    try:
        entry = Entry(
            person=int(facts[0]),
            block=blocks[facts[1]],
            starts_on=dt.date.fromisoformat(facts[2]),
            ends_on=dt.date.fromisoformat(facts[3]),
            hours_per_week=_decimal(facts[4]),
            bonus_codes=tuple(filter(None, facts[5].split("."))),
            quantity=_decimal(facts[6]),
            days=_decimal(facts[7]),
            amount_eur=_decimal(facts[8]),
            vat_pct=_decimal(facts[9]),
        )
    except (ValueError, InvalidOperation):
        return None
    return entry if _is_possible(entry) else None


def _is_possible(entry: Entry) -> bool:
    numbers = (entry.quantity, entry.days, entry.amount_eur, entry.vat_pct, entry.hours_per_week)
    return (
        1 <= entry.person <= MOST_LINES
        and 0 <= (entry.ends_on - entry.starts_on).days <= MOST_DAYS
        and all(
            number is None or (number.is_finite() and 0 <= number <= MOST) for number in numbers
        )
        and (not entry.is_work or 0 < (entry.hours_per_week or 0) <= MOST_HOURS)
    )


def _number(number: Decimal | None) -> str:
    return "" if number is None else f"{number:f}"


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None
