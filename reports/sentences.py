"""What each verb of the audit trail says to who reads the history of a report."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "issue_report": _("Facts frozen, report issued"),
    "begin_print": _("Sent to the printer"),
    "print_report": _("Printed"),
    "fail_print": _("The printer failed"),
    "correct_report": _("Replaced by a correction"),
    "issue_batch": _("Reports of many contracts asked for"),
    "set_schedule": _("Asked for every quarter"),
    "issue_scheduled": _("Report of the quarter issued"),
    "fail_schedule": _("Could not be made; tried again every morning"),
    "pause_schedule": _("Paused: who set it no longer issues this report"),
    "resume_schedule": _("Goes on in somebody else's name"),
    "stop_schedule": _("Stopped"),
    "draft_proxies": _("Table of values drawn up"),
    "set_proxy": _("Worth of an outcome filled in"),
    "remove_proxy": _("Outcome taken out"),
    "publish_proxies": _("Table of values published"),
    "withdraw_proxies": _("Table of values withdrawn"),
    "reprint_report": _("Sent to the printer again"),
}
KINDS = {
    "reports.report": _("report"),
    "reports.reportbatch": _("reports of many contracts"),
    "reports.reportschedule": _("report of every quarter"),
    "reports.proxytable": _("table of values"),
}
