"""What happens to people and their roles."""

from sroi_portal.core.actions.absences import NotADeputyError, set_absence, withdraw_absence
from sroi_portal.core.actions.accounts import (
    LastAdministratorError,
    choose_language,
    close_account,
    end_sessions,
    open_account,
    send_password_link,
)
from sroi_portal.core.actions.announcements import (
    announce,
    dismiss_announcement,
    end_announcement,
)
from sroi_portal.core.actions.authorities import change_authority
from sroi_portal.core.actions.helping import answer_help, ask_help, keep_help_desk
from sroi_portal.core.actions.list_files import TooManyFilesError, ask_list_file
from sroi_portal.core.actions.notices import choose_notices
from sroi_portal.core.actions.roles import (
    AlreadyHeldError,
    add_person,
    give_role,
    take_role,
)

__all__ = [
    "AlreadyHeldError",
    "LastAdministratorError",
    "NotADeputyError",
    "TooManyFilesError",
    "add_person",
    "announce",
    "answer_help",
    "ask_help",
    "ask_list_file",
    "change_authority",
    "choose_language",
    "choose_notices",
    "close_account",
    "dismiss_announcement",
    "end_announcement",
    "end_sessions",
    "give_role",
    "keep_help_desk",
    "open_account",
    "send_password_link",
    "set_absence",
    "take_role",
    "withdraw_absence",
]
