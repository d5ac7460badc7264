"""What happens to a lesson, and what was changed because of it."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from contracts import actions as contract_actions
from contracts import letters
from contracts.actions import clauses
from contracts.models import EntryRule
from network import actions, changing, rules
from network.models import Lesson, LessonStatus
from sroi_portal.core.models import RoleName
from sroi_portal.core.status import ChangedMeanwhileError
from tests import factories
from tests.conftest import NOON, TODAY
from tests.network import trying

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def pilot(ministry, ada):
    category = factories.CategoryFactory()
    return trying.pilot(ministry, ada, category=category)


@pytest.fixture
def lesson(pilot, sara):
    return trying.lesson(pilot, sara)


@pytest.fixture
def table(db):
    return factories.ValueTableFactory(valid_from=dt.date(2026, 3, 1))


def _published(lesson, ada):
    actions.review_lesson(lesson, by=ada, at=NOON)
    return actions.publish_lesson(lesson, by=ada, at=NOON)


def test_a_lesson_is_published_by_another_than_its_writer(lesson, pilot, ada, sara, bram):
    assert lesson.category == pilot.category
    seen = {one: list(Lesson.objects.visible_to(one)) for one in (ada, sara, bram)}
    assert seen == {ada: [lesson], sara: [lesson], bram: []}
    _published(lesson, ada)
    assert list(Lesson.objects.visible_to(bram)) == [lesson]
    assert list(Lesson.objects.published()) == [lesson]


def test_nobody_reviews_or_publishes_their_own_lesson(pilot, ada):
    own = trying.lesson(pilot, ada)
    assert not rules.may_review_lesson(ada, own)
    with pytest.raises(ValidationError):
        actions.review_lesson(own, by=ada, at=NOON)


def test_a_lesson_comes_back_and_goes_again(lesson, ada, sara):
    actions.return_lesson(lesson, by=ada, at=NOON, remark="Hoe vaak?")
    same = {"subject": lesson.subject}
    again = actions.change_lesson(lesson, same, by=sara, at=NOON)
    assert again.status == LessonStatus.PROPOSED
    changed = actions.change_lesson(lesson, {"subject": "Begeleiding"}, by=sara, at=NOON)
    assert (changed.status, changed.subject) == (LessonStatus.PROPOSED, "Begeleiding")
    _published(lesson, ada)
    with pytest.raises(actions.LessonStandsError):
        actions.change_lesson(lesson, same, by=sara, at=NOON)
    lesson.refresh_from_db()
    assert not rules.may_change_lesson(ada, lesson)


def test_a_lesson_that_its_writer_changes_is_reviewed_again(lesson, ada, sara):
    reviewed = actions.review_lesson(lesson, by=ada, at=NOON)
    seen = reviewed.revision
    better = actions.change_lesson(lesson, {"subject": "Begeleiding"}, by=ada, at=NOON)
    assert better.status == LessonStatus.REVIEWED
    other = actions.change_lesson(lesson, {"subject": "Klein beginnen"}, by=sara, at=NOON)
    assert (other.status, other.reviewed_by) == (LessonStatus.PROPOSED, None)
    with pytest.raises(ChangedMeanwhileError):
        actions.review_lesson(lesson, by=ada, at=NOON, revision=seen)


def test_a_lesson_on_a_tender_has_no_category_of_its_own(contract, ada, piet):
    tender = factories.TenderFactory(authority=contract.authority, officer=piet)
    assert trying.lesson(None, ada, tender=tender).category is None
    on_contract = trying.lesson(None, ada, contract=contract, category=None)
    assert on_contract.category == contract.category


def test_a_lesson_names_what_changed_once(lesson, ada, table):
    (thing,) = [each for each in changing.all_things() if each.object_uuid == table.uuid]
    facts = {**thing._asdict(), "changed_on": TODAY}
    change = actions.name_change(lesson, facts, by=ada, at=NOON)
    assert actions.name_change(lesson, facts, by=ada, at=NOON) == change
    assert str(change) == f"{table} · {table.publisher}"


@pytest.mark.parametrize(
    ("valid_from", "changed_on"),
    [(trying.FIRST - DAY, TODAY), (TODAY, trying.FIRST - DAY)],
)
def test_what_is_older_than_the_pilot_was_not_changed_by_its_lesson(
    lesson, ada, valid_from, changed_on
):
    """R-325."""
    older = factories.ValueTableFactory(valid_from=valid_from)
    facts = {**changing.of("table", older)._asdict(), "changed_on": changed_on}
    with pytest.raises(actions.ChangeTooOldError):
        actions.name_change(lesson, facts, by=ada, at=NOON)
    assert not lesson.changes.exists()


def test_a_lesson_on_a_contract_counts_from_its_first_day(contract, sara, ada):
    """R-325."""
    learned = trying.lesson(None, sara, contract=contract)
    older = factories.ValueTableFactory(valid_from=contract.starts_on - DAY)
    facts = {**changing.of("table", older)._asdict(), "changed_on": TODAY}
    with pytest.raises(actions.ChangeTooOldError):
        actions.name_change(learned, facts, by=ada, at=NOON)


def test_what_can_be_chosen_names_whose_it_is_and_nothing_is_chosen_yet(
    client, lesson, ada, ministry, table
):
    rule = EntryRule.objects.create(
        authority=ministry,
        condition="entered_late",
        limit=14,
        valid_from=TODAY,
        set_by=ada,
        set_at=NOON,
    )
    client.sign_in(ada)
    address = _page("change-name", lesson.pk)
    thing = client.get(address).context["form"]["thing"]
    assert thing.value() is None
    assert thing.field.choices[0][0] == ""
    labels = {label for _kind, things in changing.choices() for _key, label in things}
    assert f"{table} · {table.publisher}" in labels
    (said,) = [label for label in labels if str(ministry) in label]
    assert "14" in said
    assert rule.get_effect_display() in said
    older = factories.ValueTableFactory(valid_from=trying.FIRST - DAY)
    typed = {"thing": f"table:{older.uuid}", "changed_on": "2026-03-01"}
    assert "thing" in client.post(address, typed).context["form"].errors


def _page(name, *args):
    return reverse(f"network:{name}", args=args)


def test_a_lesson_is_written_and_found_by_a_word_of_it(client, pilot, ada, sara, bram):
    client.sign_in(sara)
    form = client.get(_page("lesson-new"), {"pilot": pilot.pk}).context["form"]
    assert form["pilot"].value() == str(pilot.pk)
    typed = {
        "pilot": pilot.pk,
        "subject": "Roosters",
        "learned": "Vaste roosters helpen begeleiders en medewerkers.",
        "differently": "Vraag roosters uit in de aanbesteding.",
        "form_key": str(form["form_key"].value()),
    }
    bare = client.post(_page("lesson-new"), typed | {"pilot": ""})
    assert bare.context["form"].errors.keys() == {"pilot"}
    for _click in range(2):
        answer = client.post(_page("lesson-new"), typed)
    lesson = Lesson.objects.get()
    assert answer.url == lesson.get_absolute_url()
    _published(lesson, ada)
    client.sign_in(bram)
    assert list(client.get(_page("lesson-list"), {"q": "begeleider"}).context["page"]) == [lesson]
    assert not client.get(_page("lesson-list"), {"q": "fiets"}).context["page"].object_list
    assert client.get(lesson.get_absolute_url()).context["steps"] == []


def test_an_adviser_judges_on_a_page(client, lesson, ada, pilot):
    client.sign_in(ada)
    assert client.get(lesson.get_absolute_url()).context["steps"] == ["returned", "reviewed"]
    back = client.post(_page("lesson-judge", lesson.pk, "returned"), {"remark": ""})
    assert back.context["form"].errors.keys() == {"remark"}
    early = client.post(_page("lesson-judge", lesson.pk, "published"), {"remark": ""})
    assert early.context["form"].non_field_errors()
    reviewed = client.post(_page("lesson-judge", lesson.pk, "reviewed"), {"remark": "Helder."})
    assert reviewed.url == lesson.get_absolute_url()
    assert client.get(_page("lesson-judge", lesson.pk, "proposed")).status_code == 404
    edited = client.post(_page("lesson-edit", lesson.pk), {"subject": "Korter"})
    assert edited.context["form"].errors.keys() == {"learned", "differently"}


def test_the_page_of_a_template_lists_its_pilots_and_lessons(client, lesson, ada, table):
    client.sign_in(ada)
    url = _page("change-name", lesson.pk)
    client.post(url, {"thing": f"table:{table.uuid}", "changed_on": "2026-03-01"})
    assert lesson.subject not in client.get(table.get_absolute_url()).content.decode()
    _published(lesson, ada)
    page = client.get(table.get_absolute_url()).content.decode()
    assert lesson.subject in page
    assert lesson.pilot.title in page
    assert str(table) in client.get(lesson.get_absolute_url()).content.decode()


def test_the_page_of_a_letter_lists_what_changed_it(client, lesson, ministry, ada):
    text = letters.Draft("Een gesprek", "Wij spreken elkaar.")
    by = {"by": ada, "at": NOON}
    letter = contract_actions.publish_letter_template(ministry, "talk", "nl", text, **by)
    client.sign_in(ada)
    thing = {"thing": f"letter:{letter.uuid}", "changed_on": "2026-03-01"}
    _published(lesson, ada)
    assert client.post(_page("change-name", lesson.pk), thing).status_code == 302
    url = reverse("contracts:letter-template-edit", args=[ministry.pk, "talk", "nl"])
    assert lesson.subject in client.get(url).content.decode()


def test_only_who_belongs_to_the_network_writes_lessons(lesson, sara, bram, ministry):
    nobody = factories.UserFactory()
    assert not rules.may_propose_lesson(nobody)
    assert rules.may_propose_lesson(bram)
    factories.RoleAssignmentFactory(user=nobody, authority=ministry, role=RoleName.OFFICER)
    assert [rules.may_name_change(one, lesson) for one in (sara, nobody)] == [False, False]


def test_the_page_of_a_clause_lists_the_lessons_of_all_its_versions(
    client, lesson, ada, bert, sara
):
    text = {
        "kind": "clause",
        "title_nl": "Werk",
        "title_en": "Work",
        "text_nl": "A",
        "text_en": "B",
    }
    clause = clauses.draft_clause("werk", text, by=ada, at=NOON)
    assert clause.uuid not in {each.object_uuid for each in changing.all_things()}
    clauses.propose_clause(clause, by=ada, at=NOON)
    clauses.approve_clause(clause, by=bert, at=NOON)
    client.sign_in(ada)
    named = {"thing": f"clause:{clause.uuid}", "changed_on": "2026-03-01"}
    assert client.post(_page("change-name", lesson.pk), named).status_code == 302
    _published(lesson, ada)
    newer = clauses.copy_clause(clause, by=ada, at=NOON)
    page = client.get(newer.get_absolute_url()).content.decode()
    assert lesson.subject in page
    assert lesson.pilot.title in page
    ((change, link),) = client.get(lesson.get_absolute_url()).context["changes"]
    assert (str(change), link) == ("Werk (1)", clause.get_absolute_url())
    client.sign_in(sara)  # a supplier does not see the library of clauses
    assert [link for _change, link in client.get(lesson.get_absolute_url()).context["changes"]] == [
        ""
    ]
    wanted = {"changed": "clause"}
    assert list(client.get(_page("lesson-list"), wanted).context["page"]) == [lesson]
    assert not client.get(_page("lesson-list"), {"changed": "table"}).context["page"].object_list
    (shown,) = client.get(_page("pilot-list")).context["page"]
    assert (shown.lessons_count, shown.reached_count) == (1, 1)
