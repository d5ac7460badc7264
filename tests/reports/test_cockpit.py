"""A supplier's figures and tasks over all contracts and authorities (G07, N16)."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from candidates.models import Contribution, Evidence, Share, ShareStatus
from contracts import actions as contract_actions
from contracts.models import Contract, Fulfilment, Plan
from contracts.templatetags import owed_words
from reports.home import cockpit, supplying
from reports.home.to_do import looked_after, own_contracts, to_do
from suppliers import actions as supplier_actions
from tests import factories
from tests.conftest import NOON, TODAY


@pytest.fixture
def share(contract, table, sara):
    """Work of January, submitted by Sara."""

    def _share(status, value="1000.00", **facts):
        reference = f"K-{uuid.uuid4()}"
        placement = factories.placement(contract, table.blocks.first(), sara, reference=reference)
        contribution = Contribution.objects.create(
            supplier=contract.supplier,
            placement=placement,
            starts_on=dt.date(2026, 1, 1),
            ends_on=dt.date(2026, 2, 28),
            entered_by=sara,
            entered_at=NOON,
        )
        return Share.objects.create(
            contribution=contribution,
            contract=contract,
            authority=contract.authority,
            supplier=contract.supplier,
            block=placement.block,
            status=status,
            value_eur=Decimal(value),
            valuation={},
            submitted_at=NOON,
            submitted_by=sara,
            **facts,
        )

    return _share


def _tasks(person, today=TODAY):
    return to_do(person, own_contracts(person), today)


def _badges(person, today=TODAY):
    return [(task.on, task.item.tone, task.item.url) for task in _tasks(person, today)]


def test_questions_concepts_and_rejections_stand_in_one_list_by_date(contract, share, sara, olga):
    asked = share(ShareStatus.RETURNED, decided_at=NOON, decided_by=olga)
    concept = share(ShareStatus.DRAFT)
    rejected = share(
        ShareStatus.REJECTED,
        decided_at=NOON,
        decided_by=olga,
        rejected_at=NOON,
        rejected_by=olga,
        object_until=dt.date(2026, 4, 15),
    )
    assert _badges(sara) == [
        (dt.date(2026, 3, 16), "warning", concept.get_absolute_url()),
        (dt.date(2026, 3, 18), "warning", asked.get_absolute_url()),
        (dt.date(2026, 4, 15), "neutral", rejected.get_absolute_url()),
    ]
    later = _badges(sara, dt.date(2026, 3, 17))
    assert [tone for _on, tone, _url in later] == ["negative", "warning", "neutral"]


def test_a_period_that_is_over_is_to_be_stated(contract, sara):
    url = f"/contracts/{contract.pk}/periods/2026-01-01/"
    assert _badges(sara, dt.date(2026, 4, 1)) == [(dt.date(2026, 4, 14), "warning", url)]
    assert _badges(sara, dt.date(2026, 4, 15)) == [(dt.date(2026, 4, 14), "negative", url)]


def test_a_month_of_a_placement_that_was_not_submitted_waits(contract, table, share, sara):
    share(ShareStatus.SUBMITTED, due_on=dt.date(2026, 4, 3))
    forgotten = factories.placement(contract, table.blocks.first(), sara, reference="B")
    factories.placement(
        contract, table.blocks.first(), sara, reference="C", starts_on=dt.date(2026, 3, 1)
    )
    assert [url for _on, _tone, url in _badges(sara)] == [forgotten.get_absolute_url()]


def test_evidence_that_expires_and_a_plan_that_is_asked_wait(contract, table, share, sara):
    Contract.objects.filter(pk=contract.pk).update(plan_due_on=dt.date(2026, 3, 20))
    placement = share(ShareStatus.SUBMITTED, due_on=dt.date(2026, 4, 3)).contribution.placement
    Evidence.objects.create(
        placement=placement,
        supplier=contract.supplier,
        kind=placement.block.evidence_kinds.first(),
        seen_on=TODAY,
        valid_until=dt.date(2026, 3, 10),
        stated_by=sara,
        stated_at=NOON,
    )
    assert [url for _on, _tone, url in _badges(sara)] == [
        placement.get_absolute_url(),
        f"/contracts/{contract.pk}/plans/new/",
    ]
    plan = Plan.objects.create(
        contract=contract, authority=contract.authority, supplier=contract.supplier, version=1
    )
    assert _badges(sara)[1][2] == plan.get_absolute_url()


def test_an_invitation_waits_for_who_administers(noord, sara, noor):
    supplier_actions.send_invitation(noord, email="x@example.org", role="member", by=noor, at=NOON)
    assert [url for _on, _tone, url in _badges(noor)] == [f"/suppliers/{noord.pk}/members/"]
    assert _badges(sara) == []


def test_who_was_named_has_the_work_and_the_others_have_not(contract, sara, noor):
    contract_actions.delegate_contract(contract, [sara], by=noor, at=NOON)
    assert list(looked_after(own_contracts(sara), sara)) == [contract]
    assert list(looked_after(own_contracts(noor), noor)) == []
    assert list(own_contracts(noor)) == [contract]
    supplier_actions.end_membership(sara.memberships.get(), by=noor, at=NOON)
    assert list(looked_after(own_contracts(noor), noor)) == [contract]


def test_figures_tell_what_waits_apart_from_what_came_back(contract, share, sara, olga):
    share(ShareStatus.RETURNED, "1000.00", decided_at=NOON, decided_by=olga)
    Fulfilment.objects.filter(contract=contract).update(
        submitted_eur=5000, verified_eur=10000, done_eur=10000
    )
    (row,) = cockpit.rows_of(own_contracts(sara), _tasks(sara))
    assert (row.waiting_eur, row.returned_eur) == (Decimal(4000), Decimal(1000))
    assert row.next_task
    (of_authority,) = cockpit.by_authority([row])
    assert (of_authority.owed_eur, of_authority.percentage) == (Decimal(40000), Decimal("25.0"))


def test_a_contract_that_is_over_runs_no_more(client, contract, sara, monkeypatch):
    monkeypatch.setattr("reports.views.to_do", lambda *_told: [])
    client.cookies["language"] = "en"
    client.sign_in(sara)
    for ends_on, words in ((dt.date(2099, 1, 1), "runs until"), (dt.date(2025, 1, 1), "ended on")):
        dates = {"starts_on": dt.date(2024, 1, 1), "ends_on": ends_on}
        Contract.objects.filter(pk=contract.pk).update(**dates)
        (row,) = cockpit.rows_of(own_contracts(sara), [])
        assert row.is_over is (words == "ended on")
        assert words in client.get("/overview/").text
        with translation.override("en"):
            (of_home,) = supplying.supplier_lists(sara, TODAY)[-1].items
        assert of_home.when == words.removesuffix(" on")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"owed_eur": 100, "expected_eur": 40}, "€40"),
        ({"owed_eur": 0, "own_unit": "person", "own_owed": 3}, "—"),
        ({"owed_eur": 0}, "—"),
    ],
)
def test_what_is_expected_is_told_in_euros_alone(facts, words):
    with translation.override("en"):
        assert words in owed_words.expected_of(Fulfilment(**facts))


def test_another_supplier_finds_nothing_here(contract, share, bram, client):
    share(ShareStatus.DRAFT)
    assert _tasks(bram) == []
    page = client.sign_in(bram).get("/overview/")
    assert (page.status_code, page.context["rows"]) == (200, [])


@pytest.mark.parametrize(
    ("query", "count"),
    [("year=2026", 1), ("year=2031", 1), ("mine=on", 1), ("authority=0", 1), ("", 1)],
)
def test_the_page_and_its_file_have_the_same_rows(client, contract, sara, query, count):
    """A filter that says nothing we know narrows nothing."""
    client.sign_in(sara)
    assert len(client.get(f"/overview/?{query}").context["rows"]) == count
    file = client.get(f"/overview/export/csv/?{query}")
    lines = b"".join(file.streaming_content).decode().strip().splitlines()
    assert len(lines) == count + 1
    assert contract.title in lines[1]


def test_a_year_and_an_authority_narrow(contract, sara, other_ministry, piet, cora, table):
    other = factories.active_contract(
        authority=other_ministry,
        supplier=contract.supplier,
        officer=piet,
        manager=cora,
        value_table=table,
        starts_on=dt.date(2027, 1, 1),
        ends_on=dt.date(2027, 12, 31),
    )
    assert list(cockpit.in_year(own_contracts(sara), 2027)) == [other]
    assert len(cockpit.by_authority(cockpit.rows_of(own_contracts(sara), []))) == 2


def test_the_overview_costs_the_same_queries_however_much_waits(client, share, sara, contract):
    def queries():
        client.sign_in(sara).get("/overview/")
        with CaptureQueriesContext(connection) as context:
            client.get("/overview/")
        return len(context)

    share(ShareStatus.DRAFT)
    before = queries()
    share(ShareStatus.DRAFT), share(ShareStatus.DRAFT)
    assert queries() == before
