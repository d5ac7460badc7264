from candidates.models.additionality import Additionality, Told
from candidates.models.agreement import AGREEING_ROLES, Agreement, AgreementStatus
from candidates.models.bulk import MOST as MOST_AT_ONCE
from candidates.models.bulk import BulkCheck
from candidates.models.candidate import Candidate, CandidateCode
from candidates.models.confirmation import Confirmation, ConfirmationStatus
from candidates.models.contribution import (
    CHANGEABLE,
    CHECKABLE,
    SUPPLIER_READS,
    UNDECIDED,
    WAITING,
    Contribution,
    Share,
    ShareStatus,
)
from candidates.models.deciding import CLAIMED, FREED
from candidates.models.evidence import IS_SEEN, Evidence, EvidenceResult, ScanStatus
from candidates.models.finding import EntryFinding
from candidates.models.follow_up import (
    WORKING,
    AfterMonths,
    FollowUp,
    FollowUpAnswer,
    FollowUpStatus,
    Outcome,
    PermanentWith,
    SaidBy,
)
from candidates.models.imports import (
    Claiming,
    ImportBatch,
    ImportedRow,
    ImportFile,
    ImportPart,
    ImportStatus,
    RememberedHeading,
    SheetField,
    SheetKind,
)
from candidates.models.judged_fact import Fact, JudgedFact, JudgementStatus
from candidates.models.kinds import NEEDS, PRICED, ContributionKind, kind_of
from candidates.models.personal_link import (
    PersonalCode,
    PersonalLink,
    PersonalLinkStatus,
    hashed,
)
from candidates.models.placement import (
    ContractForm,
    Placement,
    PlacementStatus,
    WeeklyHours,
)
from candidates.models.sample import (
    SAMPLE_ROLES,
    RiskReason,
    Sample,
    SampleOf,
    SampleOutcome,
    SampleShare,
)
from candidates.models.shared_path import (
    PathConsent,
    PathPerson,
    PathPlan,
    PathPlanStatus,
    PathStep,
    SharedPath,
    StepForm,
)
from candidates.models.used_month import UsedMonth, UsedMonthFacts, UsedMonthQuerySet
from candidates.models.visit import Conclusion, Seen, Visit
from candidates.models.voice import Moment, Voice, VoiceAnswer, VoiceQuestion

__all__ = [
    "AGREEING_ROLES",
    "CHANGEABLE",
    "CHECKABLE",
    "CLAIMED",
    "FREED",
    "IS_SEEN",
    "MOST_AT_ONCE",
    "NEEDS",
    "PRICED",
    "SAMPLE_ROLES",
    "SUPPLIER_READS",
    "UNDECIDED",
    "WAITING",
    "WORKING",
    "Additionality",
    "AfterMonths",
    "Agreement",
    "AgreementStatus",
    "BulkCheck",
    "Candidate",
    "CandidateCode",
    "Claiming",
    "Conclusion",
    "Confirmation",
    "ConfirmationStatus",
    "ContractForm",
    "Contribution",
    "ContributionKind",
    "EntryFinding",
    "Evidence",
    "EvidenceResult",
    "Fact",
    "FollowUp",
    "FollowUpAnswer",
    "FollowUpStatus",
    "ImportBatch",
    "ImportFile",
    "ImportPart",
    "ImportStatus",
    "ImportedRow",
    "JudgedFact",
    "JudgementStatus",
    "Moment",
    "Outcome",
    "PathConsent",
    "PathPerson",
    "PathPlan",
    "PathPlanStatus",
    "PathStep",
    "PermanentWith",
    "PersonalCode",
    "PersonalLink",
    "PersonalLinkStatus",
    "Placement",
    "PlacementStatus",
    "RememberedHeading",
    "RiskReason",
    "SaidBy",
    "Sample",
    "SampleOf",
    "SampleOutcome",
    "SampleShare",
    "ScanStatus",
    "Seen",
    "Share",
    "ShareStatus",
    "SharedPath",
    "SheetField",
    "SheetKind",
    "StepForm",
    "Told",
    "UsedMonth",
    "UsedMonthFacts",
    "UsedMonthQuerySet",
    "Visit",
    "Voice",
    "VoiceAnswer",
    "VoiceQuestion",
    "WeeklyHours",
    "hashed",
    "kind_of",
]
