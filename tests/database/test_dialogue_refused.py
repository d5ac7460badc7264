"""The database itself refuses talks, conclusions and offers that no action makes."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from contracts.actions import advice as choosing
from contracts.models import Clause, ReservedCheck, TenderClause
from suppliers.models import Offering
from tests.conftest import NOON, TODAY
from tests.contracts import talking
from tests.database.conftest import another

REFUSED = {
    "held_talk_says_something": ("a_talk", {"said": ""}),
    "invited_by_iff_invited_at": ("a_talk", {"invited_at": NOON}),
    "summed_up_by_iff_summed_up_at": ("a_talk", {"summed_up_at": NOON}),
    "one_party_a_position": ("a_party", {}),
    "one_conclusion_a_number": ("a_conclusion", {}),
    "conclusion_says_something": ("a_conclusion", {"number": 2, "sentence": ""}),
    "reserved_lot_is_named": ("a_conclusion", {"number": 2, "leads_to": "lot"}),
    "conclusion_withdrawn_by_iff_withdrawn_at": (
        "a_conclusion",
        {"number": 2, "withdrawn_at": NOON},
    ),
    "division_has_two_digits": ("an_offering", {"cpv_division": "9"}),
    "region_lies_in_the_netherlands": ("an_offering", {"region": "BE"}),
    "largest_order_is_more_than_nothing": (
        "an_offering",
        {"region": "NL33", "largest_eur": Decimal(0)},
    ),
    "one_offering_a_division_and_region": ("an_offering", {}),
    "one_version_of_advice_terms": ("some_terms", {}),
    "advice_counts_from_one": ("some_terms", {"version": 2, "fewest_for_lot": 0}),
    "advice_shares_are_percentages": ("some_terms", {"version": 2, "part_pct": Decimal(101)}),
    "least_value_not_negative": ("some_terms", {"version": 2, "least_value_eur": Decimal(-1)}),
    "other_choice_says_why": ("a_choice", {"chosen": "whole"}),
    "labour_share_is_a_percentage": ("a_choice", {"labour_pct": Decimal(101)}),
    "one_clause_a_version": ("a_clause", {"status": "superseded"}),
    "one_published_clause_a_code": ("a_clause", {"version": 2}),
    "one_open_clause_a_code": ("an_open_clause", {"version": 3}),
    "clause_proposed_by_iff_proposed_at": ("a_clause", {"code": "x", "proposed_at": None}),
    "clause_approved_by_iff_published": ("a_clause", {"code": "x", "approved_at": None}),
    "clause_four_eyes": ("a_clause", {"code": "x", "approved_by": "ada"}),
    "one_copy_a_tender_or_lot": ("a_copy", {}),
    "copy_removed_by_iff_removed_at": ("a_copy", {"removed_at": NOON}),
    "checked_of_a_lot_or_a_contract": ("a_check", {"contract": None}),
    "checked_share_is_a_percentage": ("a_check", {"share_pct": Decimal(101)}),
    "certificate_is_named_as_proof": ("a_check", {"proof": "certificate"}),
    "proof_is_valid_when_seen": ("a_check", {"valid_until": TODAY.replace(year=2020)}),
    "offering_ended_by_iff_ended_at": ("an_offering", {"ended_at": NOON}),
}


@pytest.fixture
def a_talk(ministry, piet, noord):
    return talking.talk(talking.tender_of(ministry, piet), piet)


@pytest.fixture
def a_party(a_talk):
    return a_talk.parties.first()


@pytest.fixture
def a_conclusion(a_talk, piet):
    return talking.conclude(a_talk, piet)


@pytest.fixture
def an_offering(noord):
    return Offering.objects.create(supplier=noord, cpv_division="90", region="NL", text="Schoon")


@pytest.fixture
def some_terms(ministry, ada):
    return choosing.publish_advice_terms(ministry, {}, by=ada, at=NOON)


@pytest.fixture
def a_choice(ministry, piet):
    question = choosing.Question("90", "", Decimal(1), 12, Decimal(50))
    tender = talking.tender_of(ministry, piet)
    return choosing.record_choice(tender, question, {"chosen": "nothing"}, by=piet, at=NOON)


@pytest.fixture
def a_clause(ada, adam):
    return Clause.objects.create(
        code="uitvoering",
        version=1,
        kind="clause",
        status="published",
        proposed_by=ada,
        proposed_at=NOON,
        approved_by=adam,
        approved_at=NOON,
    )


@pytest.fixture
def an_open_clause(db):
    return Clause.objects.create(code="uitvoering", version=2, kind="clause")


@pytest.fixture
def a_copy(a_clause, ministry, piet):
    tender = talking.tender_of(ministry, piet)
    told = {"tender": tender, "authority": ministry, "clause": a_clause, "language": "nl"}
    return TenderClause.objects.create(**told, copied_by=piet, copied_at=NOON)


@pytest.fixture
def a_check(contract, ministry, noord, piet):
    return ReservedCheck.objects.create(
        authority=ministry,
        supplier=noord,
        contract=contract,
        share_pct=Decimal(30),
        proof="own",
        seen_on=TODAY,
        least_share_pct=Decimal(30),
        share_is_above=False,
        is_enough=True,
        checked_by=piet,
        checked_at=NOON,
    )


@pytest.mark.parametrize("constraint", REFUSED)
def test_the_database_itself_refuses(constraint, request):
    row_name, changes = REFUSED[constraint]
    row = request.getfixturevalue(row_name)
    people = {name: request.getfixturevalue(who) for name, who in changes.items() if who == "ada"}

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        another(row, changes | people)

    assert refusal.value.__cause__.diag.constraint_name == constraint
