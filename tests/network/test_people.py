"""Who wants to be found is found, for as long as they want and belong there (R-410 to R-412)."""

import pytest
from django.core.exceptions import ValidationError

from network import actions, rules, tasks
from network.models import ASKED_KEPT, PersonQuestion, Professional
from reports import home
from sroi_portal.core import sight
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import AuditEvent, Outgoing, Remark, User
from sroi_portal.core.status import ChangedMeanwhileError, IllegalMoveError
from tests import factories
from tests.conftest import NOON
from tests.network.meeting import DAY, about

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
WORDS = "Hoe begint u een gesprek?"


@pytest.fixture
def own(cora, ministry):
    category = factories.CategoryFactory()
    return actions.keep_page(about(ministry, categories=[category]), by=cora, at=NOON)


@pytest.fixture
def question(own, sara):
    return actions.ask_person(own, WORDS, by=sara, at=NOON)


def test_only_who_chose_it_stands_there_and_nothing_stays(own, cora, sara, ministry):
    """R-410."""
    assert list(Professional.objects.visible_to(sara)) == [own]
    assert not rules.may_remove_page(sara, own)
    changed = actions.keep_page(about(ministry, job="Inkoper"), by=cora, at=NOON)
    assert (changed.pk, changed.job, changed.categories.count()) == (own.pk, "Inkoper", 0)
    with pytest.raises(ChangedMeanwhileError):
        actions.keep_page(about(ministry), by=cora, at=NOON, revision=1)
    assert rules.may_remove_page(cora, changed)
    actions.remove_page(changed, by=cora, at=NOON)
    assert not Professional.objects.exists()
    assert AuditEvent.objects.filter(verb="remove_page").get().changed == []


def test_a_page_goes_with_the_account_and_with_the_role(own, cora, sara, noord):
    """R-411."""
    of_sara = actions.keep_page(about(supplier=noord, kind="supplier"), by=sara, at=NOON)
    assert actions.remove_ended_pages(at=NOON) == 0
    User.objects.filter(pk=sara.pk).update(is_active=False)
    cora.role_assignments.update(taken_at=NOON, taken_by=cora)
    assert not Professional.objects.shown().exists()
    tasks.tidy_people()
    assert not Professional.objects.filter(pk__in=[own.pk, of_sara.pk]).exists()


def test_who_belongs_nowhere_sees_only_the_own_page(own):
    stranger = factories.UserFactory(name="Niemand", email="niemand@example.org")
    assert not Professional.objects.visible_to(stranger).exists()


def test_people_are_found_by_their_words(own, cora):
    found = Professional.objects.matching
    assert [each.user for each in found("contractmanager gesprek")] == [cora]
    assert not found("contractmanager zeevaart").exists()
    assert str(own) == "Cora"
    assert own.organisation == "Ministerie van Voorbeelden"


def test_a_question_is_for_two_people_and_the_mail_says_nothing(question, cora, sara, ada):
    """R-412."""
    mail = Outgoing.objects.get()
    assert (mail.to_address, WORDS in mail.body, "Sara" in mail.body) == (cora.email, False, False)
    assert rules.may_answer_person(cora, question)
    actions.answer_person(question, "Met een open vraag.", by=cora, at=NOON)
    question.refresh_from_db()
    assert not rules.may_answer_person(cora, question)
    assert Outgoing.objects.order_by("pk").last().to_address == sara.email
    for person, count in ((sara, 1), (cora, 1), (ada, 0)):
        assert PersonQuestion.objects.visible_to(person).count() == count
        with acting_as(DatabaseRole.WEB, sight.of(person)):
            assert PersonQuestion.objects.count() == count
    with pytest.raises(IllegalMoveError):
        actions.answer_person(question, "Nog eens.", by=cora, at=NOON)


def test_the_home_page_shows_who_asks(question, cora, sara):
    lists = {each.key: each for each in home.work_lists(cora, now=NOON)}
    assert [each.label for each in lists["asked"].items] == ["Sara asked you"]
    assert "asked" not in {each.key for each in home.work_lists(sara, now=NOON)}


def test_one_waits_for_an_answer_before_asking_again(question, own, cora, sara):
    assert list(PersonQuestion.objects.waiting_for(cora)) == [question]
    with pytest.raises(ValidationError, match="already"):
        actions.ask_person(own, "En nu?", by=sara, at=NOON)


def test_who_takes_no_questions_is_not_asked(own, sara, cora, ministry):
    quiet = actions.keep_page(about(ministry, takes_questions=False), by=cora, at=NOON)
    assert not rules.may_ask_person(sara, quiet)
    with pytest.raises(actions.NotReachableError):
        actions.ask_person(quiet, "Toch?", by=sara, at=NOON)


def test_a_question_is_destroyed_after_a_year(question):
    """R-412."""
    assert actions.erase_person_questions(at=NOON + ASKED_KEPT) == 0
    assert actions.erase_person_questions(at=NOON + ASKED_KEPT + DAY) == 1
    assert not PersonQuestion.objects.exists()
    assert not Remark.objects.exists()
