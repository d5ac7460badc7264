"""Input of pages about reports."""

from reports.forms.filters import (
    CockpitForm,
    CoverageFilter,
    DashboardFilter,
    ReportFilter,
    WorkFilter,
)
from reports.forms.issuing import (
    BatchForm,
    ChoiceForm,
    CorrectionForm,
    ReportForm,
    SubjectForm,
    authorities_to_report,
)

__all__ = [
    "BatchForm",
    "ChoiceForm",
    "CockpitForm",
    "CorrectionForm",
    "CoverageFilter",
    "DashboardFilter",
    "ReportFilter",
    "ReportForm",
    "SubjectForm",
    "WorkFilter",
    "authorities_to_report",
]
