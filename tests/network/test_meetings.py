"""Meetings are announced, filled, remembered and reported on (R-413 to R-415)."""

import datetime as dt

import pytest

from network import actions, attending, calendars, rules, tasks
from network.models import Attendance, AttendanceStatus, Meeting, MeetingStatus
from sroi_portal.core import sight
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import Outgoing
from sroi_portal.core.status import IllegalMoveError
from tests.conftest import NOON
from tests.network import trying
from tests.network.meeting import DAY, plan, planned

pytestmark = pytest.mark.django_db


def told():
    rows = Outgoing.objects.order_by("pk").values_list("subject", "to_address")
    return [(subject, address.partition("@")[0]) for subject, address in rows]


@pytest.fixture
def meeting(ada):
    return planned(ada, seats=1)


def status_of(meeting, person):
    return Attendance.objects.get(meeting=meeting, user=person).status


def test_others_propose_and_an_adviser_announces(sara, ada, vera):
    """R-413."""
    proposed = actions.propose_meeting(plan(), by=sara, at=NOON)
    assert [name for _subject, name in told()] == ["ada"]
    assert not Meeting.objects.visible_to(vera).exists()
    assert list(Meeting.objects.visible_to(sara)) == [proposed]
    assert not rules.may_plan_meeting(sara, proposed)
    assert rules.may_change_meeting(sara, proposed)
    assert not rules.may_cancel_meeting(sara, proposed)
    actions.plan_meeting(proposed, by=ada, at=NOON)
    assert Meeting.objects.visible_to(vera).exists()
    assert told()[-1][1] == "sara"
    other = actions.propose_meeting(plan(title="Iets anders"), by=sara, at=NOON)
    actions.decline_meeting(other, by=ada, at=NOON, reason="Dit is er al.")
    assert told()[-1][1] == "sara"
    other.refresh_from_db()
    assert not rules.may_change_meeting(sara, other)
    with pytest.raises(actions.MeetingStandsError):
        actions.change_meeting(other, {"title": "Toch"}, by=sara, at=NOON)


def test_who_waits_longest_gets_the_seat(meeting, sara, cora, piet):
    """R-414."""
    for minute, person in enumerate((sara, cora, piet)):
        actions.sign_up(meeting, by=person, at=NOON + dt.timedelta(minutes=minute))
    actions.sign_up(meeting, by=sara, at=NOON)  # twice is once
    assert attending.count_of(meeting) == attending.Counted(coming=1, waiting=2)
    assert status_of(meeting, cora) == AttendanceStatus.WAITING
    with acting_as(DatabaseRole.WEB, sight.of(sara)):
        actions.sign_off(meeting, by=sara, at=NOON)
    assert status_of(meeting, cora) == AttendanceStatus.COMING
    assert told()[-1][1] == "cora"
    actions.sign_up(meeting, by=sara, at=NOON + DAY)
    assert status_of(meeting, sara) == AttendanceStatus.WAITING
    actions.sign_off(meeting, by=piet, at=NOON)
    with pytest.raises(IllegalMoveError):
        actions.sign_off(meeting, by=piet, at=NOON)


def test_a_seat_that_is_added_is_given(meeting, ada, sara, cora):
    for person in (sara, cora):
        actions.sign_up(meeting, by=person, at=NOON)
    actions.change_meeting(meeting, {"seats": None}, by=ada, at=NOON)
    assert status_of(meeting, cora) == AttendanceStatus.COMING
    again = actions.change_meeting(meeting, {"seats": None}, by=ada, at=NOON)
    assert again.seats is None


def test_signing_up_ends(meeting, sara, cora):
    """R-414."""
    late = NOON + 11 * DAY
    assert not meeting.takes_people(late)
    with pytest.raises(actions.SignUpClosedError):
        actions.sign_up(meeting, by=sara, at=late)
    with pytest.raises(actions.SignUpClosedError):
        actions.sign_off(meeting, by=cora, at=NOON)
    actions.sign_up(meeting, by=sara, at=NOON)
    with pytest.raises(actions.SignUpClosedError):
        actions.sign_off(meeting, by=sara, at=NOON + 15 * DAY)


def test_only_the_holder_sees_who_comes(meeting, sara, cora, ada, bert):
    """R-415."""
    actions.sign_up(meeting, by=sara, at=NOON)
    for person, count in ((ada, 1), (sara, 1), (cora, 0), (bert, 0)):
        assert Attendance.objects.visible_to(person).count() == count
        with acting_as(DatabaseRole.WEB, sight.of(person)):
            assert Attendance.objects.count() == count
            assert attending.count_of(meeting).coming == 1


def test_who_comes_hears_of_another_hour_and_that_it_is_off(meeting, ada, bert, sara):
    """R-413."""
    actions.sign_up(meeting, by=sara, at=NOON)
    before = len(told())
    actions.change_meeting(meeting, {"title": "Anders"}, by=ada, at=NOON)
    assert len(told()) == before
    with acting_as(DatabaseRole.WEB, sight.of(bert)):
        actions.change_meeting(meeting, {"place": "Zaal 4"}, by=bert, at=NOON)
    assert told()[-1][1] == "sara"
    with pytest.raises(actions.MeetingStandsError):
        actions.cancel_meeting(meeting, by=ada, at=NOON + 20 * DAY, reason="Te laat.")
    actions.cancel_meeting(meeting, by=ada, at=NOON, reason="De zaal is dicht.")
    assert len(told()) == before + 2
    assert "De zaal is dicht." not in Outgoing.objects.order_by("pk").last().body
    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.CANCELLED
    assert "STATUS:CANCELLED" in calendars.event(meeting, at=NOON)


def test_a_reminder_goes_a_working_day_before_and_once(meeting, ada, sara, cora):
    """R-414."""
    actions.sign_up(meeting, by=sara, at=NOON)
    actions.sign_up(meeting, by=cora, at=NOON)  # waits
    before = len(told())
    actions.remind_meetings(at=NOON + 12 * DAY)
    assert len(told()) == before
    actions.remind_meetings(at=NOON + 13 * DAY)
    actions.remind_meetings(at=NOON + 13 * DAY)
    assert [name for _subject, name in told()[before:]] == ["sara"]
    tasks.remind_meetings()


def test_a_meeting_is_reported_on_when_it_was_held(meeting, ada, bert, ministry, sara):
    with pytest.raises(actions.MeetingStandsError):
        actions.report_meeting(meeting, "Te vroeg.", by=ada, at=NOON)
    pilot = trying.pilot(ministry, ada)
    lesson = trying.lesson(pilot, sara)
    actions.report_meeting(meeting, "Klein beginnen.", by=ada, at=NOON + 15 * DAY, lessons=[lesson])
    meeting.refresh_from_db()
    assert (meeting.reported_by, list(meeting.lessons.all())) == (ada, [lesson])
    assert rules.may_report_meeting(bert, meeting)


def test_who_came_is_forgotten_after_a_year(meeting, sara):
    """R-415."""
    actions.sign_up(meeting, by=sara, at=NOON)
    assert actions.erase_attendances(at=NOON + 300 * DAY) == 0
    assert actions.erase_attendances(at=NOON + 400 * DAY) == 1
    assert not Attendance.objects.exists()


def test_a_calendar_reads_the_file(ada):
    """As RFC 5545 writes it: lines of 75 octets at most, times in UTC, marks escaped."""
    meeting = planned(
        ada, title="Één, twee; drie\\vier", purpose="Eerst dit.\nDan dat. " + "é" * 90
    )
    text = calendars.event(meeting, at=NOON)
    lines = text.split("\r\n")
    assert max(len(line.encode()) for line in lines) <= calendars.LONGEST
    whole = text.replace("\r\n ", "").split("\r\n")
    assert (whole[0], whole[-2], whole[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")
    assert "DTSTART:20260318T110000Z" in whole
    assert "DTEND:20260318T130000Z" in whole
    assert "SUMMARY:Één\\, twee\\; drie\\\\vier" in whole
    assert f"DESCRIPTION:Eerst dit.\\nDan dat. {'é' * 90}" in whole
    assert "LOCATION:Zaal 3\\, Den Bosch" in whole


def test_an_attendance_has_a_name_for_its_reader(meeting, sara):
    made = actions.sign_up(meeting, by=sara, at=NOON)
    assert str(made) == f"{meeting.pk} {sara.pk}"
