"""The banenafspraak in tables: once a year, with what nobody is read from."""

import dataclasses
import datetime as dt
import io
import itertools
import re
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Sum
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candidates.agreed_jobs import posting
from candidates.models import AgreedJob, JobEntry, JobForm, PaidHours, Share
from contracts.models import Account, LedgerEntry
from reports import (
    definitions,
    disclosure,
    jobs_figures,
    jobs_tables,
    printing,
    published,
    tables,
    tasks,
)
from reports.disclosure import TOTAL, Brought
from reports.models import Definition, FixedTable, TableKind, WorkOfContract
from sroi_portal.core.acting import DatabaseRole, acting_as
from tests import factories
from tests.conftest import NOON
from tests.reports.conftest import MONTHS

pytestmark = pytest.mark.django_db
LATER = NOON.replace(year=2027)
JANUARY = dt.date(2026, 1, 1)
JOBS = st.tuples(st.sampled_from(JobForm.values), st.sampled_from(["stated", "confirmed"]))
PEOPLE = st.lists(  # the supplier, placements with verified work, and placements that are jobs
    st.tuples(st.integers(0, 1), st.integers(0, 2), st.lists(JOBS, max_size=2)), max_size=7
)


@pytest.fixture
def job(sara, olga):
    """Let a placement count for the banenafspraak, 25.5 hours a week in January alone."""

    def _job(placement, *, form="service", status="confirmed"):
        checked = {"checked_by": olga, "checked_at": NOON} if status == "confirmed" else {}
        facts = {"form": form, "known_on": JANUARY, "status": status}
        who = {"supplier": placement.supplier, "stated_by": sara, "stated_at": NOON}
        made = AgreedJob.objects.create(placement=placement, **facts, **who, **checked)
        for day, hours in ((JANUARY, Decimal("25.5")), (dt.date(2026, 2, 1), Decimal(0))):
            PaidHours.objects.create(
                job=made,
                placement=placement,
                supplier=placement.supplier,
                per="week",
                starts_on=day,
                hours=hours,
            )
        posting.post(made, by=sara, at=NOON)
        return made

    return _job


@pytest.fixture
def busy(contracts, work, ww, job):
    """Of three suppliers twelve in each part; a sixth person of each form is hired in."""
    three = next(iter(contracts.values()))
    for contract in three:
        for number in range(12):
            person = work(contract, ww)
            if number < 8:
                placement = person.placements.get()
                job(placement, form="hired_in" if number % 2 else "service")
            if number < 4:
                placement.contributions.get().shares.get().used_months.all().delete()
    return three


def _shown(cells):
    return {(cell.row, cell.column): (cell.people, cell.hours) for cell in cells}


def test_a_year_is_published_once_and_equals_its_entries(busy):
    [table] = jobs_tables.publish_due(today=dt.date(2027, 3, 2), at=LATER)
    shown = _shown(table.cells.all())
    assert shown["social", TOTAL] == (10, None)
    assert shown["both", TOTAL] == (10, Decimal("1331.04"))
    assert shown["jobs", TOTAL] == (10, Decimal("1331.04"))
    assert shown[TOTAL, TOTAL] == (25, Decimal("2662.08"))
    assert shown[TOTAL, "employed"] == (0, 0)
    assert shown["waiting", TOTAL] == (0, 0)
    assert jobs_tables.publish_due(today=dt.date(2027, 3, 2), at=LATER) == []
    assert jobs_tables.publish(2026, at=LATER) is None
    assert list(jobs_tables.differences()) == []
    assert not LedgerEntry.objects.filter(source_kind__contains="job").exists()
    with translation.override("en"):
        found = jobs_figures.published(through=2026, before=LATER).of(2026)
    assert (found.total.jobs, found.goal_government) == (Decimal("2.00"), 25_000)
    assert found.checked_pct == 100
    assert [(form.sector, form.people) for form in found.forms] == [
        ("market", 0),
        ("market", 10),
        ("government", 10),
    ]
    assert len(jobs_figures.chart(jobs_figures.published()).stacks) == 1


def test_a_year_is_due_sixty_days_after_it_ended(busy):
    assert jobs_tables.publish_due(today=dt.date(2027, 2, 28), at=LATER) == []
    assert not FixedTable.objects.exists()


def _counts(**people):
    """Count people of three suppliers in each part, each paid a hundred hours."""
    return {
        (row, "-" if row in ("social", "waiting") else "service"): {
            supplier: Brought(count, 10_000 * count if row != "social" else 0)
            for supplier in range(3)
        }
        for row, count in people.items()
        if count
    }


@pytest.mark.parametrize(
    ("people", "is_divided"),
    [
        ({"social": 9, "both": 9, "jobs": 9}, True),
        ({"social": 9, "both": 9}, True),
        ({"social": 9, "both": 9, "jobs": 3}, False),
        ({"social": 3, "both": 9, "jobs": 9}, False),
        ({"social": 9, "both": 3, "jobs": 9}, False),
    ],
)
def test_parts_are_shown_together_or_not_at_all(people, is_divided):
    """All of social return are known by themselves, so one hidden part would follow."""
    shown = jobs_tables.published(_counts(**people))
    names = {row for row, column in shown if column == TOTAL} - {TOTAL, "waiting"}
    assert names == ({"social", "both", "jobs"} if is_divided else {"all"})
    assert all(shown.values())


def test_a_form_of_few_is_hidden_with_what_would_give_it_away():
    counts = _counts(social=9, both=9, jobs=9)
    counts["jobs", "hired_in"] = {0: Brought(1, 10_000)}
    shown = jobs_tables.published(counts)
    hidden = {key for key, figures in shown.items() if figures is None}
    assert hidden >= {("jobs", "hired_in"), (TOTAL, "hired_in"), ("jobs", "service")}
    assert shown["jobs", TOTAL].people == 30
    assert shown["waiting", TOTAL] == disclosure.Figures(0, 0, 0)


def test_of_too_few_nothing_is_shown(contracts, work, ww, job):
    contract = next(iter(contracts.values()))[0]
    for status in ("confirmed", "stated"):
        job(work(contract, ww).placements.get(), status=status)
    table = jobs_tables.publish(2026, at=LATER)
    assert table.cells.get(row="", column="").is_suppressed
    found = jobs_figures.published().of(2026)
    assert (found.both, found.total.people, found.checked_pct) == (None, None, None)
    assert not found.is_divided
    assert jobs_figures.chart(jobs_figures.published()).stacks == []


def test_a_year_that_is_not_drawn_is_named(client, busy, vera):
    client.cookies["language"] = "en"
    jobs_tables.publish(2026, at=LATER)
    address = reverse("reports:jobs")
    assert "Not drawn:" not in client.sign_in(vera).get(address).text
    table = FixedTable.objects.get(kind=TableKind.JOBS)
    hides = FixedTable.objects.create(
        kind=TableKind.JOBS,
        starts_on=dt.date(2025, 1, 1),
        ends_on=dt.date(2025, 12, 31),
        rows=table.rows,
        columns=table.columns,
        position=table.position,
        made_at=table.made_at,
    )
    wanted = {(jobs_tables.TOGETHER, TOTAL), *table.cells.values_list("row", "column")}
    for row, column in wanted:
        hides.cells.create(row=row, column=column, is_suppressed=True)
    answer = client.get(address)
    assert "Not drawn: 2025." in answer.text
    rows = re.findall(r"<tr>(.*?)</tr>", answer.text, re.DOTALL)
    cells = {tuple(re.findall(r">\s*([\d.x]+)\s*</t[hd]>", row)) for row in rows}
    drawn = answer.context["chart"].stacks[0]
    assert {(drawn.label, *map(str, drawn.parts)), ("2025", "x", "x", "x")} <= cells


def test_commands_and_the_night_publish_and_prove_it(busy, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    tasks.publish_tables()
    assert FixedTable.objects.filter(kind=TableKind.JOBS).count() == 1
    call_command("check_tables", stdout=io.StringIO())
    table = FixedTable.objects.get(kind=TableKind.JOBS)
    with acting_as(DatabaseRole.PUBLIC), translation.override("en"):
        rows = list(published.csv_rows(table))
        assert "2026" in published.title_of(table)
    assert rows[0][:4] == ("jobs", "2026-01-01", "2026-12-31", "both")
    with acting_as(DatabaseRole.WORKER):
        job = AgreedJob.objects.filter(form="service").first()
        forged = posting.JobEntry.objects.filter(source_uuid=job.uuid).first()
        forged.pk, forged.posting_no = -1, 7
        forged.save(force_insert=True)
    with pytest.raises(CommandError):
        call_command("check_tables", stderr=io.StringIO())


def test_policy_makers_read_each_year_and_where_it_comes_from(client, busy, vera, sara):
    client.cookies["language"] = "en"
    client.sign_in(vera)
    address = reverse("reports:jobs")
    assert "No year was published yet" in client.get(address).text
    jobs_tables.publish(2026, at=LATER)
    text = client.get(address, {"year": "2026"}).text
    assert "never added" in text
    assert "letter to Parliament 34352" in text
    assert "1,331.04" in text
    assert "No table of that year" not in text
    for odd in ("x", "1999"):
        answer = client.get(address, {"year": odd})
        assert answer.context["year"].year == 2026
        assert "No table of that year was published. You see 2026, the newest." in answer.text
    client.sign_in(sara)
    assert client.get(address).status_code == 403
    assert list(itertools.islice(jobs_tables.differences(), 1)) == []


def test_a_report_of_the_year_says_what_was_published_and_adds_nothing(busy, issue, vera):
    before = issue(definition=Definition.JOBS, year=2026, language="en")
    assert definitions.read(before).this_year is None
    jobs_tables.publish(2026, at=NOON)
    report = issue(definition=Definition.JOBS, year=2026, language="en")
    found = definitions.read(report)
    assert found.this_year.total.jobs == Decimal("2.00")
    assert found.in_short[0].verified_eur == found.total.sums.verified_eur
    assert definitions.differences(report) == []
    shown = printing.as_twin(report)
    assert "never added" in shown
    assert "1,331.04" in shown
    with translation.override("en"):
        [table] = [each for each in tables.tables_of(report) if each.name == "Banenafspraak"]
        rows = [list(row) for row in table.rows]
    assert rows[0] == [2026, "social return only", 10, None, None]
    assert [2026, "total", 25, Decimal("2662.08"), Decimal("2.00")] in rows


def test_what_is_hidden_is_a_cross_in_page_report_and_files(contracts, work, ww, job, issue):
    job(work(next(iter(contracts.values()))[0], ww).placements.get())
    jobs_tables.publish(2026, at=NOON)
    report = issue(definition=Definition.JOBS, year=2026, language="en")
    kind = definitions.kind_of(report)
    shown = printing.as_twin(report)
    assert "One of the three parts is too small to show" in shown
    [table] = [each for each in tables.tables_of(report) if each.name == "Banenafspraak"]
    rows = [list(row) for row in table.rows]
    assert [2026, "total", "x", "x", "x"] in rows
    changed = dataclasses.replace(definitions.read(report), jobs=jobs_figures.Jobs(()))
    with translation.override("en"):
        assert "The tables about the banenafspraak differ." in list(kind.compare(changed))


def _circles():
    """Read of each ledger alone who counts in it, and the hours of the banenafspraak."""
    sources = LedgerEntry.objects.filter(account=Account.VERIFIED).values("source_uuid")
    shares = Share.objects.filter(uuid__in=sources)
    entries = JobEntry.objects.filter(account="checked")
    jobs = AgreedJob.objects.filter(uuid__in=entries.values("source_uuid"))
    return (
        set(shares.values_list("contribution__placement__candidate", flat=True)),
        set(jobs.values_list("placement__candidate", flat=True)),
        entries.aggregate(hours=Sum("hours", default=0))["hours"],
    )


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(PEOPLE)
def test_parts_add_up_to_the_union_and_each_circle_to_its_ledger(
    contracts, work, ww, job, sara, people
):
    """R-458, N23: for any set of placements, each person stands in one part."""
    with transaction.atomic():
        for number, (supplier, worked, jobs) in enumerate(people):
            cells = [cell[supplier] for cell in contracts.values()]
            person = factories.candidate(cells[0].supplier, f"P-{number}")
            for contract, month in zip(cells[:worked], MONTHS, strict=False):
                work(contract, ww, months=[month], person=person)
            for contract in cells[worked : len(jobs)]:
                factories.placement(contract, ww, sara, candidate=person)
            for placement, (form, status) in zip(person.placements.all(), jobs, strict=False):
                job(placement, form=form, status=status)
        table = jobs_tables.publish(2026, at=LATER)
        social, agreed, hours = _circles()
        parts = dict.fromkeys(("social", "both", "jobs", "waiting"), (0, Decimal(0)))
        for line in WorkOfContract.objects.filter(table=table):
            before = parts[line.row]
            parts[line.row] = (before[0] + line.people, before[1] + line.hours)
        counted = [parts[row][0] for row in ("social", "both", "jobs")]
        assert sum(counted) == len(social | agreed)
        assert counted[0] + counted[1] == len(social)
        assert counted[1] + counted[2] == len(agreed)
        assert parts["both"][1] + parts["jobs"][1] == hours
        transaction.set_rollback(True)
