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
from contracts.toml_tables.settings import BonusesCount, Setting, Told, described
from contracts.toml_tables.shipped import FOLDER, Shipped, shipped
from contracts.toml_tables.tables import (
    BonusRow,
    Limit,
    Row,
    RowKind,
    Staff,
    Status,
    Table,
    TableReader,
)
from contracts.toml_tables.workbooks import as_workbook, from_workbook
from contracts.toml_tables.writing import as_toml
from contracts.valuation import Rounding

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
    "Setting",
    "Shipped",
    "Staff",
    "Status",
    "Table",
    "TableError",
    "TableReader",
    "TargetGroup",
    "Told",
    "as_toml",
    "as_workbook",
    "described",
    "from_workbook",
    "read_evidence_kinds",
    "read_target_groups",
    "shipped",
]
