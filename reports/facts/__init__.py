"""What a report says: gathered at one position of the ledger, then frozen (design.md section 7)."""

from reports.facts.checking import differences
from reports.facts.gathering import of_contract, of_portfolio, of_report, percentage, read
from reports.facts.kinds import (
    LATE_DAYS,
    ContractFacts,
    Facts,
    Group,
    Issue,
    Line,
    Member,
    Period,
    PortfolioFacts,
    Quality,
    Standing,
    Sums,
    sha256,
)
from reports.facts.sums import latest_position

__all__ = [
    "LATE_DAYS",
    "ContractFacts",
    "Facts",
    "Group",
    "Issue",
    "Line",
    "Member",
    "Period",
    "PortfolioFacts",
    "Quality",
    "Standing",
    "Sums",
    "differences",
    "latest_position",
    "of_contract",
    "of_portfolio",
    "of_report",
    "percentage",
    "read",
    "sha256",
]
