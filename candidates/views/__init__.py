"""What suppliers and coordinators see and do about people and their work."""

from candidates.views.agreements import (
    agreement_agree,
    agreement_decline,
    agreement_detail,
    agreement_list,
    agreement_new,
    agreement_withdraw,
)
from candidates.views.bulk import bulk_check, share_verify_many
from candidates.views.checking import (
    objection_grant,
    objection_uphold,
    share_reject,
    share_return,
    share_revoke,
    share_verify,
)
from candidates.views.claims import claim_choose, claim_new, claim_preview
from candidates.views.confirmations import confirmation_answer, confirmation_ask
from candidates.views.contributions import contribution_new, contribution_preview, share_edit
from candidates.views.dividing import share_divide
from candidates.views.entering import placement_new
from candidates.views.evidence import contribution_evidence_new, evidence_file, evidence_new
from candidates.views.explaining import explanation_reason, share_explanation, share_explanation_pdf
from candidates.views.imports import (
    import_answer,
    import_columns,
    import_confirm,
    import_detail,
    import_discard,
    import_list,
    import_new,
    import_progress,
    import_retry,
    import_template,
    import_undo,
)
from candidates.views.months import months_enter, placement_permanent
from candidates.views.objections import share_object
from candidates.views.placements import (
    candidate_inform,
    hours_change,
    placement_detail,
    placement_end,
    placement_list,
    placement_reason,
    placement_withdraw,
)
from candidates.views.shares import (
    share_detail,
    share_list,
    share_reason,
    share_submit,
    share_withdraw,
)
from candidates.views.what_if import what_if

__all__ = [
    "agreement_agree",
    "agreement_decline",
    "agreement_detail",
    "agreement_list",
    "agreement_new",
    "agreement_withdraw",
    "bulk_check",
    "candidate_inform",
    "claim_choose",
    "claim_new",
    "claim_preview",
    "confirmation_answer",
    "confirmation_ask",
    "contribution_evidence_new",
    "contribution_new",
    "contribution_preview",
    "evidence_file",
    "evidence_new",
    "explanation_reason",
    "hours_change",
    "import_answer",
    "import_columns",
    "import_confirm",
    "import_detail",
    "import_discard",
    "import_list",
    "import_new",
    "import_progress",
    "import_retry",
    "import_template",
    "import_undo",
    "months_enter",
    "objection_grant",
    "objection_uphold",
    "placement_detail",
    "placement_end",
    "placement_list",
    "placement_new",
    "placement_permanent",
    "placement_reason",
    "placement_withdraw",
    "share_detail",
    "share_divide",
    "share_edit",
    "share_explanation",
    "share_explanation_pdf",
    "share_list",
    "share_object",
    "share_reason",
    "share_reject",
    "share_return",
    "share_revoke",
    "share_submit",
    "share_verify",
    "share_verify_many",
    "share_withdraw",
    "what_if",
]
