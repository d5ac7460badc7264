"""The ledger: posting, correcting, refusing, and the sum that follows from it."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from contracts import fulfilment, ledger
from contracts.models import Account, Fulfilment, LedgerEntry, Signal
from tests.conftest import NOON, TODAY

JANUARY = dt.date(2026, 1, 1)
FEBRUARY = dt.date(2026, 2, 1)


def wanted(contract, quantity, account=Account.VERIFIED, month=JANUARY):
    return ledger.Wanted(contract.pk, account, month, Decimal(quantity))


@pytest.fixture
def source():
    return ledger.Source("candidates.share", uuid.uuid4())


def test_posting_twice_posts_nothing_the_second_time(contract, source, olga):
    lines = [wanted(contract, "100.00"), wanted(contract, "50.00", month=FEBRUARY)]

    assert ledger.post(source, lines, by=olga, at=NOON) == 2
    assert ledger.post(source, lines, by=olga, at=NOON) == 0
    assert LedgerEntry.objects.of_source(source.uuid).count() == 2


def test_a_correction_posts_the_difference(contract, source, olga):
    ledger.post(source, [wanted(contract, "100.00")], by=olga, at=NOON)
    ledger.post(source, [wanted(contract, "80.00")], by=olga, at=NOON)

    entries = LedgerEntry.objects.of_source(source.uuid).values_list("posting_no", "quantity")
    assert list(entries) == [(1, Decimal("100.00")), (2, Decimal("-20.00"))]


def test_verifying_moves_from_submitted_to_verified(contract, source, olga):
    ledger.post(source, [wanted(contract, "70.00", Account.SUBMITTED)], by=olga, at=NOON)
    ledger.post(source, [wanted(contract, "70.00", Account.VERIFIED)], by=olga, at=NOON)

    entries = LedgerEntry.objects.of_source(source.uuid).values_list("account", "quantity")
    assert list(entries) == [
        (Account.SUBMITTED, Decimal("70.00")),
        (Account.SUBMITTED, Decimal("-70.00")),
        (Account.VERIFIED, Decimal("70.00")),
    ]


def test_what_is_still_wanted_may_stay_within_a_cent(contract, source, olga):
    lines = [wanted(contract, "100.00"), wanted(contract, "50.00", month=FEBRUARY)]
    ledger.post(source, lines, by=olga, at=NOON)
    closer = [wanted(contract, "100.01"), wanted(contract, "50.02", month=FEBRUARY)]
    cent = Decimal("0.01")

    assert ledger.post(source, closer, by=olga, at=NOON, within=cent) == 1
    assert LedgerEntry.objects.of_source(source.uuid).get(posting_no=2).month == FEBRUARY
    assert ledger.post(source, [], by=olga, at=NOON, within=cent) == 2


def test_withdrawing_takes_everything_away(contract, source, olga):
    ledger.post(source, [wanted(contract, "70.00")], by=olga, at=NOON)
    ledger.post(source, [], by=olga, at=NOON)

    fulfilment.recompute(today=TODAY, at=NOON, contract_ids=[contract.pk])
    assert Fulfilment.objects.get(contract=contract).verified_eur == 0


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_itself_refuses_to_change_an_entry(contract, source, olga, verb):
    ledger.post(source, [wanted(contract, "70.00")], by=olga, at=NOON)
    entries = LedgerEntry.objects.of_source(source.uuid)

    change = {"update": lambda: entries.update(quantity=1), "delete": entries.delete}[verb]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change()


def test_posting_marks_the_contract_stale_once(contract, source, olga):
    Fulfilment.objects.update(stale_since=None)
    ledger.post(source, [wanted(contract, "70.00")], by=olga, at=NOON)

    assert Fulfilment.objects.get(contract=contract).stale_since == NOON


def test_fulfilment_is_the_sum_of_the_ledger(contract, source, olga):
    lines = [
        wanted(contract, "10000.00"),
        wanted(contract, "5000.00", Account.SUBMITTED),
        wanted(contract, "2000.00", Account.PLANNED),
    ]
    ledger.post(source, lines, by=olga, at=NOON)

    assert fulfilment.recompute_burst(today=TODAY, at=NOON) == 1

    stored = Fulfilment.objects.get(contract=contract)
    assert (stored.owed_eur, stored.done_eur, stored.percentage) == (
        Decimal("40000.00"),
        Decimal("10000.00"),
        Decimal("25.0"),
    )
    assert (stored.forecast_low_eur, stored.forecast_high_eur) == (
        Decimal("15000.00"),
        Decimal("17000.00"),
    )
    # 4 March is day 63 of 365: 40,000 x 63 / 365
    assert stored.expected_eur == Decimal("6904.11")
    assert (stored.signal, stored.stale_since) == (Signal.ON_COURSE, None)
    assert fulfilment.different_from_ledger() == []


@pytest.mark.parametrize(
    ("day", "verified", "signal"),
    [
        pytest.param(
            dt.date(2026, 5, 27), "4000.00", Signal.TALK, id="N07: 40 % time, 10 % credit"
        ),
        pytest.param(dt.date(2026, 11, 1), "4000.00", Signal.ACT, id="late and far behind"),
        pytest.param(dt.date(2026, 11, 1), "40000.00", Signal.REACHED, id="reached"),
        pytest.param(dt.date(2026, 1, 10), "0.01", Signal.ON_COURSE, id="just begun"),
    ],
)
def test_the_first_signal_is_a_conversation(contract, source, olga, day, verified, signal):
    ledger.post(source, [wanted(contract, verified)], by=olga, at=NOON)
    fulfilment.recompute(today=day, at=NOON)

    assert Fulfilment.objects.get(contract=contract).signal == signal


def test_a_position_does_not_change_with_what_is_posted_later(contract, source, olga):
    ledger.post(source, [wanted(contract, "10.00")], by=olga, at=NOON)
    position = ledger.position()
    ledger.post(source, [wanted(contract, "99.00")], by=olga, at=NOON)

    known = LedgerEntry.objects.of_source(source.uuid).as_known_at(position)
    assert [entry.quantity for entry in known] == [Decimal("10.00")]
