"""Worked cases from a file with columns: what was done, and how many euros it must count for."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from contracts import valuation
from contracts.toml_tables import Problem, Setting, Table, TableError, settings
from contracts.toml_tables.settings import BonusesCount, BonusesGiven, LookBackAlways

type Line = Mapping[str, Any]
type FindTable = Callable[[str], Table | None]

MOST_CASES = 10_000
WHOLE_PCT = Decimal(100)


class Case(NamedTuple):
    """A case, what it must count for, and what it does count for."""

    id: str
    expected_eur: Decimal
    got: valuation.Valuation

    @property
    def differs(self) -> bool:
        return self.got.total_eur != self.expected_eur


def read(text: str, find_table: FindTable) -> list[Case]:
    """Value every case of a CSV file, with commas or semicolons.

    :raises TableError: with each column and row that is wrong, and why.
    """
    problems: list[Problem] = []
    first = text.partition("\n")[0]
    lines = csv.DictReader(
        io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ","
    )
    _check_columns(lines.fieldnames or (), problems)
    cases = []
    for number, line in enumerate(() if problems else lines, start=2):
        where = _("row %(number)s") % {"number": number}
        place = f"{where} ({line['id']})" if line.get("id") else where
        try:
            cases.append(_case(_typed(line), find_table))
        except WrongError as reason:
            problems += [Problem(place, each) for each in reason.reasons]
    if not problems and not 0 < len(cases) <= MOST_CASES:
        problems.append(Problem(_("file"), _("it must hold from 1 to 10,000 cases")))
    if problems:
        raise TableError(problems)
    return cases


class WrongError(Exception):
    """A row that cannot be read, with the reasons."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


def _check_columns(names: Iterable[str], problems: list[Problem]) -> None:
    place = _("columns")
    found = list(names)
    problems += [
        Problem(place, _("“%(name)s” is not a known column") % {"name": name})
        for name in found
        if name not in COLUMNS
    ]
    problems += [
        Problem(place, _("%(name)s is missing") % {"name": name})
        for name in NEEDED
        if name not in found
    ]


def _typed(line: Mapping[str, Any]) -> Line:
    """Read each cell by its column; an empty one is not there."""
    found: dict[str, Any] = {}
    reasons = []
    if None in line or None in line.values():
        reasons.append(_("this row has not as many cells as there are columns"))
    for name, read_cell in COLUMNS.items():
        text = (line.get(name) or "").strip()
        if text:
            try:
                found[name] = read_cell(text)
            except (ValueError, InvalidOperation):
                words = {"name": name, "text": text, "example": EXAMPLES[read_cell]}
                reasons.append(_("%(name)s is “%(text)s”; write it as %(example)s") % words)
        elif name in NEEDED:
            reasons.append(_("%(name)s is missing") % {"name": name})
    if reasons:
        raise WrongError(reasons)
    return found


def _case(line: Line, find_table: FindTable) -> Case:
    table = find_table(line["table"])
    if table is None:
        raise WrongError([_("“%(table)s” is not a table that is known here") % line])
    row = next((row for row in table.rows if row.block.code == line["row"]), None)
    if row is None:
        raise WrongError([_("“%(row)s” is not a row of the table %(table)s") % line])
    for_row = [each.bonus for each in table.bonuses if not each.rows or line["row"] in each.rows]
    terms, bonuses = table.terms, for_row
    for setting, answer in line.get("settings", {}).items():
        terms, bonuses = _with(setting, answer, terms, bonuses)
    share_pct = line.get("share_pct", WHOLE_PCT)
    got = valuation.value(terms, row.block, tuple(bonuses), _work(line), share_pct)
    return Case(line["id"], line["expected_eur"], got)


def _with(
    setting: Setting, answer: str, terms: valuation.Terms, bonuses: list[valuation.Bonus]
) -> tuple[valuation.Terms, list[valuation.Bonus]]:
    """Give a table another answer to a question that publishers leave open."""
    if setting in OF_BONUSES:
        change = OF_BONUSES[setting]
        return terms, [replace(bonus, **change(answer)) for bonus in bonuses]
    if setting is Setting.LOOK_BACK_ALWAYS:
        return replace(terms, look_back_always=answer == LookBackAlways.ASKED), bonuses
    kind = type(getattr(terms, setting))
    return replace(terms, **{setting.value: kind(answer)}), bonuses


OF_BONUSES: Mapping[Setting, Callable[[str], dict[str, Any]]] = {
    Setting.BONUSES_GIVEN: lambda answer: {"prorata": answer == BonusesGiven.PRORATA},
    Setting.BONUSES_COUNT: lambda answer: {
        "highest_of": "all" if answer == BonusesCount.HIGHEST else ""
    },
    Setting.AGE_OPERATOR: lambda answer: {"age_operator": valuation.AgeOperator(answer)},
}


def _work(line: Line) -> valuation.Work:
    known = {name: line[name] for name in OF_WORK if name in line}
    periods = _periods(line.get("hours_per_week", ()), line["starts_on"], line["ends_on"])
    return valuation.Work(periods=periods, **known)


def _periods(
    changes: Iterable[tuple[Decimal, dt.date | None]], starts_on: dt.date, ends_on: dt.date
) -> tuple[valuation.HoursPeriod, ...]:
    """Let hours hold until they change."""
    periods: list[valuation.HoursPeriod] = []
    for hours, begins_on in changes:
        from_on = begins_on or starts_on
        if periods:
            periods[-1] = periods[-1]._replace(ends_on=from_on - dt.timedelta(days=1))
        periods.append(valuation.HoursPeriod(from_on, ends_on, hours))
    return tuple(periods)


def _number(text: str) -> Decimal:
    """Read a number with a point, or with a comma as Dutch programs write it."""
    number = Decimal(text.replace(",", ".") if "." not in text else text)
    if not number.is_finite():
        raise ValueError(text)
    return number


def _hours(text: str) -> tuple[tuple[Decimal, dt.date | None], ...]:
    """Read "36; 24 from 2025-07-01"."""
    changes: list[tuple[Decimal, dt.date | None]] = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        hours, _from, day = part.partition(" from ")
        begins_on = dt.date.fromisoformat(day.strip()) if day else None
        if bool(changes) != bool(begins_on):
            raise ValueError(text)
        changes.append((_number(hours.strip()), begins_on))
    return tuple(changes)


def _settings(text: str) -> dict[Setting, str]:
    """Read "row_cap=lowest bonuses_given=whole"."""
    found = {}
    for part in text.split():
        name, _is, answer = part.partition("=")
        setting = Setting(name)
        if answer not in settings.ANSWERS[setting] or answer == BonusesGiven.DIFFERS:
            raise ValueError(text)
        found[setting] = answer
    return found


def _months(text: str) -> Fraction:
    return Fraction(_number(text))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COLUMNS: Mapping[str, Callable[[str], Any]] = {
    "id": str,
    "table": str,
    "row": str,
    "starts_on": dt.date.fromisoformat,
    "ends_on": dt.date.fromisoformat,
    "hours_per_week": _hours,
    "age": int,
    "facts": _words,
    "quantity": _number,
    "days": _number,
    "amount_eur": _number,
    "vat_pct": _number,
    "share_pct": _number,
    "contract_starts_on": dt.date.fromisoformat,
    "employment_started_on": dt.date.fromisoformat,
    "previous_employment_ended_on": dt.date.fromisoformat,
    "benefit_months": int,
    "internship_months": _number,
    "months_used": _months,
    "limit_left_eur": _number,
    "settings": _settings,
    "expected_eur": _number,
    "note": str,
}
NEEDED = ("id", "table", "row", "starts_on", "ends_on", "expected_eur")
OF_WORK = (
    "starts_on",
    "ends_on",
    "age",
    "facts",
    "quantity",
    "days",
    "amount_eur",
    "vat_pct",
    "contract_starts_on",
    "employment_started_on",
    "previous_employment_ended_on",
    "benefit_months",
    "internship_months",
    "months_used",
    "limit_left_eur",
)
EXAMPLES: Mapping[Callable[[str], Any], str] = {
    dt.date.fromisoformat: "2025-01-31",
    int: "12",
    _number: "1234.56",
    _months: "7.5",
    _hours: "36; 24 from 2025-07-01",
    _settings: "row_cap=lowest bonuses_given=whole",
}
