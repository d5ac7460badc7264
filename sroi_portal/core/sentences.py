"""What each verb of the audit trail says to who reads the history."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SENTENCES = {
    "announce": _("Announcement written"),
    "answer_help": _("Question answered"),
    "ask_help": _("Help asked"),
    "ask_list_file": _("Large list asked as a file"),
    "choose_notices": _("Chose how to be told of things"),
    "dismiss_announcement": _("Announcement read and put away"),
    "end_announcement": _("Announcement ended"),
    "keep_help_desk": _("Help desk written down"),
    "add_person": _("Added"),
    "add_second_factor": _("Set up a second factor"),
    "change_authority": _("Settings of the organisation changed"),
    "change_password": _("Changed the password"),
    "choose_language": _("Chose another language"),
    "close_account": _("Account closed"),
    "end_sessions": _("Signed out on every device"),
    "give_role": _("Role given"),
    "open_account": _("Account opened again"),
    "refuse_sign_in": _("A wrong password was typed"),
    "remove_second_factor": _("Removed a second factor"),
    "renew_recovery_codes": _("Made new recovery codes"),
    "reset_password": _("Chose a new password by mail"),
    "send_password_link": _("Invitation sent"),
    "set_absence": _("Absence written down: a colleague stands in"),
    "sign_in": _("Signed in"),
    "write_digest": _("Weekly mail written"),
    "take_role": _("Role taken away"),
    "withdraw_absence": _("Absence taken back"),
}
KINDS = {
    "core.user": pgettext_lazy("object", "person"),
    "core.roleassignment": _("role"),
    "core.authority": _("organisation"),
    "core.absence": _("absence"),
    "core.listfile": _("list as a file"),
}
