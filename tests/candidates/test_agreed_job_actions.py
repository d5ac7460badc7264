"""A placement that counts for the banenafspraak: stated, posted, checked, never in euros."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection

from candidates import actions, tasks
from candidates.agreed_jobs import own, posting
from candidates.models import AgreedJob, CandidateCode, JobEntry, PaidHours, Placement
from contracts.models import LedgerEntry
from sroi_portal.core import history, sight
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.status import ChangedMeanwhileError, IllegalMoveError
from tests.conftest import NOON, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
LATER = NOON + dt.timedelta(days=31)
KNOWN = dt.date(2025, 12, 15)


def _facts(**told):
    facts = {"form": "service", "known_on": KNOWN, "hours_a_week": Decimal("25.5")}
    return actions.JobFacts(**facts | told)


@pytest.fixture
def job(placement, sara):
    return actions.register_job(placement, _facts(), by=sara, at=NOON)


@pytest.fixture
def seen_job(job, draft, sara):
    """The authority checks the work as well."""
    actions.submit_share(draft, by=sara, at=NOON)
    job.refresh_from_db()
    return job


def _sums():
    found = {}
    for entry in JobEntry.objects.all():
        place = (entry.account, entry.form, entry.sector, entry.month)
        found[place] = found.get(place, 0) + entry.hours
    return {place: hours for place, hours in found.items() if hours}


def _months(account, form="service", sector="market"):
    """Every month of this placement that is over at NOON has one job."""
    return {
        (account, form, sector, month): Decimal("110.9200")
        for month in posting.months.months_between(
            dt.date(2026, 1, 1), posting.months.last_closed_month(TODAY)
        )
    }


def test_what_is_stated_is_posted_by_month_and_never_in_euros(placement, sara):
    before = LedgerEntry.objects.count()
    job = actions.register_job(placement, _facts(), by=sara, at=NOON)
    assert _sums() == _months("stated")
    assert LedgerEntry.objects.count() == before
    assert posting.post(job, by=sara, at=NOON) == 0
    assert "euro" not in {field.name for field in JobEntry._meta.get_fields()}
    [told] = history.of([job])
    assert (told.sentence, told.by) == ("Banenafspraak stated", "Sara")


def test_a_placement_counts_once_and_its_ground_lies_in_the_past(job, placement, sara):
    with pytest.raises(IllegalMoveError, match="already"):
        actions.register_job(placement, _facts(), by=sara, at=NOON)
    tomorrow = TODAY + dt.timedelta(days=1)
    with pytest.raises(ValidationError, match="not come yet"):
        actions.correct_job(job, {"form": "service", "known_on": tomorrow}, by=sara, at=NOON)


def test_a_placement_that_was_withdrawn_counts_for_nothing(placement, sara):
    job = actions.register_job(placement, _facts(), by=sara, at=NOON)
    actions.withdraw_placement(placement, by=sara, at=NOON)
    assert _sums() == {}
    job.refresh_from_db()
    actions.withdraw_job(job, by=sara, at=NOON)
    with pytest.raises(IllegalMoveError, match="was withdrawn"):
        actions.register_job(placement, _facts(), by=sara, at=NOON)


def test_another_form_is_another_sector_and_is_checked_again(seen_job, olga, sara):
    actions.confirm_job(seen_job, by=olga, at=NOON)
    assert _sums() == _months("checked")
    actions.correct_job(seen_job, {"form": "hired_in", "known_on": KNOWN}, by=sara, at=NOON)
    seen_job.refresh_from_db()
    assert (seen_job.status, seen_job.checked_by) == ("stated", None)
    assert seen_job.sector == "government"
    assert _sums() == _months("stated", "hired_in", "government")


def test_paid_hours_change_from_a_day_or_for_one_month(job, sara):
    facts = {"by": sara, "at": NOON}
    actions.state_paid_hours(
        job, per="month", starts_on=dt.date(2026, 1, 20), hours=Decimal(80), **facts
    )
    [month] = PaidHours.objects.filter(per="month")
    assert month.starts_on == dt.date(2026, 1, 1)
    assert _sums()["stated", "service", "market", dt.date(2026, 1, 1)] == 80
    actions.state_paid_hours(
        job, per="month", starts_on=dt.date(2026, 1, 1), hours=Decimal(81), **facts
    )
    assert _sums()["stated", "service", "market", dt.date(2026, 1, 1)] == 81
    assert posting.hours_on(job, dt.date(2026, 1, 9)).hours == 81
    assert posting.jobs_of(posting.hours_on(job, dt.date(2026, 2, 9))) == 1
    for day, hours, said in (
        (dt.date(2025, 12, 31), Decimal(20), "outside"),
        (dt.date(2026, 2, 1), Decimal(61), "between 0 and 60"),
    ):
        with pytest.raises(ValidationError, match=said):
            actions.state_paid_hours(job, per="week", starts_on=day, hours=hours, **facts)


def test_the_last_day_of_the_work_is_the_last_that_counts(job, placement, sara):
    actions.end_placement(placement, by=sara, at=NOON, ends_on=dt.date(2026, 1, 31))
    assert list(_sums()) == [("stated", "service", "market", dt.date(2026, 1, 1))]
    with pytest.raises(ValidationError, match="outside"):
        actions.state_paid_hours(
            job, per="week", starts_on=dt.date(2026, 2, 1), hours=Decimal(9), by=sara, at=NOON
        )


def test_what_is_withdrawn_can_be_stated_again(job, placement, sara):
    actions.withdraw_job(job, by=sara, at=NOON)
    assert _sums() == {}
    job.refresh_from_db()
    for verb in (
        lambda: actions.state_paid_hours(
            job, per="week", starts_on=TODAY, hours=Decimal(9), by=sara, at=NOON
        ),
        lambda: actions.correct_job(job, {"form": "service"}, by=sara, at=NOON),
    ):
        with pytest.raises(IllegalMoveError, match="State it again"):
            verb()
    again = actions.register_job(placement, _facts(form="employed"), by=sara, at=NOON)
    assert again.pk == job.pk
    assert _sums() == _months("stated", "employed")


def test_another_person_checks_it_or_says_why_not(seen_job, olga, sara):
    with pytest.raises(ValidationError, match="Somebody else"):
        actions.confirm_job(seen_job, by=sara, at=NOON)
    actions.decline_job(seen_job, by=olga, at=NOON, reason="De werkgever liet niets zien.")
    assert _sums() == {}
    told = history.of([seen_job])
    assert told[0].remark == "De werkgever liet niets zien."
    seen_job.refresh_from_db()
    with pytest.raises(IllegalMoveError):
        actions.confirm_job(seen_job, by=olga, at=NOON)
    with pytest.raises(ChangedMeanwhileError):
        actions.withdraw_job(seen_job, by=sara, at=NOON, revision=1)


def test_every_night_the_month_that_is_over_is_posted(seen_job, olga, monkeypatch):
    actions.confirm_job(seen_job, by=olga, at=NOON)
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    count = JobEntry.objects.count()
    tasks.post_closed_months()
    tasks.post_closed_months()
    newest = posting.months.last_closed_month(LATER.date())
    assert JobEntry.objects.count() == count + 1
    assert JobEntry.objects.latest("pk").month == newest
    with acting_as(DatabaseRole.WORKER):
        assert posting.position() == JobEntry.objects.latest("pk").pk


def test_a_command_proves_the_sums(job):
    said = io.StringIO()
    call_command("check_agreed_jobs", stdout=said)
    assert "equals" in said.getvalue()
    PaidHours.objects.update(hours=Decimal(10))
    with pytest.raises(CommandError, match="1 differences"):
        call_command("check_agreed_jobs", stderr=io.StringIO())


def test_only_the_supplier_and_who_checks_the_work_see_it(job, sara, bram, olga, otto, vera):
    def sees(person):
        with acting_as(DatabaseRole.WEB, sight.of(person)):
            models = (AgreedJob, PaidHours, Placement, CandidateCode)
            return {model.objects.exists() for model in models}

    assert [sees(person) for person in (sara, olga)] == [{True}] * 2
    assert [sees(person) for person in (bram, otto, vera)] == [{False}] * 3
    for role in (DatabaseRole.WEB, DatabaseRole.PUBLIC):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            acting_as(role, sight.of(sara)),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT hours FROM candidates_jobentry")


def test_exact_figures_are_of_ones_own(seen_job, olga, oda, sara, bram):
    share = seen_job.placement.contributions.get().shares.get()
    actions.verify_share(share, by=oda, at=NOON)
    waiting = own.figures(sara, 2026, today=TODAY)
    assert (waiting.forms, waiting.venn.both.people) == ((), 0)
    assert waiting.waiting_hours == sum(_months("stated").values())
    actions.confirm_job(seen_job, by=olga, at=NOON)

    for person in (sara, olga):
        with acting_as(DatabaseRole.WEB, sight.of(person)):
            found = own.figures(person, 2026, today=TODAY)
        assert (found.venn.both.people, found.venn.everybody) == (1, 1)
        assert found.venn.agreed_jobs.hours == sum(_months("checked").values())
        assert found.total.people == 1
        assert [(row.form, row.sector) for row in found.forms] == [
            ("works on a service that the supplier delivers", "market")
        ]
    with acting_as(DatabaseRole.WEB, sight.of(bram)):
        assert own.figures(bram, 2026, today=TODAY).venn.everybody == 0
