"""What happens to an account: opened, closed, its sessions ended, its language chosen."""

import datetime as dt

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.utils.translation import gettext as _

from sroi_portal.core import audit, mail
from sroi_portal.core.models import RoleAssignment, RoleName, User
from sroi_portal.core.signing_in import password_link
from sroi_portal.core.status import RefusedError, lock, save


class LastAdministratorError(RefusedError):
    """An authority keeps at least one administrator who can sign in."""


@transaction.atomic
def send_password_link(person: User, *, by: User, at: dt.datetime) -> None:
    """Mail a link by which the person chooses a password; a password closes older links."""
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    audit.record(person, "send_password_link", by=by, at=at)
    mail.send(
        "core/mail/welcome.txt",
        to=[person],
        at=at,
        context={
            "name": person.name,
            "by": by.name,
            "link": password_link(key),
            "days": settings.PASSWORD_RESET_TIMEOUT // 86400,
        },
    )


@transaction.atomic
def close_account(person: User, *, by: User, at: dt.datetime) -> None:
    """Let the person in no longer; open sessions end at once (ID-06).

    :raises LastAdministratorError: when an authority would be left without administrator.
    """
    for held in person.role_assignments.held().filter(role=RoleName.ADMINISTRATOR):
        refuse_last_administrator(held)
    person = lock(person)
    person.is_active = False
    person.sessions_ended_count += 1
    save(person)
    audit.record(person, "close_account", by=by, at=at, changed=["is_active"])


@transaction.atomic
def open_account(person: User, *, by: User, at: dt.datetime) -> None:
    """Let somebody whose account was closed in again."""
    person = lock(person)
    person.is_active = True
    save(person)
    audit.record(person, "open_account", by=by, at=at, changed=["is_active"])


@transaction.atomic
def end_sessions(person: User, *, by: User, at: dt.datetime) -> User:
    """Sign the person out everywhere."""
    person = lock(person)
    person.sessions_ended_count += 1
    save(person)
    audit.record(person, "end_sessions", by=by, at=at)
    return person


@transaction.atomic
def choose_language(person: User, *, language: str, by: User, at: dt.datetime) -> None:
    person = lock(person)
    if person.language == language:
        return
    person.language = language
    save(person)
    audit.record(person, "choose_language", by=by, at=at, changed=["language"])


def refuse_last_administrator(held: RoleAssignment) -> None:
    """Wait for whoever changes this authority's administrators, then count them.

    :raises LastAdministratorError: when nobody else administers the authority.
    """
    authority = lock(held.authority)
    others = authority.role_assignments.held().filter(
        role=RoleName.ADMINISTRATOR, user__is_active=True
    )
    if not others.exclude(user=held.user_id).exists():
        raise LastAdministratorError(
            _("%(name)s is the last administrator of %(authority)s. Appoint another one first.")
            % {"name": held.user.name, "authority": authority.name}
        )
