"""A report after every quarter: once, on its first working day, by whom and to whom it should."""

import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from reports import schedules, tasks
from reports.actions import schedules as verbs
from reports.models import Definition, Report, ReportSchedule, ScheduleStatus
from sroi_portal.core.models import AuditEvent, Outgoing, RoleAssignment, RoleName
from sroi_portal.core.status import IllegalMoveError, save
from tests import factories
from tests.conftest import NOON

SET_AT = dt.datetime(2026, 2, 3, 9, 0, tzinfo=dt.UTC)
FIRST, THEN = dt.date(2026, 1, 1), dt.date(2026, 4, 1)  # quarters


def _at(month, day, year=2026):
    return dt.datetime(year, month, day, 4, 20, tzinfo=dt.UTC)


@pytest.fixture
def schedule(busy, ministry, vera, cora):
    asked = ReportSchedule(
        definition=Definition.PORTFOLIO, authority=ministry, reader_ids=[cora.pk, vera.pk]
    )
    return verbs.set_schedule(asked, by=vera, at=SET_AT)


def test_a_report_is_issued_on_the_first_working_day_after_the_quarter(schedule, vera, cora):
    assert schedules.issue_due(at=_at(3, 31)) == 0
    assert schedules.issue_due(at=_at(4, 1)) == 1
    report = Report.objects.get()
    assert (report.schedule, report.quarter, report.issued_by) == (schedule, FIRST, vera)
    assert (report.definition, report.issued_at) == ("portfolio", _at(4, 1))
    mails = Outgoing.objects.all()
    assert {mail.to_address for mail in mails} == {vera.email, cora.email}
    assert all(report.get_absolute_url() in mail.body for mail in mails)
    assert not any(person.name in mail.body for mail in mails for person in (vera, cora))


def test_a_quarter_that_ends_before_a_holiday_waits(schedule):
    """1 January 2027 is a Friday, so the first working day is Monday 4 January."""
    assert schedules.issue_due(at=_at(1, 1, 2027)) == 0
    assert schedules.issue_due(at=_at(1, 3, 2027)) == 0
    assert schedules.issue_due(at=_at(1, 4, 2027)) == 1


def test_a_missed_night_is_caught_up_and_no_quarter_is_issued_twice(schedule, vera):
    assert schedules.issue_due(at=_at(5, 20)) == 1
    assert schedules.issue_due(at=_at(5, 21)) == 0
    assert schedules.issue_due(at=_at(7, 1)) == 1
    quarters = Report.objects.order_by("pk").values_list("quarter", flat=True)
    assert list(quarters) == [FIRST, THEN]
    twice = Report.objects.last()
    twice.pk, twice.uuid, twice.number = None, uuid.uuid4(), "2026-0099"
    with pytest.raises(ValidationError):
        save(twice)


def test_the_quarter_before_it_was_asked_is_not_issued(busy, ministry, vera):
    asked = ReportSchedule(definition=Definition.PORTFOLIO, authority=ministry)
    verbs.set_schedule(asked, by=vera, at=_at(4, 1))
    assert schedules.issue_due(at=_at(4, 2)) == 0
    assert schedules.issue_due(at=_at(7, 1)) == 1


def test_a_schedule_pauses_when_who_set_it_lost_the_role(schedule, vera, cora, olga):
    RoleAssignment.objects.filter(user=vera).update(taken_at=NOON, taken_by=olga)
    assert schedules.issue_due(at=_at(4, 1)) == 0
    schedule.refresh_from_db()
    assert schedule.status == ScheduleStatus.PAUSED
    assert [mail.to_address for mail in Outgoing.objects.all()] == [cora.email]
    assert schedules.issue_due(at=_at(4, 2)) == 0

    verbs.resume_schedule(schedule, by=cora, at=_at(4, 2))

    assert schedules.issue_due(at=_at(4, 3)) == 1
    assert Report.objects.get().issued_by == cora
    said = AuditEvent.objects.filter(object_uuid=schedule.uuid).order_by("pk")
    assert list(said.values_list("verb", flat=True)) == [
        "set_schedule",
        "pause_schedule",
        "resume_schedule",
        "issue_scheduled",
    ]


def test_a_schedule_pauses_when_who_set_it_left(schedule, vera):
    vera.is_active = False
    vera.save()
    assert schedules.issue_due(at=_at(4, 1)) == 0
    schedule.refresh_from_db()
    assert schedule.status == ScheduleStatus.PAUSED


def test_a_schedule_of_a_contract_that_went_elsewhere_pauses(busy, ministry, other_ministry, vera):
    asked = ReportSchedule(
        definition=Definition.CONTRACT, authority=ministry, contract=busy, supplier=busy.supplier
    )
    schedule = verbs.set_schedule(asked, by=vera, at=SET_AT)
    busy.authority = other_ministry
    busy.save()
    assert schedules.issue_due(at=_at(4, 1)) == 0
    schedule.refresh_from_db()
    assert schedule.status == ScheduleStatus.PAUSED


def test_a_schedule_that_was_stopped_issues_nothing(schedule, vera):
    verbs.stop_schedule(schedule, by=vera, at=NOON)
    assert schedules.issue_due(at=_at(4, 1)) == 0
    assert verbs.issue_scheduled(schedule, FIRST, by=vera, at=_at(4, 1)) is None
    with pytest.raises(IllegalMoveError):
        verbs.stop_schedule(schedule, by=vera, at=NOON)
    with pytest.raises(IllegalMoveError):
        verbs.resume_schedule(schedule, by=vera, at=NOON)


def test_of_two_workers_one_issues(schedule, vera):
    assert verbs.issue_scheduled(schedule, FIRST, by=vera, at=_at(4, 1))
    assert verbs.issue_scheduled(schedule, FIRST, by=vera, at=_at(4, 1)) is None


def test_who_may_no_longer_see_the_report_gets_no_mail(schedule, cora, vera, olga):
    RoleAssignment.objects.filter(user=cora).update(taken_at=NOON, taken_by=olga)
    schedules.issue_due(at=_at(4, 1))
    assert [mail.to_address for mail in Outgoing.objects.all()] == [vera.email]


def test_the_clock_issues_what_is_due(schedule):
    tasks.issue_scheduled()
    assert Report.objects.count() == 1


# Pages


def test_a_schedule_is_asked_from_the_report_that_was_looked_at(client, busy, ministry, vera, cora):
    client.sign_in(vera)
    asked = {"authority": ministry.pk}
    url = reverse("reports:schedule-new")
    assert url in client.get(reverse("reports:report-issue"), asked).content.decode()
    page = client.get(url, asked)
    assert page.context["form"].initial["authority"] == ministry
    assert f"<h2>{ministry.name}</h2>" in page.content.decode()
    sent = {
        "definition": "portfolio",
        "authority": ministry.pk,
        "language": "en",
        "readers": [cora.pk],
        "form_key": str(uuid.uuid4()),
    }
    for _press in range(2):
        assert client.post(url, sent).url == reverse("reports:schedule-list")
    schedule = ReportSchedule.objects.get()
    assert (schedule.owner, schedule.reader_ids, schedule.language) == (vera, [cora.pk], "en")
    rows = client.get(reverse("reports:schedule-list")).context["rows"]
    assert [row["schedule"] for row in rows] == [schedule]


@pytest.mark.parametrize("asked", [{}, {"definition": "supplier"}, {"definition": "annual"}])
def test_without_a_report_to_repeat_one_is_chosen_first(client, busy, vera, asked):
    client.sign_in(vera)
    answer = client.get(reverse("reports:schedule-new"), asked)
    assert answer.url == reverse("reports:report-issue")


def test_what_is_not_there_to_repeat_is_not_found(client, busy, vera):
    client.sign_in(vera)
    answer = client.get(reverse("reports:schedule-new"), {"contract": 0})
    assert answer.status_code == 404


def test_a_year_is_not_repeated_every_quarter(client, busy, ministry, vera):
    client.sign_in(vera)
    sent = {"definition": "annual", "authorities": [ministry.pk], "year": 2026, "language": "nl"}
    assert client.post(reverse("reports:schedule-new"), sent).context["form"].errors
    assert not ReportSchedule.objects.exists()


def test_a_reader_works_for_every_authority_of_the_report(
    client, busy, ministry, other_ministry, vera, cora
):
    factories.RoleAssignmentFactory(user=vera, authority=other_ministry, role=RoleName.POLICY_MAKER)
    client.sign_in(vera)
    sent = {
        "definition": "data_quality",
        "authorities": [ministry.pk, other_ministry.pk],
        "language": "nl",
        "readers": [cora.pk],
    }
    answer = client.post(reverse("reports:schedule-new"), sent)
    assert list(answer.context["form"].errors) == ["readers"]


def test_a_schedule_is_stopped_and_resumed_by_a_button(client, schedule, vera):
    client.sign_in(vera)
    resume, stop = (
        reverse(f"reports:schedule-{verb}", args=[schedule.pk]) for verb in ("resume", "stop")
    )
    ReportSchedule.objects.update(status=ScheduleStatus.PAUSED)
    assert resume in client.get(reverse("reports:schedule-list")).content.decode()
    statuses = []
    for url in (resume, resume, stop, stop):
        assert client.post(url).url == reverse("reports:schedule-list")
        schedule.refresh_from_db()
        statuses.append(schedule.status)
    assert statuses == ["running", "running", "stopped", "stopped"]


def test_an_auditor_sees_schedules_and_sets_none(client, schedule, anna):
    page = client.sign_in(anna).get(reverse("reports:schedule-list"))
    assert [row["may_stop"] for row in page.context["rows"]] == [False]
    assert client.get(reverse("reports:schedule-new")).status_code == 403


def test_what_cannot_be_made_keeps_no_other_waiting(schedule, ministry, vera, monkeypatch):
    """The first fails in the middle of its transaction; the second is issued (R-319)."""
    quality = ReportSchedule(definition=Definition.QUALITY, authority=ministry)
    other = verbs.set_schedule(quality, by=vera, at=SET_AT)
    issue = verbs.issue_report

    def broken(report, **asked):
        made = issue(report, **asked)
        if report.schedule == schedule:
            raise ZeroDivisionError
        return made

    with monkeypatch.context() as patched:
        patched.setattr(verbs, "issue_report", broken)
        assert schedules.issue_due(at=_at(4, 1)) == 1
        assert schedules.issue_due(at=_at(4, 2)) == 0
    assert [report.schedule for report in Report.objects.all()] == [other]
    schedule.refresh_from_db()
    assert (schedule.status, schedule.failed_at) == (ScheduleStatus.RUNNING, _at(4, 2))
    failed = AuditEvent.objects.filter(object_uuid=schedule.uuid, verb="fail_schedule")
    assert failed.count() == 1
    assert [mail.to_address for mail in Outgoing.objects.all()] == [vera.email]

    assert schedules.issue_due(at=_at(4, 3)) == 1
    schedule.refresh_from_db()
    assert schedule.failed_at is None
