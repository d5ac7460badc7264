"""What each verb of the audit trail says to who reads the history of a report."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "issue_report": _("Facts frozen, report issued"),
    "begin_print": _("Sent to the printer"),
    "print_report": _("Printed"),
    "fail_print": _("The printer failed"),
    "correct_report": _("Replaced by a correction"),
    "issue_batch": _("Reports of many contracts asked for"),
    "reprint_report": _("Sent to the printer again"),
}
KINDS = {
    "reports.report": _("report"),
    "reports.reportbatch": _("reports of many contracts"),
}
