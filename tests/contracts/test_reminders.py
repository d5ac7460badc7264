"""Mail before, on and after the day; each once; who is done hears nothing (F01, F03)."""

import datetime as dt

import pytest

from contracts import actions, tasks
from contracts.models import ContractStatus
from sroi_portal.core.models import AuditEvent, Outgoing
from tests import factories
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
DUE_ON = dt.date(2026, 3, 10)  # a Tuesday


@pytest.fixture
def awarded(ministry, noord, piet, table):
    return factories.ContractFactory(
        authority=ministry,
        supplier=noord,
        officer=piet,
        value_table=table,
        status=ContractStatus.AWARDED,
        contact_due_on=DUE_ON,
    )


def on(day):
    return NOON.replace(day=day)


def stages():
    events = AuditEvent.objects.filter(verb="remind_contract").order_by("pk")
    return [event.changed[0] for event in events]


def test_the_first_contact_is_announced_before_on_and_after_its_day(awarded):
    written = [actions.remind(at=on(day)) for day in range(6, 14)]
    assert written == [0, 0, 1, 0, 1, 1, 0, 0]
    assert stages() == ["contact_soon", "contact_today", "contact_overdue"]
    assert Outgoing.objects.count() == 3


def test_manager_and_officer_are_both_told(awarded, piet, cora):
    actions.hand_over_contract(awarded, cora, by=piet, at=on(10))
    Outgoing.objects.all().delete()
    actions.remind(at=on(10))
    told = sorted(Outgoing.objects.values_list("to_address", flat=True))
    assert told == ["cora@example.org", "piet@example.org"]


def test_who_had_contact_hears_nothing(awarded):
    awarded.contacted_on = dt.date(2026, 3, 3)
    awarded.save()
    assert actions.remind(at=on(20)) == 0


def test_a_waiting_hand_over_is_told_after_two_working_days(awarded, piet, cora):
    awarded.contact_due_on = None
    awarded.save()
    actions.hand_over_contract(awarded, cora, by=piet, at=on(5))  # a Thursday
    assert [actions.remind(at=on(day)) for day in (6, 9, 10, 11)] == [0, 0, 1, 0]


def test_after_a_new_hand_over_it_is_told_again(awarded, piet, cora):
    awarded.contact_due_on = None
    awarded.save()
    actions.hand_over_contract(awarded, cora, by=piet, at=on(2))
    actions.remind(at=on(6))
    actions.refuse_contract(awarded, by=cora, at=on(9), reason="Druk.")
    actions.hand_over_contract(awarded, cora, by=piet, at=on(9))
    actions.remind(at=on(13))
    assert stages() == ["hand_over_waiting", "hand_over_waiting"]


def test_an_officer_who_manages_gets_one_mail(awarded, piet, ministry):
    factories.RoleAssignmentFactory(user=piet, authority=ministry, role="manager")
    actions.hand_over_contract(awarded, piet, by=piet, at=on(9))
    actions.remind(at=on(10))
    assert Outgoing.objects.count() == 1


def test_a_worker_reminds(awarded):
    tasks.remind()
    assert stages() == ["contact_overdue"]
