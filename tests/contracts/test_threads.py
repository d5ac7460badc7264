"""From what counts back to the sentence with which it began (N03)."""

from decimal import Decimal

import pytest

from contracts import actions
from contracts.actions import clauses, dialogues
from contracts.facts import threads
from contracts.models import Clause, Obligation
from sroi_portal.core.templatetags import formats
from tests.conftest import NOON, TODAY
from tests.contracts import planning, talking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def conclusion(ministry, piet):
    dialogue = talking.talk(talking.tender_of(ministry, piet), piet)
    return talking.conclude(dialogue, piet, leads_to="partnership", choice="Onderaanneming")


@pytest.fixture
def plan(contract, conclusion, sara, cora):
    contract.tender = conclusion.tender
    contract.save()
    return planning.agreed(contract, sara, cora)


@pytest.fixture
def people(piet, sara, ada):
    return piet, sara, ada


def steps(contract, line, person):
    return [
        (step.label, step.text, bool(step.url))
        for step in threads.thread_of(contract, line, person)
    ]


def test_a_euro_leads_back_to_the_sentence(
    contract, conclusion, plan, people, django_assert_max_num_queries
):
    piet, sara, ada = people
    owed = Obligation.objects.filter(contract=contract)
    line = plan.lines.get()
    promised = ("The plan promised", line.title, True)
    asked = [step for step in steps(contract, line, piet) if step[0] == "The contract asks"]
    assert steps(contract, line, piet) == [promised, *asked]
    assert steps(contract, None, piet) == asked
    line.follows_from = conclusion
    line.save()
    text = {"kind": "clause", "title_nl": "Samenwerken", "text_nl": "Werk samen."}
    text |= {"title_en": "Together", "text_en": "Work together."}
    clause = clauses.draft_clause("partners", text, by=ada, at=NOON)
    clauses.propose_clause(clause, by=ada, at=NOON)
    clauses.approve_clause(clause, by=piet, at=NOON)
    taken = {"language": "nl", "follows_from": conclusion}
    clauses.take_clause(conclusion.tender, Clause.objects.get(), taken, by=piet, at=NOON)
    with django_assert_max_num_queries(6):
        told = steps(contract, line, piet)
    assert told[-3:] == [
        (
            "The tender chose",
            "partnerships with social enterprises · Onderaanneming · Samenwerken",
            False,
        ),
        ("Because it was concluded", talking.SENTENCE, True),
        ("In the conversation", f"market consultation, {formats.day(TODAY)}", False),
    ]
    assert steps(contract, line, sara)[-2] == ("Because it was concluded", talking.SENTENCE, False)
    owed.update(follows_from=conclusion)
    assert steps(contract, None, piet)[-2] == told[-2]


def test_a_contract_tells_which_conclusions_led_to_what(
    contract, conclusion, plan, people, django_assert_max_num_queries
):
    piet, sara, _ada = people
    line = plan.lines.get()
    line.follows_from = conclusion
    line.save()
    Obligation.objects.filter(contract=contract).update(follows_from=conclusion)
    contract.regime = "tailored"
    contract.save()
    facts = {"kind": "work", "title": "Plekken", "quantity": Decimal(5), "unit": "person"}
    facts |= {"due_on": contract.ends_on, "follows_from": conclusion}
    actions.set_goal(contract, facts, by=piet, at=NOON)
    with django_assert_max_num_queries(8):
        (origin,) = threads.origins_of(contract, piet)
    assert origin.conclusion == conclusion
    assert [step.label for step in origin.followers][-2:] == ["goal", "plan line"]
    assert threads.origins_of(contract, sara)[0].url == ""
    contract.tender = None
    assert threads.origins_of(contract, piet) == []


def test_a_promise_keeps_its_sentence_in_the_next_version(contract, conclusion, plan, sara):
    line = plan.lines.get()
    line.follows_from = conclusion
    line.save()
    following = actions.draft_plan(contract, by=sara, at=NOON)
    assert following.lines.get().follows_from == conclusion
    with pytest.raises(dialogues.DialogueStandsError):
        dialogues.withdraw_conclusion(conclusion, by=sara, at=NOON, reason="x")
