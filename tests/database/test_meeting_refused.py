"""The database refuses what people, meetings and milestones never are."""

import pytest
from django.db import IntegrityError, transaction

from network import actions
from network.models import Attendance, Edition, Meeting, Milestone, PersonQuestion, Professional
from tests.conftest import NOON
from tests.network.meeting import about, milestone, planned

pytestmark = pytest.mark.django_db


def refused(rows, name, **facts):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        rows.update(**facts)


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("meeting_ends_after_it_begins", {"ends_at": NOON}),
        ("meeting_is_somewhere", {"place": ""}),
        ("meeting_has_a_seat", {"seats": 0}),
        ("meeting_reported_by_iff_reported_at", {"reported_at": NOON}),
        ("meeting_reported_by_iff_reported_at", {"report": "Gesproken."}),
    ],
)
def test_a_meeting_is_refused(ada, name, facts):
    refused(Meeting.objects.filter(pk=planned(ada).pk), name, **facts)


def test_somebody_comes_once(ada, cora):
    meeting = planned(ada)
    actions.sign_up(meeting, by=cora, at=NOON)
    other = Attendance(meeting=meeting, user=cora, signed_at=NOON)
    with pytest.raises(IntegrityError, match="one_attendance_a_person"), transaction.atomic():
        other.save()


def test_a_page_is_of_one_organisation(cora, ministry, noord):
    page = actions.keep_page(about(ministry), by=cora, at=NOON)
    rows = Professional.objects.filter(pk=page.pk)
    refused(rows, "professional_is_of_one_organisation", supplier=noord)
    refused(rows, "professional_is_of_one_organisation", authority=None)


def test_a_question_to_a_person_is_refused(cora, sara, ministry):
    page = actions.keep_page(about(ministry), by=cora, at=NOON)
    asked = actions.ask_person(page, "?", by=sara, at=NOON)
    rows = PersonQuestion.objects.filter(pk=asked.pk)
    refused(rows, "person_question_answered_iff_answered_at", answered_at=NOON)
    refused(rows, "person_question_is_between_two", asked_of=sara)
    other = PersonQuestion(asked_by=sara, asked_of=cora, asked_at=NOON)
    with pytest.raises(IntegrityError, match="one_open_question_between_two"), transaction.atomic():
        other.save()


def test_a_milestone_is_published_by_another(ada):
    rows = Milestone.objects.filter(pk=milestone(ada).pk)
    refused(rows, "milestone_published_iff_by_somebody", status="published")
    published = {"status": "published", "published_at": NOON}
    refused(rows, "milestone_four_eyes", published_by=ada, **published)


def test_only_a_published_edition_is_for_everybody(ada):
    facts = {"number": 9, "title": "T", "foreword": "V"}
    edition = actions.draft_edition(facts, by=ada, at=NOON)
    rows = Edition.objects.filter(pk=edition.pk)
    released = {"released_by": ada, "released_at": NOON}
    refused(rows, "edition_released_by_iff_released_at", **released)
