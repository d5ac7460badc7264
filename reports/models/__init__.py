"""What is shown: frozen reports, and tables of which no person can be read."""

from reports.models.batch import ReportBatch
from reports.models.fixed_table import FixedTable, PublishedCell, TableKind, WorkOfContract
from reports.models.report import Definition, Report, ReportQuerySet, ReportStatus

__all__ = [
    "Definition",
    "FixedTable",
    "PublishedCell",
    "Report",
    "ReportBatch",
    "ReportQuerySet",
    "ReportStatus",
    "TableKind",
    "WorkOfContract",
]
