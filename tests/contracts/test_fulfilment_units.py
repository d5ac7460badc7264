"""Fulfilment of what is not owed in euros: hours, persons, years, goals (R-105)."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest

from contracts import fulfilment, ledger
from contracts.models import Account, Fulfilment, LedgerUnit, Signal
from tests import factories
from tests.conftest import NOON, TODAY

JANUARY = dt.date(2026, 1, 1)


@pytest.fixture
def empty(contract):
    """The contract, owing no euros."""
    source = ledger.Source("contracts.obligation", uuid.uuid4())
    nothing = ledger.Wanted(contract.pk, Account.OBLIGATION, JANUARY, Decimal("-40000.00"))
    ledger.post(source, [nothing], by=None, at=NOON)
    return contract


def post(contract, *lines):
    """Post (account, quantity, unit, goal) of one source each."""
    for account, quantity, unit, goal in lines:
        wanted = ledger.Wanted(contract.pk, account, JANUARY, Decimal(quantity), unit, goal)
        source = ledger.Source("contracts.obligation", uuid.uuid4())
        ledger.post(source, [wanted], by=None, at=NOON)


def stored(contract, today=TODAY):
    fulfilment.recompute(today=today, at=NOON, contract_ids=[contract.pk])
    return Fulfilment.objects.get(contract=contract)


@pytest.mark.parametrize("unit", [LedgerUnit.HOUR, LedgerUnit.PERSON, LedgerUnit.FTE_YEAR])
def test_what_is_owed_in_another_unit_steers_in_that_unit(empty, unit):
    post(
        empty,
        (Account.OBLIGATION, "200.00", unit, None),
        (Account.WAIVED, "40.00", unit, None),
        (Account.VERIFIED, "60.00", unit, None),
        (Account.CARRIED, "20.00", unit, None),
        (Account.SUBMITTED, "10.00", unit, None),
        (Account.PLANNED, "30.00", unit, None),
        (Account.VERIFIED, "9999.00", "eur", None),
    )
    row = stored(empty)
    assert (row.own_unit, row.own_owed, row.own_done) == (unit, Decimal(160), Decimal(80))
    assert (row.own_submitted, row.own_planned) == (Decimal(10), Decimal(30))
    assert (row.owed_eur, row.done_eur) == (Decimal(0), Decimal(9999))
    assert (row.percentage, row.signal) == (Decimal("50.0"), Signal.ON_COURSE)
    assert fulfilment.different_from_ledger() == []


def test_euros_steer_where_euros_are_owed(contract):
    post(contract, (Account.OBLIGATION, "100.00", LedgerUnit.HOUR, None))
    row = stored(contract)
    assert (row.own_unit, row.own_owed) == (LedgerUnit.HOUR, Decimal(100))
    assert row.percentage == Decimal("0.0")
    assert row.forecast_high_eur == 0


def test_goals_count_as_far_as_each_is_reached_and_no_further(empty):
    half, double, given_up = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
    post(
        empty,
        (Account.OBLIGATION, "10.00", LedgerUnit.PERSON, half),
        (Account.VERIFIED, "5.00", LedgerUnit.PERSON, half),
        (Account.SUBMITTED, "2.00", LedgerUnit.PERSON, half),
        (Account.OBLIGATION, "100.00", LedgerUnit.HOUR, double),
        (Account.VERIFIED, "200.00", LedgerUnit.HOUR, double),
        (Account.SUBMITTED, "50.00", LedgerUnit.HOUR, double),
        (Account.OBLIGATION, "3.00", LedgerUnit.OWN, given_up),
        (Account.OBLIGATION, "-3.00", LedgerUnit.OWN, given_up),
    )
    row = stored(empty)
    assert (row.own_unit, row.own_owed) == (LedgerUnit.OWN, Decimal(2))
    assert (row.own_done, row.own_submitted) == (Decimal("1.50"), Decimal("0.20"))
    assert row.percentage == Decimal("75.0")


def test_units_are_never_added_together(empty):
    post(
        empty,
        (Account.OBLIGATION, "5.00", LedgerUnit.PERSON, None),
        (Account.VERIFIED, "4.00", LedgerUnit.HOUR, None),
        (Account.VERIFIED, "1.00", LedgerUnit.PERSON, None),
    )
    row = stored(empty)
    assert (row.own_unit, row.own_done) == (LedgerUnit.PERSON, Decimal(1))


@pytest.mark.parametrize(
    ("day", "done", "signal"),
    [
        pytest.param(dt.date(2026, 5, 27), "10.00", Signal.TALK, id="40 % time, 10 % done"),
        pytest.param(dt.date(2026, 11, 1), "10.00", Signal.ACT, id="late and far behind"),
        pytest.param(dt.date(2026, 11, 1), "100.00", Signal.REACHED, id="reached"),
    ],
)
def test_the_signal_follows_the_unit_that_steers(empty, day, done, signal):
    post(
        empty,
        (Account.OBLIGATION, "100.00", LedgerUnit.HOUR, None),
        (Account.VERIFIED, done, LedgerUnit.HOUR, None),
    )
    assert stored(empty, day).signal == signal


def test_check_ledger_notices_another_unit(empty):
    post(empty, (Account.OBLIGATION, "100.00", LedgerUnit.HOUR, None))
    stored(empty)
    Fulfilment.objects.update(own_done=1)
    assert fulfilment.different_from_ledger() == [empty.pk]


def test_all_contracts_at_night_as_one_alone(empty, contract):
    other = factories.active_contract(
        authority=contract.authority,
        supplier=contract.supplier,
        officer=contract.officer,
        manager=contract.manager,
        value_table=contract.value_table,
    )
    post(empty, (Account.OBLIGATION, "100.00", LedgerUnit.HOUR, None))
    fulfilment.recompute(today=TODAY, at=NOON)
    units = Fulfilment.objects.order_by("pk").values_list("pk", "own_unit", "own_owed")
    assert list(units) == [(empty.pk, "hour", Decimal(100)), (other.pk, "", None)]
