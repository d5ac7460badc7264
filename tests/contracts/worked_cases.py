"""Reads worked cases: see README.md beside this file for the columns."""

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from contracts import toml_tables, valuation

FILE = Path(__file__).with_name("cases.csv")


class Case(NamedTuple):
    id: str
    expected_eur: Decimal
    got: valuation.Valuation


def read(path=FILE):
    tables = {
        f"{table.code} {table.terms.version}": table for table in toml_tables.shipped().tables
    }
    with path.open(newline="", encoding="utf-8") as file:
        return [_case(line, tables[line["table"]]) for line in csv.DictReader(file)]


def _case(line, table):
    row = next(row for row in table.rows if row.block.code == line["row"])
    bonuses = tuple(
        bonus.bonus for bonus in table.bonuses if not bonus.rows or line["row"] in bonus.rows
    )
    share_pct = _number(line["share_pct"]) or Decimal(100)
    got = valuation.value(table.terms, row.block, bonuses, _work(line), share_pct)
    return Case(line["id"], Decimal(line["expected_eur"]), got)


def _work(line):
    starts_on = dt.date.fromisoformat(line["starts_on"])
    ends_on = dt.date.fromisoformat(line["ends_on"])
    return valuation.Work(
        starts_on=starts_on,
        ends_on=ends_on,
        periods=_periods(line["hours_per_week"], starts_on, ends_on),
        age=int(line["age"]) if line["age"] else None,
        facts=frozenset(line["facts"].split()),
        quantity=_number(line["quantity"]),
        amount_eur=_number(line["amount_eur"]),
        vat_pct=_number(line["vat_pct"]),
    )


def _periods(text, starts_on, ends_on):
    """Read "36; 24 from 2025-07-01"."""
    periods = []
    for part in reversed([part for part in text.split(";") if part.strip()]):
        hours, _, day = part.partition(" from ")
        begins_on = dt.date.fromisoformat(day.strip()) if day else starts_on
        periods.append(valuation.HoursPeriod(begins_on, ends_on, Decimal(hours.strip())))
        ends_on = begins_on - dt.timedelta(days=1)
    return tuple(reversed(periods))


def _number(text):
    return Decimal(text) if text else None
