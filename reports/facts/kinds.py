"""What a report says, as types: exact, frozen, and written to JSON without loss."""

import datetime as dt
import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, Self

from contracts.valuation import codec
from sroi_portal.core.money import ZERO

LATE_DAYS = 30  # what waits longer for a decision is called late


@dataclass(frozen=True, slots=True)
class Change:
    """What a correction says otherwise, in words of its reader; empty where it was not, or is not."""

    subject: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Issue:
    """Which report this is, and up to where it knew the ledger."""

    number: str
    language: str
    authority: str
    cut_off_at: dt.datetime
    position: int
    rules_version: int
    corrects: str = ""  # the number of the report that this one replaces
    reason: str = ""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Sums:
    """Euros on each account of the ledger."""

    obligation_eur: Decimal = ZERO
    waived_eur: Decimal = ZERO
    planned_eur: Decimal = ZERO
    submitted_eur: Decimal = ZERO
    verified_eur: Decimal = ZERO
    unchecked_eur: Decimal = ZERO
    carried_eur: Decimal = ZERO
    malus_eur: Decimal = ZERO


NOTHING = Sums()


@dataclass(frozen=True, slots=True)
class Standing:
    """What follows from the sums on the day of the report."""

    owed_eur: Decimal = ZERO
    done_eur: Decimal = ZERO
    percentage: Decimal | None = None
    expected_eur: Decimal = ZERO
    forecast_low_eur: Decimal = ZERO
    forecast_high_eur: Decimal = ZERO

    @property
    def open_eur(self) -> Decimal:
        return max(self.owed_eur - self.done_eur, ZERO)


@dataclass(frozen=True, slots=True)
class Quality:
    """How far the figures can be trusted (G11, N18)."""

    verified_eur: Decimal = ZERO
    waiting_eur: Decimal = ZERO
    waiting_count: int = 0
    oldest_waiting_on: dt.date | None = None
    late_eur: Decimal = ZERO
    late_count: int = 0
    unchecked_eur: Decimal = ZERO
    unchecked_count: int = 0
    verified_pct: Decimal | None = None
    contracts_count: int = 0
    unreported_count: int = 0
    without_obligation_count: int = 0
    unstated_count: int | None = None  # not told by reports of before there were statements


@dataclass(frozen=True, slots=True)
class ObligationVersion:
    version: int
    base: str
    base_eur: Decimal | None
    rate_pct: Decimal | None
    quantity_eur: Decimal
    reason: str
    holds_from: dt.date


@dataclass(frozen=True, slots=True)
class TableVersion:
    """A value table, and how many contracts of the report use it."""

    name: str
    version: str
    publisher: str
    source: str
    valid_from: dt.date | None
    norm_hours: Decimal
    norm_assumed: bool
    contracts_count: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What a contract says, as it stood at the cut-off."""

    uuid: str
    title: str
    reference: str
    supplier: str
    supplier_kvk: str
    category: str
    status: str
    legal_form: str
    value_eur: Decimal | None
    awarded_on: dt.date | None
    starts_on: dt.date | None
    ends_on: dt.date | None
    counts_unchecked: bool
    authority: str = ""  # not told by reports of before there were reports over several


@dataclass(frozen=True, slots=True)
class Member:
    """What one supplier of a consortium carries of the account (R-117)."""

    supplier: str
    share_pct: Decimal
    owed_eur: Decimal
    verified_eur: Decimal
    is_lead: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One contract: its terms, its account, where it stands."""

    terms: Terms
    sums: Sums
    standing: Standing
    signal: str
    signal_label: str


@dataclass(frozen=True, slots=True)
class Period:
    """Quarters that follow each other, joined until no single contribution can be read off."""

    starts_on: dt.date
    ends_on: dt.date
    verified_eur: Decimal
    submitted_eur: Decimal
    unchecked_eur: Decimal
    verified_so_far_eur: Decimal
    submitted_so_far_eur: Decimal


@dataclass(frozen=True, slots=True)
class SignalCount:
    """How many contracts carry a signal."""

    signal: str
    label: str
    contracts_count: int


@dataclass(frozen=True, slots=True)
class Group:
    """Contracts taken together: of a category, of a year, or all."""

    label: str
    contracts_count: int
    sums: Sums
    standing: Standing


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal of a tailored plan: its number beside its latest story (S02)."""

    title: str
    kind: str
    wanted: str  # with its unit
    reached: str
    due_on: dt.date
    ended_on: dt.date | None
    story: str
    told_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Own:
    """What a contract owes and did in a unit of its own, each with that unit."""

    owed: str
    done: str
    submitted: str
    planned: str


class Facts(ABC):
    """Facts of one definition; a stored report is read back into the same type."""

    __slots__ = ()

    issue: Issue
    quality: Quality
    tables: tuple[TableVersion, ...]

    @property
    @abstractmethod
    def in_short(self) -> tuple[Sums, Standing]:
        """Give the account and the standing of the whole."""

    @property
    @abstractmethod
    def lines(self) -> tuple[Line, ...]:
        """Give every contract of the report."""

    def as_json(self) -> dict[str, Any]:
        written: dict[str, Any] = codec.encode(self)
        return written

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        read: Self = codec.decode(cls, data)
        return read


def canonical(data: Mapping[str, Any]) -> bytes:
    """Write facts as JSON in the one way that the fingerprint is of.

    Names in order, no spaces, exact numbers as text.
    """
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def sha256(data: Mapping[str, Any]) -> bytes:
    return hashlib.sha256(canonical(data)).digest()


def total(parts: Iterable[Sums]) -> Sums:
    """Add accounts, each to its own."""
    rows = list(parts)
    names = [field.name for field in fields(Sums)]
    return Sums(**{name: sum((getattr(row, name) for row in rows), ZERO) for name in names})
