"""From a proposal to the library and to the page where it helps (R-330 to R-332, R-335)."""

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Tender
from network import actions, rules, searching, suggesting
from network.models import ExampleStatus, GoodExample
from sroi_portal.core.models import AuditEvent, Outgoing
from sroi_portal.core.status import ChangedMeanwhileError, IllegalMoveError
from tests import factories
from tests.conftest import NOON
from tests.contracts import planning
from tests.network import telling

pytestmark = pytest.mark.django_db


def verbs():
    return list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))


def told():
    return list(Outgoing.objects.order_by("pk").values_list("to_address", flat=True))


def test_who_proposes_does_not_publish(ada, sara):
    """R-330."""
    own = telling.proposed(ada)
    with pytest.raises(ValidationError, match=r"voorstelt|proposed"):
        actions.publish_example(own, by=ada, at=NOON)
    assert not rules.may_publish_example(ada, own)
    other = telling.published(sara, ada)
    assert (other.status, other.published_by) == (ExampleStatus.PUBLISHED, ada)


def test_an_example_goes_back_with_a_question_and_returns(sara, ada):
    """R-331."""
    example = telling.proposed(sara)
    actions.return_example(example, by=ada, at=NOON, reason="Hoe lang duurde het?")
    group = factories.TargetGroupFactory()
    facts = {"took_time": "drie maanden", "groups": [group]}
    actions.change_example(example, facts, by=sara, at=NOON)
    actions.change_example(example, facts, by=sara, at=NOON)
    actions.propose_example_again(example, by=sara, at=NOON, remark="Aangevuld.")
    actions.publish_example(example, by=ada, at=NOON)
    assert verbs() == [
        "propose_example",
        "return_example",
        "change_example",
        "propose_example_again",
        "publish_example",
    ]
    assert told() == ["ada@example.org", "sara@example.org", "ada@example.org", "sara@example.org"]
    assert list(example.groups.all()) == [group]


def test_what_stands_in_the_library_is_corrected_by_another(example, sara, ada):
    with pytest.raises(actions.ExampleStandsError):
        actions.change_example(example, {"title": "Anders"}, by=sara, at=NOON)
    assert not rules.may_change_example(sara, example)
    assert rules.may_change_example(ada, example)
    changed = actions.change_example(example, {"title": "Beter"}, by=ada, at=NOON)
    assert changed.title == "Beter"
    with pytest.raises(ChangedMeanwhileError):
        actions.change_example(example, {}, by=ada, at=NOON, revision=0)


def test_what_is_withdrawn_can_come_back(example, sara, ada, bram):
    actions.withdraw_example(example, by=sara, at=NOON, reason="De leverancier stopt.")
    assert not GoodExample.objects.visible_to(bram).exists()
    with pytest.raises(IllegalMoveError):
        actions.publish_example(example, by=ada, at=NOON)
    actions.propose_example_again(example, by=sara, at=NOON)
    example.refresh_from_db()
    assert (example.status, example.published_at) == (ExampleStatus.PROPOSED, None)


def test_until_it_is_published_its_writer_and_advisers_read_it(sara, bram, ada):
    example = telling.proposed(sara)
    seen = {
        person.name: GoodExample.objects.visible_to(person).exists() for person in (sara, bram, ada)
    }
    assert seen == {"Sara": True, "Bram": False, "Ada": True}
    assert list(GoodExample.objects.to_review_by(ada)) == [example]
    assert not rules.may_withdraw_example(bram, example)


def test_an_official_tells_the_advisers_of_the_own_authority(piet, ada, other_ministry):
    factories.RoleAssignmentFactory(authority=other_ministry, role="adviser")
    telling.proposed(piet)
    assert told() == ["ada@example.org"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("gesprekken", True),  # a word in another form
        ("schoonmaak", True),
        ("proef", True),  # the beginning of a word
        ('"vaste baan"', True),
        ("gesprek -schoonmaakploeg", False),
        ("catering", False),
        ("!!", False),
    ],
)
def test_the_library_is_searched_in_dutch(example, words, found):
    """R-332."""
    rows = GoodExample.objects.published()
    assert searching.matching(rows, words, shown="summary").exists() is found


def test_a_headline_marks_what_was_found_and_nothing_else(sara, ada):
    telling.published(sara, ada, summary="Een gesprek & meer")
    rows = GoodExample.objects.published()
    found = searching.matching(rows, "gesprek", shown="summary").get()
    assert searching.marked(found.headline) == "Een <mark>gesprek</mark> &amp; meer"
    assert found.rank > 0


def test_examples_that_fit_a_contract_are_suggested(contract, sara, cora, ada):
    """R-335."""
    category = factories.CategoryFactory()
    contract.category = category
    contract.tender = Tender.objects.create(
        authority=contract.authority, officer=cora, title="Schoonmaak", cpv_main="90910000"
    )
    contract.save()
    planning.drafted(contract, sara)
    contract.plans.update(status="proposed")
    telling.published(sara, ada, title="Iets anders")
    by_kind = telling.published(sara, ada, title="Soort", kind="placement")
    both = telling.published(sara, ada, title="Beide", category=category, cpv_division="90")
    assert suggesting.for_contract(contract) == [both, by_kind]
    assert suggesting.for_tender(contract.tender) == [both]


def test_a_contract_without_category_or_tender_has_no_suggestion(contract, example):
    assert suggesting.for_contract(contract) == []


def test_a_tender_without_code_has_none_either(ministry, piet, example):
    tender = Tender.objects.create(authority=ministry, officer=piet, title="Nog leeg")
    assert suggesting.for_tender(tender) == []


def test_an_example_of_a_contract_takes_over_what_was_bought(contract, cora, piet):
    contract.category = factories.CategoryFactory()
    contract.tender = Tender.objects.create(
        authority=contract.authority, officer=piet, title="Schoonmaak", cpv_main="90910000"
    )
    contract.save()
    example = telling.proposed(cora, contract=contract)
    assert (example.category, example.cpv_division) == (contract.category, "90")
    own = telling.proposed(cora, tender=contract.tender, cpv_division="45")
    assert own.cpv_division == "45"
