"""Mail before, on and after the day; each once; who is done hears nothing (F01, F03)."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contracts import actions, tasks
from contracts.models import Contract, ContractStatus, Fulfilment, Obligation
from sroi_portal.core.models import AuditEvent, Outgoing
from tests import factories
from tests.conftest import NOON, TODAY

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
    assert stages() == ["contact_escalated"]


# Escalation


def test_a_missed_date_is_escalated_after_two_weeks(awarded, ministry, vera):
    """Time goes on a day at a time: told before, on and after, again, to the named person."""
    type(ministry).objects.update(escalates_to=vera)
    days = [on(6) + number * DAY for number in range(30)]
    told = [day.date() for day in days if actions.remind(at=day)]
    assert told == [DUE_ON + number * DAY for number in (-2, 0, 1, 8, 15)]
    assert stages()[3:] == ["contact_repeated", "contact_escalated"]
    last = Outgoing.objects.order_by("-pk")[:2]
    assert {mail.to_address for mail in last} == {"piet@example.org", "vera@example.org"}


def test_it_stops_when_it_is_done(awarded):
    actions.remind(at=on(11))
    actions.record_contact(awarded, DUE_ON, by=awarded.officer, at=on(12))
    assert [actions.remind(at=on(20) + number * DAY) for number in range(12)] == [0] * 12


def test_who_is_named_on_the_contract_goes_before_whom_the_authority_named(
    awarded, ministry, vera, anna
):
    type(ministry).objects.update(escalates_to=vera)
    actions.name_escalation(awarded, anna, by=awarded.officer, at=NOON)
    actions.remind(at=on(28))
    told = sorted(Outgoing.objects.values_list("to_address", flat=True))
    assert told == ["anna@example.org", "piet@example.org"]


def test_a_late_report_of_turnover_is_told_each_period(contract, cora, piet):
    Obligation.objects.update(base_kind="turnover")
    Contract.objects.update(
        contacted_on=TODAY, report_months=1, report_days=14, manager=cora, officer=piet
    )
    days = [dt.datetime(2026, 1, 31, 9, tzinfo=NOON.tzinfo) + number * DAY for number in range(40)]
    told = [day.date() for day in days if actions.remind(at=day)]
    assert told == [dt.date(2026, 2, 17), dt.date(2026, 2, 24), dt.date(2026, 3, 3)]
    assert stages() == ["report_overdue", "report_repeated", "report_escalated"]


def test_a_step_of_the_follow_up_is_told_until_it_is_concluded(contract, cora):
    Contract.objects.update(contacted_on=TODAY)
    said = actions.Step(account="Besproken.", taken_on=TODAY, next_on=TODAY + 4 * DAY)
    step = actions.hold_talk(contract, said, by=cora, at=NOON)
    days = [number for number in range(10) if actions.remind(at=NOON + number * DAY)]
    assert days == [2, 4, 5]
    assert stages() == ["step_soon", "step_today", "step_overdue"]
    assert Outgoing.objects.filter(to_address=cora.email).count() == 3
    actions.close_step(step, "agreed", account="Klaar.", by=cora, at=NOON)
    assert actions.remind(at=NOON + 12 * DAY) == 0


def test_the_forecast_warns_once_a_change(contract, cora):
    """F05: talk, nothing new, on course again, talk again, act."""
    Contract.objects.update(contacted_on=TODAY)
    signals = ("talk", "talk", "on_course", "talk", "act", "act")
    warned = []
    for number, signal in enumerate(signals):
        Fulfilment.objects.update(signal=signal)
        warned.append(actions.remind(at=NOON + number * DAY))
    assert warned == [1, 0, 0, 1, 1, 0]
    assert set(Outgoing.objects.values_list("to_address", flat=True)) == {cora.email}


def test_the_nightly_run_costs_the_same_queries_however_many(awarded):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            actions.remind(at=on(3))
        return len(asked)

    before = queries()
    for _number in range(3):
        factories.ContractFactory(
            authority=awarded.authority,
            supplier=awarded.supplier,
            officer=awarded.officer,
            value_table=awarded.value_table,
            status=ContractStatus.AWARDED,
            contact_due_on=DUE_ON,
        )
    assert queries() == before


def test_a_plan_that_is_not_agreed_is_told_and_escalated(contract, cora):
    Contract.objects.update(contacted_on=TODAY, plan_due_on=TODAY)
    days = [number for number in range(-4, 20) if actions.remind(at=NOON + number * DAY)]
    assert days == [-2, 0, 1, 8, 15]
    assert stages()[-1] == "plan_escalated"
