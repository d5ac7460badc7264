"""From the officer to a named manager: accepted, refused, first contact, reserved share."""

import datetime as dt
from decimal import Decimal

import pytest

from contracts import actions
from contracts.models import ContractStatus
from sroi_portal.core.models import AuditEvent, Outgoing, Remark
from sroi_portal.core.status import ChangedMeanwhileError, IllegalMoveError
from tests import factories
from tests.conftest import NOON, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DAY = dt.timedelta(days=1)


@pytest.fixture
def awarded(ministry, noord, piet, table):
    return factories.ContractFactory(
        authority=ministry,
        supplier=noord,
        officer=piet,
        value_table=table,
        status=ContractStatus.AWARDED,
    )


@pytest.fixture
def handed(awarded, piet, cora):
    actions.hand_over_contract(awarded, cora, by=piet, at=NOON)
    awarded.refresh_from_db()
    Outgoing.objects.all().delete()
    return awarded


def mails():
    return list(Outgoing.objects.order_by("pk").values_list("to_address", "subject"))


def test_handing_over_names_a_manager_and_asks_by_mail(awarded, piet, cora):
    actions.hand_over_contract(awarded, cora, by=piet, at=NOON, revision=0)
    awarded.refresh_from_db()
    assert (awarded.status, awarded.manager) == (ContractStatus.HANDED_OVER, cora)
    assert (awarded.handed_over_at, awarded.accepted_at) == (NOON, None)
    ((to, subject),) = mails()
    assert to == "cora@example.org"
    assert awarded.title in subject
    assert awarded.get_absolute_url() in Outgoing.objects.get().body


def test_nobody_else_than_a_manager_of_this_authority_is_named(awarded, piet, olga):
    with pytest.raises(actions.NotAManagerError, match="Olga"):
        actions.hand_over_contract(awarded, olga, by=piet, at=NOON)


def test_handing_over_from_an_old_page_is_noticed(awarded, piet, cora):
    with pytest.raises(ChangedMeanwhileError):
        actions.hand_over_contract(awarded, cora, by=piet, at=NOON, revision=7)


def test_who_names_oneself_gets_no_mail(awarded, cora):
    actions.hand_over_contract(awarded, cora, by=cora, at=NOON)
    assert mails() == []


def test_a_contract_runs_when_it_is_accepted(handed, cora):
    actions.accept_contract(handed, by=cora, at=NOON)
    handed.refresh_from_db()
    assert (handed.status, handed.accepted_at) == (ContractStatus.ACTIVE, NOON)
    assert [to for to, _subject in mails()] == ["piet@example.org"]


def test_accepting_twice_is_refused(handed, cora):
    actions.accept_contract(handed, by=cora, at=NOON)
    with pytest.raises(IllegalMoveError):
        actions.accept_contract(handed, by=cora, at=NOON)


def test_refusing_brings_it_back_with_a_reason(handed, cora):
    actions.refuse_contract(handed, by=cora, at=NOON, reason="Te veel contracten.")
    handed.refresh_from_db()
    assert (handed.status, handed.manager) == (ContractStatus.AWARDED, None)
    assert Remark.objects.get().text == "Te veel contracten."
    assert [to for to, _subject in mails()] == ["piet@example.org"]
    assert "contracten" not in Outgoing.objects.get().body.split("http")[0].replace(
        handed.title, ""
    )


def test_an_officer_who_manages_hears_nothing_of_itself(awarded, piet, ministry):
    factories.RoleAssignmentFactory(user=piet, authority=ministry, role="manager")
    actions.hand_over_contract(awarded, piet, by=piet, at=NOON)
    actions.refuse_contract(awarded, by=piet, at=NOON, reason="Toch niet.")
    actions.hand_over_contract(awarded, piet, by=piet, at=NOON)
    actions.accept_contract(awarded, by=piet, at=NOON)
    assert mails() == []


def test_a_running_contract_goes_to_another_manager(contract, cora, ministry):
    other = factories.UserFactory(name="Carl")
    factories.RoleAssignmentFactory(user=other, authority=ministry, role="manager")
    actions.hand_over_contract(contract, other, by=cora, at=NOON)
    contract.refresh_from_db()
    assert (contract.manager, contract.accepted_at) == (other, None)


def test_the_first_contact_is_recorded(contract, cora):
    actions.record_contact(contract, TODAY, by=cora, at=NOON)
    contract.refresh_from_db()
    assert contract.contacted_on == TODAY
    assert AuditEvent.objects.get(verb="record_contact").changed == ["contacted_on"]


@pytest.mark.parametrize("day", [dt.date(2025, 11, 30), TODAY + DAY])
def test_a_contact_lies_between_award_and_today(contract, cora, day):
    with pytest.raises(actions.ContactDayError):
        actions.record_contact(contract, day, by=cora, at=NOON)


@pytest.mark.parametrize(("share", "is_enough"), [("30.00", True), ("29.99", False)])
def test_the_share_of_a_reserved_contract_is_recorded(contract, cora, share, is_enough):
    actions.record_reserved_share(contract, Decimal(share), TODAY, by=cora, at=NOON)
    contract.refresh_from_db()
    assert (contract.reserved_checked_on, contract.reserved_checked_by) == (TODAY, cora)
    assert contract.is_reserved_enough is is_enough
