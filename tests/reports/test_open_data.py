"""What everybody may read without an account, with the rights of the public alone (R-307)."""

import csv
import io
import json
import re
from types import SimpleNamespace

import pytest
from django.db import connection
from django.urls import reverse

from reports import open_data, published
from reports.models import FixedTable
from sroi_portal.core.acting import ACTING
from tests.conftest import NOON
from tests.scenarios import open_data as scenario

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    told = SimpleNamespace(now=NOON, today=NOON.date())
    scenario.fill(told)
    return told


@pytest.fixture
def visit(client):
    """Open a page without an account; tell with which rights each table was read."""

    def _visit(name, *args):
        asked = []

        def wrapper(execute, sql, params, many, context):
            if " FROM " in sql:
                asked.append((ACTING.get()[0], *re.findall(r'(?:FROM|JOIN) "(\w+)"', sql)))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(wrapper):
            response = client.get(reverse(f"reports:{name}", args=args))
            body = b"".join(response).decode()
        return response, body, asked

    return _visit


def _pages(world):
    return [
        ("open-page",),
        ("open-catalogue",),
        ("open-table", *world.open_table),
        ("open-table", *world.open_groups),
        ("open-file", *world.open_csv),
        ("open-file", *world.open_json),
    ]


def test_a_visitor_reads_with_the_rights_of_the_public_alone(world, visit):
    for page in _pages(world):
        response, _body, asked = visit(*page)
        assert response.status_code == 200, page
        assert asked, page
        assert {role for role, *_tables in asked} == {"sroi_public"}, page
        assert all(table.startswith("reports_") for _, *tables in asked for table in tables)


def test_who_signed_in_reads_the_same(world, client, vera):
    client.sign_in(vera)
    for name, *args in _pages(world):
        assert client.get(reverse(f"reports:{name}", args=args)).status_code == 200


def _figures_on_page(body):
    """Each cell of the tables as text, without separators."""
    cells = re.findall(r'<td class="num">(.*?)</td>', body, re.DOTALL)
    said = [re.sub(r"<span class=.visually-hidden.>.*?</span>|<[^>]+>", "", cell) for cell in cells]
    return [re.sub(r"[€\s]", "", text).replace(".", "").replace(",", ".") for text in said]


def _number(text):
    return text if text == published.HIDDEN else float(text)


@pytest.mark.parametrize("kind", ["open_table", "open_groups"])
def test_page_csv_and_json_say_the_same(world, visit, kind):
    key = getattr(world, kind)
    on_page = [_number(text) for text in _figures_on_page(visit("open-table", *key)[1])]
    rows = list(csv.DictReader(io.StringIO(visit("open-file", *key, "csv")[1])))
    cells = json.loads(visit("open-file", *key, "json")[1])["cells"]
    if len({row["column"] for row in rows}) == 2:  # a page leaves out what says the same
        rows = [row for row in rows if row["column"]]
        cells = [cell for cell in cells if cell["column"]["code"]]
    measures = published.measures_of(FixedTable.objects.get(kind=key[0]))
    in_csv = [_number(row[measure]) for measure in measures for row in rows]
    in_json = [_number(published.shown(cell[measure])) for measure in measures for cell in cells]
    assert on_page == in_csv == in_json
    assert on_page.count(published.HIDDEN) == len(measures)


@pytest.mark.parametrize(
    "args",
    [
        ("open-table", "quarter", "2020-01-01"),
        ("open-table", "month", "2025-01-01"),
        ("open-table", "quarter", "2025-13-01"),
        ("open-file", "quarter", "2025-01-01", "xlsx"),
    ],
)
def test_what_was_not_published_is_not_found(world, visit, args):
    assert visit(*args)[0].status_code == 404


def test_the_page_says_what_will_come(visit):
    assert visit("open-page")[0].status_code == 200
    assert open_data.catalogue()["dcat:dataset"] == []


REQUIRED = {
    "dcat:Catalog": {
        "dct:title",
        "dct:description",
        "dct:publisher",
        "dct:license",
        "dcat:contactPoint",
        "dcat:dataset",
    },
    "dcat:Dataset": {
        "dct:title",
        "dct:description",
        "dct:identifier",
        "dct:publisher",
        "dct:creator",
        "dct:accessRights",
        "dct:accrualPeriodicity",
        "dct:license",
        "dct:temporal",
        "dcat:contactPoint",
        "dcat:theme",
        "dcat:distribution",
    },
    "dcat:Distribution": {"dcat:accessURL", "dcat:downloadURL", "dct:license", "dct:format"},
    "foaf:Agent": {"foaf:name"},
}


def _parts(thing):
    """Every described thing within."""
    for value in thing.values() if isinstance(thing, dict) else thing:
        if isinstance(value, dict | list):
            yield from _parts(value)
    if isinstance(thing, dict) and thing.get("@type") in REQUIRED:
        yield thing


def test_registers_of_data_sets_find_all_that_they_ask(world, visit, client, settings):
    response, body, _asked = visit("open-catalogue")
    assert response["Content-Type"] == "application/ld+json"
    parts = list(_parts(json.loads(body)))
    assert {part["@type"] for part in parts} == REQUIRED.keys()
    for part in parts:
        assert REQUIRED[part["@type"]] - part.keys() == set(), part["@id"]
    files = [part for part in parts if part["@type"] == "dcat:Distribution"]
    for part in files:
        for address in (part["dcat:accessURL"]["@id"], part["dcat:downloadURL"]["@id"]):
            assert address.startswith(settings.SITE_URL)
            path = address.removeprefix(settings.SITE_URL).partition("#")[0]
            assert client.get(path).status_code == 200
    assert len(files) >= 4
