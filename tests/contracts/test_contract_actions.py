"""A contract from concept to award: what changes, what is recorded, what is refused."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from contracts import actions, fulfilment
from contracts.models import (
    BaseKind,
    Contract,
    ContractStatus,
    Fulfilment,
    LedgerEntry,
    Obligation,
    ObligationConcept,
    Regime,
    TenderStatus,
)
from sroi_portal.core.models import AuditEvent, Remark
from sroi_portal.core.status import ChangedMeanwhileError, IllegalMoveError
from tests import factories
from tests.conftest import NOON, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
AWARDED_ON = dt.date(2026, 3, 2)


@pytest.fixture
def facts(ministry, noord, table):
    """EUR 800,000 at 5 % (example E01)."""
    return {
        "authority": ministry,
        "supplier": noord,
        "title": "Schoonmaak rijkskantoren",
        "value_eur": Decimal("800000.00"),
        "awarded_on": AWARDED_ON,
        "starts_on": dt.date(2026, 4, 1),
        "ends_on": dt.date(2028, 3, 31),
        "value_table": table,
        "base_kind": BaseKind.CONTRACT_VALUE,
        "percentage": Decimal("5.00"),
        "reason": "Veel arbeid.",
    }


def log(facts, piet, **more):
    return actions.log_contract({**facts, **more}, by=piet, at=NOON)


def verbs(obj):
    events = AuditEvent.objects.filter(object_uuid=obj.uuid).order_by("pk")
    return list(events.values_list("verb", "from_status", "to_status"))


def test_a_concept_may_miss_anything_but_who_and_what(ministry, noord, piet):
    least = {"authority": ministry, "supplier": noord, "title": "Catering"}
    contract = actions.log_contract(least, by=piet, at=NOON)
    assert (contract.status, contract.officer) == (ContractStatus.DRAFT, piet)
    assert contract.obligation_concept.percentage is None
    assert verbs(contract) == [("log_contract", "", "draft")]
    assert not LedgerEntry.objects.exists()
    assert actions.missing_for_award(contract) == [
        "contract value without VAT",
        "day of award",
        "first day",
        "last day",
        "value table",
        "base",
        "percentage",
        "why this share and base",
    ]


def test_changing_a_concept_names_what_changed(facts, piet):
    contract = log(facts, piet)
    actions.change_contract(
        contract, {"title": "Anders", "percentage": Decimal(4)}, by=piet, at=NOON, revision=1
    )
    contract.refresh_from_db()
    assert (contract.title, contract.revision) == ("Anders", 2)
    assert contract.obligation_concept.percentage == Decimal("4.00")
    changed = AuditEvent.objects.get(verb="change_contract").changed
    assert changed == ["percentage", "title"]


def test_the_same_facts_once_more_change_nothing(facts, piet):
    contract = log(facts, piet)
    actions.change_contract(contract, facts, by=piet, at=NOON)
    contract.refresh_from_db()
    assert contract.revision == 1
    assert not AuditEvent.objects.filter(verb="change_contract").exists()


def test_lots_are_compared_as_a_set(facts, piet, ministry):
    tender = factories.TenderFactory(authority=ministry, officer=piet)
    lot = tender.lots.create(authority=ministry, identifier="LOT-0001", title="Een")
    contract = log(facts, piet, tender=tender, lots=[lot])
    actions.change_contract(contract, {"lots": tender.lots.all()}, by=piet, at=NOON)
    assert not AuditEvent.objects.filter(verb="change_contract").exists()
    actions.change_contract(contract, {"lots": []}, by=piet, at=NOON)
    assert not contract.lots.exists()


def test_an_old_page_is_noticed(facts, piet):
    contract = log(facts, piet)
    actions.change_contract(contract, {"title": "Nieuw"}, by=piet, at=NOON, revision=1)
    with pytest.raises(ChangedMeanwhileError):
        actions.change_contract(contract, {"title": "Oud"}, by=piet, at=NOON, revision=1)


def test_an_awarded_contract_owes_to_the_cent(facts, piet):
    contract = actions.award_contract(log(facts, piet), by=piet, at=NOON)
    obligation = Obligation.objects.get(contract=contract)
    assert (obligation.version, obligation.quantity) == (1, Decimal("40000.00"))
    assert (obligation.base, obligation.holds_from) == (contract.value_eur, AWARDED_ON)
    entry = LedgerEntry.objects.get()
    assert (entry.account, entry.quantity) == ("obligation", Decimal("40000.00"))
    assert (entry.month, entry.source_uuid) == (dt.date(2026, 3, 1), obligation.uuid)
    assert verbs(contract)[-1] == ("award_contract", "draft", "awarded")
    assert verbs(obligation) == [("fix_obligation", "", "")]


def test_fulfilment_stands_at_award_and_equals_the_ledger_once_computed(facts, piet):
    contract = actions.award_contract(log(facts, piet), by=piet, at=NOON)
    before = Fulfilment.objects.get(contract=contract)
    assert before.owed_eur == before.original_eur == Decimal("40000.00")
    assert before.stale_since == NOON
    fulfilment.recompute_burst(today=TODAY, at=NOON)
    after = Fulfilment.objects.get(contract=contract)
    assert (after.owed_eur, after.percentage) == (Decimal("40000.00"), Decimal("0.0"))
    assert fulfilment.different_from_ledger() == []


def test_the_terms_start_at_award_and_end_on_a_working_day(facts, piet):
    contract = actions.award_contract(
        log(facts, piet, awarded_on=dt.date(2026, 3, 28)), by=piet, at=NOON
    )
    assert contract.contact_due_on == dt.date(2026, 4, 7)  # Saturday, Easter, Tuesday
    assert contract.plan_due_on == dt.date(2026, 5, 11)


@pytest.mark.parametrize(
    ("kind", "more", "owed"),
    [
        pytest.param("wage_sum", {"wage_sum_eur": Decimal(700_000)}, "35000.00", id="D37 wages"),
        pytest.param("contract_value", {"value_eur": Decimal(1_200_000)}, "60000.00", id="D37"),
        pytest.param("contract_value", {"value_eur": Decimal("100.10")}, "5.01", id="half up"),
        pytest.param("fixed", {"fixed_eur": Decimal("12345.67")}, "12345.67", id="fixed amount"),
    ],
)
def test_the_base_decides_what_is_owed(facts, piet, kind, more, owed):
    contract = actions.award_contract(log(facts, piet, base_kind=kind, **more), by=piet, at=NOON)
    assert contract.obligations.get().quantity == Decimal(owed)


def test_a_multiple_of_its_own_goes_before_that_of_the_authority(facts, piet, ministry):
    usual, own = Decimal("1.50"), Decimal("2.00")
    for _time in range(2):
        actions.set_settling_terms(ministry, {"malus_factor": usual}, by=piet, at=NOON)
    first, second = log(facts, piet), log(facts, piet)
    for _time in range(2):
        actions.set_malus_factor(second, own, by=piet, at=NOON, reason="Artikel 12.")
    factors = [
        actions.award_contract(each, by=piet, at=NOON).malus_factor for each in (first, second)
    ]
    assert factors == [usual, own]
    for verb in ("set_settling_terms", "set_malus_factor"):
        assert AuditEvent.objects.filter(verb=verb).count() == 1


def test_what_is_missing_is_named(facts, piet):
    contract = log(facts, piet, percentage=None, ends_on=None)
    with pytest.raises(actions.IncompleteContractError, match="last day, percentage"):
        actions.award_contract(contract, by=piet, at=NOON)
    assert not Obligation.objects.exists()


@pytest.mark.parametrize(
    ("more", "missing"),
    [
        ({"base_kind": "wage_sum"}, "wage sum"),
        ({"base_kind": "fixed"}, "fixed amount"),
    ],
)
def test_each_base_misses_its_own(facts, piet, more, missing):
    assert actions.missing_for_award(log(facts, piet, **more)) == [missing]


def test_a_tailored_contract_may_owe_nothing_yet(facts, piet):
    contract = log(facts, piet, regime=Regime.TAILORED, base_kind="", percentage=None)
    actions.award_contract(contract, by=piet, at=NOON)
    assert not Obligation.objects.exists()
    assert Fulfilment.objects.get().owed_eur == 0


def test_a_contract_of_a_factory_has_no_concept_yet(ministry, noord, piet, table):
    contract = factories.ContractFactory(
        authority=ministry, supplier=noord, officer=piet, value_table=table
    )
    with pytest.raises(actions.IncompleteContractError, match="base, percentage, why"):
        actions.award_contract(contract, by=piet, at=NOON)


def test_the_award_awards_the_tender(facts, piet, ministry):
    tender = factories.TenderFactory(authority=ministry, officer=piet)
    for _ in range(2):
        actions.award_contract(log(facts, piet, tender=tender), by=piet, at=NOON)
    tender.refresh_from_db()
    assert tender.status == TenderStatus.AWARDED
    assert verbs(tender) == [("award_contract", "preparing", "awarded")]


def test_what_is_awarded_no_longer_changes_as_a_concept(facts, piet):
    contract = actions.award_contract(log(facts, piet), by=piet, at=NOON)
    with pytest.raises(actions.NotAConceptError):
        actions.change_contract(contract, {"title": "Anders"}, by=piet, at=NOON)
    with pytest.raises(actions.NotAConceptError):
        actions.cancel_contract(contract, by=piet, at=NOON, reason="Toch niet.")
    with pytest.raises(IllegalMoveError):
        actions.award_contract(contract, by=piet, at=NOON)


def test_a_concept_is_put_aside_with_a_reason(facts, piet):
    contract = log(facts, piet)
    actions.cancel_contract(contract, by=piet, at=NOON, reason="Dubbel ingevoerd.")
    assert verbs(contract)[-1] == ("cancel_contract", "draft", "cancelled")
    assert Remark.objects.get().text == "Dubbel ingevoerd."


def test_days_in_the_wrong_order_are_refused(facts, piet):
    with pytest.raises(ValidationError, match="lies before the first"):
        log(facts, piet, ends_on=dt.date(2025, 1, 1))


def test_a_contract_is_over_before_it_is_settled(contract, cora):
    with pytest.raises(actions.NotOverError):
        actions.start_settlement(contract, by=cora, at=NOON)
    actions.start_settlement(contract, by=cora, at=dt.datetime(2027, 1, 4, 12, tzinfo=dt.UTC))
    contract.refresh_from_db()
    assert contract.status == ContractStatus.SETTLING


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"quantity": Decimal("40000.01")}, id="another amount"),
        pytest.param({"percentage": None}, id="no percentage"),
        pytest.param({"base_kind": "fixed"}, id="a fixed amount with a percentage"),
    ],
)
def test_the_database_refuses_an_obligation_that_does_not_follow(contract, wrong):
    """`obligation_is_base_times_percentage`, also without form and action."""
    with pytest.raises(IntegrityError), transaction.atomic():
        Obligation.objects.filter(contract=contract).update(**wrong)


def test_the_database_refuses_an_awarded_contract_without_value(contract):
    """`awarded_contract_is_complete`."""
    with pytest.raises(IntegrityError), transaction.atomic():
        Contract.objects.filter(pk=contract.pk).update(value_eur=None)


def test_the_database_refuses_to_run_without_a_manager(contract):
    """`running_contract_has_manager`."""
    with pytest.raises(IntegrityError), transaction.atomic():
        Contract.objects.filter(pk=contract.pk).update(accepted_at=None)


def test_the_words_of_a_concept(facts, piet):
    concept = ObligationConcept.objects.get(contract=log(facts, piet))
    assert str(concept) == f"{concept.contract_id}: 5.00"


def test_a_table_that_is_no_longer_published_is_not_frozen_for_a_new_contract(facts, piet, table):
    contract = log(facts, piet)
    type(table).objects.filter(pk=table.pk).update(status="withdrawn")
    contract.refresh_from_db()
    assert actions.missing_for_award(contract) == ["a value table that is published"]
    with pytest.raises(actions.IncompleteContractError):
        actions.award_contract(contract, by=piet, at=NOON)


def test_a_contract_without_a_concept_owes_nothing_at_the_award(facts, piet):
    contract = log(facts, piet, regime=Regime.TAILORED, base_kind="", percentage=None)
    contract.obligation_concept.delete()
    contract = actions.award_contract(contract, by=piet, at=NOON)
    assert not contract.obligations.exists()
