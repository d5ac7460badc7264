"""Looking at contracts: one for both sides, and many in a list."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contracts import fulfilment
from contracts.models import Contract, Fulfilment
from tests import factories
from tests.conftest import NOON, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
LIST = "/contracts/"


def test_both_sides_read_the_same_figures(client, contract, cora, sara):
    """S01."""
    factories.entry(contract, "verified", Decimal("1234.56"), source=contract.uuid)
    fulfilment.recompute(today=TODAY, at=NOON)
    figures = [
        re.findall(
            r'figure__value"[^>]*>([^<]*)<',
            client.sign_in(person).get(contract.get_absolute_url()).text,
        )
        for person in (cora, sara)
    ]
    assert figures[0] == figures[1]
    assert {"€40,000.00", "€1,234.56", "3.1%"} <= set(figures[0])


def test_the_page_follows_the_figures(client, contract, sara):
    fulfilment.recompute(today=TODAY, at=NOON)
    supplier = client.sign_in(sara)
    page = supplier.get(contract.get_absolute_url())
    asked = re.search(r'hx-get="([^"]*fulfilment/[^"]*)"', page.text)[1].replace("&amp;", "&")
    assert supplier.get(asked).status_code == 204
    Fulfilment.objects.update(computed_at=NOON + dt.timedelta(seconds=1), verified_eur=7)
    assert "€7.00" in supplier.get(asked).text


@pytest.mark.parametrize(
    ("signal", "said"),
    [
        ("none", "no longer steered"),
        ("on_course", "close enough"),
        ("talk", "A conversation helps now."),
        ("act", "Agree now what is still possible."),
        ("reached", "All that was owed is done"),
    ],
)
def test_each_signal_says_why(client, contract, cora, signal, said):
    Contract.objects.update(ends_on=timezone.localdate() + dt.timedelta(days=300))
    Fulfilment.objects.update(
        signal=signal, computed_at=NOON, stale_since=None, expected_eur=20_000
    )
    page = client.sign_in(cora).get(contract.get_absolute_url()).text
    assert said in page
    offers = signal in ("talk", "act")
    assert ("What is possible" in page) is offers
    assert ("works full time for 6 months makes up the €20,000" in page) is offers


def test_nothing_owed_is_said(client, contract, cora):
    Fulfilment.objects.update(signal="none", computed_at=NOON, owed_eur=0, waived_eur=1)
    page = client.sign_in(cora).get(contract.get_absolute_url()).text
    assert "Nothing is owed yet in a number." in page
    assert "Waived: €1.00." in page


def test_a_contract_of_one_day_has_a_course(client, contract, cora):
    Contract.objects.update(starts_on=TODAY, ends_on=TODAY)
    assert client.sign_in(cora).get(contract.get_absolute_url()).status_code == 200


def test_a_modification_is_told_to_officials_alone(client, contract, piet, sara, ministry):
    tender = factories.TenderFactory(authority=ministry, officer=piet)
    Contract.objects.update(tender=tender)
    tender.notices.create(
        authority=ministry,
        status="imported",
        notice_id=contract.uuid,
        notice_version="01",
        publication_id="00999009-2026",
        sha256=b"x",
        raw=b"x",
        facts={"modification": {"reasons": ["add-wss"]}},
        uploaded_by=piet,
        uploaded_at=NOON,
    )
    said = "Notice 00999009-2026 says that this contract was modified."
    assert said in client.sign_in(piet).get(contract.get_absolute_url()).text
    assert said not in client.sign_in(sara).get(contract.get_absolute_url()).text


@pytest.fixture
def three(contract, ministry, zuid, piet, cora, table):
    """One runs, one is a concept, one is of another supplier."""
    facts = {"authority": ministry, "officer": piet, "value_table": table}
    second = factories.active_contract(supplier=zuid, manager=cora, title="Zuidwerk", **facts)
    draft = factories.ContractFactory(supplier=zuid, title="Concept", **facts)
    return contract, second, draft


def titles(page):
    return re.findall(r'class="table__main"[^>]*>([^<]*)<', page.text)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 3),
        ({"q": "zuidw"}, 1),
        ({"q": "99990002"}, 2),
        ({"status": "draft"}, 1),
        ({"signal": "on_course"}, 0),
        ({"own": "on"}, 2),
        ({"status": "nonsense"}, 3),
    ],
)
def test_the_list_is_narrowed(client, three, cora, asked, found):
    page = client.sign_in(cora).get(LIST, asked)
    assert len(titles(page)) == found


def test_the_list_is_narrowed_by_category_and_authority(client, three, cora, other_ministry):
    factories.RoleAssignmentFactory(user=cora, authority=other_ministry, role="manager")
    manager = client.sign_in(cora)
    category = three[0].category_id
    assert len(titles(manager.get(LIST, {"category": category}))) == 3
    page = manager.get(LIST, {"authority": other_ministry.pk})
    assert titles(page) == []
    assert "Nothing found" in page.text


@pytest.mark.parametrize("sort", ["title", "supplier", "value", "owed", "percentage", "ends"])
def test_the_list_is_sorted_both_ways(client, three, cora, sort):
    manager = client.sign_in(cora)
    Contract.objects.filter(title="Zuidwerk").update(value_eur=1, ends_on=dt.date(2030, 1, 1))
    up = titles(manager.get(LIST, {"sort": sort}))
    down = titles(manager.get(LIST, {"sort": f"-{sort}"}))
    assert len(up) == len(down) == 3
    if sort == "title":
        assert up == down[::-1]


def test_a_supplier_sees_its_own_and_no_concepts(client, three, bram):
    page = client.sign_in(bram).get(LIST)
    assert titles(page) == ["Zuidwerk"]


@pytest.mark.parametrize("person", ["piet", "vera", "noor"])
def test_an_empty_list_says_what_to_do(client, request, person):
    page = client.sign_in(request.getfixturevalue(person)).get(LIST)
    assert "No contracts yet" in page.text
    assert ("Log the first one" in page.text) is (person == "piet")


def test_the_list_costs_the_same_for_one_row_and_three(client, contract, piet, zuid):
    officer = client.sign_in(piet)
    with CaptureQueriesContext(connection) as one:
        officer.get(LIST)
    for number in range(2):
        factories.active_contract(
            authority=contract.authority,
            supplier=zuid,
            officer=piet,
            manager=contract.manager,
            value_table=contract.value_table,
            title=f"Nog een {number}",
        )
    with CaptureQueriesContext(connection) as three:
        assert len(titles(officer.get(LIST))) == 3
    assert len(one) == len(three)


def test_the_price_of_a_page_does_not_grow_with_its_entries(client, contract, cora, sara):
    manager = client.sign_in(cora)
    with CaptureQueriesContext(connection) as before:
        manager.get(contract.get_absolute_url())
    for month in range(1, 4):
        factories.entry(
            contract,
            "verified",
            Decimal(1),
            source=contract.uuid,
            month=dt.date(2026, month, 1),
            posting_no=month,
        )
    with CaptureQueriesContext(connection) as after:
        manager.get(contract.get_absolute_url())
    assert len(before) == len(after)
