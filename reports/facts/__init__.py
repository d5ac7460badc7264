"""What reports say: gathered at one position of the ledger, then frozen (design.md section 7)."""

from reports.facts.gathering import percentage
from reports.facts.kinds import (
    LATE_DAYS,
    Change,
    Facts,
    Group,
    Issue,
    Line,
    Member,
    Period,
    Quality,
    Standing,
    Sums,
    canonical,
    sha256,
)
from reports.facts.sums import latest_position

__all__ = [
    "LATE_DAYS",
    "Change",
    "Facts",
    "Group",
    "Issue",
    "Line",
    "Member",
    "Period",
    "Quality",
    "Standing",
    "Sums",
    "canonical",
    "latest_position",
    "percentage",
    "sha256",
]
