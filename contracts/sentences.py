"""What each verb of the audit trail says to who reads the history."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "accept_contract": _("Taken over by the contract manager"),
    "award_contract": _("Contract logged: the obligation stands"),
    "cancel_contract": _("Concept put aside"),
    "change_contract": _("Concept changed"),
    "change_lot": _("Lot changed"),
    "change_tender": _("Tender changed"),
    "confirm_notice": _("Notice confirmed"),
    "discard_notice": _("Notice put aside"),
    "hand_over_contract": _("Handed over to a contract manager"),
    "load_value_table": _("Value table published"),
    "log_contract": _("Written down as a concept"),
    "log_lot": _("Lot added"),
    "log_tender": _("Tender written down"),
    "record_contact": _("First contact recorded"),
    "record_reserved_share": _("Share of workers of the reserved contract recorded"),
    "refuse_contract": _("Given back by the contract manager"),
    "remind_contract": _("Reminder sent by mail"),
    "settle_contract": _("Settled"),
    "start_settlement": _("Settlement begun"),
    "upload_notice": _("Notice uploaded"),
}
