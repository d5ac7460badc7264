"""The tables that come with the portal."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from contracts.toml_tables.fields import Problem, TableError
from contracts.toml_tables.groups import (
    EvidenceKind,
    TargetGroup,
    read_evidence_kinds,
    read_target_groups,
)
from contracts.toml_tables.tables import Table, TableReader

FOLDER = Path(__file__).resolve().parent.parent / "value_tables"
NOT_TABLES = ("evidence_kinds", "target_groups")


class Shipped(NamedTuple):
    """All that a new installation starts with."""

    evidence_kinds: tuple[EvidenceKind, ...]
    target_groups: tuple[TargetGroup, ...]
    tables: tuple[Table, ...]


def shipped(folder: Path = FOLDER) -> Shipped:
    """Read the files of a folder, by name.

    :raises TableError: with the mistakes of the first file that has any.
    """
    kinds = _read(folder / "evidence_kinds.toml", read_evidence_kinds)
    codes = {kind.code for kind in kinds}
    groups = _read(folder / "target_groups.toml", lambda text: read_target_groups(text, codes))
    reader = TableReader(groups, kinds)
    paths = sorted(path for path in folder.glob("*.toml") if path.stem not in NOT_TABLES)
    return Shipped(kinds, groups, tuple(_read(path, reader.read) for path in paths))


def _read[Found](path: Path, read: Callable[[str], Found]) -> Found:
    try:
        return read(path.read_text(encoding="utf-8"))
    except TableError as mistake:
        problems = [Problem(f"{path.name}, {row}", reason) for row, reason in mistake.problems]
        raise TableError(problems) from mistake
