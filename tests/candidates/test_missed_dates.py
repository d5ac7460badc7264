"""The authority's own clock, moved by `at`: reminded, missed, decided on later (R-173, R-174)."""

import datetime as dt
import threading
from decimal import Decimal

import pytest
from django.db import connection, transaction

from candidates import actions
from candidates.models import ShareStatus
from contracts import actions as contract_actions
from contracts import fulfilment
from contracts.models import Account, Contract, Fulfilment
from sroi_portal.core import terms
from sroi_portal.core.models import AuditEvent, Outgoing
from sroi_portal.core.status import IllegalMoveError
from tests.candidates.test_shares import TWO_MONTHS, standing
from tests.conftest import NOON, TODAY
from tests.processes import until

pytestmark = pytest.mark.usefixtures("in_english")
DUE = dt.date(2026, 4, 3)  # 4 March + 30 days; Good Friday
LAST = dt.date(2026, 4, 7)  # the Tuesday after Easter


def on(day):
    return terms.starts_at(day) + dt.timedelta(hours=6)


@pytest.fixture
def missed(submitted):
    actions.mark_unchecked(at=on(LAST + dt.timedelta(days=1)))
    submitted.refresh_from_db()
    return submitted


def test_the_last_day_to_check_is_a_working_day(submitted):
    assert not terms.is_working_day(DUE)
    assert submitted.due_on == LAST


def test_on_the_last_day_nothing_is_missed(submitted):
    assert actions.mark_unchecked(at=on(LAST)) == 0
    with pytest.raises(IllegalMoveError, match="still has time"):
        actions.mark_share_unchecked(submitted, at=on(LAST))


def test_a_missed_date_moves_the_worth_to_its_own_account(missed, contract, sara):
    assert missed.status == ShareStatus.UNCHECKED
    assert standing(missed, Account.SUBMITTED) == 0
    assert standing(missed, Account.UNCHECKED) == TWO_MONTHS
    event = AuditEvent.objects.get(verb="mark_share_unchecked")
    assert (event.by, event.to_status) == (None, ShareStatus.UNCHECKED)
    assert "K-01" not in Outgoing.objects.get(to_address=sara.email).body
    assert actions.mark_unchecked(at=on(LAST + dt.timedelta(days=2))) == 0


@pytest.mark.parametrize(("counts", "percentage"), [(False, "0.0"), (True, "8.3")])
def test_unchecked_counts_only_where_the_contract_says_so(missed, contract, counts, percentage):
    Contract.objects.filter(pk=contract.pk).update(counts_unchecked=counts)
    fulfilment.recompute(today=TODAY, at=NOON)
    standing = Fulfilment.objects.get(contract=contract)
    assert (standing.unchecked_eur, standing.percentage) == (TWO_MONTHS, Decimal(percentage))


def test_unchecked_is_still_verified_or_rejected(missed, olga):
    actions.verify_share(missed, by=olga, at=on(LAST + dt.timedelta(days=9)))
    assert standing(missed, Account.UNCHECKED) == 0
    assert standing(missed, Account.VERIFIED) == TWO_MONTHS


@pytest.mark.django_db(transaction=True)
def test_who_decides_at_that_very_moment_missed_nothing(submitted, olga):
    """The run of the night waits for the row, and finds it verified."""
    marked = []

    def run():
        marked.append(actions.mark_unchecked(at=on(LAST + dt.timedelta(days=1))))
        connection.close()

    night = threading.Thread(target=run)
    with transaction.atomic():
        actions.verify_share(submitted, by=olga, at=on(LAST))
        night.start()
        until(_somebody_waits)
    night.join(timeout=30)

    submitted.refresh_from_db()
    assert (marked, submitted.status) == ([0], ShareStatus.VERIFIED)
    assert standing(submitted, Account.VERIFIED) == TWO_MONTHS
    assert not AuditEvent.objects.filter(verb="mark_share_unchecked").exists()


def _somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks JOIN pg_stat_activity USING (pid)"
            " WHERE NOT granted AND datname = current_database())"
        )
        return cursor.fetchone()[0]


def test_a_contract_that_is_broken_off_rejects_what_was_missed(missed, contract, piet, sara):
    contract_actions.break_off_contract(contract, by=piet, at=on(LAST), reason="Dienst vervalt.")
    missed.refresh_from_db()
    assert (missed.status, missed.rejected_by) == (ShareStatus.REJECTED, piet)
    assert standing(missed, Account.UNCHECKED) == 0


def test_an_objection_stays_when_the_contract_is_broken_off(submitted, contract, olga, sara, piet):
    actions.reject_share(submitted, by=olga, at=NOON, reason="Geen bewijs.")
    actions.object_share(submitted, by=sara, at=NOON, reason="Wel bewijs.")
    actions.mark_unchecked(at=on(LAST + dt.timedelta(days=1)))
    contract_actions.break_off_contract(contract, by=piet, at=on(LAST), reason="Dienst vervalt.")
    submitted.refresh_from_db()
    assert (submitted.status, submitted.is_objection) == (ShareStatus.UNCHECKED, True)
    assert standing(submitted, Account.UNCHECKED) == TWO_MONTHS


def test_a_question_stops_the_clock_and_an_answer_starts_it_anew(submitted, olga, sara):
    actions.return_share(submitted, by=olga, at=NOON, question="Welke weken?")
    assert actions.mark_unchecked(at=on(LAST + dt.timedelta(days=30))) == 0

    actions.submit_share(submitted, by=sara, at=on(LAST), answer="Alle.")

    submitted.refresh_from_db()
    assert submitted.due_on == terms.due_on(LAST, 30)


def test_an_objection_that_is_not_decided_on_is_missed_and_stays_one(submitted, olga, sara):
    actions.reject_share(submitted, by=olga, at=NOON, reason="Geen bewijs.")
    actions.object_share(submitted, by=sara, at=NOON, reason="Wel bewijs.")
    assert actions.mark_unchecked(at=on(LAST + dt.timedelta(days=1))) == 1

    submitted.refresh_from_db()
    assert submitted.is_objection
    with pytest.raises(IllegalMoveError, match="with a reason"):
        actions.verify_share(submitted, by=olga, at=NOON)


def test_checkers_are_told_after_three_weeks_and_on_the_last_day(submitted, olga):
    days = [TODAY + dt.timedelta(days=number) for number in (20, 21, 22)]
    told = [actions.remind_checkers(at=on(day)) for day in (*days, days[-1], LAST, LAST)]
    assert told == [0, 1, 0, 0, 1, 0]
    assert Outgoing.objects.filter(to_address=olga.email).count() == 2


def test_nobody_is_told_of_what_is_done(submitted, olga):
    actions.verify_share(submitted, by=olga, at=NOON)
    assert actions.remind_checkers(at=on(LAST)) == 0


def test_a_report_names_what_was_missed(missed, contract, ministry):
    from contracts import ledger
    from reports import definitions
    from reports.models import Report

    report = Report(
        definition="contract",
        authority=ministry,
        contract=contract,
        position=ledger.position(),
        cut_off_at=NOON,
        language="nl",
    )
    quality = definitions.gather(report).as_json()["quality"]
    assert (quality["unchecked_count"], Decimal(quality["unchecked_eur"])) == (1, TWO_MONTHS)
