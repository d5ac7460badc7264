"""Whose statement is overdue is found in the database, by the very rule of the clocks."""

import datetime as dt
import random

import pytest

from contracts import clocks
from contracts.models import Contract, PeriodStatement
from tests import factories
from tests.conftest import NOON

DAY = dt.timedelta(days=1)
DAYS = [dt.date(2026, 1, 1) + number * DAY for number in range(0, 400, 23)]


@pytest.fixture
def many(contract):
    """Contracts of every length and rhythm, with statements of whole and of broken periods."""
    chance = random.Random(5)  # noqa: S311 - the same each run
    for _number in range(40):
        first = dt.date(2024, 12, chance.choice((1, 15, 28, 31))) + chance.randrange(400) * DAY
        made = factories.active_contract(
            authority=contract.authority,
            supplier=contract.supplier,
            manager=contract.manager,
            value_table=contract.value_table,
        )
        Contract.objects.filter(pk=made.pk).update(
            starts_on=first,
            ends_on=first + chance.randrange(20, 900) * DAY,
            fulfil_by_on=first + 1000 * DAY if chance.random() < 0.2 else None,
            accepted_at=NOON - chance.randrange(500) * DAY,
            report_months=chance.choice((1, 3, 4, 12)),
            report_days=chance.choice((0, 14, 30)),
        )
        _state(Contract.objects.get(pk=made.pk), chance)
    return Contract.objects.all()


def _state(contract, chance):
    for period in clocks.periods(contract):
        if chance.random() < 0.75:
            is_broken = chance.random() < 0.2 and period.ends_on > period.starts_on
            PeriodStatement.objects.create(
                contract=contract,
                authority=contract.authority,
                supplier=contract.supplier,
                starts_on=period.starts_on + is_broken * DAY,
                ends_on=period.ends_on,
                due_on=period.ends_on + 40 * DAY,
                signed_by=contract.manager,
                signed_at=NOON,
                signer_name="Sara",
                signer_role="member",
                sha256=b"",
            )


def test_the_database_finds_the_same_contracts(many):
    told = list(clocks.to_state(many))
    found, late = set(), set()
    for day in DAYS:
        late |= {
            (day, contract.pk)
            for contract in told
            for period in clocks.unstated(contract, day)
            if period.is_late_on(day)
        }
        found |= {(day, each.pk) for each in clocks.with_late_statement(many, day)}
    assert found == late
    assert len(DAYS) < len(late) < len(DAYS) * len(told)
