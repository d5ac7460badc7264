"""What each column is about: by what the supplier said before, by its heading, by likeness."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from candidates.models import SheetField
from candidates.sheets.reading import Book, Cell, Row, is_blank

LOOKED_AT = 40  # rows from the top in which the headings are looked for
ABOVE = 2  # rows above in which a merged heading may stand
ALIKE = 0.84
MOST_COLUMNS = 60

WORDS: dict[str, tuple[str, ...]] = {
    SheetField.REFERENCE: (
        "referentie",
        "eigen referentie",
        "eigen kenmerk",
        "kenmerk",
        "kandidaat",
        "kandidaatnummer",
        "kandidaatcode",
        "deelnemer",
        "deelnemernummer",
        "medewerker",
        "medewerkernummer",
        "persoon",
        "persoonsnummer",
        "personeelsnummer",
        "nummer kandidaat",
        "reference",
        "own reference",
        "own reference of the person",
        "eigen referentie van de persoon",
        "candidate",
        "candidate number",
        "participant",
        "employee",
        "employee number",
    ),
    SheetField.CONTRACT: (
        "contract",
        "contractnummer",
        "contract nummer of titel",
        "contract number or title",
        "contracttitel",
        "nummer contract",
        "opdracht",
        "opdrachtnummer",
        "project",
        "projectnummer",
        "overeenkomst",
        "perceel",
        "contract number",
        "contract title",
        "assignment",
        "agreement",
    ),
    SheetField.BLOCK: (
        "doelgroep",
        "groep",
        "bouwblok",
        "blok",
        "regel",
        "tabelregel",
        "regel van de waardetabel",
        "regel van de waardetabel groep",
        "soort uitkering",
        "uitkering",
        "categorie",
        "target group",
        "group",
        "block",
        "building block",
        "row of the value table",
        "row of the value table group",
        "benefit",
    ),
    SheetField.HOURS: (
        "uren",
        "uren per week",
        "uur per week",
        "uren p w",
        "uren week",
        "weekuren",
        "aantal uren",
        "aantal uren per week",
        "contracturen",
        "omvang",
        "urenomvang",
        "hours",
        "hours a week",
        "hours per week",
        "weekly hours",
    ),
    SheetField.STARTS_ON: (
        "start",
        "startdatum",
        "begin",
        "begindatum",
        "datum in dienst",
        "in dienst",
        "in dienst per",
        "datum indiensttreding",
        "ingangsdatum",
        "eerste dag",
        "eerste werkdag",
        "start plaatsing",
        "van",
        "vanaf",
        "start date",
        "begin date",
        "first day",
        "first working day",
        "starts on",
        "from",
    ),
    SheetField.ENDS_ON: (
        "eind",
        "einde",
        "einddatum",
        "datum uit dienst",
        "uit dienst",
        "uit dienst per",
        "laatste dag",
        "laatste werkdag",
        "einde plaatsing",
        "tot",
        "t m",
        "tot en met",
        "end",
        "end date",
        "last day",
        "last working day",
        "ends on",
        "until",
        "to",
    ),
    SheetField.FORM: (
        "contractvorm",
        "vorm",
        "vorm van het werk",
        "soort contract",
        "type contract",
        "contracttype",
        "dienstverband",
        "soort dienstverband",
        "form of the work",
        "contract form",
        "type of contract",
        "employment type",
    ),
    SheetField.INFORMED_ON: (
        "brief overhandigd op",
        "brief gegeven op",
        "brief",
        "datum brief",
        "geinformeerd op",
        "geinformeerd",
        "informed on",
        "letter handed over on",
        "letter",
    ),
    SheetField.PERIOD_FROM: (
        "periode van",
        "periode vanaf",
        "periode begin",
        "begin periode",
        "eerste dag periode",
        "eerste dag van een periode om in te dienen",
        "verantwoord van",
        "period from",
        "period start",
        "first day of the period",
        "first day of a period to claim",
    ),
    SheetField.PERIOD_UNTIL: (
        "periode tot",
        "periode tot en met",
        "periode t m",
        "periode einde",
        "einde periode",
        "laatste dag periode",
        "laatste dag van een periode om in te dienen",
        "verantwoord tot",
        "verantwoord t m",
        "period to",
        "period until",
        "period end",
        "last day of the period",
        "last day of a period to claim",
    ),
    SheetField.BONUSES: (
        "bonus",
        "bonussen",
        "toeslag",
        "toeslagen",
        "bonussen die ook gelden",
        "toeslagen die ook gelden",
        "ook geldt",
        "wat ook geldt",
        "extra",
        "bonuses",
        "bonuses that also hold",
        "what also holds",
        "also holds",
    ),
    SheetField.PLAN_LINE: (
        "planregel",
        "regel van het plan",
        "regel plan van aanpak",
        "regel van het plan van aanpak",
        "regel van het plan voor de periode",
        "plan van aanpak",
        "plan line",
        "line of the plan",
        "line of the plan of approach",
        "line of the plan for the period",
        "plan of approach",
    ),
}
MEANINGS = {word: field for field, words in WORDS.items() for word in words}


@dataclass(frozen=True)
class Found:
    """Where the headings stand, and what each column seems to be about."""

    sheet: str
    heading_row: int  # counted from 1, as a spreadsheet program shows it
    headings: tuple[str, ...]
    columns: dict[str, int]  # SheetField: number of the column, from 0
    is_sure: bool  # every heading was confirmed by the supplier before


def found_in(book: Book, remembered: Mapping[str, str], *, sheet: str | None = None) -> Found:
    """Find the sheet and the row with the most headings that are understood."""
    names = [sheet] if sheet in book.names else book.names
    guesses = [_in_sheet(name, book.top(str(name), LOOKED_AT), remembered) for name in names]
    return max(guesses, key=lambda guess: len(guess.columns))


def _in_sheet(name: str | None, rows: Sequence[Row], remembered: Mapping[str, str]) -> Found:
    """Take the row with the most headings that are known; else the first that is filled."""
    known = MEANINGS | dict(remembered)
    counts = [
        len({known[word] for cell in row if (word := normal(str(cell))) in known}) for row in rows
    ]
    filled = [sum(not is_blank(cell) for cell in row) > 1 for row in rows]
    likely = max(counts, default=0)
    place = counts.index(likely) if likely > 1 else filled.index(True) if any(filled) else 0
    if not rows:
        return Found(str(name), 1, (), {}, is_sure=False)
    return _in_row(str(name), rows, place, remembered)


def _in_row(name: str, rows: Sequence[Row], place: int, remembered: Mapping[str, str]) -> Found:
    width = min(max(len(row) for row in rows), MOST_COLUMNS)
    headings = tuple(_heading(rows, place, column) for column in range(width))
    known = [normal(heading) for heading in headings]
    columns = assigned(known, remembered)
    is_sure = all(not heading or heading in remembered for heading in known)
    return Found(name, place + 1, headings, columns, is_sure=is_sure and bool(columns))


def _heading(rows: Sequence[Row], place: int, column: int) -> str:
    """Read a heading; under a merged one, what stands right above."""
    for row in reversed(rows[max(0, place - ABOVE) : place + 1]):
        cell = row[column] if column < len(row) else ""
        if isinstance(cell, str) and cell.strip():
            return " ".join(cell.split())[:120]
        if cell != "":
            return ""
    return ""


def assigned(known: Sequence[str], remembered: Mapping[str, str]) -> dict[str, int]:
    """Give each meaning to one column: the surest first, then from the left."""
    chances = sorted(
        (
            (-sureness, column, field)
            for column, heading in enumerate(known)
            for sureness, field in [meaning(heading, remembered)]
            if field
        ),
    )
    columns: dict[str, int] = {}
    for _sureness, column, field in chances:
        columns.setdefault(field, column)
    return columns


def meaning(heading: str, remembered: Mapping[str, str]) -> tuple[float, str]:
    """Say how sure it is, and what a heading means; nothing when it is unlike all."""
    if heading in remembered:
        return 2.0, remembered[heading]
    return _likeness(heading) if heading else (0.0, "")


@lru_cache(maxsize=4096)
def _likeness(heading: str) -> tuple[float, str]:
    if heading in MEANINGS:
        return 1.0, MEANINGS[heading]
    if len(heading) < len("uren"):
        return 0.0, ""
    alike = get_close_matches(heading, MEANINGS, n=1, cutoff=ALIKE)
    return (ALIKE, MEANINGS[alike[0]]) if alike else (0.0, "")


@lru_cache(maxsize=4096)
def normal(text: str) -> str:
    """Write a heading or label so that case, accents and marks make no difference."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(each for each in letters if not unicodedata.combining(each))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())[:120]


def samples(rows: Sequence[Row], heading_row: int, column: int) -> list[Cell]:
    """Give the first values under a heading."""
    under = [row[column] for row in rows[heading_row:] if column < len(row)]
    return [cell for cell in under if cell != ""][:2]
