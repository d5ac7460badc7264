"""Reads worked cases: see README.md beside this file for the columns."""

from pathlib import Path

from contracts import toml_tables, worked_cases

FILE = Path(__file__).with_name("cases.csv")


def tables():
    return {f"{table.code} {table.terms.version}": table for table in toml_tables.shipped().tables}


def read(path=FILE):
    return worked_cases.read(path.read_text(encoding="utf-8"), tables().get)
