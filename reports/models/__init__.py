"""What is shown: frozen reports, and tables of which no person can be read."""

from reports.models.batch import ReportBatch
from reports.models.burden import BurdenQuarter
from reports.models.fixed_table import FixedTable, PublishedCell, TableKind, WorkOfContract
from reports.models.lasting import LastingOfContract
from reports.models.open_contract import PublishedContract, PublishedFulfilment
from reports.models.peer import PeerBand
from reports.models.report import Definition, Report, ReportQuerySet, ReportStatus
from reports.models.schedule import ReportSchedule, ScheduleStatus
from reports.models.social_value import OutcomeKind, ProxyStatus, ProxyTable, ProxyValue
from reports.models.summary import Calling, FiguresSum, QuarterSum, Touched

__all__ = [
    "BurdenQuarter",
    "Calling",
    "Definition",
    "FiguresSum",
    "FixedTable",
    "LastingOfContract",
    "OutcomeKind",
    "PeerBand",
    "ProxyStatus",
    "ProxyTable",
    "ProxyValue",
    "PublishedCell",
    "PublishedContract",
    "PublishedFulfilment",
    "QuarterSum",
    "Report",
    "ReportBatch",
    "ReportQuerySet",
    "ReportSchedule",
    "ReportStatus",
    "ScheduleStatus",
    "TableKind",
    "Touched",
    "WorkOfContract",
]
