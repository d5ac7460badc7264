"""Whether a table is one that a file could hold: the same checks, with row and reason."""

from contracts.kept_tables.reading import catalogue
from contracts.toml_tables import Problem, Table, TableError, TableReader, as_toml


def reader() -> TableReader:
    """Read files that name the groups and the kinds of evidence of this portal; two queries."""
    return TableReader(*catalogue())


def problems(table: Table) -> list[Problem]:
    """Name what is wrong with each row, by writing the table and reading it again."""
    try:
        reader().read(as_toml(table))
    except TableError as mistake:
        return list(mistake.problems)
    return []
