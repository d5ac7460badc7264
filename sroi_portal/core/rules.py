"""Who may do what to people. An administrator gives roles and sees no content."""

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


def may_add_person(user: User, authority: Authority | None = None) -> bool:
    """Whether for this authority or (None) for any."""
    return user.has_role(RoleName.ADMINISTRATOR, authority.pk if authority else None)


def may_give_role(user: User, person: User, authority: Authority) -> bool:
    """Nobody gives himself a role: it takes a second administrator."""
    return person != user and may_add_person(user, authority)


def may_take_role(user: User, assignment: RoleAssignment) -> bool:
    return assignment.user_id != user.pk and user.has_role(
        RoleName.ADMINISTRATOR, assignment.authority_id
    )


def may_close_account(user: User, person: User) -> bool:
    """Only who administers everything that the person is here for."""
    theirs = {held.authority_id for held in person.roles}
    administered = set(user.authorities_with(RoleName.ADMINISTRATOR))
    return person != user and not person.supplier_ids and theirs <= administered


def may_open_account(user: User, person: User) -> bool:
    return may_close_account(user, person)


def may_send_password_link(user: User, person: User) -> bool:
    """As long as the person never signed in; afterwards one asks for a link oneself."""
    return person != user and person.is_active and person.last_login is None


def may_set_absence(user: User, held: RoleAssignment) -> bool:
    """Ask the person, or who administers the authority; only work that somebody can take over."""
    is_own = held.user_id == user.pk
    administers = user.has_role(RoleName.ADMINISTRATOR, held.authority_id)
    return held.role in REPLACED_ROLES and held.taken_at is None and (is_own or administers)


def may_withdraw_absence(user: User, absence: Absence) -> bool:
    administers = user.has_role(RoleName.ADMINISTRATOR, absence.authority_id)
    return absence.user_id == user.pk or administers


def may_see_absences(user: User) -> bool:
    """Tell who can be away, and who writes it down for them."""
    return any(user.has_role(role) for role in (*REPLACED_ROLES, RoleName.ADMINISTRATOR))


def may_change_authority(user: User, authority: Authority) -> bool:
    return user.has_role(RoleName.ADMINISTRATOR, authority.pk)


def may_see_trail(user: User) -> bool:
    """Tell who audits: all that happened, and nothing that was said."""
    return user.has_role(RoleName.AUDITOR)


def may_announce(user: User, authority: Authority | None = None) -> bool:
    """Whether for this authority or (None) for any."""
    return user.has_role(RoleName.ADMINISTRATOR, authority.pk if authority else None)


def may_end_announcement(user: User, announcement: Announcement) -> bool:
    return user.has_role(RoleName.ADMINISTRATOR, announcement.authority_id)


def may_keep_help_desk(user: User, authority: Authority) -> bool:
    return user.has_role(RoleName.ADMINISTRATOR, authority.pk)


def may_answer_help(user: User, question: HelpQuestion) -> bool:
    """Anybody who works for the authority, but not who asked."""
    is_colleague = any(held.authority_id == question.authority_id for held in user.roles)
    return is_colleague and question.asked_by_id != user.pk
