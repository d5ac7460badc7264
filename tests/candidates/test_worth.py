"""What a share counts for beside other shares of the same person, on real rows (E05, R-060)."""

import datetime as dt
import threading
from decimal import Decimal

import pytest
from django.db import connection

from candidates import actions, limits, uses
from candidates.models import Share, ShareStatus, UsedMonth
from contracts import valuation
from contracts.models import Block, TableBonus, ValueTable
from contracts.valuation import CapCounts, NormOver, codec
from tests import factories
from tests.conftest import NOON

pytestmark = pytest.mark.usefixtures("in_english")
JANUARY = (dt.date(2026, 1, 1), dt.date(2026, 1, 31))
FEBRUARY = (dt.date(2026, 2, 1), dt.date(2026, 2, 28))
MONTH = Decimal("1666.67")  # 20,000 / 12


def rule(block, **rules):
    """Give a row other rules."""
    block.terms |= codec.encode(rules)
    block.save()


def starts(contract, block, by, *, reference="K-01", hours=36, bonuses=()):
    facts = actions.PlacementFacts(
        reference=reference,
        block=block,
        hours_per_week=Decimal(hours),
        starts_on=dt.date(2026, 1, 1),
        contract_form="temporary",
        bonus_codes=tuple(bonuses),
    )
    return actions.enter_placement(contract, facts, by=by, at=NOON)


def submits(placement, by, period=JANUARY, pct=100):
    share = actions.draft_contribution(placement, by=by, at=NOON, period=period, pct=Decimal(pct))
    actions.submit_share(share, by=by, at=NOON)
    share.refresh_from_db()
    return share


def also_claimed_on(share, contract, by, pct, block=None):
    """The other part of the same contribution, on another contract."""
    other = Share.objects.create(
        contribution=share.contribution,
        contract=contract,
        authority=contract.authority,
        supplier=contract.supplier,
        block=block or share.block,
        from_pct=share.pct,
        pct=pct,
    )
    actions.submit_share(other, by=by, at=NOON)
    other.refresh_from_db()
    return other


def line(share, code):
    lines = valuation.Valuation.from_json(share.valuation).lines
    return next((line for line in lines if line.code == code), None)


@pytest.fixture
def second(other_ministry, noord, cora, table):
    """Another contract of the same supplier, under the same table, with another authority."""
    return factories.active_contract(
        authority=other_ministry, supplier=noord, manager=cora, value_table=table
    )


@pytest.fixture
def elsewhere(other_ministry, noord, cora, ww):
    """A contract of the same supplier under another table, with a row for the same group."""
    other = factories.ValueTableFactory(code="elders")
    factories.BlockFactory(table=other, code="werkloos", group=ww.group)
    return factories.active_contract(
        authority=other_ministry, supplier=noord, manager=cora, value_table=other
    )


def test_the_parts_of_one_contribution_use_the_same_days_once(contract, second, ww, sara):
    """Half a month is left of the cap: it is the same half for both contracts (R-060)."""
    rule(ww, counts_max_months=1)
    placement = starts(contract, ww, sara)
    submits(placement, sara, (dt.date(2026, 1, 1), dt.date(2026, 1, 15)))
    first = submits(placement, sara, (dt.date(2026, 2, 1), dt.date(2026, 2, 15)), pct=50)

    other = also_claimed_on(first, second, sara, 50)

    assert first.value_eur == other.value_eur == Decimal("430.11")  # 16/31 of a month, half of it
    assert line(other, "cap_months").numbers["used_months"] == "15/31"


def test_work_after_a_shared_contribution_finds_its_months_used_once(contract, second, ww, sara):
    rule(ww, counts_max_months=2)
    placement = starts(contract, ww, sara)
    first = submits(placement, sara, pct=50)
    also_claimed_on(first, second, sara, 50)

    later = submits(placement, sara, FEBRUARY)

    assert line(later, "cap_months").numbers["used_months"] == "1"
    assert later.value_eur == MONTH


def test_the_parts_of_one_contribution_share_the_monthly_norm(contract, second, ww, sara):
    placement = starts(contract, ww, sara)
    first = submits(placement, sara, pct=60)

    other = also_claimed_on(first, second, sara, 40)

    assert (first.value_eur, other.value_eur) == (Decimal("1000.00"), Decimal("666.67"))


def test_a_cap_runs_over_contracts_under_different_tables(contract, elsewhere, ww, sara):
    """The row has another name there; the group of people is the same (R-011)."""
    row = Block.objects.get(table=elsewhere.value_table)
    rule(row, counts_max_months=1)
    submits(starts(contract, ww, sara), sara)

    share = submits(starts(elsewhere, row, sara), sara, FEBRUARY)

    assert (share.value_eur, line(share, "cap_months").numbers["left_months"]) == (0, "0")


def test_another_group_leaves_the_cap_alone(contract, table, ww, sara):
    assistance = Block.objects.get(table=table, code="p-wet")
    rule(assistance, counts_max_months=1)
    submits(starts(contract, ww, sara), sara)

    share = submits(starts(contract, assistance, sara), sara, FEBRUARY)

    assert share.value_eur == Decimal("3333.33")


def test_another_person_leaves_the_cap_alone(contract, ww, sara):
    rule(ww, counts_max_months=1)
    submits(starts(contract, ww, sara), sara)

    share = submits(starts(contract, ww, sara, reference="K-02"), sara, FEBRUARY)

    assert share.value_eur == MONTH


def test_a_table_may_ask_for_room_on_its_own_contract_alone(contract, second, table, ww, sara):
    ValueTable.objects.filter(pk=table.pk).update(
        terms=table.terms | {"norm_over": NormOver.CONTRACT}
    )
    row = Block.objects.get(pk=ww.pk)
    shares = [submits(starts(each, row, sara), sara) for each in (contract, second, contract)]

    assert [share.value_eur for share in shares] == [MONTH, MONTH, 0]


def test_a_cap_in_hours_loses_what_was_worked(contract, table, ww, sara):
    """Two months of half work are one of full-time work (R-012)."""
    rule(ww, counts_max_months=2)
    ValueTable.objects.filter(pk=table.pk).update(
        terms=table.terms | {"cap_counts": CapCounts.HOURS}
    )
    placement = starts(contract, Block.objects.get(pk=ww.pk), sara, hours=18)
    submits(placement, sara, (JANUARY[0], FEBRUARY[1]))

    share = submits(placement, sara, (dt.date(2026, 3, 1), dt.date(2026, 3, 3)))

    assert line(share, "cap_hours").numbers["used_months"] == "1"


def give_once(table):
    bonus = TableBonus.objects.get(table=table, code="permanent")
    bonus.terms |= {"prorata": False}
    bonus.save()


def test_a_flat_bonus_is_given_once_over_all_contracts(contract, second, table, ww, sara):
    give_once(table)
    first = submits(starts(contract, ww, sara, bonuses=["permanent"]), sara)

    later = submits(starts(second, ww, sara, bonuses=["permanent"]), sara, FEBRUARY)

    assert first.value_eur == MONTH + 10_000
    assert later.value_eur == MONTH
    assert line(later, "bonus_given")


def test_the_parts_of_one_contribution_share_a_flat_bonus(contract, second, table, ww, sara):
    give_once(table)
    first = submits(starts(contract, ww, sara, bonuses=["permanent"]), sara, pct=50)

    other = also_claimed_on(first, second, sara, 50)

    assert first.value_eur == other.value_eur == Decimal("5833.33")


def test_a_flat_bonus_is_free_again_when_its_share_is_withdrawn(contract, table, ww, sara):
    give_once(table)
    placement = starts(contract, ww, sara, bonuses=["permanent"])
    actions.withdraw_share(submits(placement, sara), by=sara, at=NOON)

    assert submits(placement, sara, FEBRUARY).value_eur == MONTH + 10_000


def test_what_is_verified_first_finds_room_and_never_changes(
    contract, second, ww, sara, olga, otto
):
    """Room is given in order of verification, not of submission (design 3)."""
    rule(ww, counts_max_months=1)
    first = submits(starts(contract, ww, sara), sara)
    later = submits(starts(second, ww, sara), sara, FEBRUARY)
    assert later.value_eur == 0

    actions.verify_share(later, by=otto, at=NOON)
    actions.verify_share(first, by=olga, at=NOON)

    first.refresh_from_db()
    later.refresh_from_db()
    assert (first.value_eur, later.value_eur) == (0, MONTH)
    actions.revoke_share(later, by=factories.UserFactory(), at=NOON, reason="Vergissing.")
    first.refresh_from_db()
    assert first.value_eur == 0


def test_an_objection_that_is_granted_finds_the_room_that_is_left(
    contract, second, ww, sara, oda, otto
):
    rule(ww, counts_max_months=1)
    share = submits(starts(contract, ww, sara), sara)
    actions.reject_share(share, by=otto, at=NOON, reason="Geen bewijs van de uren.")
    actions.object_share(share, by=sara, at=NOON, reason="Het bewijs zat erbij.")
    share.refresh_from_db()
    assert share.value_eur == MONTH
    later = submits(starts(second, ww, sara), sara, FEBRUARY)
    actions.verify_share(later, by=otto, at=NOON)

    actions.grant_objection(share, by=oda, at=NOON, reason="De uren kloppen.")

    share.refresh_from_db()
    assert (share.status, share.value_eur) == (ShareStatus.VERIFIED, 0)
    assert not UsedMonth.objects.filter(share=share).exists()


def test_months_are_kept_without_the_person_and_given_back_when_revoked(
    contract, table, ww, sara, olga
):
    give_once(table)
    share = submits(starts(contract, ww, sara, bonuses=["permanent"]), sara)
    actions.verify_share(share, by=olga, at=NOON)

    kept = UsedMonth.objects.get()
    assert (kept.supplier, kept.group_code) == (contract.supplier, ww.group.code)
    assert bytes(kept.reference_hash) == bytes(
        share.contribution.placement.candidate.reference_hash
    )
    assert (kept.month, kept.part, kept.counted) == (JANUARY[0], "1", "1")
    assert kept.bonus_codes == ["permanent"]

    actions.revoke_share(share, by=factories.UserFactory(), at=NOON, reason="Vergissing.")
    assert not UsedMonth.objects.exists()


def test_a_row_without_a_group_counts_by_its_own_name(ww):
    ww.group = None
    assert uses.counts_with(ww) == "ww"


def test_a_way_of_fulfilling_counts_up_to_its_part_of_the_obligation(contract, ww, sara, olga):
    """EUR 40,000.00 is owed; 5 per cent of that may be done in this way (R-029)."""
    rule(ww, limit_pct=Decimal(5))
    first = submits(starts(contract, ww, sara), sara)
    second = submits(starts(contract, ww, sara, reference="K-02"), sara)
    third = submits(starts(contract, ww, sara, reference="K-03"), sara)

    assert [each.value_eur for each in (first, second, third)] == [MONTH, Decimal("333.33"), 0]
    actions.verify_share(third, by=olga, at=NOON)
    third.refresh_from_db()
    assert third.value_eur == MONTH


def test_a_limit_asks_for_an_obligation_in_euros(contract, ww):
    rule(ww, limit_pct=Decimal(5))
    assert limits.limit_left(contract, ww) == Decimal("2000.00")
    nothing_owed = factories.ContractFactory(
        authority=contract.authority, supplier=contract.supplier, officer=contract.officer
    )
    assert limits.limit_left(nothing_owed, ww) is None


AT_ONCE = {
    "one full-time week fits in a month": ({}, 36, JANUARY, MONTH),
    "two thirds of it, and the third that is left": ({}, 24, JANUARY, MONTH),
    "one month of a cap": ({"counts_max_months": 1}, 36, FEBRUARY, MONTH),
    "what is left of a limit": ({"limit_pct": Decimal(1)}, 12, JANUARY, Decimal("400.00")),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("case", AT_ONCE)
def test_two_shares_submitted_at_the_same_moment_use_no_room_twice(
    contract, second, ww, sara, case
):
    rules, hours, period, both_eur = AT_ONCE[case]
    rule(ww, **rules)
    others = contract if "limit_pct" in rules else second
    shares = [
        actions.draft_contribution(
            starts(each, ww, sara, hours=hours), by=sara, at=NOON, period=days
        )
        for each, days in ((contract, JANUARY), (others, period))
    ]
    ready, refused = threading.Barrier(2), []

    def submit(share):
        try:
            ready.wait(timeout=20)
            actions.submit_share(share, by=sara, at=NOON)
        except Exception as reason:  # noqa: BLE001 - told to the test below
            refused.append(reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=submit, args=[share]) for share in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert not refused
    submitted = Share.objects.filter(status=ShareStatus.SUBMITTED)
    assert sum(share.value_eur for share in submitted) == both_eur


def test_a_contribution_lives_as_long_as_one_of_its_shares(contract, second, ww, sara):
    share = submits(starts(contract, ww, sara), sara, pct=50)
    other = also_claimed_on(share, second, sara, Decimal(50))
    for each, lives in ((share, True), (other, False)):
        actions.withdraw_share(each, by=sara, at=NOON)
        share.contribution.refresh_from_db()
        assert share.contribution.is_live is lives
