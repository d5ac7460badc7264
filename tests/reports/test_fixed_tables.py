"""Tables about people: made once a period is closed, equal to the ledger, read by everybody."""

import datetime as dt
import io
import itertools
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone, translation

from candidates import actions as candidate_actions
from candidates.models import Share
from contracts.models import Block
from reports import fixed_tables, published, tasks
from reports.definitions import people
from reports.fixed_tables import Period
from reports.models import FixedTable, TableKind, WorkOfContract
from reports.published import Measure
from sroi_portal.core.acting import DatabaseRole, acting_as
from tests.conftest import NOON
from tests.reports.conftest import MONTHS

pytestmark = pytest.mark.django_db

LATER = NOON.replace(year=2027)
QUARTER = Period(dt.date(2026, 1, 1), dt.date(2026, 3, 31), TableKind.QUARTER)
YEAR = Period(dt.date(2026, 1, 1), dt.date(2026, 12, 31), TableKind.GROUPS)


@pytest.fixture
def busy(contracts, work, ww):
    """Four people on each contract, and one in the whole of the last cell."""
    *many, few = contracts.values()
    for contract in itertools.chain(*many):
        for _person in range(4):
            work(contract, ww)
    work(few[0], ww)
    return contracts


def _cells(table):
    return {
        (cell.row, cell.column): None
        if cell.is_suppressed
        else (cell.people, cell.hours, cell.value_eur)
        for cell in table.cells.all()
    }


def test_a_quarter_by_authority_and_category(busy):
    table = fixed_tables.publish(QUARTER, at=LATER)

    assert _cells(table) == {
        ("VB", "schoonmaak"): None,
        ("VB", "catering"): None,
        ("AN", "schoonmaak"): None,
        ("AN", "catering"): None,
        ("VB", ""): (25, Decimal("864.00"), Decimal("2400.00")),
        ("AN", ""): (15, Decimal("468.00"), Decimal("1300.00")),
        ("", "schoonmaak"): (25, Decimal("864.00"), Decimal("2400.00")),
        ("", "catering"): (15, Decimal("468.00"), Decimal("1300.00")),
        ("", ""): (35, Decimal("1332.00"), Decimal("3700.00")),
    }
    assert table.columns == [
        {"code": "catering", "nl": "Catering", "en": "Catering"},
        {"code": "schoonmaak", "nl": "Schoonmaak", "en": "Cleaning"},
    ]


def test_groups_stand_in_a_national_year_alone(busy, work, table):
    p_wet = Block.objects.get(table=table, code="p-wet")
    *_others, last = busy.values()
    for contract in last:
        for _person in range(4):
            work(contract, p_wet)

    year = fixed_tables.publish(YEAR, at=LATER)
    quarter = fixed_tables.publish(QUARTER, at=LATER)

    assert _cells(year) == {
        ("ww", "all"): (35, None, None),
        ("p-wet", "all"): (10, None, None),
        ("ww", ""): (35, None, None),
        ("p-wet", ""): (10, None, None),
        ("", "all"): (50, None, None),
        ("", ""): (50, None, None),
    }
    assert {row[-2:] for row in published.csv_rows(year)} == {("", "")}
    with pytest.raises(ValueError, match="no hours"):
        published.grid(year, Measure.HOURS)
    codes = {line["code"] for line in [*quarter.rows, *quarter.columns]}
    assert codes == {"VB", "AN", "schoonmaak", "catering"}


def test_a_person_counts_once_where_most_months_were_worked(contracts, work, ww):
    short, _zuid, _oost = contracts["VB", "schoonmaak"]
    long, *_others = contracts["AN", "catering"]
    person = work(short, ww)
    work(long, ww, months=MONTHS[1:], person=person)

    table = fixed_tables.publish(QUARTER, at=LATER)

    kept = WorkOfContract.objects.filter(table=table).values_list("contract", "people", "hours")
    assert set(kept) == {(short.pk, 0, Decimal(36)), (long.pk, 1, Decimal(72))}
    assert set(_cells(table).values()) == {None, (0, Decimal(0), Decimal(0))}


def test_work_of_another_period_or_not_verified_is_left_out(contracts, work, ww):
    contract, *_others = contracts["VB", "schoonmaak"]
    work(contract, ww, months=[dt.date(2026, 4, 1)])
    work(contract, ww)
    Share.objects.filter(used_months__month=MONTHS[0]).update(verified_at=LATER)

    table = fixed_tables.publish(QUARTER, at=NOON)

    kept = WorkOfContract.objects.get(table=table)
    assert (kept.people, kept.hours, kept.value_eur) == (0, 0, Decimal(100))


def test_a_contract_without_category_has_its_own_column(contracts, work, ww):
    contract, *_others = contracts["VB", "schoonmaak"]
    contract.category = None
    contract.save()
    work(contract, ww)

    [line] = fixed_tables.publish(QUARTER, at=LATER).columns

    assert (line["code"], line["en"]) == ("-", "not given")


def test_verified_work_comes_in_as_the_actions_write_it(contract, ww, sara, olga):
    facts = candidate_actions.PlacementFacts(
        reference="K-01",
        block=ww,
        hours_per_week=Decimal(36),
        starts_on=MONTHS[0],
        contract_form="temporary",
    )
    placement = candidate_actions.enter_placement(contract, facts, by=sara, at=NOON)
    period = (MONTHS[0], dt.date(2026, 2, 28))
    share = candidate_actions.draft_contribution(placement, by=sara, at=NOON, period=period)
    candidate_actions.submit_share(share, by=sara, at=NOON)
    candidate_actions.verify_share(share, by=olga, at=NOON)
    share.refresh_from_db()

    table = fixed_tables.publish(QUARTER, at=LATER)

    kept = WorkOfContract.objects.get(table=table)
    assert (kept.people, kept.hours, kept.value_eur) == (1, share.hours, share.value_eur)
    assert kept.hours > 0
    assert list(fixed_tables.differences()) == []


@pytest.mark.parametrize(
    ("today", "number"),
    [
        (dt.date(2026, 5, 29), 0),
        (dt.date(2026, 5, 30), 1),  # 60 days after 31 March
        (dt.date(2026, 12, 31), 3),
        (dt.date(2027, 3, 1), 6),  # with those of the year
    ],
)
def test_a_table_is_due_sixty_days_after_its_period(today, number):
    found = list(fixed_tables.closed_periods(dt.date(2026, 2, 14), today))
    assert len(found) == number
    assert {period.kind for period in found[:4]} <= {TableKind.QUARTER}


def test_a_table_is_published_once_and_equals_its_position(busy, work, ww, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: LATER)
    tasks.publish_tables()
    before = {str(table): _cells(table) for table in FixedTable.objects.all()}
    assert len(before) == 5

    work(busy["AN", "catering"][0], ww)  # verified afterwards
    said = io.StringIO()
    call_command("publish_tables", stdout=said)
    call_command("check_tables", stdout=said)

    assert said.getvalue().startswith("0 tables published")
    assert {str(table): _cells(table) for table in FixedTable.objects.all()} == before


def test_a_table_that_is_there_is_not_made_again(busy):
    assert fixed_tables.publish(QUARTER, at=LATER)
    assert fixed_tables.publish(QUARTER, at=LATER) is None


def test_hours_of_a_year_are_those_of_its_quarters(busy):
    fixed_tables.publish_due(today=LATER.date(), at=LATER)

    found = people.of_year(2026, SimpleNamespace(cut_off_at=LATER, language="nl"))

    assert found.whole_year == people.Work(35, Decimal("1332.00"))


def test_a_take_over_of_a_supplier_leaves_a_table_as_it_is(busy, noord, zuid, piet):
    table = fixed_tables.publish(QUARTER, at=LATER)
    before = set(WorkOfContract.objects.values_list("contract", "supplier"))

    candidate_actions.merge_supplier(
        noord, zuid, LATER.date(), by=piet, at=LATER, reason="Een fusie."
    )

    assert set(WorkOfContract.objects.values_list("contract", "supplier")) == before
    assert list(fixed_tables.differences()) == []
    assert table.cells.count() == 9


def test_what_differs_from_the_ledger_is_said(busy):
    table = fixed_tables.publish(QUARTER, at=LATER)
    contract = busy["AN", "catering"][1]
    WorkOfContract.objects.create(
        table=table,
        row="AN",
        column="catering",
        contract=contract,
        supplier=contract.supplier,
        value_eur=Decimal("0.01"),
    )

    said = io.StringIO()
    with pytest.raises(CommandError, match="4 differences"):
        call_command("check_tables", stderr=said)

    assert f"contract {contract.pk} differs" in said.getvalue()
    assert "cell ('AN', '') differs" in said.getvalue()


def test_page_csv_and_json_hide_the_same(busy):
    table = fixed_tables.publish(QUARTER, at=LATER)
    with acting_as(DatabaseRole.PUBLIC):
        table = published.tables(TableKind.QUARTER).get()
        grids = {measure: published.grid(table, measure) for measure in published.OF_WORK}
        rows = list(published.csv_rows(table))
        facts = published.as_json(table)

    for place, measure in enumerate(published.OF_WORK):
        grid = grids[measure]
        on_page = [published.shown(figure) for line in grid.lines for figure in line.figures]
        assert on_page == [row[7 + place] for row in rows]
        assert on_page == [published.shown(cell[measure]) for cell in facts["cells"]]
        assert on_page.count(published.HIDDEN) == 4
        assert grid.hides
    assert [line.is_total for line in grids[Measure.PEOPLE].lines] == [False, False, True]
    assert len(published.CSV_HEADER) == len(rows[0])


def test_a_table_is_read_in_the_language_of_the_reader(busy):
    table = fixed_tables.publish(QUARTER, at=LATER)
    with translation.override("en"):
        grid = published.grid(table, Measure.PEOPLE)
        assert grid.title == "Work by authority and category, quarter 1 of 2026"
        assert grid.columns == ("Catering", "Cleaning", "total")
        assert published.notes()[1].startswith("People are rounded to 5")
        assert "2026" in published.title_of(fixed_tables.publish(YEAR, at=LATER))
