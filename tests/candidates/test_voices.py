"""Three short questions, kept from the employer unless permitted; quotes; what is removed (N27)."""

import datetime as dt
import uuid

import pytest

from candidates import actions, letters, retention, voices
from candidates.models import (
    FollowUp,
    FollowUpAnswer,
    JudgedFact,
    Moment,
    PersonalCode,
    PersonalLink,
    Voice,
    VoiceQuestion,
)
from candidates.views.letters import as_html
from contracts.models import Contract
from sroi_portal.core import sight
from sroi_portal.core.acting import DatabaseRole, acting_as
from tests.candidates.own_pages import Visitor
from tests.client import PortalClient
from tests.conftest import NOON

AT_WEEK_6 = dt.datetime(2026, 3, 4, 12, tzinfo=NOON.tzinfo)
WORDS = "Ik voel mij hier geholpen."
SAID = (
    actions.Said("going", "yes", WORDS, is_for_employer=True, may_quote=True),
    actions.Said("learning", "partly", "Liever geen nachtdienst."),
    actions.Said("staying", "no"),
)


@pytest.fixture
def made(placement, sara):
    return actions.make_personal_link(placement, by=sara, at=NOON, key=uuid.uuid4())


@pytest.fixture
def link(made):
    return made[0]


@pytest.fixture
def said(link):
    return actions.say_voice(link, Moment.WEEK_6, SAID, at=NOON)


# The moments


def test_r_373_questions_are_ready_at_week_6_month_3_and_month_12(placement):
    assert list(voices.days_of(placement.starts_on).values()) == [
        dt.date(2026, 2, 12),
        dt.date(2026, 4, 1),
        dt.date(2027, 1, 1),
    ]
    for day, moment, after in (
        (dt.date(2026, 2, 11), None, dt.date(2026, 2, 12)),
        (dt.date(2026, 2, 12), Moment.WEEK_6, dt.date(2026, 4, 1)),
        (dt.date(2026, 12, 31), Moment.MONTH_3, dt.date(2027, 1, 1)),
        (dt.date(2027, 1, 1), Moment.MONTH_12, None),
    ):
        assert voices.asked_on(placement, day) == moment
        assert voices.next_on(placement, day) == after


def test_r_373_nothing_is_asked_once_the_work_is_over(placement):
    placement.ends_on = dt.date(2026, 3, 1)
    assert voices.asked_on(placement, dt.date(2026, 3, 1)) == Moment.WEEK_6
    assert voices.asked_on(placement, dt.date(2026, 3, 2)) is None
    assert voices.next_on(placement, dt.date(2026, 2, 20)) is None


# Who reads what


def test_r_373_the_employer_reads_only_what_is_permitted(said, placement, sara, olga):
    with acting_as(DatabaseRole.WEB, sight.of(sara)):
        assert [voice.words for voice in Voice.objects.all()] == [WORDS]
        assert Voice.objects.visible_to(sara).count() == 1
    with acting_as(DatabaseRole.WEB, sight.of(olga)):
        assert not Voice.objects.exists()
    page = PortalClient().sign_in(sara).get(placement.get_absolute_url()).content.decode()
    assert WORDS in page
    assert "nachtdienst" not in page


def test_words_are_quoted_while_the_permission_stands(said, ministry, link):
    going = said[0]
    (quote,) = voices.quotable([ministry.pk])
    assert (quote.words, quote.question, quote.permitted_at) == (WORDS, "going", NOON)
    assert voices.permitted() == {quote.key}
    later = NOON + dt.timedelta(days=1)
    actions.change_permission(going, is_for_employer=False, may_quote=False, at=later)
    assert voices.quotable([ministry.pk]) == []
    assert voices.permitted() == set()
    going.refresh_from_db()
    assert (going.quotable_at, going.withdrawn_at) == (NOON, later)
    actions.change_permission(going, is_for_employer=False, may_quote=False, at=NOON)
    actions.change_permission(going, is_for_employer=True, may_quote=True, at=later)
    actions.change_permission(going, is_for_employer=True, may_quote=True, at=NOON)
    going.refresh_from_db()
    assert (going.quotable_at, going.withdrawn_at) == (later, None)


def test_without_words_there_is_nothing_to_quote(said, link):
    staying = said[2]
    actions.change_permission(staying, is_for_employer=False, may_quote=True, at=NOON)
    staying.refresh_from_db()
    assert not staying.is_quotable
    assert staying.words == ""


def test_an_answer_sent_again_takes_the_place_of_the_first(said, link):
    emptied = [actions.Said("going", "no"), *SAID[1:]]
    actions.say_voice(link, Moment.WEEK_6, emptied, at=NOON)
    assert Voice.objects.count() == 3
    going = Voice.objects.get(question=VoiceQuestion.GOING)
    assert (going.answer, going.words, going.quotable_at) == ("no", "", None)


def test_permissions_of_an_earlier_letter_are_taken_back_at_once(said, placement, sara):
    link, _token = actions.make_personal_link(placement, by=sara, at=NOON, key=uuid.uuid4())
    assert actions.withdraw_permissions(link, at=NOON) == 1
    assert actions.withdraw_permissions(link, at=NOON) == 0
    assert not Voice.objects.quotable().exists()
    assert not Voice.objects.filter(is_for_employer=True).exists()


# On the page


@pytest.fixture
def inside(made, monkeypatch):
    from django.utils import timezone

    monkeypatch.setattr(timezone, "now", lambda: AT_WEEK_6)
    visitor = Visitor(made[1])
    visitor.choose()
    return visitor


def typed(**more):
    return {f"{question}-answer": "yes" for question in VoiceQuestion.values} | more


def test_the_questions_are_answered_on_the_page(inside):
    assert "Hoe gaat het op uw werk?" in inside.page("questions/").content.decode()
    words = {"going-words": WORDS, "going-may_quote": "on"}
    assert inside.page("questions/", **typed(**words)).status_code == 302
    text = inside.text()
    assert WORDS in text
    assert "Uw werkgever leest uw antwoord niet." in text
    assert "Iedereen kan ze dan lezen, ook uw werkgever." in text
    going = Voice.objects.get(question="going")
    assert inside.page(f"answers/{going.pk}/", is_for_employer="on").status_code == 302
    assert "Uw werkgever mag dit lezen." in inside.text()
    assert inside.page("answers/0/", is_for_employer="on").status_code == 404
    assert inside.page("earlier/", do="withdraw").status_code == 302
    assert WORDS not in inside.page("copy.pdf")["Content-Type"]


def test_questions_that_were_answered_are_shown_and_changed_not_asked_again(inside):
    assert "Beantwoord de vragen" in inside.text()
    inside.page("questions/", **typed(**{"going-words": WORDS, "going-may_quote": "on"}))
    text = inside.text()
    assert "Beantwoord de vragen" not in text
    assert "Verander mijn antwoorden" in text
    again = inside.page("questions/").content.decode()
    assert WORDS in again
    assert again.count("checked") == 4  # three answers and what may be quoted


def test_each_question_may_be_skipped(inside):
    assert inside.page("questions/", do="send").status_code == 302
    assert not Voice.objects.exists()
    assert inside.page("questions/", **{"staying-answer": "no"}).status_code == 302
    assert Voice.objects.get().question == VoiceQuestion.STAYING


def test_words_without_an_answer_come_back(inside):
    words = {"going-words": "123456782", "staying-words": "Hier wel."}
    page = inside.page("questions/", **words).content.decode()
    assert page.count("Kies een antwoord.") == 2  # above and at the question
    assert 'href="#id_staying-answer_0"' in page
    assert "BSN" in page
    assert not Voice.objects.exists()


def test_the_letter_names_what_is_open_today(placement, link):
    placement.starts_on = dt.date(2026, 1, 1)
    placement.ends_on = dt.date(2026, 6, 1)
    link.made_at = AT_WEEK_6
    page = as_html(placement, link, "geheim", "nl")
    assert "nu al (na 6 weken)" in page
    assert "na 3 maanden" in page
    assert "na 12 maanden" not in page


def test_before_week_6_there_are_no_questions(inside, placement):
    placement.starts_on = AT_WEEK_6.date()
    placement.save()
    assert inside.page("questions/").status_code == 404
    assert "De volgende vragen staan hier vanaf" in inside.text()


def test_the_person_says_whether_there_is_still_work(inside, placement):
    asked = FollowUp.objects.create(
        placement=placement,
        supplier=placement.supplier,
        months=3,
        counts_from=dt.date(2025, 11, 30),
        falls_on=dt.date(2026, 2, 28),
        due_on=dt.date(2026, 3, 30),
        asked_at=NOON,
    )
    assert "Hebt u nog werk?" in inside.text()
    facts = {field.name: getattr(asked, field.name) for field in FollowUp._meta.concrete_fields}
    later = FollowUp.objects.create(**facts | {"id": None, "uuid": uuid.uuid4(), "months": 6})
    complained = inside.page(f"still/{asked.pk}/", do="send").content.decode()
    assert complained.count("Kies een antwoord.") == 2  # above and at this question alone
    assert f'id="still-{later.pk}-error"' not in complained
    later.delete()
    assert inside.page(f"still/{asked.pk}/", outcome="elsewhere").status_code == 302
    answer = FollowUpAnswer.objects.get()
    assert (answer.said_by, answer.outcome) == ("candidate", "elsewhere")
    kept = inside.text()
    assert "Ja, bij een andere werkgever." in kept
    assert "Verander mijn antwoord" in kept
    assert inside.page(f"still/{asked.pk}/", outcome="learning").status_code == 302
    assert FollowUpAnswer.objects.get(is_current=True).outcome == "learning"
    FollowUp.objects.update(status="withdrawn")
    assert inside.page(f"still/{asked.pk}/", outcome="no_work").status_code == 404


# What is removed


def test_r_376_letters_and_answers_go_a_year_after_the_contract(said, link, placement):
    actions.judge_fact(link, placement, "hours", at=NOON, words="Ik werk 20 uur.")
    actions.choose_code(link, "zonnebloem", at=NOON)
    ends_on = placement.contract.ends_on
    assert retention.removed_on(ends_on) == dt.date(2028, 4, 30)
    assert retention.removed_on(None) is None
    due = dt.datetime(2028, 1, 1, 12, tzinfo=NOON.tzinfo)
    assert actions.purge_personal_links(by=None, at=due - dt.timedelta(days=1)) == 0
    assert actions.purge_personal_links(by=None, at=due) == 1
    left = [model.objects.count() for model in (PersonalLink, PersonalCode, JudgedFact)]
    assert left == [0, 0, 0]
    voice = Voice.objects.get()
    assert (voice.words, voice.link, voice.placement) == (WORDS, None, None)
    assert not voice.is_for_employer


def test_a_letter_that_nobody_answered_on_goes_after_a_month(link, placement, sara):
    actions.revoke_personal_link(link, by=sara, at=NOON)
    assert actions.purge_personal_links(by=None, at=NOON + dt.timedelta(days=30)) == 0
    assert actions.purge_personal_links(by=None, at=NOON + dt.timedelta(days=31)) == 1


def test_after_settling_one_may_object_before_letters_go(link):
    Contract.objects.update(status="settled")
    assert not retention.links_due(NOON + dt.timedelta(weeks=40)).exists()


# The languages


@pytest.mark.parametrize("texts", letters.offered(), ids=lambda texts: texts.code)
def test_r_374_every_language_says_everything(texts):
    dutch = letters.texts(letters.DUTCH)
    assert texts.texts.keys() == dutch.texts.keys()
    assert len(texts.months) == 12
    assert texts.direction == ("rtl" if texts.code == "ar" else "ltr")
    assert texts.is_reviewed == (texts.code == letters.DUTCH)
    assert bool(texts["unreviewed"]) != texts.is_reviewed
    places = {key: letters.places(said) for key, said in dutch.texts.items()}
    assert {key: letters.places(said) for key, said in texts.texts.items()} == places
    empty = [key for key, said in texts.texts.items() if not said and key != "unreviewed"]
    assert empty == []
