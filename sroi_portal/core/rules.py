"""Who may do what to people. An administrator gives roles and sees no content."""

from sroi_portal.core.models import Authority, RoleAssignment, RoleName, User


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
