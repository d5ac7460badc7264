"""People of pilots in published tables, and the report of the pilots."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from network import actions
from reports import definitions, fixed_tables, published, tables
from reports.fixed_tables import Period
from reports.models import Definition, TableKind
from tests.conftest import NOON
from tests.network import trying

pytestmark = pytest.mark.django_db
LATER = NOON.replace(year=2027)
OF_2025 = Period(dt.date(2025, 1, 1), dt.date(2025, 12, 31), TableKind.PILOTS)
OF_2026 = Period(dt.date(2026, 1, 1), dt.date(2026, 12, 31), TableKind.PILOTS)


@pytest.fixture
def large(contracts, ministry, ada, piet, work, ww):
    """Four people on each of three contracts, one of whom began the year before."""
    days = {"starts_on": dt.date(2025, 11, 1), "ends_on": dt.date(2026, 6, 30)}
    pilot = trying.pilot(ministry, ada, **days)
    for contract in contracts["VB", "schoonmaak"]:
        trying.add_place(pilot, contract, by=piet)
        for _person in range(4):
            work(contract, ww)
    work(contract, ww, months=[dt.date(2025, 12, 1), dt.date(2026, 1, 1)])
    return pilot


@pytest.fixture
def small(contracts, ministry, ada, work, ww):
    """Two people on one contract."""
    contract = contracts["VB", "catering"][0]
    pilot = trying.pilot(ministry, ada, title="Samen koken")
    trying.add_place(pilot, contract, by=ada)
    work(contract, ww), work(contract, ww)
    return pilot


def _people(table):
    return {(cell.row, cell.column): cell.people for cell in table.cells.all()}


def test_a_person_of_a_pilot_counts_once_over_all_years(large):
    before = fixed_tables.publish(OF_2025, at=LATER)
    year = fixed_tables.publish(OF_2026, at=LATER)
    row = str(large.uuid)
    assert set(_people(before).values()) == {None}
    assert _people(year) == {
        (row, "all"): 10,
        (row, ""): 10,
        ("", "all"): 10,
        ("", ""): 10,
    }
    assert year.rows == [{"code": row, "nl": large.title, "en": large.title}]
    assert "2026" in published.title_of(year)
    assert list(fixed_tables.differences()) == []


def test_a_small_pilot_is_in_no_total_that_gives_it_away(large, small):
    year = fixed_tables.publish(OF_2026, at=LATER)
    told = _people(year)
    assert told[str(small.uuid), ""] is None
    shown = [each for each in (told[str(large.uuid), ""], told["", ""]) if each is not None]
    assert len(shown) <= 1


def test_years_without_a_pilot_have_no_table(contracts, work, ww):
    work(contracts["VB", "schoonmaak"][0], ww)
    made = fixed_tables.publish_due(today=LATER.date(), at=LATER)
    assert TableKind.PILOTS not in {table.kind for table in made}


def test_a_pilot_that_ran_has_its_table(large):
    made = fixed_tables.publish_due(today=LATER.date(), at=LATER)
    assert [table.starts_on.year for table in made if table.kind == TableKind.PILOTS] == [
        2025,
        2026,
    ]


def test_the_report_of_the_pilots_tells_what_each_brought(busy, tried, large, issue):
    fixed_tables.publish(OF_2026, at=NOON)
    report = issue(definition=Definition.PILOTS, year=2026)
    found = definitions.read(report)
    assert found.pilots_count == 2
    assert (found.lessons_count, found.reached_count) == (1, 1)
    assert found.lessons[0].changed == "Bouwblokken Voorbeeld (1) · Gemeente Voorbeeld"
    lines = {line.uuid: line for line in found.pilots}
    assert lines[str(large.uuid)].people == 10
    of_tried = lines[str(tried.uuid)]
    assert of_tried.verified_eur == Decimal("6000.00")
    assert (of_tried.partners, of_tried.people) == ("Leverancier Noord", None)
    assert [each.people for each in found.people_by_year] == [10]
    assert found.people_so_far == 10
    [sheet] = [each for each in tables.tables_of(report) if each.name == "Elke proeftuin"]
    people = sheet.headings.index("Mensen")
    assert [row[people] for row in sheet.rows] == [
        "x" if line.people is None else line.people for line in found.pilots
    ]


def test_a_report_of_pilots_is_narrowed_by_category(busy, tried, large, issue):
    about = {"definition": Definition.PILOTS, "year": 2026, "category": busy.category}
    found = definitions.read(issue(**about))
    assert (found.pilots_count, found.category) == (1, str(busy.category))
    assert definitions.kind_of(issue(**about)).title(found).endswith(str(busy.category))
    other = definitions.read(issue(definition=Definition.PILOTS, year=2020))
    assert (other.pilots_count, other.contracts) == (0, ())


def test_a_changed_pilot_of_a_report_is_found(busy, tried, issue):
    report = issue(definition=Definition.PILOTS, year=2026)
    report.facts["places"][0]["verified_eur"] = "1.00"
    report.facts["pilots"][0]["people"] = 15
    with translation.override("en"):
        found = definitions.differences(report)[1:]
    assert found == ["The contracts of the pilots differ.", "The tables about people differ."]


def test_a_stopped_pilot_stays_in_the_report(busy, tried, ada, issue):
    actions.move_pilot(tried, "stopped", by=ada, at=NOON, remark="Klaar.")
    found = definitions.read(issue(definition=Definition.PILOTS, year=2026))
    assert (found.pilots_count, found.pilots[0].ends_on) == (1, NOON.date())


def test_the_page_of_a_pilot_shows_what_was_published_of_it(client, large, vera):
    """R-327: the same figures as everywhere else, also where they are left out."""
    client.sign_in(vera)
    fixed_tables.publish(OF_2025, at=LATER)
    fixed_tables.publish(OF_2026, at=LATER)
    shown = client.get(large.get_absolute_url())
    assert published.of_pilot(large.uuid) == [(2025, None), (2026, 10)]
    assert (shown.context["years"], shown.context["hides"]) == ([(2025, None), (2026, 10)], True)
    assert "x: " in shown.content.decode()
