"""A form on paper: what the portal fills in, what is left open, and who signs (G13)."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line: filled in by the portal, or a field to fill in."""

    label: str
    value: str = ""
    is_by_hand: bool = False  # what the portal never knows
    add_at: str = ""  # the page where somebody adds it
    is_long: bool = False

    @property
    def is_missing(self) -> bool:
        return not self.value and not self.is_by_hand


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of figures as the page shows them; the first `words` columns are words."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int = 1
    total: tuple[str, ...] = ()
    empty: str = ""  # said when there is no row


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with lines, figures, or both."""

    heading: str
    lines: tuple[Line, ...] = ()
    grid: Grid | None = None
    told: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """One form, filled in for one object."""

    key: str
    title: str
    purpose: str
    issuer: str
    about: str
    parts: tuple[Part, ...]
    declares: tuple[str, ...]
    signs: tuple[str, ...]
    waits: str = ""  # why it cannot be printed yet

    @property
    def lines(self) -> Iterator[Line]:
        for part in self.parts:
            yield from part.lines

    @property
    def missing(self) -> list[Line]:
        return [line for line in self.lines if line.is_missing]

    @property
    def by_hand(self) -> list[Line]:
        return [line for line in self.lines if line.is_by_hand]


@dataclass(frozen=True, slots=True)
class Folder:
    """The forms of one object, and the way back to it."""

    title: str
    url: str
    papers: tuple[Paper, ...]

    def paper(self, key: str) -> Paper | None:
        return next((each for each in self.papers if each.key == key), None)
