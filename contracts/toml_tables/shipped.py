"""The tables that come with the portal."""

from pathlib import Path
from typing import NamedTuple

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
    kinds = read_evidence_kinds((folder / "evidence_kinds.toml").read_text(encoding="utf-8"))
    codes = {kind.code for kind in kinds}
    groups = read_target_groups((folder / "target_groups.toml").read_text(encoding="utf-8"), codes)
    reader = TableReader(groups, kinds)
    paths = sorted(path for path in folder.glob("*.toml") if path.stem not in NOT_TABLES)
    tables = tuple(reader.read(path.read_text(encoding="utf-8")) for path in paths)
    return Shipped(kinds, groups, tables)
