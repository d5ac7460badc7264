"""What each verb of the audit trail says to who reads the history."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "accept_transfer": _("Taken over by another authority"),
    "enter_placement": _("Placement entered"),
    "change_hours": _("Hours changed"),
    "end_placement": _("Last working day written down"),
    "withdraw_placement": _("Placement withdrawn"),
    "inform_candidate": _("Letter to the person written down"),
    "state_evidence": _("Evidence stated"),
    "scan_evidence": _("File looked at by the virus scanner"),
    "remind_of_evidence": _("Reminder of evidence that ends sent by mail"),
    "draft_contribution": _("Period entered as a concept"),
    "change_share": _("Period or part corrected"),
    "submit_share": _("Submitted"),
    "withdraw_share": _("Withdrawn"),
    "verify_share": _("Verified: it counts"),
    "return_share": _("Returned with a question"),
    "reject_share": _("Rejected"),
    "draft_claim": _("Entered as a concept"),
    "change_claim": _("Corrected"),
    "propose_agreement": _("Proposed to the authority"),
    "agree_agreement": _("Agreed what it counts for"),
    "decline_agreement": _("Not agreed"),
    "withdraw_agreement": _("Proposal withdrawn"),
    "revoke_share": _("Verification revoked"),
    "object_share": _("Objection to the rejection"),
    "grant_objection": _("Objection granted: it counts"),
    "uphold_rejection": _("Rejection upheld after the objection"),
    "mark_share_unchecked": _("Not checked in time by the authority"),
    "remind_share": _("Checkers reminded"),
}
