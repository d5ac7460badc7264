"""Lasting work in fixed tables: counted once, hidden where few stand behind it."""

import datetime as dt
import io
import itertools

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from candidates.models import Additionality, FollowUpStatus
from contracts.models import Contract
from reports import lasting_tables, published, tasks
from reports.fixed_tables import Period
from reports.models import FixedTable, LastingOfContract, PublishedCell, TableKind
from reports.published import Measure
from sroi_portal.core.acting import DatabaseRole, acting_as
from tests.conftest import NOON
from tests.reports.lasting import ENDED, LATER, asks, ends

pytestmark = pytest.mark.django_db
FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
AFTER_3 = Period(FIRST, LAST, TableKind.AFTER_3)
OF_ENDED = Period(FIRST, LAST, TableKind.ENDED)


@pytest.fixture
def people(contracts, work, ww):
    """Four people on each of three contracts of one cell, and one in another."""
    many, few = contracts["VB", "schoonmaak"], contracts["AN", "catering"]
    found = [(work(contract, ww), contract) for contract in many for _person in range(4)]
    return [*found, (work(few[0], ww), few[0])]


@pytest.fixture
def asked(people, sara):
    """Of the twelve: six in work, two learn, two without, one not known, one not answered."""
    outcomes = [*["with_us"] * 6, *["learning"] * 2, *["no_work"] * 2, "unknown", ""]
    *twelve, other = people
    for (person, contract), outcome in zip(twelve, outcomes, strict=True):
        asks(ends(person, contract), 3, outcome, by=sara)
    asks(ends(*other), 3, "with_us", by=sara)
    return twelve


def total(table):
    return table.cells.get(row="", column="")


def test_a_year_of_questions_is_published_once(asked):
    table = lasting_tables.publish(AFTER_3, at=LATER)
    assert total(table).people == 15
    assert total(table).more == {"answered": 10, "in_work": 5, "learning": 0, "permanent": 0}
    assert lasting_tables.publish(AFTER_3, at=LATER) is None
    assert list(lasting_tables.differences()) == []


def test_small_cells_of_lasting_work_are_left_out(asked):
    table = lasting_tables.publish(AFTER_3, at=LATER)
    hidden = {(cell.row, cell.column) for cell in table.cells.filter(is_suppressed=True)}
    assert {("AN", "catering"), ("VB", "schoonmaak")} <= hidden
    assert all(cell.more == {} for cell in table.cells.filter(is_suppressed=True))
    with acting_as(DatabaseRole.PUBLIC):
        found = published.tables(TableKind.AFTER_3).get()
        grid = published.grid(found, Measure.IN_WORK)
        rows = list(published.csv_rows(found))
        cells = published.as_json(found)["cells"]
    on_page = [published.shown(figure) for line in grid.lines for figure in line.figures]
    place = published.csv_header(found).index("in_work")
    assert on_page == [row[place] for row in rows]
    assert on_page == [published.shown(cell["more"]["in_work"]) for cell in cells]
    assert grid.hides


def test_the_person_goes_before_the_firm_in_figures(people, sara):
    """Two say otherwise than the firm, one does not know, one is the only one who answers."""
    said = [
        ("with_us", "no_work"),
        ("no_work", "elsewhere"),
        ("with_us", "unknown"),
        ("", "no_work"),
    ]
    pairs = itertools.chain(said, itertools.repeat(("with_us", "")))
    for (person, contract), (firm, own) in zip(people, pairs, strict=False):
        asks(ends(person, contract), 3, firm, own, by=sara)
    table = lasting_tables.publish(AFTER_3, at=LATER)
    kept = LastingOfContract.objects.filter(table=table)
    assert sum(line.counts["answered"] for line in kept) == 13
    assert sum(line.counts["in_work"] for line in kept) == 11


def test_a_step_to_a_permanent_contract_is_counted_where_it_was_said(people, sara):
    step = {"permanent_on": ENDED, "permanent_with": "supplier"}
    later = {"permanent_on": LAST, "permanent_with": "state"}
    (first, second, third, *_rest) = people
    asks(ends(*first), 3, "with_us", by=sara, **step)
    asks(ends(*second), 3, "with_us", by=sara, **later)  # after the day it is about
    asks(ends(*third, permanent_on=ENDED), 3)
    table = lasting_tables.publish(AFTER_3, at=LATER)
    kept = LastingOfContract.objects.filter(table=table)
    assert sum(line.counts["permanent"] for line in kept) == 2


def test_a_person_with_two_questions_counts_once_and_a_withdrawn_one_never(people):
    person, contract = people[0]
    question = asks(ends(person, contract), 3)
    gone = asks(ends(*people[1]), 3)
    type(gone).objects.filter(pk=gone.pk).update(status=FollowUpStatus.WITHDRAWN)
    table = lasting_tables.publish(AFTER_3, at=LATER)
    assert [line.people for line in LastingOfContract.objects.filter(table=table)] == [1]
    assert question.months == 3


def test_how_long_work_lasted_and_grew(people, sara):
    for number, (person, contract) in enumerate(people[:12]):
        step = {"permanent_on": ENDED} if number < 6 else {}
        placement = ends(person, contract, hours=(20, 24), **step)
        if number < 10:
            Additionality.objects.create(
                placement=placement,
                supplier=placement.supplier,
                hired_anyway="yes" if number < 5 else "no",
                takes_a_place="no",
                stated_by=sara,
                stated_at=NOON,
            )
    table = lasting_tables.publish(OF_ENDED, at=LATER)
    assert total(table).people == 15  # thirteen: the contract of one ends in the year
    assert total(table).more == {
        "permanent": 5,
        "stated": 10,
        "anyway": 5,
        "displaced": 0,
        "median_months": 3,
        "grown_minutes": 210,
    }
    assert set(lasting_tables.differences()) == set()


def test_every_closed_year_is_published_at_night(asked, monkeypatch):
    from django.utils import timezone

    made = lasting_tables.publish_due(today=dt.date(2027, 2, 28), at=NOON)
    assert made == []
    monkeypatch.setattr(timezone, "now", lambda: LATER.replace(year=2027))
    tasks.publish_tables()
    kinds = set(FixedTable.objects.filter(starts_on=FIRST).values_list("kind", flat=True))
    assert set(lasting_tables.KINDS) <= kinds


def test_without_anything_asked_nothing_is_published():
    Contract.objects.all()
    assert lasting_tables.publish_due(today=LAST, at=NOON) == []


def test_a_cell_that_was_changed_is_found(asked):
    table = lasting_tables.publish(AFTER_3, at=LATER)
    kept = LastingOfContract.objects.filter(table=table).first()
    LastingOfContract.objects.create(
        table=table,
        row="XX",
        column=kept.column,
        contract=kept.contract,
        supplier=kept.supplier,
        people=3,
    )
    with pytest.raises(CommandError):
        call_command("check_tables", stderr=io.StringIO())


def test_everybody_reads_the_table(client, asked):
    lasting_tables.publish(AFTER_3, at=LATER)
    lasting_tables.publish(OF_ENDED, at=LATER)
    for kind in ("after-3", "ended"):
        page = client.get(reverse("reports:open-table", args=[kind, "2026-01-01"]))
        assert page.status_code == 200
        sent = client.get(reverse("reports:open-file", args=[kind, "2026-01-01", "csv"]))
        assert b"answered" in sent.content or b"median_months" in sent.content
    assert b"after-3" in client.get(reverse("reports:open-page")).content
    assert PublishedCell.objects.exists()
