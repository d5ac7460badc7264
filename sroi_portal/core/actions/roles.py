"""What happens to roles: given and taken, per authority, by its administrator."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from sroi_portal.core import audit
from sroi_portal.core.actions.accounts import refuse_last_administrator, send_password_link
from sroi_portal.core.models import Authority, RoleAssignment, RoleName, User
from sroi_portal.core.status import RefusedError, lock, save


class AlreadyHeldError(RefusedError):
    """The person has this role already."""


@transaction.atomic
def add_person(  # noqa: PLR0913 - a person has this many facts
    *,
    name: str,
    email: str,
    authority: Authority,
    roles: Iterable[str],
    by: User,
    at: dt.datetime,
    language: str = "nl",
) -> User:
    """Invite somebody by mail; who has an account already only gets the roles."""
    address = email.strip().lower()
    person: User | None = User.objects.filter(email=address).first()
    if person is None:
        person = User.objects.create_user(address, name=name, language=language)
        audit.record(person, "add_person", by=by, at=at)
        send_password_link(person, by=by, at=at)
    held = person.role_assignments.held().filter(authority=authority)
    for role in sorted(set(roles) - set(held.values_list("role", flat=True))):
        give_role(person, authority=authority, role=role, by=by, at=at)
    return person


@transaction.atomic
def give_role(
    person: User, *, authority: Authority, role: str, by: User | None, at: dt.datetime
) -> RoleAssignment:
    """Let the person work as `role` for the authority.

    :raises AlreadyHeldError: when the person has it already.
    """
    lock(person)
    if person.role_assignments.held().filter(authority=authority, role=role).exists():
        raise AlreadyHeldError(_("This person already has this role."))
    given = RoleAssignment(user=person, authority=authority, role=role, given_by=by, given_at=at)
    save(given)
    audit.record(given, "give_role", by=by, at=at, moved=("", role))
    return given


@transaction.atomic
def take_role(assignment: RoleAssignment, *, by: User, at: dt.datetime) -> None:
    """End a role; what was done with it stays.

    :raises LastAdministratorError: when it is the last administrator of the authority.
    """
    if assignment.role == RoleName.ADMINISTRATOR:
        refuse_last_administrator(assignment)
    assignment = lock(assignment)
    if assignment.taken_at:
        return
    assignment.taken_by, assignment.taken_at = by, at
    save(assignment)
    audit.record(assignment, "take_role", by=by, at=at, moved=(assignment.role, ""))
