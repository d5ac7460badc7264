"""What happens to people and their roles."""

from sroi_portal.core.actions.accounts import (
    LastAdministratorError,
    choose_language,
    close_account,
    end_sessions,
    open_account,
    send_password_link,
)
from sroi_portal.core.actions.roles import (
    AlreadyHeldError,
    add_person,
    give_role,
    take_role,
)

__all__ = [
    "AlreadyHeldError",
    "LastAdministratorError",
    "add_person",
    "choose_language",
    "close_account",
    "end_sessions",
    "give_role",
    "open_account",
    "send_password_link",
    "take_role",
]
