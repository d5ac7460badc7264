"""The columns of a workbook: the names of a file beside headings and words in Dutch.

A workbook goes from hand to hand: its headings are the same whatever the language of the page.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from contracts import valuation
from contracts.toml_tables.groups import Privacy
from contracts.toml_tables.settings import BonusesCount
from contracts.toml_tables.tables import RowKind, Staff, Status


class Kind(StrEnum):
    """What stands in a column."""

    TEXT = "text"
    CODES = "codes"
    NUMBER = "number"
    FLAG = "flag"
    DAY = "day"


class Column(NamedTuple):
    """A field of a file, with its heading and what it may hold."""

    name: str
    heading: str
    kind: Kind = Kind.TEXT
    choices: tuple[str, ...] = ()


class Sheet(NamedTuple):
    """A part of a file, with the title of its sheet."""

    name: str
    title: str
    columns: tuple[Column, ...]


def _choice(name: str, heading: str, choices: type[StrEnum]) -> Column:
    return Column(name, heading, choices=tuple(choices))


_CODE = Column("code", "Code")
_LABELS = (Column("nl", "Omschrijving"), Column("en", "Omschrijving in het Engels"))

TABLE = Sheet(
    "table",
    "Tabel",
    (
        _CODE,
        Column("version", "Versie"),
        Column("publisher", "Uitgever"),
        Column("name", "Naam"),
        Column("source", "Bron"),
        _choice("status", "Status", Status),
        Column("valid_from", "Geldt vanaf", Kind.DAY),
        Column("norm_hours", "Uren per volle week", Kind.NUMBER),
        Column("counts_max_months", "Telt hoogstens maanden (algemeen)", Kind.NUMBER),
        _choice("hours_above_norm", "Uren boven de volle week", valuation.HoursAboveNorm),
        _choice("norm_over", "Volle week geldt over", valuation.NormOver),
        _choice("part_months", "Deel van een maand", valuation.PartMonths),
        _choice("rounding", "Afronding", valuation.Rounding),
        _choice("bonuses_count", "Toeslagen tellen op", BonusesCount),
        _choice("bracket_edge", "Precies op de grens van de uitkering", valuation.BracketEdge),
        _choice("bracket_change", "Grens tijdens het werk", valuation.BracketChange),
        _choice("cap_counts", "Maximum telt", valuation.CapCounts),
        _choice("cap_starts", "Maximum loopt vanaf", valuation.CapStarts),
        _choice("row_cap", "Maximum van regel en tabel", valuation.RowCap),
        Column("look_back_always", "Terugkijken ook bij altijd", Kind.FLAG),
        Column("as_published", "Instellingen van de uitgever", Kind.CODES),
    ),
)
LIMITS = Sheet(
    "limits", "Grenzen", (_CODE, *_LABELS, Column("pct", "Hoogstens procent", Kind.NUMBER))
)
ROWS = Sheet(
    "rows",
    "Regels",
    (
        _CODE,
        _choice("kind", "Soort", RowKind),
        Column("target_group", "Doelgroep"),
        *_LABELS,
        _choice("unit", "Eenheid", valuation.Unit),
        Column("value_eur", "Waarde in euro", Kind.NUMBER),
        Column("recognition_pct", "Telt mee voor procent", Kind.NUMBER),
        Column("certificate", "Alleen met certificaat"),
        Column("counts_max_months", "Telt hoogstens maanden", Kind.NUMBER),
        Column("counts_always", "Telt altijd", Kind.FLAG),
        Column("cap_is_exception", "Uitzondering op het algemene maximum", Kind.FLAG),
        Column("minimum_hours_per_week", "Minimum uren per week", Kind.NUMBER),
        Column("prorata_hours", "Naar rato van uren", Kind.FLAG),
        Column("look_back_months", "Terugkijken maanden", Kind.NUMBER),
        Column("same_employer_months", "Niet bij dezelfde werkgever maanden", Kind.NUMBER),
        Column("benefit_from_months", "Uitkering vanaf maanden", Kind.NUMBER),
        Column("benefit_until_months", "Uitkering tot maanden", Kind.NUMBER),
        Column("daily_max_eur", "Hoogstens euro per dag", Kind.NUMBER),
        _choice("staff", "Personeel", Staff),
        Column("limit", "Grens"),
        _choice("privacy", "Privacyklasse", Privacy),
        Column("evidence", "Bewijs", Kind.CODES),
    ),
)
BONUSES = Sheet(
    "bonuses",
    "Toeslagen",
    (
        _CODE,
        *_LABELS,
        Column("value_eur", "Waarde in euro", Kind.NUMBER),
        Column("conditions", "Voorwaarden", Kind.CODES),
        Column("age", "Leeftijd", Kind.NUMBER),
        _choice("age_operator", "Leeftijdsgrens", valuation.AgeOperator),
        Column("after_internship_months", "Na stage van maanden", Kind.NUMBER),
        Column("prorata", "Naar rato", Kind.FLAG),
        Column("highest_of", "Alleen de hoogste van", Kind.TEXT),
        Column("rows", "Voor de regels", Kind.CODES),
    ),
)
SHEETS = (TABLE, LIMITS, ROWS, BONUSES)
YES, NO = "ja", "nee"
FLAGS: Mapping[str, bool] = {YES: True, NO: False, "yes": True, "no": False}
