"""What happens to suppliers and to the people who act for them."""

import datetime as dt
import hashlib
import secrets
import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sroi_portal.core import audit, mail
from sroi_portal.core.models import User
from sroi_portal.core.status import RefusedError, lock, save
from suppliers.models import (
    Certificate,
    Invitation,
    Membership,
    MembershipRole,
    Offering,
    Supplier,
)

VALID = dt.timedelta(days=14)


class InvitationClosedError(RefusedError):
    """The invitation was used, withdrawn or is too old."""


class AlreadyMemberError(RefusedError):
    """The person acts for this supplier already."""


class AccountExistsError(RefusedError):
    """Somebody with this address has an account, and must sign in to accept."""


class LastAdministratorError(RefusedError):
    """A supplier with people keeps at least one administrator."""


class InsolvencyDayError(RefusedError):
    """A supplier is insolvent from a day that has come."""


class CertificateDayError(RefusedError):
    """A certificate cannot end on a day on which it was not valid."""


@transaction.atomic
def register_supplier(
    *, name: str, kvk: str = "", by: User, at: dt.datetime, **more: str | uuid.UUID
) -> Supplier:
    """Return the supplier with this KvK number, new or known: it stands in the register once."""
    with_number = Supplier.objects.filter(kvk=kvk) if kvk else Supplier.objects.none()
    known: Supplier | None = with_number.first()
    if known:
        return known.merged_into or known
    supplier = Supplier(name=name.strip(), kvk=kvk, **more)
    save(supplier)
    audit.record(supplier, "register_supplier", by=by, at=at)
    return supplier


@transaction.atomic
def send_invitation(
    supplier: Supplier, *, email: str, role: str, by: User, at: dt.datetime
) -> Invitation:
    """Mail a link that works once; an older invitation of the same person no longer works.

    :raises AlreadyMemberError: when the person acts for the supplier already.
    """
    supplier, address = lock(supplier), email.strip().lower()
    if supplier.memberships.held().filter(user__email=address).exists():
        raise AlreadyMemberError(_("This person already works here for this supplier."))
    for older in supplier.invitations.open_at(at).filter(email=address):
        withdraw_invitation(older, by=by, at=at)
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        supplier=supplier,
        email=address,
        role=role,
        token_hash=hashlib.sha256(token.encode()).digest(),
        invited_by=by,
        invited_at=at,
        expires_at=at + VALID,
    )
    save(invitation)
    audit.record(invitation, "send_invitation", by=by, at=at, moved=("", role))
    link = settings.SITE_URL + reverse("suppliers:invitation-accept", args=[token])
    mail.write(
        "suppliers/mail/send_invitation.txt",
        address,
        language=by.language,
        at=at,
        context={"by": by.name, "supplier": supplier, "link": link, "days": VALID.days},
    )
    return invitation


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User, at: dt.datetime) -> None:
    invitation = lock(invitation)
    if invitation.accepted_at or invitation.withdrawn_at:
        return
    invitation.withdrawn_at = at
    save(invitation)
    audit.record(invitation, "withdraw_invitation", by=by, at=at)


@transaction.atomic
def accept_invitation(invitation: Invitation, *, name: str, password: str, at: dt.datetime) -> User:
    """Make an account for the invited person, who then acts for the supplier.

    :raises InvitationClosedError: when the invitation no longer counts.
    :raises AccountExistsError: when the person has an account: `join_supplier` is for that.
    """
    invitation = _open_invitation(invitation, at=at)
    if User.objects.filter(email=invitation.email).exists():
        raise AccountExistsError(_("You already have an account. Sign in to accept."))
    person = User.objects.create_user(invitation.email, password, name=name)
    _employ(person, invitation, verb="accept_invitation", at=at)
    return person


@transaction.atomic
def join_supplier(invitation: Invitation, *, by: User, at: dt.datetime) -> None:
    """Accept with the account that the invited person already has.

    :raises InvitationClosedError: when the invitation no longer counts.
    """
    invitation = _open_invitation(invitation, at=at)
    if by.email != invitation.email:
        raise InvitationClosedError(_("This invitation is for another e-mail address."))
    _employ(by, invitation, verb="join_supplier", at=at)


@transaction.atomic
def end_membership(membership: Membership, *, by: User, at: dt.datetime) -> None:
    """Let somebody no longer act for the supplier; what was done stays.

    :raises LastAdministratorError: when it is the last administrator.
    """
    supplier = lock(membership.supplier)
    membership = lock(membership)
    if membership.ended_at:
        return
    if membership.role == MembershipRole.ADMINISTRATOR:
        _refuse_last_administrator(supplier, membership)
    membership.ended_at, membership.ended_by = at, by
    save(membership)
    audit.record(membership, "end_membership", by=by, at=at, moved=(membership.role, ""))


@transaction.atomic
def change_membership(
    membership: Membership,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> None:
    """Give a colleague another role or other rights; an administrator has them all (R-247).

    :raises ChangedMeanwhileError: when somebody else changed it since.
    :raises LastAdministratorError: when nobody would administer the supplier any more.
    """
    supplier = lock(membership.supplier)
    membership = lock(membership, revision=revision)
    if membership.ended_at:
        return
    wanted = dict(facts)
    if wanted["role"] == MembershipRole.ADMINISTRATOR:
        wanted |= {"may_enter": True, "may_sign": True}
    elif membership.role == MembershipRole.ADMINISTRATOR:
        _refuse_last_administrator(supplier, membership)
    changed = [name for name, value in wanted.items() if getattr(membership, name) != value]
    if not changed:
        return
    before = membership.role
    for name in changed:
        setattr(membership, name, wanted[name])
    save(membership)
    moved = (before, membership.role) if "role" in changed else ("", "")
    audit.record(membership, "change_membership", by=by, at=at, moved=moved, changed=changed)


def _refuse_last_administrator(supplier: Supplier, membership: Membership) -> None:
    others = supplier.memberships.held().administering().exclude(pk=membership.pk)
    if not others.exists():
        raise LastAdministratorError(
            _("%(name)s is the last administrator of %(supplier)s. Appoint another one first.")
            % {"name": membership.user.name, "supplier": supplier.name}
        )


def _open_invitation(invitation: Invitation, *, at: dt.datetime) -> Invitation:
    invitation = lock(invitation)
    if not Invitation.objects.open_at(at).filter(pk=invitation.pk).exists():
        raise InvitationClosedError(_("This invitation was used, withdrawn or is too old."))
    return invitation


def _employ(person: User, invitation: Invitation, *, verb: str, at: dt.datetime) -> None:
    invitation.accepted_at = at
    save(invitation)
    membership = Membership(
        user=person, supplier=invitation.supplier, role=invitation.role, given_at=at
    )
    if not person.memberships.held().filter(supplier=invitation.supplier).exists():
        save(membership)
    audit.record(invitation, verb, by=person, at=at, moved=("", invitation.role))


@transaction.atomic
def record_certificate(
    supplier: Supplier, facts: Mapping[str, Any], *, by: User, at: dt.datetime, key: uuid.UUID
) -> Certificate:
    """Write down what a supplier holds, as it was seen in the register (E07).

    :raises ValidationError: when it was recorded already, or ends before it begins.
    """
    certificate = Certificate(uuid=key, supplier=supplier, recorded_by=by, **facts)
    save(certificate)
    audit.record(certificate, "record_certificate", by=by, at=at)
    return certificate


@transaction.atomic
def change_certificate(
    certificate: Certificate,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> None:
    """Put it right; what contracts were awarded with stays as it is.

    :raises ChangedMeanwhileError: when somebody else changed it since.
    """
    certificate = lock(certificate, revision=revision)
    changed = [name for name, value in facts.items() if getattr(certificate, name) != value]
    if changed:
        for name in changed:
            setattr(certificate, name, facts[name])
        certificate.recorded_by = by
        save(certificate)
        audit.record(certificate, "change_certificate", by=by, at=at, changed=changed)


@transaction.atomic
def end_certificate(
    certificate: Certificate, last_day: dt.date, *, by: User, at: dt.datetime
) -> None:
    """Say that it is valid no longer than a day, because it was taken back.

    :raises CertificateDayError: when it was not valid on that day any more, or not yet.
    """
    certificate = lock(certificate)
    if not certificate.valid_from <= last_day <= certificate.valid_until:
        raise CertificateDayError(_("Choose a day on which the certificate was valid."))
    certificate.valid_until, certificate.recorded_by = last_day, by
    save(certificate)
    audit.record(certificate, "end_certificate", by=by, at=at, changed=["valid_until"])


@transaction.atomic
def record_insolvency(
    supplier: Supplier, on: dt.date, *, by: User, at: dt.datetime, reason: str
) -> None:
    """Write down that a supplier is insolvent: no new work is entered on its contracts (R-256).

    :raises InsolvencyDayError: when the day lies in the future.
    """
    supplier = lock(supplier)
    if on > timezone.localdate(at):
        raise InsolvencyDayError(_("This day lies in the future."))
    supplier.insolvent_on = on
    save(supplier)
    changed = ["insolvent_on"]
    audit.record(supplier, "record_insolvency", by=by, at=at, changed=changed, remark=reason)


@transaction.atomic
def lift_insolvency(supplier: Supplier, *, by: User, at: dt.datetime, reason: str) -> None:
    """Say that it ended, or was never so: work can be entered again."""
    supplier = lock(supplier)
    if supplier.insolvent_on is None:
        return
    supplier.insolvent_on = None
    save(supplier)
    changed = ["insolvent_on"]
    audit.record(supplier, "lift_insolvency", by=by, at=at, changed=changed, remark=reason)


@transaction.atomic
def record_offering(
    supplier: Supplier, facts: Mapping[str, Any], *, by: User, at: dt.datetime, key: uuid.UUID
) -> Offering:
    """Say what the supplier can do and where; everybody inside finds it (R-364)."""
    offering = Offering(uuid=key, supplier=supplier, **facts)
    save(offering)
    audit.record(offering, "record_offering", by=by, at=at)
    return offering


@transaction.atomic
def change_offering(
    offering: Offering,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> Offering:
    """Offer something else; the same once more changes nothing.

    :raises ChangedMeanwhileError: when somebody else changed it since.
    """
    offering = lock(offering, revision=revision)
    changed = [name for name, value in facts.items() if getattr(offering, name) != value]
    for name in changed:
        setattr(offering, name, facts[name])
    if changed:
        save(offering)
        audit.record(offering, "change_offering", by=by, at=at, changed=changed)
    return offering


@transaction.atomic
def end_offering(offering: Offering, *, by: User, at: dt.datetime) -> None:
    """Offer it no longer."""
    offering = lock(offering)
    if offering.ended_at is None:
        offering.ended_at, offering.ended_by = at, by
        save(offering)
        audit.record(offering, "end_offering", by=by, at=at, changed=["ended_at"])
