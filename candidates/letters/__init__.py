"""What the person reads: letter and page, in each language, from TOML of their own (L03, R-374)."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

FOLDER = Path(__file__).parent / "texts"
DUTCH = "nl"
CODES = ("nl", "en", "ar", "ti", "uk", "pl")  # in the order in which they are offered


@dataclass(frozen=True)
class Texts:
    """Everything that is said in one language."""

    code: str
    label: str  # the language, in the language
    direction: str
    is_reviewed: bool
    months: tuple[str, ...]
    texts: dict[str, str]

    def __getitem__(self, key: str) -> str:
        return self.texts[key]

    def day(self, day: dt.date) -> str:
        return f"{day.day}\N{NO-BREAK SPACE}{self.months[day.month - 1]} {day.year}"

    def say(self, key: str, **facts: object) -> str:
        """Fill in a sentence; what is a fact is never a place itself."""
        told = {
            name: self.day(fact) if isinstance(fact, dt.date) else fact
            for name, fact in facts.items()
        }
        return self.texts[key].format(**told)


@cache
def texts(code: str) -> Texts:
    """Read a language.

    :raises KeyError: when there is none with this code.
    """
    if code not in CODES:
        raise KeyError(code)
    read = tomllib.loads((FOLDER / f"{code}.toml").read_text())
    return Texts(code=code, **read | {"months": tuple(read["months"])})


@cache
def offered() -> tuple[Texts, ...]:
    return tuple(texts(code) for code in CODES)


def places(said: str) -> set[str]:
    """Name the facts that a sentence asks for."""
    return {name for _text, name, _spec, _as in Formatter().parse(said) if name}
