"""The check of article 2.82: proof, days, and how the share is read."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from contracts import actions as contract_actions
from contracts.actions import advice, reserved_checks
from contracts.facts import reserved
from suppliers import actions as supplier_actions
from tests.conftest import NOON, TODAY
from tests.contracts import awarding, talking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
UNTIL = TODAY + dt.timedelta(days=300)


def held(supplier, by, kind="pso-30", first=TODAY):
    facts = {"kind": kind, "valid_from": first, "valid_until": UNTIL, "checked_on": TODAY}
    key = uuid.uuid4()
    return supplier_actions.record_certificate(supplier, facts, by=by, at=NOON, key=key)


def facts(share="30", **more):
    told = {"share_pct": Decimal(share), "proof": "accountant", "seen_on": TODAY}
    return told | {"valid_until": None, "certificate": None} | more


def check(contract, by, told):
    return reserved_checks.check_reserved_contract(contract, told, by=by, at=NOON)


def test_a_check_says_what_was_seen_and_how_it_is_read(contract, ministry, piet, ada):
    first = check(contract, piet, facts())
    advice.publish_advice_terms(ministry, {"share_is_above": True}, by=ada, at=NOON)
    later = check(contract, piet, facts())
    contract.refresh_from_db()
    assert (first.is_enough, later.is_enough) == (True, False)
    assert (contract.reserved_share_pct, contract.reserved_checked_by) == (Decimal(30), piet)
    assert str(first) == "Leverancier Noord: 30"


def test_a_certificate_of_the_register_is_proof(contract, noord, zuid, piet):
    told = facts("35", proof="certificate", certificate=held(noord, piet))
    assert check(contract, piet, told).valid_until == UNTIL
    for wrong in (held(zuid, piet), held(noord, piet, kind="pso-1"), None):
        with pytest.raises(reserved_checks.ProofError, match="shows the share"):
            check(contract, piet, told | {"certificate": wrong})
    early = told | {"seen_on": TODAY - dt.timedelta(days=1)}
    with pytest.raises(reserved_checks.ProofError, match="not valid"):
        check(contract, piet, early)


def test_nothing_is_seen_on_a_day_to_come(contract, piet):
    with pytest.raises(reserved_checks.ProofError, match="future"):
        check(contract, piet, facts(seen_on=UNTIL))


def test_who_tenders_for_a_lot_is_checked_before_the_award(ministry, noord, piet):
    tender = talking.tender_of(ministry, piet)
    lot = {"identifier": "LOT-0001", "title": "Noord"}
    lot = contract_actions.log_lot(tender, lot, by=piet, at=NOON)
    told = reserved_checks.check_reserved_lot(lot, noord, facts("29.99"), by=piet, at=NOON)
    assert (told.lot, told.contract, told.is_enough) == (lot, None, False)


def test_the_check_of_a_lot_holds_for_the_contract_that_follows(
    client, contract, ministry, noord, zuid, piet
):
    tender = talking.tender_of(ministry, piet)
    lot = {"identifier": "LOT-0001", "title": "Noord", "reserved_participation": "res-ws"}
    lot = contract_actions.log_lot(tender, lot, by=piet, at=NOON)
    concept = awarding.log(contract, piet, tender=tender, lots=[lot], is_reserved=True)
    award = reverse("contracts:contract-award", args=[concept.pk])
    officer = client.sign_in(piet)
    reserved_checks.check_reserved_lot(lot, zuid, facts("60"), by=piet, at=NOON)
    assert not reserved.checks_of(concept).exists()
    assert "The share of this supplier was not checked" in officer.get(award).text
    reserved_checks.check_reserved_lot(lot, noord, facts("25"), by=piet, at=NOON)
    assert "does not show the share that is asked" in officer.get(award).text
    shown = officer.get(tender.get_absolute_url()).text
    assert "Leverancier Noord: 25.0%" in shown
    assert shown.count("Share of article 2.82 checked for a lot") == 2
    awarded = contract_actions.award_contract(concept, by=piet, at=NOON)
    assert (awarded.reserved_share_pct, awarded.reserved_checked_on) == (Decimal(25), TODAY)
    assert awarded.reserved_checked_by == piet
    page = officer.get(awarded.get_absolute_url()).text
    assert "less than the 30%" in page
    assert "share not checked yet" not in page
