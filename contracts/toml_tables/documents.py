"""A table as it stands in a file: its rows, and what is wrong with it."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Self

from django.utils.translation import gettext as _

from contracts.toml_tables.fields import Fields, Problem, TableError

type Data = Mapping[str, Any]
"""What a file says: `table`, and lists of `rows`, `bonuses` and `limits`, by the names of TOML."""

MOST_ROWS = 500


class Document:
    """Gives rows and gathers problems; `finish` refuses the file if there are any."""

    def __init__(self, text: str) -> None:
        self.problems: list[Problem] = []
        self.places: Mapping[str, Sequence[str]] = {}
        try:
            self.rest: dict[str, Any] = tomllib.loads(text, parse_float=Decimal)
        except (ValueError, RecursionError) as mistake:
            raise TableError([Problem(_("file"), str(mistake))]) from mistake

    @classmethod
    def of(cls, data: Data, places: Mapping[str, Sequence[str]], problems: list[Problem]) -> Self:
        """Take what another kind of file says, with the place of each row in that file."""
        document = cls("")
        document.rest, document.places, document.problems = dict(data), places, problems
        return document

    def one(self, name: str) -> Fields:
        """Give the part of the file with this name."""
        place = next(iter(self.places.get(name, ())), name)
        return Fields(place, self.rest.pop(name, None), self.problems)

    def rows(self, name: str) -> Iterator[Fields]:
        """Give the rows under this name; each is called by its number and code."""
        found = self.rest.pop(name, [])
        if not isinstance(found, list) or len(found) > MOST_ROWS:
            self.problems.append(Problem(name, _("this must be a list of rows, at most 500")))
            return
        seen: set[str] = set()
        for number, data in enumerate(found, start=1):
            fields = Fields(self._place(name, number), data, self.problems)
            code = str(fields.rest.get("code", ""))
            fields.row = f"{fields.row} ({code})" if code else fields.row
            if code and code in seen:
                fields.refuse(_("this code stands there twice"))
            seen.add(code)
            yield fields
            fields.finish()

    def _place(self, name: str, number: int) -> str:
        """Say where a row stands, in the words of the file that it is from."""
        places = self.places.get(name, ())
        return places[number - 1] if number <= len(places) else f"{name} {number}"

    def finish(self) -> None:
        """Refuse the file with all its mistakes.

        :raises TableError: when there is a mistake.
        """
        for name in self.rest:
            self.problems.append(Problem(name, _("this is not a known part of the file")))
        if self.problems:
            raise TableError(self.problems)
