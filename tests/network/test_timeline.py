"""The timeline tells what is public, and the magazine what may be everywhere (R-416 to R-418)."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.urls import reverse

from network import actions, magazine, public_magazine, rules, tasks, timeline
from network.models import (
    MilestoneStatus,
    MomentKind,
    PublicEdition,
    QuoteUse,
    TimelineMoment,
)
from reports import dated
from reports.models import FixedTable
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import Job, JobStatus
from tests.conftest import NOON
from tests.network import telling, trying
from tests.network.meeting import milestone, planned

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def kinds():
    return sorted(TimelineMoment.objects.values_list("kind", flat=True))


def read(client, name, *keys, **query):
    return client.get(reverse(f"network:{name}", args=keys), query)


def test_another_adviser_publishes_a_milestone(ada, bert, cora):
    """R-416."""
    made = milestone(ada)
    assert not rules.may_publish_milestone(ada, made)
    assert rules.may_publish_milestone(bert, made)
    assert not rules.may_change_milestone(cora, made)
    with pytest.raises(ValidationError):
        actions.publish_milestone(made, by=ada, at=NOON)
    actions.publish_milestone(made, by=bert, at=NOON)
    assert kinds() == ["milestone"]
    actions.change_milestone(made, {"title": "Begonnen"}, by=ada, at=NOON)
    assert kinds() == ["milestone"]
    changed = actions.change_milestone(made, {"title": "Echt begonnen"}, by=ada, at=NOON)
    assert (changed.status, kinds()) == (MilestoneStatus.PROPOSED, [])
    actions.change_milestone(made, {"title": "Toch begonnen"}, by=ada, at=NOON)
    actions.publish_milestone(made, by=bert, at=NOON)
    made.refresh_from_db()
    assert rules.may_withdraw_milestone(ada, made)
    actions.withdraw_milestone(made, by=ada, at=NOON, reason="Klopt niet.")
    made.refresh_from_db()
    assert not rules.may_withdraw_milestone(ada, made)
    assert kinds() == []


def test_the_timeline_is_built_from_what_is_public(client, ada, bert, sara, ministry):
    """R-417."""
    planned(ada, title="Besloten")
    public = planned(ada, title="Open middag", is_public=True, link="https://example.org/zaal")
    ended = trying.pilot(ministry, ada, status="finished", title="Samen koken")
    trying.pilot(ministry, ada, status="idea", title="Alleen een idee")
    example = telling.published(sara, ada)
    assert kinds() == ["begun", "ended", "example", "meeting"]
    told = milestone(ada, pilot=ended, title="Wat samen koken bracht")
    actions.publish_milestone(told, by=bert, at=NOON)
    assert TimelineMoment.objects.get(kind="ended").title == "Wat samen koken bracht"
    page = read(client, "timeline").content.decode()
    assert {"Open middag", "Samen koken", example.title} <= {
        title for title in (public.title, ended.title, example.title) if title in page
    }
    assert "Besloten" not in page
    assert "example.org/zaal" not in page
    assert ada.name not in page
    only = read(client, "timeline", kind="meeting", order="begin").content.decode()
    assert "Samen koken" not in only
    feed = read(client, "timeline-file").json()
    assert [each["tags"] for each in feed["items"]].count(["begun"]) == 1
    actions.cancel_meeting(public, by=ada, at=NOON, reason="Ziek.")
    actions.withdraw_example(example, by=ada, at=NOON, reason="Oud.")
    tasks.renew_timeline()
    assert kinds() == ["begun", "ended"]


def test_a_change_is_told_at_once(ada):
    """R-417."""
    public = planned(ada, is_public=True)
    told = TimelineMoment.objects.get()
    actions.change_meeting(public, {"title": "Een ander onderwerp"}, by=ada, at=NOON)
    assert TimelineMoment.objects.get(pk=told.pk).title == "Een ander onderwerp"


def test_a_milestone_leads_on(client, ada, bert):
    made = milestone(ada, link="https://example.org/meer")
    actions.publish_milestone(made, by=bert, at=NOON)
    feed = read(client, "timeline-file").json()
    assert feed["items"][0]["url"] == "https://example.org/meer"
    assert "https://example.org/meer" in read(client, "timeline").content.decode()


def test_figures_of_another_app_stay_when_the_network_renews(client, settings):
    """R-417."""
    figures = TimelineMoment(
        key="figures-1", kind="figures", on=NOON.date(), title="Cijfers", title_en="Figures"
    )
    timeline.put([MomentKind.FIGURES], [figures])
    timeline.renew()
    assert kinds() == ["figures"]
    assert str(TimelineMoment.objects.get()) == "figures-1"
    assert "Cijfers" in read(client, "timeline").content.decode()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = read(client, "timeline").content.decode()
    assert ("Cijfers" in page, "Figures" in page) == (False, True)


def test_published_figures_stand_on_the_timeline(client):
    """R-417."""
    facts = {"starts_on": dt.date(2025, 1, 1), "ends_on": dt.date(2025, 12, 31), "position": 1}
    for kind in ("groups", "ended"):
        FixedTable.objects.create(kind=kind, made_at=NOON, **facts)
    dated.tell_timeline()
    moment = TimelineMoment.objects.get()
    assert (moment.kind, moment.on, moment.words.count("\n")) == ("figures", NOON.date(), 1)
    assert reverse("reports:open-page") in read(client, "timeline").content.decode()


@pytest.fixture
def edition(settings, tmp_path, monkeypatch, sara, ada, bert):
    """Published, with a quote for everywhere and one for the network; printed as nothing."""
    settings.MEDIA_ROOT = str(tmp_path)
    monkeypatch.setattr(magazine.pdf, "render", lambda html, **_more: html.encode())
    example = telling.published(sara, ada, ask_person=sara, ask_mailbox="")
    quotes = [
        telling.said(sara, example=example, text="Overal."),
        telling.said(sara, QuoteUse.MAGAZINE, example=example, text="Alleen hier."),
    ]
    for quote in quotes:
        actions.publish_quote(quote, by=ada, at=NOON)
    facts = {"number": 7, "title": "Samen", "foreword": "Dag.", "examples": [example]}
    edition = actions.draft_edition(facts | {"quotes": quotes}, by=ada, at=NOON)
    with pytest.raises(ValidationError):
        actions.release_edition(edition, by=ada, at=NOON)
    actions.compose_edition(edition, by=ada, at=NOON)
    edition.refresh_from_db()
    job = Job.objects.get(uuid=edition.job_uuid)
    magazine.print_edition(str(edition.uuid), job, now=lambda: NOON)
    actions.publish_edition(edition, by=bert, at=NOON)
    edition.refresh_from_db()
    edition.said = quotes
    return edition


def print_copies():
    waiting = Job.objects.filter(task=public_magazine.PRINTING, status=JobStatus.QUEUED)
    for job in waiting.order_by("pk"):
        tasks.print_public_edition(str(job.uuid), *job.args)


def printed():
    with PublicEdition.objects.get().pdf.open("rb") as stored:
        return stored.read().decode()


def test_anybody_downloads_only_what_may_be_everywhere(client, edition, ada, sara):
    """R-418."""
    assert read(client, "public-edition", 7).status_code == 404
    assert rules.may_release_edition(ada, edition)
    actions.release_edition(edition, by=ada, at=NOON)
    print_copies()
    text = printed()
    assert "Overal." in text
    assert "Alleen hier." not in text
    assert sara.email not in text
    assert "Samen" in read(client, "public-magazine").content.decode()
    assert "edition" in kinds()
    with acting_as(DatabaseRole.PUBLIC):
        assert str(PublicEdition.objects.get()) == "Samen"
    actions.release_edition(edition, by=ada, at=NOON)  # printed anew, in its place
    print_copies()
    edition.refresh_from_db()
    assert rules.may_take_back_edition(ada, edition)
    actions.take_back_edition(edition, by=ada, at=NOON)
    assert read(client, "public-edition", 7).status_code == 404
    assert "edition" not in kinds()


def test_a_withdrawn_quote_takes_the_copy_away_at_once(
    client, edition, ada, django_capture_on_commit_callbacks
):
    """R-418."""
    actions.release_edition(edition, by=ada, at=NOON)
    print_copies()
    stored = PublicEdition.objects.get().pdf.name
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_quote(edition.said[0], by=None, at=NOON)
    assert read(client, "public-edition", 7).status_code == 404
    assert not default_storage.exists(stored)
    print_copies()
    assert "Overal." not in printed()
    actions.withdraw_quote(edition.said[1], by=None, at=NOON)
    copy = read(client, "public-edition", 7)
    assert copy["Content-Type"] == "application/pdf"
    copy.close()  # and with it the connection


def test_a_copy_that_was_taken_back_meanwhile_is_not_put_there(edition, ada, monkeypatch):
    actions.release_edition(edition, by=ada, at=NOON)

    def taken_back(html, **_more):
        actions.take_back_edition(edition, by=ada, at=NOON)
        return html.encode()

    monkeypatch.setattr(magazine.pdf, "render", taken_back)
    print_copies()
    assert not PublicEdition.objects.exists()
    actions.release_edition(edition, by=ada, at=NOON)
    actions.take_back_edition(edition, by=ada, at=NOON)
    print_copies()
    assert not PublicEdition.objects.exists()


def test_a_permission_that_goes_while_it_is_printed_stops_it(edition, ada, monkeypatch):
    """R-418."""
    actions.release_edition(edition, by=ada, at=NOON)

    def withdrawn(html, **_more):
        actions.withdraw_quote(edition.said[0], by=None, at=NOON)
        return html.encode()

    monkeypatch.setattr(magazine.pdf, "render", withdrawn)
    print_copies()
    assert not PublicEdition.objects.exists()


def test_the_figures_of_one_day_stand_together(client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    named = {"kind": "figures", "title": "Cijfers"}
    moments = [
        TimelineMoment(key=f"figures-{day}-{n}", on=NOON.date() - day * DAY, **named)
        for day, n in ((0, 1), (0, 2), (1, 3))
    ]
    timeline.put([MomentKind.FIGURES], moments)
    ((_year, shown),) = read(client, "timeline").context["years"]
    assert [(title, len(parts)) for _moment, title, parts in shown] == [
        ("Figures of 2 periods", 2),
        ("Cijfers", 0),
    ]
    page = read(client, "timeline").content.decode()
    assert all(f'id="{each.key}"' in page for each in moments)
