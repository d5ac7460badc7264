"""What each verb of the audit trail says to who reads the history."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "lift_insolvency": _("No longer insolvent"),
    "record_insolvency": _("Insolvent: no new work is entered"),
    "accept_invitation": _("Invitation accepted"),
    "change_certificate": _("Certificate put right"),
    "change_membership": _("Role or rights changed"),
    "end_certificate": _("Certificate ended"),
    "end_membership": _("No longer acts for the supplier"),
    "join_supplier": _("Invitation accepted"),
    "record_certificate": _("Certificate recorded"),
    "register_supplier": _("Entered in the register"),
    "send_invitation": _("Invited by mail"),
    "record_offering": _("Offer recorded"),
    "change_offering": _("Offer changed"),
    "end_offering": _("No longer offered"),
    "withdraw_invitation": _("Invitation withdrawn"),
}
KINDS = {
    "suppliers.supplier": _("supplier"),
    "suppliers.membership": _("colleague of a supplier"),
    "suppliers.invitation": _("invitation"),
    "suppliers.offering": _("offer of a supplier"),
    "suppliers.certificate": _("certificate"),
}
