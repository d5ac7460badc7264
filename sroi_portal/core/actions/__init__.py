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
from sroi_portal.core.actions.authorities import change_authority
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
    "add_person",
    "change_authority",
    "choose_language",
    "close_account",
    "end_sessions",
    "give_role",
    "open_account",
    "send_password_link",
    "set_absence",
    "take_role",
    "withdraw_absence",
]
