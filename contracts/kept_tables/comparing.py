"""Two tables side by side: what is the same, what differs, what only one of them has."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from contracts.kept_tables import words
from contracts.kept_tables.words import Facts, Names
from contracts.toml_tables import Table


class Side(StrEnum):
    """Where something stands."""

    SAME = "same"
    DIFFERENT = "different"
    LEFT = "left"
    RIGHT = "right"


class Pair(NamedTuple):
    """One fact in both tables."""

    label: str
    left: str
    right: str

    @property
    def differs(self) -> bool:
        return self.left != self.right


@dataclass(frozen=True)
class Part:
    """A row, a bonus or a limit in both tables, matched by its code."""

    code: str
    label: str
    side: Side
    pairs: list[Pair] = field(default_factory=list)


@dataclass(frozen=True)
class Comparison:
    """What two tables say, beside each other."""

    settings: list[Pair]
    rows: list[Part]
    bonuses: list[Part]
    limits: list[Part]

    @property
    def counts(self) -> Mapping[str, int]:
        """Count the rows, bonuses and limits by where they stand."""
        parts = [*self.rows, *self.bonuses, *self.limits]
        return {side: sum(part.side is side for part in parts) for side in Side}

    @property
    def settings_differ(self) -> int:
        return sum(pair.differs for pair in self.settings)


def compare(left: Table, right: Table, known: Names) -> Comparison:
    """Compare all that two tables say, in the words of the reader's language."""
    return Comparison(
        settings=_pairs(words.of_settings(left), words.of_settings(right), str),
        rows=_parts(left.rows, right.rows, lambda row: words.of_row(row, known)),
        bonuses=_parts(left.bonuses, right.bonuses, words.of_bonus),
        limits=_parts(left.limits, right.limits, words.of_limit),
    )


def _parts(left: Iterable[Any], right: Iterable[Any], tell: Callable[[Any], Facts]) -> list[Part]:
    """Match by code, in the order of the left; what only the right has comes after."""
    lefts = {facts["code"]: facts for facts in map(tell, left)}
    rights = {facts["code"]: facts for facts in map(tell, right)}
    return [_part(code, lefts.get(code), rights.get(code)) for code in {**lefts, **rights}]


def _part(code: str, left: Facts | None, right: Facts | None) -> Part:
    label = (left or right or {})[words.label_name()]
    told = _pairs(left or {}, right or {}, words.label)
    pairs = [pair for pair in told if pair.left or pair.right]
    if left is None or right is None:
        return Part(code, label, Side.RIGHT if left is None else Side.LEFT, pairs)
    is_same = not any(pair.differs for pair in pairs)
    return Part(code, label, Side.SAME if is_same else Side.DIFFERENT, pairs)


def _pairs(left: Facts, right: Facts, name_it: Callable[[str], str]) -> list[Pair]:
    return [
        Pair(name_it(name), left.get(name, ""), right.get(name, ""))
        for name in {**left, **right}
        if name != "code"
    ]
