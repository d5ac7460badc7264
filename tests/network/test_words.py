"""Words that people permit on their own page become a quote, and go when they say so (R-424)."""

import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from candidates import actions as candidate_actions
from candidates import voices
from candidates.models import Voice
from network import actions, magazine, repeating, rules, tasks
from network.models import EditionStatus, GivenHow, Quote, QuoteStatus, QuoteUse
from sroi_portal import demo_care
from sroi_portal.core.models import AuditEvent
from tests import factories
from tests.conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
WORDS = "Ik hoor er weer bij."


@pytest.fixture
def placement(contract, table, sara):
    return factories.placement(contract, table.blocks.get(code="ww"), sara)


@pytest.fixture
def link(placement, sara):
    key = uuid.uuid4()
    return candidate_actions.make_personal_link(placement, by=sara, at=NOON, key=key)[0]


@pytest.fixture
def voice(link):
    said = [
        candidate_actions.Said("going", "yes", WORDS, may_quote=True),
        candidate_actions.Said("staying", "no", "Te ver."),
    ]
    return candidate_actions.say_voice(link, "week_6", said, at=NOON)[0]


@pytest.fixture
def words(voice, ministry):
    [found] = voices.quotable([ministry.pk])
    return found


@pytest.fixture
def chosen(words, example, ada):
    return actions.choose_words(words, {"example": example}, list(QuoteUse), by=ada, at=NOON)


def forbid(voice):
    candidate_actions.change_permission(voice, is_for_employer=False, may_quote=False, at=NOON)


def test_permitted_words_become_a_quote(chosen, words, ada, bert):
    assert (chosen.text, chosen.given_how, chosen.recorded_by) == (WORDS, GivenHow.PAGE, ada)
    assert chosen.given_on == NOON.date()
    verbs = AuditEvent.objects.filter(object_uuid=chosen.uuid).order_by("pk")
    assert [(each.verb, each.by) for each in verbs] == [
        ("record_quote", ada),
        ("choose_words", ada),
    ]
    actions.publish_quote(chosen, by=bert, at=NOON)
    assert list(Quote.objects.allowed(QuoteUse.PORTAL)) == [chosen]
    assert not Quote.objects.allowed(QuoteUse.PUBLIC).exists()  # nobody asked


def test_who_chose_the_words_does_not_publish_them(chosen, ada, bert):
    """R-457."""
    assert not rules.may_publish_quote(ada, chosen)
    assert not Quote.objects.to_review_by(ada).exists()
    with pytest.raises(ValidationError, match="does not publish it"):
        actions.publish_quote(chosen, by=ada, at=NOON)
    assert rules.may_publish_quote(bert, chosen)


def test_what_was_withdrawn_meanwhile_is_not_chosen(words, voice, example, ada):
    forbid(voice)
    with pytest.raises(actions.NoPermissionError):
        actions.choose_words(words, {"example": example}, [QuoteUse.PORTAL], by=ada, at=NOON)


def test_withdrawn_on_the_own_page_it_stands_nowhere(chosen, voice, example, ada, bert):
    """R-424: also in an edition that is not issued yet, and in one that is."""
    actions.publish_quote(chosen, by=bert, at=NOON)
    facts = {
        "number": 1,
        "title": "Eerst het gesprek",
        "foreword": "Beste lezer.",
        "figures": [],
        "examples": [example],
        "quotes": [chosen],
    }
    edition = actions.draft_edition(facts, by=ada, at=NOON)
    actions.compose_edition(edition, by=ada, at=NOON)
    edition.refresh_from_db()
    forbid(voice)
    tasks.withdraw_unpermitted()
    chosen.refresh_from_db()
    assert (chosen.status, chosen.text) == (QuoteStatus.WITHDRAWN, "")
    assert not Quote.objects.allowed(QuoteUse.PORTAL).exists()
    assert edition.status == EditionStatus.COMPOSED
    assert repeating.lack_words(magazine.read(edition).quotes)
    with pytest.raises(actions.EditionStandsError):
        actions.publish_edition(edition, by=factories.UserFactory(), at=NOON)
    assert actions.withdraw_unpermitted(at=NOON) == 0


def test_other_words_are_not_the_same_permission(chosen, link):
    said = [candidate_actions.Said("going", "yes", "Het gaat goed.", may_quote=True)]
    later = NOON + dt.timedelta(minutes=1)
    candidate_actions.say_voice(link, "week_6", said, at=later)
    assert actions.withdraw_unpermitted(at=later) == 1


def test_a_new_letter_can_take_everything_of_before_back(chosen, placement, sara):
    key = uuid.uuid4()
    newer = candidate_actions.make_personal_link(placement, by=sara, at=NOON, key=key)[0]
    assert actions.withdraw_unpermitted(at=NOON) == 0
    candidate_actions.withdraw_permissions(newer, at=NOON)
    assert actions.withdraw_unpermitted(at=NOON) == 1


def test_the_quote_stays_when_the_letter_goes(chosen, placement):
    later = NOON.replace(year=2028)
    candidate_actions.purge_personal_links(by=None, at=later)
    assert Voice.objects.get().link is None
    assert actions.withdraw_unpermitted(at=later) == 0


def test_a_worker_is_told_as_soon_as_somebody_says_so(
    voice, monkeypatch, django_capture_on_commit_callbacks
):
    told = []
    monkeypatch.setattr("sroi_portal.core.jobs._send", lambda task, _args: told.append(task))
    with django_capture_on_commit_callbacks(execute=True):
        forbid(voice)
    assert told == ["network.tasks.withdraw_unpermitted"]


def test_an_adviser_chooses_on_a_page(client, words, example, ada, sara):
    client.sign_in(ada)
    listed = reverse("network:words-list")
    assert WORDS in client.get(listed).content.decode()
    assert WORDS not in client.get(listed, {"q": "niets", "sort": "oldest"}).content.decode()
    page = reverse("network:words-choose", args=[words.key])
    typed = {"uses": ["portal"], "sure": "on"}
    assert client.post(page, typed).context["form"].errors
    assert client.post(page, typed | {"example": example.pk}).status_code == 302
    quote = Quote.objects.get(permission_key=words.key)
    assert client.get(page).url == quote.get_absolute_url()
    assert WORDS not in client.get(listed).content.decode()
    assert client.get(reverse("network:words-choose", args=[uuid.uuid4()])).status_code == 404
    client.sign_in(sara)
    assert client.get(listed).status_code == 403


def test_a_page_says_that_it_was_withdrawn(client, words, voice, example, ada, monkeypatch):
    monkeypatch.setattr("network.views.words._unused", lambda _person: [words])
    forbid(voice)
    client.sign_in(ada)
    typed = {"uses": ["portal"], "sure": "on", "example": example.pk}
    page = client.post(reverse("network:words-choose", args=[words.key]), typed)
    assert "withdrew" in str(page.context["form"].errors)


def test_the_demo_chooses_words(voice, example, ada, bert):
    demo_care.load(ada, bert, now=NOON)
    assert Quote.objects.allowed(QuoteUse.MAGAZINE).get().text == WORDS
