"""Announcements above the pages (I07, R-248) and help by people (I08, R-249)."""

import datetime as dt

import pytest
from django.utils import timezone

from reports.home.navigation import announcements
from sroi_portal.core import actions
from sroi_portal.core.models import Announcement, AuditEvent, Dismissal, HelpQuestion, Outgoing
from tests.conftest import NOON, TODAY

DAY = dt.timedelta(days=1)


def _announce(ministry, adam, **facts):
    told = {"authority": ministry, "text_nl": "Nieuws", "text_en": "News"}
    told |= {"starts_on": TODAY, "ends_on": TODAY + DAY} | facts
    return actions.announce(told, by=adam, at=NOON)


@pytest.mark.parametrize(
    ("audience", "readers"),
    [("everybody", ["Sara", "Olga"]), ("officials", ["Olga"]), ("suppliers", ["Sara"])],
)
def test_an_announcement_reaches_whom_it_is_for(
    contract, ministry, adam, audience, readers, request
):
    people = [request.getfixturevalue(name) for name in ("sara", "olga", "otto", "bram")]
    _announce(ministry, adam, audience=audience)
    told = [person.name for person in people if announcements(person, TODAY)]
    assert told == readers


def test_it_is_shown_from_day_to_day_until_it_is_put_away(client, ministry, adam, olga, otto):
    made = _announce(ministry, adam)
    days = [TODAY - DAY, TODAY, TODAY + DAY, TODAY + 2 * DAY]
    assert [len(announcements(olga, day)) for day in days] == [0, 1, 1, 0]
    client.sign_in(olga).post(f"/announcements/{made.pk}/dismiss/", {"next": "//elders.example"})
    client.post(f"/announcements/{made.pk}/dismiss/", {"next": "/help/"})
    assert announcements(olga, TODAY) == []
    assert AuditEvent.objects.filter(verb="dismiss_announcement").count() == 1


def test_only_who_sees_it_puts_it_away(client, ministry, adam, otto, olga):
    later = dt.timedelta(days=36500)
    future = _announce(ministry, adam, starts_on=TODAY + later, ends_on=TODAY + later)
    now = _announce(ministry, adam)
    for person, announcement in ((otto, now), (olga, future)):
        answer = client.sign_in(person).post(f"/announcements/{announcement.pk}/dismiss/")
        assert answer.status_code == 404
    assert not Dismissal.objects.exists()


def test_an_administrator_writes_and_ends_it(client, ministry, adam):
    told = {"audience": "officials", "text_nl": "Nieuws", "text_en": "News"}
    days = {"starts_on": "2026-03-04", "ends_on": "2026-03-05"}
    client.sign_in(adam)
    facts = told | days | {"authority": ministry.pk}
    assert client.post("/announcements/new/", facts).status_code == 302
    wrong = facts | {"ends_on": "2026-03-01"}
    assert client.post("/announcements/new/", wrong).status_code == 200
    made = Announcement.objects.get()
    actions.end_announcement(made, by=adam, at=NOON)
    actions.end_announcement(made, by=adam, at=NOON)
    made.refresh_from_db()
    assert made.ends_on == TODAY - DAY
    assert AuditEvent.objects.filter(verb="end_announcement").count() == 1


def test_only_who_keeps_the_texts_of_the_authority_ends_it(client, ministry, adam, olga, otto):
    today = timezone.localdate()
    made = _announce(ministry, adam, starts_on=today, ends_on=today + DAY)
    for person in (olga, otto):
        answer = client.sign_in(person).post(f"/announcements/{made.pk}/end/")
        assert answer.status_code == 403
    assert announcements(olga, today)
    assert client.sign_in(adam).post(f"/announcements/{made.pk}/end/").status_code == 302
    assert AuditEvent.objects.get(verb="end_announcement").by == adam


def test_a_question_is_sealed_and_announced_without_its_words(client, ministry, adam, sara, olga):
    facts = {"name": "Hulp", "email": "hulp@example.org", "phone": "", "hours": ""}
    client.sign_in(adam)
    for _time in range(2):
        assert client.post(f"/help/desks/{ministry.pk}/", facts).status_code == 302
    assert AuditEvent.objects.filter(verb="keep_help_desk").count() == 1
    desk = ministry.help_desk
    client.sign_in(sara).post("/help/", {"desk": desk.pk, "question": "Geheime vraag"})
    asked = HelpQuestion.objects.get()
    mail = Outgoing.objects.get()
    assert mail.to_address == "hulp@example.org"
    assert "Geheime" not in mail.body
    assert "Geheime vraag" in client.get(asked.get_absolute_url()).content.decode()
    assert client.post(asked.get_absolute_url(), {"reason": "Ja"}).status_code == 403

    client.sign_in(olga).post(asked.get_absolute_url(), {"reason": "Onder Tabellen."})
    asked.refresh_from_db()
    assert asked.answered_by == olga
    assert Outgoing.objects.last().to_address == sara.email
    actions.answer_help(asked, by=olga, at=NOON, answer="Nog eens")
    assert AuditEvent.objects.filter(verb="answer_help").count() == 1
    assert b"Onder Tabellen" in client.get(asked.get_absolute_url()).content
