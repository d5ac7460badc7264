"""Reads worked cases: see README.md beside this file for the columns."""

from pathlib import Path

from contracts import toml_tables, worked_cases

FILE = Path(__file__).with_name("cases.csv")


def read(path=FILE):
    tables = {
        f"{table.code} {table.terms.version}": table for table in toml_tables.shipped().tables
    }
    return worked_cases.read(path.read_text(encoding="utf-8"), tables.get)
