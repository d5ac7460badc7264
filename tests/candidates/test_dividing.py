"""One contribution over several contracts, also of other authorities (R-176, N09)."""

import datetime as dt
from decimal import Decimal

import pytest

from candidates import actions, parts
from candidates.models import Share, ShareStatus
from contracts.models import Account, Block, Contract
from sroi_portal.core.models import AuditEvent
from sroi_portal.core.status import ChangedMeanwhileError, IllegalMoveError
from tests import factories
from tests.candidates import kinds
from tests.candidates.test_shares import standing
from tests.conftest import NOON

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def elsewhere(other_ministry, noord, piet):
    """A contract of the same supplier with another ministry, under a table of its own."""
    return factories.active_contract(
        authority=other_ministry,
        supplier=noord,
        officer=piet,
        manager=piet,
        value_table=factories.value_table(),
        title="Elders",
    )


def part(contract, pct, code="ww"):
    block = Block.objects.get(table=contract.value_table, code=code)
    return actions.Part(contract, block, Decimal(pct))


@pytest.fixture
def divide(draft, sara):
    def divide(*wanted, **facts):
        return actions.divide_contribution(
            draft.contribution, [part(*each) for each in wanted], by=sara, at=NOON, **facts
        )

    return divide


@pytest.fixture
def divided(divide, contract, elsewhere):
    return divide((contract, 60), (elsewhere, 40, "p-wet"))


def test_each_part_is_valued_under_its_own_table(divided, other_ministry):
    first, second = divided
    assert [(each.from_pct, each.pct) for each in divided] == [(0, 60), (60, 40)]
    assert (first.value_eur, second.value_eur) == (Decimal("2000.00"), Decimal("2666.67"))
    assert (second.authority, second.status) == (other_ministry, ShareStatus.DRAFT)
    assert AuditEvent.objects.filter(verb="divide_contribution").count() == 3


def test_each_authority_decides_on_its_own_part(divided, sara, olga, otto):
    first, second = divided
    for share in divided:
        actions.submit_share(share, by=sara, at=NOON)
    actions.verify_share(first, by=olga, at=NOON)
    actions.reject_share(second, by=otto, at=NOON, reason="Niet voor ons.")
    assert standing(first, Account.VERIFIED) == Decimal("2000.00")
    assert standing(second, Account.SUBMITTED) == 0
    first.contribution.refresh_from_db()
    assert first.contribution.is_live


def test_authorities_see_of_each_other_who_has_which_part(divided, sara, other_ministry):
    first, second = divided
    actions.submit_share(first, by=sara, at=NOON)
    assert parts.of_others(first) == []  # a concept is nobody's business
    actions.submit_share(second, by=sara, at=NOON)
    assert parts.of_others(first) == [(other_ministry.name, Decimal(40))]


def test_the_parts_never_exceed_100(divide, contract, elsewhere):
    with pytest.raises(parts.DividedTooFarError, match=r"100.01 %"):
        divide((contract, 60), (elsewhere, "40.01"))
    assert Share.objects.count() == 1


def test_a_contract_is_added_later_and_what_was_submitted_stays(divide, contract, elsewhere, sara):
    (first,) = divide((contract, 30))
    actions.submit_share(first, by=sara, at=NOON)
    first, second = divide((elsewhere, 70))
    assert (first.pct, second.from_pct, second.pct) == (30, 30, 70)
    with pytest.raises(IllegalMoveError, match="stays as it is"):
        divide((contract, 40), (elsewhere, 60))


def test_a_part_that_came_back_counts_anew_and_the_other_stays(
    divided, divide, contract, elsewhere, sara, olga
):
    first, second = divided
    for share in divided:
        actions.submit_share(share, by=sara, at=NOON)
    actions.return_share(first, by=olga, at=NOON, question="Waarom zoveel?")
    assert standing(first, Account.SUBMITTED) == Decimal("2000.00")
    parts_now = divide((contract, 30))
    assert [(each.pk, each.pct, each.value_eur) for each in parts_now] == [
        (first.pk, 30, Decimal("1000.00")),
        (second.pk, 40, Decimal("2666.67")),
    ]
    assert standing(first, Account.SUBMITTED) == Decimal("1000.00")
    assert standing(second, Account.SUBMITTED) == Decimal("2666.67")


def test_an_objection_to_one_part_leaves_the_other(divided, sara, otto):
    first, second = divided
    for share in divided:
        actions.submit_share(share, by=sara, at=NOON)
    actions.reject_share(second, by=otto, at=NOON, reason="Niet voor ons.")
    actions.object_share(second, by=sara, at=NOON, reason="Wel voor u.")
    assert standing(first, Account.SUBMITTED) == Decimal("2000.00")
    assert standing(second, Account.SUBMITTED) == Decimal("2666.67")
    assert Share.objects.get(pk=second.pk).contribution.is_live


def test_what_was_agreed_for_one_contract_is_not_divided(contract, table, sara, olga):
    row = kinds.row(table, "agreed")
    agreement = kinds.agreed(contract, row, sara, olga)
    told = kinds.claim(row, agreement=agreement, amount_eur=Decimal("2500.00"))
    share = actions.draft_claim(contract, told, by=sara, at=NOON)
    with pytest.raises(actions.NotDivisibleError, match="one contract"):
        actions.divide_contribution(
            share.contribution, [actions.Part(contract, row, Decimal(50))], by=sara, at=NOON
        )


def test_parts_change_places_without_overlap(divided, divide, contract, elsewhere):
    first, second = divide((contract, 10), (elsewhere, 90, "p-wet"))
    assert (first.pct, second.from_pct, second.pct) == (10, 10, 90)
    assert second.pk == divided[1].pk


def test_a_part_that_is_not_wanted_is_withdrawn(divided, divide, elsewhere):
    (left,) = divide((elsewhere, 100))
    assert (left.from_pct, left.pct) == (0, 100)
    assert Share.objects.get(pk=divided[0].pk).status == ShareStatus.WITHDRAWN


def test_two_colleagues_at_once_lose_nothing(draft, divide, contract, elsewhere):
    seen = draft.contribution.revision
    divide((contract, 50), (elsewhere, 50), revision=seen)
    with pytest.raises(ChangedMeanwhileError):
        divide((contract, 100), revision=seen)
    assert Share.objects.filter(pct=50).count() == 2


def test_what_a_part_is_about_stays_once_another_was_submitted(divided, sara):
    first, second = divided
    actions.submit_share(first, by=sara, at=NOON)
    other = (dt.date(2026, 1, 1), dt.date(2026, 1, 31))
    with pytest.raises(parts.PartStandsError):
        actions.change_share(second, by=sara, at=NOON, period=other, pct=Decimal(40))
    same = (second.contribution.starts_on, second.contribution.ends_on)
    actions.change_share(second, by=sara, at=NOON, period=same, pct=Decimal(20))


def test_another_period_values_every_part_anew(divided, sara):
    _first, second = divided
    period = (dt.date(2026, 1, 1), dt.date(2026, 1, 31))
    actions.change_share(second, by=sara, at=NOON, period=period, pct=Decimal(40))
    values = Share.objects.order_by("pk").values_list("value_eur", flat=True)
    assert list(values) == [Decimal("1000.00"), Decimal("1333.33")]


@pytest.mark.parametrize("code", ["of another table", "of another supplier"])
def test_a_part_is_for_an_own_contract_and_row(code, draft, divide, contract, elsewhere, sara):
    stranger = factories.active_contract(
        authority=contract.authority,
        supplier=factories.SupplierFactory(),
        officer=contract.officer,
        manager=contract.manager,
        value_table=contract.value_table,
    )
    wanted = part(stranger, 50)
    if code == "of another table":
        wanted = actions.Part(elsewhere, wanted.block, Decimal(50))
    with pytest.raises(actions.NotInTableError):
        actions.divide_contribution(draft.contribution, [wanted], by=sara, at=NOON)


def test_something_is_left_of_a_division(divide):
    with pytest.raises(actions.NotDivisibleError, match="at least one"):
        divide()


def test_a_closed_contract_gets_no_part(divide, elsewhere):
    Contract.objects.filter(pk=elsewhere.pk).update(status="settling")
    elsewhere.refresh_from_db()
    with pytest.raises(actions.ContractClosedError):
        divide((elsewhere, 50))
