"""Who may do what: about the person, not about the status."""

import pytest

from contracts import rules
from contracts.models import Lot, Notice, Tender

pytestmark = pytest.mark.django_db
PEOPLE = ("piet", "cora", "olga", "vera", "ada", "anna", "adam", "sara", "bram", "otto")


@pytest.fixture
def people(request):
    return {name: request.getfixturevalue(name) for name in PEOPLE}


def allowed(people, rule, *objects):
    return {name for name, person in people.items() if rule(person, *objects)}


def test_officers_write_down(people, ministry):
    tender = Tender(authority=ministry)
    assert allowed(people, rules.may_log_tender) == {"piet"}
    assert allowed(people, rules.may_upload_notice) == {"piet"}
    assert allowed(people, rules.may_log_contract) == {"piet"}
    assert allowed(people, rules.may_change_tender, tender) == {"piet"}
    assert allowed(people, rules.may_log_lot, tender) == {"piet"}
    assert allowed(people, rules.may_change_lot, Lot(authority=ministry)) == {"piet"}
    assert allowed(people, rules.may_confirm_notice, Notice(authority=ministry)) == {"piet"}
    assert allowed(people, rules.may_discard_notice, Notice(authority=ministry)) == {"piet"}


def test_a_contract_is_of_its_officers_and_its_named_manager(people, contract):
    assert allowed(people, rules.may_change_contract, contract) == {"piet"}
    assert allowed(people, rules.may_award_contract, contract) == {"piet"}
    assert allowed(people, rules.may_cancel_contract, contract) == {"piet"}
    assert allowed(people, rules.may_hand_over_contract, contract) == {"piet", "cora"}
    assert allowed(people, rules.may_record_reserved_share, contract) == {"piet", "cora"}
    for rule in (
        rules.may_accept_contract,
        rules.may_refuse_contract,
        rules.may_record_contact,
        rules.may_start_settlement,
        rules.may_hold_talk,
    ):
        assert allowed(people, rule, contract) == {"cora"}


def test_a_named_manager_without_the_role_may_nothing(contract, cora, adam):
    held = cora.role_assignments.get()
    held.taken_by, held.taken_at = adam, held.given_at
    held.save()
    assert not rules.may_accept_contract(cora, contract)


def test_who_looks(people):
    buyers = {"piet", "cora", "olga", "anna", "otto"}
    assert allowed(people, rules.may_see_tenders) == buyers
    assert allowed(people, rules.may_see_contracts) == buyers | {"vera", "sara", "bram"}
