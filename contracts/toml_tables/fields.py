"""Typed fields of a TOML file: what is wrong is kept with its row, and reading goes on."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from sroi_portal.core.status import RefusedError

MOST_EUR = 10_000_000
MOST_MONTHS = 600
MOST_LETTERS = 200
CODE = re.compile(r"[-\w]+", re.ASCII)


class Problem(NamedTuple):
    """What is wrong, and in which row."""

    row: str
    reason: str

    def __str__(self) -> str:
        return f"{self.row}: {self.reason}"


class TableError(RefusedError):
    """The file is not what it should be; every problem says where, and what."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)

    @property
    def messages(self) -> list[str]:
        return [str(problem) for problem in self.problems]


class Fields:
    """The fields of one row; each is taken once, and what nobody takes is unknown."""

    def __init__(self, row: str, data: Any, problems: list[Problem]) -> None:
        self.row = row
        self.problems = problems
        self.rest: dict[str, Any] = dict(data) if isinstance(data, Mapping) else {}
        if not isinstance(data, Mapping):
            self.refuse(_("this is not a row with fields"))

    def refuse(self, reason: str) -> None:
        self.problems.append(Problem(self.row, reason))

    def texts(self, name: str) -> tuple[str, ...]:
        found = self._take(name, (list,), _("a list of texts")) or []
        if not all(isinstance(item, str) for item in found):
            self.refuse(_("%(field)s must be a list of texts") % {"field": name})
        return tuple(map(str, found))

    def code(self, name: str, most: int = 60) -> str:
        """Take a code that must be there: letters, digits and dashes."""
        code = self.text(name, most)
        self._check_code(name, code)
        return code

    def text(self, name: str, most: int = MOST_LETTERS) -> str:
        """Take a text that must be there."""
        before = len(self.problems)
        text = self.optional_text(name, most)
        if not text and len(self.problems) == before:
            self.refuse(_("%(field)s is missing") % {"field": name})
        return text

    def optional_text(self, name: str, most: int = MOST_LETTERS) -> str:
        text = str(self._take(name, (str,), _("a text in quotes")) or "").strip()
        if len(text) > most:
            self.refuse(
                _("%(field)s has more than %(most)s characters") % {"field": name, "most": most}
            )
        if any(unicodedata.category(letter) in {"Cc", "Cn", "Cs"} for letter in text):
            self.refuse(_("%(field)s holds a character that cannot be shown") % {"field": name})
        return text

    def codes(self, name: str) -> tuple[str, ...]:
        """Take a list of codes, each one once."""
        codes = tuple(dict.fromkeys(self.texts(name)))
        for code in codes:
            self._check_code(name, code)
        return codes

    def _check_code(self, name: str, code: str) -> None:
        if code and not CODE.fullmatch(code):
            self.refuse(
                _("%(field)s “%(code)s” may hold letters, digits and dashes only")
                % {"field": name, "code": code}
            )

    def flag(self, name: str, *, default: bool) -> bool:
        found = self._take(name, (bool,), _("true or false"))
        return default if found is None else bool(found)

    def day(self, name: str) -> dt.date | None:
        found: dt.date | None = self._take(name, (dt.date,), _("a day, as in 2025-01-31"))
        return found

    def choice[Choice: StrEnum](
        self, name: str, default: Choice, *, is_required: bool = False
    ) -> Choice:
        choices = type(default)
        found = self.text(name) if is_required else self.optional_text(name)
        if found and found not in set(choices):
            self.refuse(
                _("%(field)s is “%(found)s”; it may be: %(allowed)s")
                % {"field": name, "found": found, "allowed": ", ".join(choices)}
            )
        return choices(found) if found in set(choices) else default

    def whole(self, name: str, most: int = MOST_MONTHS) -> int | None:
        """Take a whole number: of months, or of years."""
        found: int | None = self._take(name, (int,), _("a whole number"))
        return None if found is None or self._is_outside(name, found, most) else found

    def number(self, name: str, most: int) -> Decimal | None:
        found: int | Decimal | None = self._take(name, (int, Decimal), _("a number"))
        return None if found is None or self._is_outside(name, found, most) else Decimal(found)

    def money(self, name: str) -> Decimal | None:
        """Take an amount in whole cents."""
        found = self.number(name, MOST_EUR)
        if found is not None and found != round(found, 2):
            self.refuse(_("%(field)s has more than two decimals") % {"field": name})
        return found

    def finish(self) -> None:
        """Refuse fields that nobody knows: a slip of the pen is not passed over."""
        for name in self.rest:
            self.refuse(_("%(field)s is not a known field") % {"field": name})

    def _take(self, name: str, kinds: tuple[type, ...], kind_name: str) -> Any:
        found = self.rest.pop(name, None)
        if found is None or type(found) in kinds:
            return found
        self.refuse(_("%(field)s must be %(kind)s") % {"field": name, "kind": kind_name})
        return None

    def _is_outside(self, name: str, found: int | Decimal, most: int) -> bool:
        is_inside = found == found and 0 <= found <= most  # noqa: PLR0124 - a number, not "nan"
        if not is_inside:
            self.refuse(_("%(field)s must be from 0 to %(most)s") % {"field": name, "most": most})
        return not is_inside
