"""The ledger of a contract: narrowed, summed, linked, sent as a file (G15)."""

import csv
import datetime as dt
import io
import re
import uuid
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from contracts.models import Account, Block, LedgerUnit
from tests import factories
from tests.conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MARCH, MAY = dt.date(2026, 3, 1), dt.date(2026, 5, 1)


def url(contract, **asked):
    return reverse("contracts:contract-ledger", args=[contract.pk], query=asked)


def post(contract, account, quantity, **facts):
    facts.setdefault("source_kind", "candidates.share")
    return factories.entry(
        contract, account, Decimal(quantity), source=facts.pop("source", uuid.uuid4()), **facts
    )


@pytest.fixture
def lines(contract):
    """Beside the obligation of January: work in March, hours in May, known at different hours."""
    last_moment = dt.datetime(2026, 3, 31, 23, 59, 59, tzinfo=AMSTERDAM)
    post(contract, Account.SUBMITTED, "100.00", month=MARCH, posted_at=NOON)
    post(contract, Account.VERIFIED, "60.00", month=MARCH, posted_at=last_moment)
    after = last_moment + dt.timedelta(seconds=1)
    post(contract, Account.VERIFIED, "7.25", month=MAY, posted_at=after, unit=LedgerUnit.HOUR)
    return contract


@pytest.fixture
def placement(contract, sara):
    """Entered by the supplier; nothing of it was submitted to anybody."""
    block = Block.objects.get(table=contract.value_table, code="ww")
    return factories.placement(contract, block, sara)


def shown(page):
    """The quantities of the lines, as the table shows them."""
    table = page.text.partition('aria-label="Lines of the ledger"')[2]
    return re.findall(r'class="num" data-label="Quantity">([^<]*)</td>', table)


@pytest.mark.parametrize(
    ("asked", "quantities"),
    [
        ({}, ["+7.25 hours", "+€60.00", "+€100.00", "+€40,000.00"]),
        ({"account": "verified"}, ["+7.25 hours", "+€60.00"]),
        ({"unit": "hour"}, ["+7.25 hours"]),
        ({"source": "contracts.obligation"}, ["+€40,000.00"]),
        ({"month_from": "2026-03", "month_to": "2026-04"}, ["+€60.00", "+€100.00"]),
        ({"month_to": "01-2026"}, ["+€40,000.00"]),
        ({"posted_from": "2026-04-01"}, ["+7.25 hours"]),
        ({"posted_from": "2026-03-31", "posted_to": "2026-03-31"}, ["+€60.00"]),
        ({"known_on": "2026-03-31"}, ["+€60.00", "+€100.00", "+€40,000.00"]),
        ({"known_on": "2026-03-30", "account": "verified"}, []),
        ({"sort": "quantity", "unit": "eur"}, ["+€60.00", "+€100.00", "+€40,000.00"]),
        ({"sort": "-month"}, ["+7.25 hours", "+€60.00", "+€100.00", "+€40,000.00"]),
        ({"account": "nonsense"}, []),
        ({"month_from": "March"}, []),
        ({"known_on": "2999-01-01"}, []),
    ],
    ids=str,
)
def test_the_address_says_which_lines(client, lines, cora, asked, quantities):
    page = client.sign_in(cora).get(url(lines, **asked))
    assert [each.replace("\xa0", " ") for each in shown(page)] == quantities


def test_the_sums_are_of_the_selection_and_units_stay_apart(client, lines, cora):
    post(lines, Account.VERIFIED, "-10.00", month=MAY)
    page = client.sign_in(cora).get(url(lines, account="verified")).text.replace("\xa0", " ")
    sums = re.findall(r'data-label="Sum">([^<]*)</td>', page)
    assert sums == ["+€50.00", "+7.25 hours"]


def test_a_past_day_is_said_and_leads_back(client, lines, cora):
    page = client.sign_in(cora).get(url(lines, known_on="2026-03-31", unit="eur")).text
    assert "As known at the end of 31\xa0March 2026" in page
    assert 'href="?unit=eur"' in page


def test_a_day_to_come_is_refused(client, lines, cora):
    page = client.sign_in(cora).get(url(lines, known_on="2999-01-01")).text
    assert "This day lies in the future." in page


def test_who_may_not_see_single_postings_gets_no_ledger(client, lines, vera, bram, otto):
    assert client.sign_in(vera).get(url(lines)).status_code == 403
    for stranger in (bram, otto):
        assert client.sign_in(stranger).get(url(lines)).status_code == 404


def test_each_line_leads_to_what_caused_it_where_the_reader_may_see_that(
    client, contract, placement, cora, anna
):
    post(
        contract,
        Account.PLANNED,
        "5.00",
        source=placement.uuid,
        source_kind="candidates.placement",
    )
    obligation = contract.obligations.get()
    page = client.sign_in(cora).get(url(contract)).text
    assert f'href="/contracts/{contract.pk}/#obligation">Obligation, version 1</a>' in page
    assert "Placement" in page
    assert str(obligation.uuid) not in page
    seen_by_anna = client.sign_in(anna).get(url(contract)).text
    assert placement.get_absolute_url() not in seen_by_anna
    assert "Placement" in seen_by_anna


def test_the_supplier_follows_its_own_placement(client, contract, placement, sara):
    kind = "candidates.placement"
    post(contract, Account.PLANNED, "5.00", source=placement.uuid, source_kind=kind)
    page = client.sign_in(sara).get(url(contract)).text
    assert f'href="{placement.get_absolute_url()}"' in page


@pytest.mark.parametrize("known_on", ["", "2026-03-31"])
def test_a_ledger_of_many_lines_costs_as_many_queries_as_of_few(client, lines, cora, known_on):
    browser = client.sign_in(cora)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            browser.get(url(lines, known_on=known_on))
        counts.append(len(queries))
        for _number in range(30):
            post(lines, Account.SUBMITTED, "1.00", posted_at=NOON)
    assert counts[0] == counts[1]


def test_the_file_has_the_lines_of_the_page(client, lines, cora):
    browser = client.sign_in(cora)
    address = reverse(
        "contracts:ledger-export", args=[lines.pk, "csv"], query={"account": "verified"}
    )
    answer = browser.get(address)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["Quantity"] for row in rows] == ["7.2500", "60.0000"]
    assert [row["Unit"] for row in rows] == ["hours", "euros"]
    assert rows[1]["Posted"] == "2026-03-31 23:59"
    sheet_url = reverse("contracts:ledger-export", args=[lines.pk, "xlsx"])
    sheet = load_workbook(io.BytesIO(b"".join(browser.get(sheet_url).streaming_content))).active
    found = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert found[0][:2] == ["Line", "Posted"]
    assert [row[5] for row in found[1:]] == [7.25, 60, 100, 40000]
    assert found[2][1] == dt.datetime(2026, 3, 31, 23, 59, 59)  # noqa: DTZ001 - as in a sheet


def test_no_other_kind_of_file(client, lines, cora):
    address = reverse("contracts:ledger-export", args=[lines.pk, "pdf"])
    assert client.sign_in(cora).get(address).status_code == 404


def test_a_ledger_is_shown_as_far_as_a_report_knew_it(client, lines, cora):
    """G15: lines of one day come apart, in the sums and in the file too."""
    *before, last = lines.entries.order_by("pk")
    page = client.sign_in(cora).get(url(lines, position=before[-1].pk))
    assert {line.pk for line in page.context["page"]} == {line.pk for line in before}
    assert last.pk not in {line.pk for line in page.context["page"]}
    address = reverse("contracts:ledger-export", args=[lines.pk, "csv"])
    file = client.get(address, {"position": before[-1].pk})
    rows = list(csv.reader(io.StringIO(b"".join(file.streaming_content).decode("utf-8-sig"))))
    assert {row[0] for row in rows[1:]} == {str(line.pk) for line in before}
    for odd in ("x", "0", "9" * 30):
        answer = client.get(url(lines, position=odd))
        assert answer.context["form"].errors
