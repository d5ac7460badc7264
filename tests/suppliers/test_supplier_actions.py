"""The verbs of suppliers and of the people who act for them."""

import datetime as dt
import re

import pytest

from sroi_portal.core.models import AuditEvent, Outgoing, User
from suppliers import actions
from suppliers.models import Invitation, MembershipRole, Supplier
from tests import factories
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
PASSWORD = "een lang genoeg wachtwoord"


def events(obj):
    return list(AuditEvent.objects.filter(object_uuid=obj.uuid).values_list("verb", "by__name"))


def token_of(mail):
    return re.search(r"http://localhost:8000/invitations/(\S+)/", mail.body).group(1)


@pytest.fixture
def invitation(noord, noor):
    return actions.send_invitation(
        noord, email="Nina@example.org ", role=MembershipRole.MEMBER, by=noor, at=NOON
    )


def test_a_supplier_is_registered_once(piet):
    facts = {"name": " Bouw B.V. ", "kvk": "99991234", "by": piet, "at": NOON}
    supplier = actions.register_supplier(**facts)
    assert (supplier.name, supplier.kvk, supplier.country) == ("Bouw B.V.", "99991234", "NLD")
    assert events(supplier) == [("register_supplier", "Piet")]
    assert actions.register_supplier(**{**facts, "name": "Another"}) == supplier
    assert Supplier.objects.count() == 1


def test_two_suppliers_without_a_number_are_two(piet):
    for _ in range(2):
        actions.register_supplier(name="Bau GmbH", other_identifier="HRB 1", by=piet, at=NOON)
    assert Supplier.objects.count() == 2


def test_an_invitation_is_a_link_of_which_only_a_hash_is_kept(invitation, noor):
    mail = Outgoing.objects.get()
    token = token_of(mail)
    assert mail.to_address == invitation.email == "nina@example.org"
    assert len(token) == 43
    assert token not in str(bytes(invitation.token_hash))
    assert Invitation.objects.with_token(token).get() == invitation
    assert invitation.expires_at == NOON + dt.timedelta(days=14)
    assert events(invitation) == [("send_invitation", "Noor")]


def test_a_second_invitation_closes_the_first(invitation, noord, noor):
    actions.send_invitation(noord, email="nina@example.org", role="member", by=noor, at=NOON)
    invitation.refresh_from_db()
    assert invitation.withdrawn_at == NOON
    assert Invitation.objects.open_at(NOON).count() == 1


def test_who_works_there_is_not_invited(noord, noor, sara):
    with pytest.raises(actions.AlreadyMemberError):
        actions.send_invitation(noord, email="SARA@example.org", role="member", by=noor, at=NOON)


def test_accepting_makes_an_account_and_a_membership(invitation, noord):
    at = NOON + dt.timedelta(days=13)
    person = actions.accept_invitation(invitation, name="Nina", password=PASSWORD, at=at)
    assert (person.email, person.name) == ("nina@example.org", "Nina")
    assert person.check_password(PASSWORD)
    held = person.memberships.get()
    assert (held.supplier, held.role, held.given_at) == (noord, "member", at)
    assert events(invitation)[-1] == ("accept_invitation", "Nina")


@pytest.mark.parametrize("days", [14, 15])
def test_an_old_invitation_no_longer_counts(invitation, days):
    at = NOON + dt.timedelta(days=days)
    with pytest.raises(actions.InvitationClosedError):
        actions.accept_invitation(invitation, name="Nina", password=PASSWORD, at=at)
    assert not User.objects.filter(email="nina@example.org").exists()


def test_an_invitation_is_accepted_once(invitation):
    person = actions.accept_invitation(invitation, name="Nina", password=PASSWORD, at=NOON)
    with pytest.raises(actions.InvitationClosedError):
        actions.join_supplier(invitation, by=person, at=NOON)


def test_a_withdrawn_invitation_no_longer_counts(invitation, noor):
    actions.withdraw_invitation(invitation, by=noor, at=NOON)
    actions.withdraw_invitation(invitation, by=noor, at=NOON)
    assert events(invitation) == [("send_invitation", "Noor"), ("withdraw_invitation", "Noor")]
    with pytest.raises(actions.InvitationClosedError):
        actions.accept_invitation(invitation, name="Nina", password=PASSWORD, at=NOON)


def test_who_has_an_account_accepts_with_it(noord, noor, bram):
    invitation = actions.send_invitation(
        noord, email=bram.email, role="administrator", by=noor, at=NOON
    )
    with pytest.raises(actions.AccountExistsError):
        actions.accept_invitation(invitation, name="Bram", password=PASSWORD, at=NOON)
    with pytest.raises(actions.InvitationClosedError, match="ander"):
        actions.join_supplier(invitation, by=noor, at=NOON)
    actions.join_supplier(invitation, by=bram, at=NOON)
    assert bram.memberships.held().filter(supplier=noord, role="administrator").exists()
    assert events(invitation)[-1] == ("join_supplier", "Bram")


def test_who_joined_meanwhile_stays_once(noord, noor, bram):
    invitation = actions.send_invitation(noord, email=bram.email, role="member", by=noor, at=NOON)
    factories.MembershipFactory(user=bram, supplier=noord)
    actions.join_supplier(invitation, by=bram, at=NOON)
    assert bram.memberships.held().filter(supplier=noord).count() == 1


def test_a_membership_ends_and_stays_on_record(noor, sara):
    membership = sara.memberships.get()
    actions.end_membership(membership, by=noor, at=NOON)
    actions.end_membership(membership, by=noor, at=NOON)
    membership.refresh_from_db()
    assert (membership.ended_at, membership.ended_by) == (NOON, noor)
    assert events(membership) == [("end_membership", "Noor")]


def test_the_last_administrator_stays(noord, noor, sara):
    with pytest.raises(actions.LastAdministratorError, match="Noor"):
        actions.end_membership(noor.memberships.get(), by=noor, at=NOON)
    second = factories.MembershipFactory(supplier=noord, role=MembershipRole.ADMINISTRATOR)
    actions.end_membership(noor.memberships.get(), by=second.user, at=NOON)
    assert not noor.memberships.held().exists()
