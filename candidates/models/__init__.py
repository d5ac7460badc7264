from candidates.models.candidate import Candidate, CandidateCode
from candidates.models.contribution import (
    SUPPLIER_READS,
    WAITING,
    Contribution,
    ContributionKind,
    Share,
    ShareStatus,
    UsedMonth,
    UsedMonthFacts,
    UsedMonthQuerySet,
)
from candidates.models.evidence import Evidence, EvidenceResult, ScanStatus
from candidates.models.placement import (
    ContractForm,
    Placement,
    PlacementStatus,
    WeeklyHours,
)

__all__ = [
    "SUPPLIER_READS",
    "WAITING",
    "Candidate",
    "CandidateCode",
    "ContractForm",
    "Contribution",
    "ContributionKind",
    "Evidence",
    "EvidenceResult",
    "Placement",
    "PlacementStatus",
    "ScanStatus",
    "Share",
    "ShareStatus",
    "UsedMonth",
    "UsedMonthFacts",
    "UsedMonthQuerySet",
    "WeeklyHours",
]
