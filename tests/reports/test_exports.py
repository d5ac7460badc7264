"""A list in a spreadsheet says what the page says, and does nothing by itself."""

import csv
import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext
from openpyxl import load_workbook

from contracts import fulfilment
from contracts.models import Contract, Fulfilment
from reports import exports
from reports.sheets import IN_ITS_UNIT
from tests import factories
from tests.conftest import NOON, TODAY

FORMULA = '=HYPERLINK("http://example.org")'


@pytest.fixture
def computed(busy, quiet):
    fulfilment.recompute(today=TODAY, at=NOON)
    return busy


def _csv(client, person, **asked):
    client.sign_in(person)
    answer = client.get(reverse("reports:contract-export", args=["csv"]), asked)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return answer, list(csv.DictReader(io.StringIO(text), delimiter=";"))


def _xlsx(client, person, **asked):
    client.sign_in(person)
    answer = client.get(reverse("reports:contract-export", args=["xlsx"]), asked)
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def _at(row, field):
    return list(row)[[column.field for column in exports.COLUMNS].index(field)]


def _row(rows, contract):
    return next(list(row.values()) for row in rows if contract.title in row.values())


def test_a_csv_says_what_is_kept_of_each_contract(client, computed, vera):
    answer, rows = _csv(client, vera)
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert len(rows) == Contract.objects.count()
    kept = Fulfilment.objects.get(contract=computed)
    row = _row(rows, computed)
    for name in ("owed", "verified", "submitted", "planned", "done", "expected"):
        amount = Decimal(_at(row, f"fulfilment__{name}_eur").replace(",", "."))
        assert amount == getattr(kept, f"{name}_eur")


def test_amounts_and_days_are_numbers_and_days_in_xlsx(client, computed, vera):
    heading, *rows = _xlsx(client, vera)
    assert heading == [str(column.heading) for column in exports.COLUMNS]
    row = next(row for row in rows if computed.title in row)
    assert _at(row, "fulfilment__verified_eur") == 6000
    assert _at(row, "fulfilment__submitted_eur") == 1500.5
    assert _at(row, "starts_on").date() == computed.starts_on
    assert _at(row, "supplier__kvk") == "99990001"


def test_a_file_says_what_is_owed_in_another_unit(client, computed, vera):
    """The page shows goals where nothing is owed in euros."""
    kept = Fulfilment.objects.filter(contract=computed)
    kept.update(own_unit="own", own_owed=2, own_done=Decimal("1.42"), carried_eur=Decimal(-5))
    _heading, *rows = _xlsx(client, vera)
    row = next(row for row in rows if computed.title in row)
    assert row[-len(IN_ITS_UNIT) :] == [gettext("goals"), 2, 1.42]
    assert _at(row, "fulfilment__carried_eur") == -5
    quiet = next(row for row in rows if computed.title not in row)
    assert quiet[-len(IN_ITS_UNIT) :] == [None, None, None]


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(client, computed, vera, start):
    Contract.objects.filter(pk=computed.pk).update(title=start, reference=FORMULA)
    _answer, rows = _csv(client, vera)
    texts = [value for row in rows for value in row.values()]
    assert f"'{FORMULA}" in texts
    cells = [value for row in _xlsx(client, vera) for value in row]
    assert f"'{FORMULA}" in cells
    assert not any(str(cell).startswith(("=", "+", "@", "\t", "\r")) for cell in [*texts, *cells])


def test_a_character_that_a_sheet_cannot_hold_falls_away(client, computed, vera):
    Contract.objects.filter(pk=computed.pk).update(title="a\x02b")
    assert any("ab" in row for row in _xlsx(client, vera))


def test_a_supplier_gets_its_own_contracts_only(client, computed, quiet, sara):
    _answer, rows = _csv(client, sara)
    assert [row for row in rows if quiet.title in row.values()] == []
    assert len(rows) == 1


def test_an_english_sheet_has_commas_and_points(client, computed, vera):
    client.cookies["language"] = "en"
    client.sign_in(vera)
    answer = client.get(reverse("reports:contract-export", args=["csv"]))
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert rows[0] == [str(column.heading) for column in exports.COLUMNS]
    assert "1500.50" in next(row for row in rows if computed.title in row)


def test_the_file_has_the_rows_of_the_narrowed_list(client, computed, quiet, vera):
    _answer, rows = _csv(client, vera, q="Stil")
    assert [quiet.title in row.values() for row in rows] == [True]


def test_another_kind_is_not_found(client, computed, vera):
    client.sign_in(vera)
    assert client.get(reverse("reports:contract-export", args=["pdf"])).status_code == 404


def test_an_adviser_exports_nothing(client, computed, ada):
    client.sign_in(ada)
    assert client.get(reverse("reports:contract-export", args=["csv"])).status_code == 403


def test_more_contracts_cost_no_more_queries(client, computed, vera):
    def queries():
        _csv(client, vera)
        with CaptureQueriesContext(connection) as context:
            b"".join(client.get(reverse("reports:contract-export", args=["csv"])).streaming_content)
        return len(context)

    before = queries()
    for _number in range(3):
        factories.active_contract(
            authority=computed.authority,
            supplier=computed.supplier,
            manager=computed.manager,
            value_table=computed.value_table,
        )
    assert queries() == before
