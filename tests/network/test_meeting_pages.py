"""People, meetings and milestones, as people use their pages."""

import datetime as dt

import pytest
from django.urls import reverse

from network import actions
from network.models import (
    Attendance,
    Edition,
    Meeting,
    MeetingStatus,
    Milestone,
    PersonQuestion,
    Professional,
)
from tests import factories
from tests.conftest import NOON
from tests.network import telling, trying
from tests.network.meeting import DAY, about, milestone, planned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "noon")]
KEY = "5f2f7c1a-6f39-4d37-9c5d-3f1f6a1d5a11"
PLAN = {
    "title": "Een perceel voorbehouden",
    "purpose": "Drie inkopers vertellen.",
    "for_whom": "inkopers",
    "on": "2026-03-18",
    "begins": "13:30",
    "ends": "15:30",
    "place": "Zaal 3",
    "sign_up_until": "2026-03-16",
    "form_key": KEY,
}


def at(name, *keys):
    return reverse(f"network:{name}", args=keys)


def text(answer):
    return answer.content.decode()


def test_somebody_is_found_asked_and_leaves(client, cora, sara, ministry):
    category = factories.CategoryFactory()
    typed = {
        "organisation": f"authority-{ministry.pk}",
        "kind": "manager",
        "job": "Contractmanager",
        "about": "Vraag mij naar het gesprek.",
        "subjects": ["plans"],
        "categories": [category.pk],
        "regions": ["NL32"],
        "languages": ["nl"],
        "takes_questions": "on",
        "shows_shared": "on",
    }
    client.sign_in(cora)
    assert "required" in text(client.post(at("professional-keep"), {"job": "X"}))
    page = client.post(at("professional-keep"), typed | {"form_key": KEY}).url
    assert "Contractmanager" in text(client.get(at("professional-keep")))
    old = client.post(at("professional-keep"), typed | {"revision": "7"})
    assert "changed this since" in text(old)
    client.sign_in(sara)
    for query in (
        {"q": "gesprek"},
        {"subject": "plans"},
        {"kind": "manager"},
        {"province": "NL32"},
    ):
        assert "Cora" in text(client.get(at("professional-list"), query))
    assert "Cora" in text(client.get(at("professional-list"), {"category": category.pk}))
    assert "Nobody found" in text(client.get(at("professional-list"), {"province": "NL11"}))
    assert "Noord-Holland" in text(client.get(page))
    known = Professional.objects.get()
    asked = client.post(at("person-question-new", known.pk), {"text": "Hoe?", "form_key": KEY}).url
    again = {"text": "Hoe?", "form_key": KEY}
    assert client.post(at("person-question-new", known.pk), again).url == asked
    other = {"text": "En?", "form_key": "5f2f7c1a-6f39-4d37-9c5d-3f1f6a1d5a12"}
    assert "Wait for the answer" in text(client.post(at("person-question-new", known.pk), other))
    assert "You asked Cora" in text(client.get(at("person-question-list")))
    assert client.post(asked, {"text": "Zelf."}).status_code == 403
    client.sign_in(cora)
    assert "Hoe?" in text(client.get(asked))
    assert "changed this since" in text(client.post(asked, {"text": "Zo.", "revision": "7"}))
    client.post(asked, {"text": "Zo."})
    assert PersonQuestion.objects.get().answered_at == NOON
    assert "for good" not in text(client.get(at("professional-remove", known.pk)))
    client.post(at("professional-remove", known.pk), {"revision": known.revision})
    assert not Professional.objects.exists()


def test_who_shows_it_shows_what_was_shared(client, cora, ada, sara, ministry):
    actions.keep_page(about(ministry, shows_shared=True), by=cora, at=NOON)
    example = telling.published(cora, ada)
    meeting = planned(ada, holder=cora)
    page = Professional.objects.get().get_absolute_url()
    client.sign_in(sara)
    assert all(each.title in text(client.get(page)) for each in (example, meeting))
    actions.keep_page(about(ministry, shows_shared=False), by=cora, at=NOON)
    assert example.title not in text(client.get(page))


def test_a_meeting_is_proposed_and_announced(client, sara, ada):
    client.sign_in(sara)
    wrong = PLAN | {"ends": "12:00", "sign_up_until": "2026-03-20"}
    refused = text(client.post(at("meeting-new"), wrong))
    assert "ends before it begins" in refused
    assert "after the meeting" in refused
    assert "is over" in text(client.post(at("meeting-new"), PLAN | {"on": "2026-01-05"}))
    page = client.post(at("meeting-new"), PLAN).url
    assert client.post(at("meeting-new"), PLAN).url == page
    meeting = Meeting.objects.get()
    changed = PLAN | {"title": "Voorbehouden", "revision": meeting.revision}
    client.post(at("meeting-edit", meeting.pk), changed)
    assert "changed this since" in text(client.post(at("meeting-edit", meeting.pk), changed))
    client.sign_in(ada)
    assert "1 proposal waits" in text(client.get(at("meeting-list")))
    assert "Voorbehouden" in text(client.get(at("meeting-list"), {"show": "proposed"}))
    client.post(at("meeting-plan", meeting.pk), {"revision": "77"})
    assert Meeting.objects.get().status == MeetingStatus.PROPOSED
    client.post(at("meeting-plan", meeting.pk), {})
    assert Meeting.objects.get().status == MeetingStatus.PLANNED


def test_a_meeting_is_filled_and_reported_on(client, sara, ada, cora, monkeypatch):
    meeting = planned(ada, holder=sara, title="Voorbehouden")
    page = meeting.get_absolute_url()
    client.sign_in(cora)
    assert "Sign up" in text(client.get(page))
    client.post(at("meeting-sign-up", meeting.pk))
    assert "You have a seat" in text(client.get(page))
    assert "Cora" not in text(client.get(page)).partition("<main")[2]
    assert "Voorbehouden" in text(client.get(at("meeting-list"), {"show": "mine"}))
    assert "Voorbehouden" in text(client.get(at("meeting-list"), {"q": "inkopers"}))
    client.post(at("meeting-sign-off", meeting.pk))
    assert Attendance.objects.get().status == "off"
    calendar = client.get(at("meeting-calendar", meeting.pk))
    assert calendar["Content-Type"].startswith("text/calendar")
    from django.utils import timezone

    monkeypatch.setattr(timezone, "now", lambda: NOON + 15 * DAY)
    client.sign_in(sara)
    assert "Nobody signed up" in text(client.get(page))
    report = at("meeting-report", meeting.pk)
    assert "required" in text(client.post(report, {"report": ""}))
    old = client.post(report, {"report": "Klein beginnen.", "revision": "1"})
    assert "changed" in text(old)
    assert "Klein beginnen." in text(old)
    newest = Meeting.objects.get().revision
    assert f'name="revision" value="{newest}"' in text(old)
    client.post(report, {"report": "Klein beginnen.", "revision": str(newest)})
    assert "Klein beginnen." in text(client.get(page))
    assert "Voorbehouden" in text(client.get(at("meeting-list"), {"show": "over"}))


def test_an_adviser_announces_at_once_and_calls_off_with_a_reason(client, ada, cora, sara):
    client.sign_in(ada)
    unknown = PLAN | {"holder": "niemand@example.org"}
    assert "Nobody in the network" in text(client.post(at("meeting-new"), unknown))
    page = client.post(at("meeting-new"), PLAN | {"holder": cora.email, "is_public": "on"}).url
    meeting = Meeting.objects.get()
    assert (meeting.status, meeting.holder, meeting.is_public) == ("planned", cora, True)
    assert meeting.starts_at == NOON + 14 * DAY + dt.timedelta(minutes=90)
    assert "13:30" in text(client.get(at("meeting-edit", meeting.pk)))
    off = at("meeting-cancel", meeting.pk)
    assert "required" in text(client.post(off, {"reason": ""}))
    client.post(off, {"reason": "De zaal is dicht."})
    client.sign_in(sara)
    assert "De zaal is dicht." in text(client.get(page))
    client.post(at("meeting-sign-up", meeting.pk))
    assert not Attendance.objects.exists()


def test_a_proposal_is_not_taken_up(client, sara, ada):
    client.sign_in(sara)
    page = client.post(at("meeting-new"), PLAN).url
    client.sign_in(ada)
    decline = at("meeting-decline", Meeting.objects.get().pk)
    assert "Why is it not" in text(client.get(decline))
    client.post(decline, {"reason": "Dit is er al."})
    client.sign_in(sara)
    assert "Dit is er al." in text(client.get(page))


def test_a_milestone_is_written_read_and_taken_away(client, ada, bert, ministry):
    ended = trying.pilot(ministry, ada, status="finished")
    client.sign_in(ada)
    assert at("milestone-new") in text(client.get(ended.get_absolute_url()))
    begun = client.get(at("milestone-new"), {"pilot": ended.pk})
    assert ended.outcome in text(begun)
    typed = {"on": "2026-03-01", "title": "Begonnen", "words": "Het begon.", "form_key": KEY}
    page = client.post(at("milestone-new"), typed).url
    made = Milestone.objects.get()
    edit = at("milestone-edit", made.pk)
    assert "changed this since" in text(client.post(edit, typed | {"revision": "7"}))
    client.post(edit, typed | {"title": "Echt begonnen", "revision": made.revision})
    client.sign_in(bert)
    assert "1 milestone waits" in text(client.get(at("milestone-list")))
    client.post(at("milestone-publish", made.pk), {"revision": "77"})
    assert Milestone.objects.get().published_at is None
    client.post(at("milestone-publish", made.pk), {})
    assert "Echt begonnen" in text(client.get(at("timeline")))
    away = at("milestone-withdraw", made.pk)
    old = client.post(away, {"reason": "Klopt niet.", "revision": "77"})
    assert "changed this since" in text(old)
    client.post(away, {"reason": "Klopt niet."})
    assert "Klopt niet." in text(client.get(page))
    assert "Echt begonnen" not in text(client.get(at("timeline")))


def test_an_adviser_lets_everybody_read_an_edition_and_no_longer(client, ada, sara, bert):
    example = telling.published(sara, ada)
    facts = {"number": 4, "title": "Samen", "foreword": "Dag.", "examples": [example]}
    edition = actions.draft_edition(facts, by=ada, at=NOON)
    actions.compose_edition(edition, by=ada, at=NOON)
    shown = {"status": "published", "published_by": bert, "published_at": NOON, "pdf": "x.pdf"}
    Edition.objects.update(**shown)
    client.sign_in(ada)
    release = at("edition-release", edition.pk)
    assert release in text(client.get(edition.get_absolute_url()))
    assert "cannot be called back" in text(client.get(release))
    client.post(release, {"revision": Edition.objects.get().revision})
    assert "is being printed" in text(client.get(edition.get_absolute_url()))
    client.post(at("edition-take-back", edition.pk), {"revision": "77"})
    assert Edition.objects.get().released_at == NOON
    assert "stay where they are" in text(client.get(at("edition-take-back", edition.pk)))
    client.post(at("edition-take-back", edition.pk), {"revision": Edition.objects.get().revision})
    assert Edition.objects.get().released_at is None


def test_what_waits_for_the_second_pair_of_eyes_is_not_public(client, ada):
    milestone(ada, title="Nog niet gelezen")
    assert "Nog niet gelezen" not in text(client.get(at("timeline")))
