"""Work on a contract that owes hours, full-time years or persons (R-126)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db.models import Sum
from django.utils import translation

from candidates import actions
from contracts import fulfilment
from contracts.actions import ObligationChange, ObligationStandsError, change_obligation
from contracts.models import Account, Fulfilment, LedgerEntry, ObligationCause
from tests.conftest import NOON, TODAY

JANUARY = (dt.date(2026, 1, 1), dt.date(2026, 1, 31))
FEBRUARY = (dt.date(2026, 2, 1), dt.date(2026, 2, 28))


@pytest.fixture
def owes(contract, piet):
    """Let the contract owe a number of something else than euros."""

    def owes(base_kind, fixed):
        change = ObligationChange(
            cause=ObligationCause.DECISION,
            reason="Samen afgesproken.",
            holds_from=dt.date(2026, 1, 1),
            base_kind=base_kind,
            fixed=Decimal(fixed),
        )
        change_obligation(contract, change, by=piet, at=NOON)

    return owes


def starts(contract, block, by, reference="K-01", hours=36):
    facts = actions.PlacementFacts(
        reference=reference,
        block=block,
        hours_per_week=Decimal(hours),
        starts_on=dt.date(2026, 1, 1),
        contract_form="temporary",
    )
    return actions.enter_placement(contract, facts, by=by, at=NOON)


def submits(placement, by, period=JANUARY):
    share = actions.draft_contribution(placement, by=by, at=NOON, period=period)
    actions.submit_share(share, by=by, at=NOON)
    share.refresh_from_db()
    return share


def standing(contract, unit):
    """What stands on each account in this unit, what is zero left out."""
    sums = (
        LedgerEntry.objects.filter(contract=contract, unit=unit)
        .exclude(account=Account.OBLIGATION)
        .values_list("account")
        .annotate(total=Sum("quantity"))
        .order_by("account")
    )
    return {account: total for account, total in sums if total}


def test_hours_count_beside_euros_where_hours_are_owed(owes, contract, ww, sara, olga):
    owes("fixed_hours", 1000)
    share = submits(starts(contract, ww, sara, hours=20), sara)
    assert standing(contract, "hour")["submitted"] == share.hours > 80
    actions.verify_share(share, by=olga, at=NOON)
    assert standing(contract, "hour")["verified"] == share.hours
    assert standing(contract, "eur")["verified"] == share.value_eur
    fulfilment.recompute(today=TODAY, at=NOON)
    row = Fulfilment.objects.get(contract=contract)
    assert (row.own_unit, row.own_owed, row.own_done) == ("hour", Decimal(1000), share.hours)
    assert row.percentage == round(share.hours / 10, 1)
    assert fulfilment.different_from_ledger() == []


def test_twelve_months_of_full_time_work_are_one_year(owes, contract, ww, sara, olga):
    owes("fte_years", 1)
    placement = starts(contract, ww, sara)
    assert standing(contract, "fte_year") == {"planned": Decimal(1)}
    for period in (JANUARY, FEBRUARY):
        actions.verify_share(submits(placement, sara, period), by=olga, at=NOON)
    done = standing(contract, "fte_year")
    assert done["verified"] == Decimal("0.1666")
    assert done["planned"] == Decimal("0.8333")
    fulfilment.recompute(today=TODAY, at=NOON)
    row = Fulfilment.objects.get(contract=contract)
    assert (row.own_done, row.own_planned) == (Decimal("0.17"), Decimal("0.83"))


def test_a_person_counts_once_however_much_is_claimed(owes, contract, ww, sara, olga):
    owes("persons", 3)
    placement = starts(contract, ww, sara)
    assert standing(contract, "person") == {"planned": Decimal(1)}
    january = submits(placement, sara)
    assert standing(contract, "person") == {"submitted": Decimal(1)}
    actions.verify_share(january, by=olga, at=NOON)
    submits(placement, sara, FEBRUARY)
    assert standing(contract, "person") == {"verified": Decimal(1)}
    starts(contract, ww, sara)
    assert standing(contract, "person") == {"verified": Decimal(1)}
    starts(contract, ww, sara, reference="K-02")
    assert standing(contract, "person") == {"verified": Decimal(1), "planned": Decimal(1)}


def test_a_person_of_a_withdrawn_placement_is_carried_by_the_next(owes, contract, ww, sara):
    owes("persons", 3)
    first, _second = (starts(contract, ww, sara) for _number in range(2))
    actions.withdraw_placement(first, by=sara, at=NOON)
    assert standing(contract, "person") == {"planned": Decimal(1)}


def test_a_person_who_left_and_of_whom_nothing_is_claimed_counts_no_more(owes, contract, ww, sara):
    owes("persons", 3)
    placement = starts(contract, ww, sara)
    actions.end_placement(placement, by=sara, at=NOON, ends_on=dt.date(2026, 1, 5))
    assert standing(contract, "person") == {}


def test_the_unit_stays_once_work_was_entered(owes, contract, ww, sara):
    starts(contract, ww, sara)
    with translation.override("en"), pytest.raises(ObligationStandsError, match="present unit"):
        owes("fixed_hours", 1000)
    assert contract.owed_unit == "eur"
    owes("fixed", 1000)
    assert contract.obligations.latest("version").quantity == 1000


def test_where_euros_are_owed_only_euros_are_posted(contract, ww, sara):
    submits(starts(contract, ww, sara), sara)
    assert set(LedgerEntry.objects.values_list("unit", flat=True)) == {"eur"}
