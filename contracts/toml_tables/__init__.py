"""Value tables, target groups and kinds of evidence, read from TOML and refused when wrong.

The files that are shipped stand in contracts/value_tables/. What is read is plain and frozen;
the models copy from it.
"""

from contracts.toml_tables.fields import Problem, TableError
from contracts.toml_tables.groups import (
    EvidenceKind,
    Privacy,
    TargetGroup,
    read_evidence_kinds,
    read_target_groups,
)
from contracts.toml_tables.shipped import FOLDER, Shipped, shipped
from contracts.toml_tables.tables import (
    BonusesCount,
    BonusRow,
    Limit,
    Rounding,
    Row,
    RowKind,
    Staff,
    Table,
    TableReader,
)

__all__ = [
    "FOLDER",
    "BonusRow",
    "BonusesCount",
    "EvidenceKind",
    "Limit",
    "Privacy",
    "Problem",
    "Rounding",
    "Row",
    "RowKind",
    "Shipped",
    "Staff",
    "Table",
    "TableError",
    "TableReader",
    "TargetGroup",
    "read_evidence_kinds",
    "read_target_groups",
    "shipped",
]
