"""All that can happen to placements, contributions and their shares."""

from candidates.actions.agreements import (
    Proposal,
    agree_agreement,
    decline_agreement,
    propose_agreement,
    withdraw_agreement,
)
from candidates.actions.claims import Claim, NotAgreedError, change_claim, draft_claim, imagined
from candidates.actions.dividing import NotDivisibleError, Part, divide_contribution
from candidates.actions.entry_checks import (
    EntryRefusedError,
    NotSubmittableError,
    blocking_evidence,
    findings_on,
)
from candidates.actions.escalating import escalate_answers
from candidates.actions.evidence import (
    EvidenceFacts,
    EvidenceRefusedError,
    scan_evidence,
    state_evidence,
)
from candidates.actions.evidence_reminders import remind_of_evidence
from candidates.actions.missed_dates import (
    mark_share_unchecked,
    mark_unchecked,
    remind_checkers,
    remind_share,
)
from candidates.actions.moving import NotYetError, accept_transfer
from candidates.actions.objections import (
    EnteredAnewError,
    TooLateError,
    grant_objection,
    object_share,
    uphold_rejection,
)
from candidates.actions.placements import (
    ContractClosedError,
    NotInTableError,
    PlacementFacts,
    change_hours,
    end_placement,
    enter_placement,
    inform_candidate,
    withdraw_placement,
)
from candidates.actions.shares import (
    OwnWorkError,
    change_share,
    draft_contribution,
    reject_share,
    return_share,
    revoke_share,
    submit_share,
    verify_share,
    withdraw_share,
)
from candidates.models import CHANGEABLE

__all__ = [
    "CHANGEABLE",
    "Claim",
    "ContractClosedError",
    "EnteredAnewError",
    "EntryRefusedError",
    "EvidenceFacts",
    "EvidenceRefusedError",
    "NotAgreedError",
    "NotDivisibleError",
    "NotInTableError",
    "NotSubmittableError",
    "NotYetError",
    "OwnWorkError",
    "Part",
    "PlacementFacts",
    "Proposal",
    "TooLateError",
    "accept_transfer",
    "agree_agreement",
    "blocking_evidence",
    "change_claim",
    "change_hours",
    "change_share",
    "decline_agreement",
    "divide_contribution",
    "draft_claim",
    "draft_contribution",
    "end_placement",
    "enter_placement",
    "escalate_answers",
    "findings_on",
    "grant_objection",
    "imagined",
    "inform_candidate",
    "mark_share_unchecked",
    "mark_unchecked",
    "object_share",
    "propose_agreement",
    "reject_share",
    "remind_checkers",
    "remind_of_evidence",
    "remind_share",
    "return_share",
    "revoke_share",
    "scan_evidence",
    "state_evidence",
    "submit_share",
    "uphold_rejection",
    "verify_share",
    "withdraw_agreement",
    "withdraw_placement",
    "withdraw_share",
]
