"""What a report says: gathered at one position of the ledger, then frozen (design.md section 7)."""

from reports.facts.gathering import of_contract, of_portfolio
from reports.facts.kinds import (
    LATE_DAYS,
    ContractFacts,
    Facts,
    Group,
    Issue,
    Line,
    Period,
    PortfolioFacts,
    Quality,
    Standing,
    Sums,
    sha256,
)

__all__ = [
    "LATE_DAYS",
    "ContractFacts",
    "Facts",
    "Group",
    "Issue",
    "Line",
    "Period",
    "PortfolioFacts",
    "Quality",
    "Standing",
    "Sums",
    "of_contract",
    "of_portfolio",
    "sha256",
]
