"""Who may do what to people and texts. An administrator sees no content (R-259)."""

from collections.abc import Iterable

from sroi_portal.core.models import (
    REPLACED_ROLES,
    Absence,
    Announcement,
    Authority,
    HelpQuestion,
    RoleAssignment,
    RoleName,
    User,
)
from sroi_portal.core.models.authority import ADMINISTRATOR_ROLES, PEOPLE_ROLES, TEXT_ROLES


def may_add_person(user: User, authority: Authority | None = None) -> bool:
    """Whether for this authority or (None) for any."""
    return _holds(user, PEOPLE_ROLES, authority)


def deals_with_role(user: User, authority_id: int, role: str) -> bool:
    """Only who administers everything says who administers (R-259)."""
    needed = (RoleName.ADMINISTRATOR,) if role in ADMINISTRATOR_ROLES else PEOPLE_ROLES
    return authority_id in user.authorities_with(*needed)


def may_give_role(user: User, person: User, authority: Authority, role: str) -> bool:
    """Nobody gives himself a role: it takes a second administrator."""
    return person != user and deals_with_role(user, authority.pk, role)


def may_take_role(user: User, assignment: RoleAssignment) -> bool:
    is_own = assignment.user_id == user.pk
    return not is_own and deals_with_role(user, assignment.authority_id, assignment.role)


def may_close_account(user: User, person: User) -> bool:
    """Only who could take every role that the person is here for."""
    theirs = all(deals_with_role(user, held.authority_id, held.role) for held in person.roles)
    return person != user and not person.supplier_ids and theirs


def may_open_account(user: User, person: User) -> bool:
    return may_close_account(user, person)


def may_send_password_link(user: User, person: User) -> bool:
    """As long as the person never signed in; afterwards one asks for a link oneself."""
    return person != user and person.is_active and person.last_login is None


def may_set_absence(user: User, held: RoleAssignment) -> bool:
    """Ask the person, or who administers the authority; only work that somebody can take over."""
    is_own = held.user_id == user.pk
    administers = held.authority_id in user.authorities_with(*PEOPLE_ROLES)
    return held.role in REPLACED_ROLES and held.taken_at is None and (is_own or administers)


def may_withdraw_absence(user: User, absence: Absence) -> bool:
    administers = absence.authority_id in user.authorities_with(*PEOPLE_ROLES)
    return absence.user_id == user.pk or administers


def may_see_absences(user: User) -> bool:
    """Tell who can be away, and who writes it down for them."""
    return bool(user.authorities_with(*REPLACED_ROLES, *PEOPLE_ROLES))


def may_change_authority(user: User, authority: Authority) -> bool:
    return user.has_role(RoleName.ADMINISTRATOR, authority.pk)


def may_see_trail(user: User) -> bool:
    """Tell who audits: all that happened, and nothing that was said."""
    return user.has_role(RoleName.AUDITOR)


def may_announce(user: User, authority: Authority | None = None) -> bool:
    """Whether for this authority or (None) for any."""
    return _holds(user, TEXT_ROLES, authority)


def may_end_announcement(user: User, announcement: Announcement) -> bool:
    return announcement.authority_id in user.authorities_with(*TEXT_ROLES)


def may_keep_help_desk(user: User, authority: Authority) -> bool:
    return may_announce(user, authority)


def may_answer_help(user: User, question: HelpQuestion) -> bool:
    """Anybody who works for the authority, but not who asked."""
    is_colleague = any(held.authority_id == question.authority_id for held in user.roles)
    return is_colleague and question.asked_by_id != user.pk


def _holds(user: User, roles: Iterable[RoleName], authority: Authority | None) -> bool:
    held = user.authorities_with(*roles)
    return bool(held) if authority is None else authority.pk in held
