"""The settlement of a contract: stated, reacted to, divided by one, decided by another."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from contracts import actions, ledger
from contracts.models import (
    Account,
    ContractStatus,
    FollowUp,
    LedgerEntry,
    Letter,
    Reaction,
    Settlement,
    SettlementStatus,
)
from sroi_portal.core.models import AuditEvent, Remark
from sroi_portal.core.status import IllegalMoveError
from tests.contracts import awarding
from tests.contracts.awarding import award
from tests.contracts.ending import LATER, OVER, divided, post, reacted, settled, stated, sums

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def other(contract, piet, cora):
    """Another contract of the same two parties, which runs."""
    return award(contract, piet, title="Het andere contract")


def test_a_malus_is_the_shortfall_times_the_factor_of_the_contract(contract, cora, sara, piet):
    """D40: 10,000 missing, one and a half times."""
    factor = Decimal("1.50")
    actions.set_malus_factor(contract, factor, by=piet, at=OVER, reason="Artikel 12.")
    settlement = divided(reacted(contract, cora, sara), cora, malus_part="10000.00")

    settled(settlement, piet)

    assert settlement.malus_eur == Decimal("15000.00")
    figures = sums(contract)
    assert (figures.malus_eur, figures.done_eur) == (Decimal("15000.00"), Decimal("30000.00"))
    contract.refresh_from_db()
    assert contract.status == ContractStatus.SETTLED


def test_a_shortfall_is_waived_with_a_reason(contract, cora, sara, piet):
    settled(divided(reacted(contract, cora, sara), cora, waived="10000.00"), piet)

    figures = sums(contract)
    assert (figures.waived_eur, figures.owed_eur) == (Decimal("10000.00"), Decimal("30000.00"))
    assert (figures.percentage, figures.malus_eur) == (Decimal("100.0"), Decimal(0))


def test_a_shortfall_goes_to_another_contract_by_agreement(contract, other, cora, sara, piet):
    settlement = reacted(contract, cora, sara)
    with pytest.raises(ValidationError, match="day of the agreement"):
        divided(settlement, cora, carried="10000.00", carried_to=other)
    agreed = {"carried_to": other, "carry_agreed_on": OVER.date()}

    settled(divided(settlement, cora, carried="10000.00", **agreed), piet)

    assert sums(contract).carried_eur == Decimal("10000.00")
    assert sums(other).carried_eur == Decimal("-10000.00")
    rows = LedgerEntry.objects.filter(account=Account.CARRIED)
    assert sum(row.quantity for row in rows) == 0
    assert {row.source_uuid for row in rows} == {settlement.uuid}


def test_a_mix_adds_up_to_the_shortfall(contract, other, cora, sara, piet):
    settlement = reacted(contract, cora, sara)
    mix = {"malus_part": "4000.00", "waived": "3500.00", "carried": "2500.00"}
    agreed = {"carried_to": other, "carry_agreed_on": OVER.date()}
    with pytest.raises(ValidationError, match="add up to the shortfall"):
        divided(settlement, cora, **mix | {"waived": "3500.01"}, **agreed)

    settled(divided(settlement, cora, **mix, **agreed), piet)

    found = sums(contract)
    amounts = (found.malus_eur, found.waived_eur, found.carried_eur)
    assert amounts == (Decimal("4000.00"), Decimal("3500.00"), Decimal("2500.00"))


def test_a_surplus_is_shown_and_only_carried_by_decision(contract, other, cora, sara, piet):
    settlement = reacted(contract, cora, sara, done="46000.00")
    assert (settlement.surplus, settlement.shortfall) == (Decimal("6000.00"), 0)
    agreed = {"carried_to": other, "carry_agreed_on": OVER.date()}
    with pytest.raises(ValidationError, match="no more"):
        divided(settlement, cora, carried="-6000.01", **agreed)

    settled(divided(settlement, cora, carried="-6000.00", **agreed), piet)

    assert sums(contract).carried_eur == Decimal("-6000.00")
    assert sums(other).carried_eur == Decimal("6000.00")


def test_a_surplus_stays_where_it_is_when_nobody_decides(contract, cora, sara, piet):
    settled(divided(reacted(contract, cora, sara, done="46000.00"), cora), piet)
    assert sums(contract).percentage == Decimal("115.0")
    assert not LedgerEntry.objects.filter(account=Account.CARRIED).exists()


@pytest.mark.parametrize("wrong", ["another supplier", "settled"])
def test_a_carry_over_needs_a_contract_that_takes_it(wrong, contract, other, cora, sara, zuid):
    if wrong == "settled":
        other.status = ContractStatus.CANCELLED
    else:
        other.supplier = zuid
    other.save()
    settlement = reacted(contract, cora, sara)
    with pytest.raises(actions.SettlementError, match="same supplier"):
        divided(
            settlement,
            cora,
            carried="10000.00",
            carried_to=other,
            carry_agreed_on=OVER.date(),
        )


def test_who_calculates_does_not_decide(contract, cora, sara):
    settlement = divided(reacted(contract, cora, sara), cora, waived="10000.00")
    with pytest.raises(ValidationError, match="Somebody else"):
        actions.decide_settlement(settlement, conclusion="Klaar.", by=cora, at=LATER)
    assert not LedgerEntry.objects.filter(account=Account.WAIVED).exists()


def test_a_division_goes_back(contract, cora, sara, piet):
    settlement = divided(reacted(contract, cora, sara), cora, waived="10000.00")
    actions.return_settlement(settlement, by=piet, at=LATER, reason="Waarom geen malus?")
    settlement.refresh_from_db()
    assert (settlement.status, settlement.calculated_by) == (SettlementStatus.STATED, None)
    settled(divided(settlement, cora, malus_part="10000.00"), piet)
    assert sums(contract).malus_eur == Decimal("10000.00")


def test_the_supplier_has_a_term_to_react(contract, cora, sara):
    settlement = stated(contract, cora)
    assert settlement.react_by_on == dt.date(2027, 3, 18)
    with pytest.raises(actions.SettlementError, match="still may"):
        actions.calculate_settlement(
            settlement, actions.Division(), remark="Nu al.", by=cora, at=OVER
        )
    with pytest.raises(actions.SettlementError, match="until"):
        actions.react_to_settlement(
            settlement, Reaction.AGREES, remark="Te laat.", by=sara, at=LATER
        )
    assert divided(settlement, cora, waived="10000.00").calculated_by == cora


def test_a_reaction_is_given_once_and_sealed(contract, cora, sara):
    settlement = reacted(contract, cora, sara)
    with pytest.raises(actions.SettlementError, match="No reaction"):
        actions.react_to_settlement(
            settlement, Reaction.DISAGREES, remark="Toch niet.", by=sara, at=OVER
        )
    event = AuditEvent.objects.get(verb="react_to_settlement")
    assert Remark.objects.get(uuid=event.remark_uuid).text == "Dat klopt."


def test_the_statement_is_a_frozen_letter(contract, cora):
    settlement = stated(contract, cora)
    letter = Letter.objects.get(settlement=settlement)
    assert (letter.kind, letter.sent_on, letter.sent_by) == ("statement", OVER.date(), cora)
    assert "10.000,00" in letter.text


def test_changed_figures_ask_for_a_new_statement(contract, cora, sara, olga, piet):
    settlement = reacted(contract, cora, sara)
    post(contract, Account.VERIFIED, "500.00", olga, at=OVER)
    with pytest.raises(actions.SettlementError, match="new one"):
        divided(settlement, cora, waived="10000.00")
    actions.send_statement(settlement, by=cora, at=OVER)
    settlement.refresh_from_db()
    assert (settlement.shortfall, settlement.reaction) == (Decimal("9500.00"), "")
    settlement = divided(settlement, cora, waived="9500.00")
    post(contract, Account.VERIFIED, "0.01", olga, at=OVER)
    with pytest.raises(actions.SettlementError, match="new one"):
        actions.decide_settlement(settlement, conclusion="Klaar.", by=piet, at=LATER)


@pytest.mark.parametrize("account", [Account.SUBMITTED, Account.UNCHECKED])
def test_what_waits_is_decided_first(account, contract, cora, olga):
    source = post(contract, account, "10.00", olga)
    actions.start_settlement(contract, by=cora, at=OVER)
    settlement = contract.settlements.get()
    assert len(actions.open_work(contract)) == 1
    with pytest.raises(actions.StillWaitingError):
        actions.send_statement(settlement, by=cora, at=OVER)
    ledger.post(source, [], by=olga, at=OVER)
    actions.send_statement(settlement, by=cora, at=OVER)
    assert actions.open_work(contract) == []


def test_unchecked_work_that_counts_waits_for_nobody(contract, cora, olga):
    contract.counts_unchecked = True
    contract.save()
    post(contract, Account.UNCHECKED, "40000.00", olga)
    assert stated(contract, cora, done="0").shortfall == 0


def test_a_settled_contract_takes_no_posting(contract, cora, sara, piet, olga):
    settled(divided(reacted(contract, cora, sara), cora, waived="10000.00"), piet)
    with pytest.raises(ledger.SettledError):
        post(contract, Account.VERIFIED, "1.00", olga, at=LATER)
    contract.refresh_from_db()
    with pytest.raises(IllegalMoveError):
        actions.start_settlement(contract, by=cora, at=LATER)


def test_two_people_reopen_a_settlement_and_nothing_is_posted(contract, cora, sara, piet, olga):
    factor = Decimal("1.50")
    actions.set_malus_factor(contract, factor, by=piet, at=OVER, reason="Artikel 12.")
    settlement = settled(divided(reacted(contract, cora, sara), cora, malus_part="10000.00"), piet)
    actions.ask_reopening(settlement, by=cora, at=LATER, reason="Een fout in de uren.")
    with pytest.raises(ValidationError, match="Two people"):
        actions.confirm_reopening(settlement, by=cora, at=LATER, reason="Ja.")
    before = LedgerEntry.objects.count()

    actions.confirm_reopening(settlement, by=piet, at=LATER, reason="Akkoord.")

    assert LedgerEntry.objects.count() == before
    contract.refresh_from_db()
    again = contract.settlements.living().get()
    assert (contract.status, again.version) == (ContractStatus.SETTLING, 2)
    post(contract, Account.VERIFIED, "5000.00", olga, at=LATER)
    actions.send_statement(again, by=cora, at=LATER)
    again.refresh_from_db()
    actions.react_to_settlement(again, Reaction.AGREES, remark="Goed.", by=sara, at=LATER)
    settled(divided(again, cora, malus_part="5000.00"), piet)
    assert sums(contract).malus_eur == Decimal("7500.00")


def test_reopening_is_refused(contract, cora, sara, piet):
    settlement = settled(divided(reacted(contract, cora, sara), cora, waived="10000.00"), piet)
    actions.ask_reopening(settlement, by=cora, at=LATER, reason="Misschien.")
    actions.refuse_reopening(settlement, by=piet, at=LATER, reason="Nee.")
    settlement.refresh_from_db()
    assert (settlement.status, settlement.reopening_by) == (SettlementStatus.SETTLED, None)


def test_a_malus_on_the_way_is_taken_off(contract, cora, sara, piet):
    FollowUp.objects.create(
        contract=contract,
        authority=contract.authority,
        supplier=contract.supplier,
        kind="malus",
        status="done",
        outcome="granted",
        taken_on=OVER.date(),
        taken_by=cora,
        decided_by=piet,
        decided_at=OVER,
        shortfall_eur=Decimal(4000),
        factor=Decimal(1),
        amount_eur=Decimal(4000),
    )
    settlement = divided(reacted(contract, cora, sara), cora, malus_part="10000.00")
    assert (settlement.malus_before_eur, settlement.malus_eur) == (Decimal(4000), Decimal(6000))


def test_each_side_scores_once_and_tells_what_it_learned(contract, cora, sara, piet):
    settlement = reacted(contract, cora, sara)
    with pytest.raises(actions.SettlementError, match="once the contract is settled"):
        actions.give_score(settlement, "buyer", 4, by=cora, at=OVER)
    settled(divided(settlement, cora, waived="10000.00"), piet)
    for side, person in (("buyer", cora), ("supplier", sara)):
        actions.give_score(settlement, side, 4, by=person, at=LATER, sentence="Goed.")
    with pytest.raises(ValidationError, match="already"):
        actions.give_score(settlement, "buyer", 5, by=piet, at=LATER)
    actions.record_lesson(settlement, "Begin eerder.", by=sara, at=LATER)
    event = AuditEvent.objects.get(verb="record_lesson")
    assert Remark.objects.get(uuid=event.remark_uuid).text == "Begin eerder."


def test_a_contract_in_hours_is_settled_in_hours(contract, piet, cora, sara):
    hours = award(
        contract, piet, base_kind="fixed_hours", fixed_quantity=Decimal(500), percentage=None
    )
    for name in ("manager", "accepted_at"):
        setattr(hours, name, getattr(contract, name))
    hours.status = ContractStatus.ACTIVE
    hours.save()
    settlement = stated(hours, cora, done="0")
    assert (settlement.unit, settlement.shortfall) == ("hour", Decimal(500))
    actions.react_to_settlement(settlement, Reaction.AGREES, remark="Ja.", by=sara, at=OVER)
    with pytest.raises(ValidationError, match="in euros"):
        divided(settlement, cora, malus_part="500.00")
    settled(divided(settlement, cora, waived="500.00"), piet)
    assert sums(hours).own_owed is None


def test_a_contract_in_hours_carries_nothing_in_euros(contract, other, piet, cora, sara):
    change = awarding.change(base_kind="fixed_hours", fixed=Decimal(500))
    actions.change_obligation(other, change, by=piet, at=OVER)
    settlement = reacted(contract, cora, sara)
    agreed = {"carried_to": other, "carry_agreed_on": OVER.date()}
    with pytest.raises(actions.SettlementError, match="another unit"):
        divided(settlement, cora, carried="10000.00", **agreed)


def test_a_contract_that_owes_nothing_is_settled(contract, tailored, piet, cora, sara):
    tailored.status, tailored.accepted_at = ContractStatus.ACTIVE, contract.accepted_at
    tailored.save()
    settlement = reacted(tailored, cora, sara, done="0")
    assert (settlement.unit, settlement.owed, settlement.done) == ("eur", 0, 0)
    assert settled(divided(settlement, cora), piet).status == SettlementStatus.SETTLED


def test_a_step_under_way_is_concluded_before_the_decision(contract, cora, sara, piet):
    settlement = divided(reacted(contract, cora, sara), cora, waived="10000.00")
    said = actions.Step("Wij spraken elkaar.", LATER.date(), next_on=LATER.date())
    step = actions.hold_talk(contract, said, by=cora, at=LATER)
    with pytest.raises(actions.SettlementError, match="under way"):
        settled(settlement, piet)
    actions.close_step(step, "agreed", account="Klaar.", by=cora, at=LATER)
    assert settled(settlement, piet).status == SettlementStatus.SETTLED


def test_the_multiple_stays_once_the_settlement_has_begun(contract, cora, piet):
    stated(contract, cora)
    with pytest.raises(IllegalMoveError, match="multiple stays"):
        actions.set_malus_factor(contract, Decimal(2), by=piet, at=OVER, reason="Te laat.")


def test_a_settlement_is_named_by_its_version(contract, cora):
    settlement = stated(contract, cora)
    assert str(settlement) == f"{contract.pk} v1"
    assert Settlement.objects.visible_to(cora).get() == settlement
