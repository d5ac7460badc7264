"""All that can happen to placements, contributions and their shares."""

from candidates.actions.agreements import (
    Proposal,
    agree_agreement,
    decline_agreement,
    propose_agreement,
    withdraw_agreement,
)
from candidates.actions.bulk import ask_bulk_check, verify_many
from candidates.actions.claims import Claim, NotAgreedError, change_claim, draft_claim, imagined
from candidates.actions.confirmations import (
    LinkClosedError,
    NothingToConfirmError,
    answer_confirmation,
    ask_confirmation,
    replace_confirmation,
    without_vat,
)
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
from candidates.actions.imports import (
    Matched,
    NotUndoableError,
    SentSheet,
    confirm_import,
    discard_import,
    match_import,
    purge_imports,
    remembered,
    require_undoable,
    retry_import,
    send_import,
    undo_import,
)
from candidates.actions.merging import CannotMergeError, merge_supplier
from candidates.actions.missed_dates import (
    mark_share_unchecked,
    mark_unchecked,
    remind_checkers,
    remind_share,
)
from candidates.actions.months import make_permanent, submit_month
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
from candidates.actions.plan_ties import lines_for, tie_share
from candidates.actions.sampling import (
    NothingToDrawError,
    draw_sample,
    drawn_again,
    record_outcome,
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
from candidates.actions.statements import (
    NOT_SENT,
    PeriodNotOpenError,
    Signature,
    sign_period,
    withdraw_statement,
)
from candidates.actions.visits import VisitRefusedError, record_visit
from candidates.models import CHANGEABLE

__all__ = [
    "CHANGEABLE",
    "NOT_SENT",
    "CannotMergeError",
    "Claim",
    "ContractClosedError",
    "EnteredAnewError",
    "EntryRefusedError",
    "EvidenceFacts",
    "EvidenceRefusedError",
    "LinkClosedError",
    "Matched",
    "NotAgreedError",
    "NotDivisibleError",
    "NotInTableError",
    "NotSubmittableError",
    "NotUndoableError",
    "NotYetError",
    "NothingToConfirmError",
    "NothingToDrawError",
    "OwnWorkError",
    "Part",
    "PeriodNotOpenError",
    "PlacementFacts",
    "Proposal",
    "SentSheet",
    "Signature",
    "TooLateError",
    "VisitRefusedError",
    "accept_transfer",
    "agree_agreement",
    "answer_confirmation",
    "ask_bulk_check",
    "ask_confirmation",
    "blocking_evidence",
    "change_claim",
    "change_hours",
    "change_share",
    "confirm_import",
    "decline_agreement",
    "discard_import",
    "divide_contribution",
    "draft_claim",
    "draft_contribution",
    "draw_sample",
    "drawn_again",
    "end_placement",
    "enter_placement",
    "escalate_answers",
    "findings_on",
    "grant_objection",
    "imagined",
    "inform_candidate",
    "lines_for",
    "make_permanent",
    "mark_share_unchecked",
    "mark_unchecked",
    "match_import",
    "merge_supplier",
    "object_share",
    "propose_agreement",
    "purge_imports",
    "record_outcome",
    "record_visit",
    "reject_share",
    "remembered",
    "remind_checkers",
    "remind_of_evidence",
    "remind_share",
    "replace_confirmation",
    "require_undoable",
    "retry_import",
    "return_share",
    "revoke_share",
    "scan_evidence",
    "send_import",
    "sign_period",
    "state_evidence",
    "submit_month",
    "submit_share",
    "tie_share",
    "undo_import",
    "uphold_rejection",
    "verify_many",
    "verify_share",
    "withdraw_agreement",
    "withdraw_placement",
    "withdraw_share",
    "withdraw_statement",
    "without_vat",
]
