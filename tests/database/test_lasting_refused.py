"""The database itself refuses a question or an answer about lasting work that cannot be."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from candidates.models import Additionality, FollowUp, FollowUpAnswer
from reports.models import LastingOfContract, ProxyTable
from tests.conftest import NOON, TODAY
from tests.database.conftest import LAST, another

LATER = {"is_current": False}
NEXT = {"version": "2"}
REFUSED = {
    "one_question_a_moment": ("a_question", {}),
    "asked_after_3_6_or_12_months": ("a_question", {"months": 4}),
    "question_follows_the_work": ("a_question", {"months": 6, "falls_on": LAST}),
    "one_standing_answer_each": ("an_answer", {}),
    "answer_says_who_gave_it": ("an_answer", LATER | {"said_by": "candidate"}),
    "only_who_works_has_hours": ("an_answer", LATER | {"outcome": "no_work"}),
    "permanent_step_says_with_whom": ("an_answer", LATER | {"permanent_on": TODAY}),
    "suppressed_cell_has_no_more": (
        "a_published_cell",
        {
            "column": "x",
            "is_suppressed": True,
            "people": None,
            "hours": None,
            "value_eur": None,
            "more": {"in_work": 5},
        },
    ),
    "one_lasting_line_a_contract_and_cell": ("a_lasting_line", {}),
    "one_proxy_table_a_version": ("a_proxy_table", {}),
    "published_proxies_say_by_whom": (
        "a_proxy_table",
        NEXT | {"published_by_id": None, "published_at": NOON},
    ),
    "published_proxies_were_published": ("a_proxy_table", NEXT | {"status": "published"}),
    "proxies_four_eyes": (
        "a_proxy_table",
        NEXT | {"published_by_id": "drafted_by_id", "published_at": NOON},
    ),
    "one_value_an_outcome": ("a_proxy", {}),
    "proxy_value_not_negative": ("a_proxy", {"outcome": "after_3", "value_eur": Decimal(-1)}),
    "taken_off_is_a_percentage": (
        "a_proxy",
        {"outcome": "after_3", "deadweight_pct": Decimal(101)},
    ),
    "hours_after_are_possible": ("an_answer", LATER | {"hours_per_week": Decimal(61)}),
}


@pytest.fixture
def a_question(a_placement):
    return FollowUp.objects.create(
        placement=a_placement,
        supplier=a_placement.supplier,
        months=3,
        counts_from=LAST,
        falls_on=LAST + dt.timedelta(days=89),
        due_on=LAST + dt.timedelta(days=120),
        asked_at=NOON,
    )


@pytest.fixture
def an_answer(a_question, sara):
    return FollowUpAnswer.objects.create(
        follow_up=a_question,
        placement=a_question.placement,
        supplier=a_question.supplier,
        said_by="supplier",
        outcome="with_us",
        hours_per_week=Decimal(24),
        answered_by=sara,
        answered_at=NOON,
    )


@pytest.fixture
def a_lasting_line(a_fixed_table, contract):
    return LastingOfContract.objects.create(
        table=a_fixed_table,
        row="VB",
        column="schoonmaak",
        contract=contract,
        supplier=contract.supplier,
        people=3,
    )


@pytest.fixture
def a_proxy_table(ada):
    return ProxyTable.objects.create(
        name="Voorbeeld", version="1", valid_from=TODAY, drafted_by=ada, drafted_at=NOON
    )


@pytest.fixture
def a_proxy(a_proxy_table):
    return a_proxy_table.values.create(
        outcome="person", value_eur=Decimal(100), source="Verzonnen", reason="Verzonnen"
    )


@pytest.mark.parametrize("constraint", REFUSED)
def test_the_database_itself_refuses(constraint, request):
    row_name, said = REFUSED[constraint]
    row = request.getfixturevalue(row_name)
    if said.get("published_by_id"):
        said = said | {"published_by_id": row.drafted_by_id}

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        another(row, said)

    assert refusal.value.__cause__.diag.constraint_name == constraint


def test_a_placement_is_judged_once(a_placement, sara):
    told = {"hired_anyway": "no", "takes_a_place": "no", "stated_by": sara, "stated_at": NOON}
    facts = {"placement": a_placement, "supplier": a_placement.supplier, **told}
    Additionality.objects.create(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Additionality.objects.create(**facts)
