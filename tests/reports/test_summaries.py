"""What is kept for the dashboards equals contracts and ledger, and is used when it is fresh."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contracts import fulfilment
from contracts.dimensions import Dimension
from contracts.models import Account, Contract, Fulfilment, LedgerEntry
from contracts.tasks import recompute_all
from reports import course, portfolio, summaries
from reports.models import Calling, FiguresSum, QuarterSum, Touched
from reports.tasks import refresh_figures
from tests import factories
from tests.conftest import NOON, TODAY

DASHBOARD = "/figures/"


@pytest.fixture
def summed(busy, quiet, ministry):
    Contract.objects.filter(pk=busy.pk).update(place="NL32B")
    fulfilment.recompute(today=TODAY, at=NOON)
    summaries.refresh_due()
    return ministry


def _live(by):
    return portfolio.figures_of(Contract.objects.filter(fulfilment__isnull=False), by=by)


def _kept(ministry, by, **wanted):
    found = Contract.objects.none()
    cells = summaries.cells([ministry.pk], by, wanted)
    return portfolio.figures_of(found, by=by, wanted=wanted, cells=cells)


@pytest.mark.parametrize("by", Dimension)
def test_what_is_kept_equals_what_is_summed(summed, by):
    """R-315."""
    kept, live = _kept(summed, by), _live(by)
    assert live.total.contracts == 2
    assert (kept.total, kept.rows) == (live.total, live.rows)


def test_the_sums_are_narrowed_to_a_category(summed, busy):
    found = _kept(summed, Dimension.SIZE, category=busy.category)
    assert found.total.contracts == 1


def test_other_filters_and_touched_sums_are_summed_anew(summed, quiet, post):
    ids = [summed.pk]
    assert summaries.cells(ids, Dimension.SIZE, {"year": 2025}) is None
    post(quiet, Account.VERIFIED, "10.00")
    assert summaries.cells(ids, Dimension.SIZE, {}) is not None
    fulfilment.recompute_burst(today=TODAY, at=NOON + dt.timedelta(hours=1))
    assert summaries.cells(ids, Dimension.SIZE, {}) is None


def test_every_change_of_a_contract_is_noticed(summed, busy, other_ministry, zuid):
    changes = (
        {"category": factories.CategoryFactory(code="ict")},
        {"place": ""},
        {"value_eur": Decimal(6_000_000)},
        {"supplier": zuid},
        {"authority": other_ministry},
        {"rule_asks": True},
        {"status": "cancelled"},
    )
    for change in changes:
        Contract.objects.filter(pk=busy.pk).update(**change)
        assert summaries.refresh_due() in {1, 2}
        for by in Dimension:
            cells = summaries.cells([summed.pk, other_ministry.pk], by, {})
            live = portfolio.figures_of(
                Contract.objects.owing().filter(fulfilment__isnull=False), by=by
            )
            kept = portfolio.figures_of(Contract.objects.none(), by=by, cells=cells)
            assert kept.rows == live.rows
    Contract.objects.filter(pk=busy.pk).update(title="Anders")
    assert summaries.refresh_due() == 0


def test_what_calls_loudest_is_kept(client, summed, busy, quiet, vera):
    """R-315: the same contracts in the same order, with one filter, another, and none."""
    for contract, signal, expected in ((busy, "talk", 9_000_000), (quiet, "act", 1_000_000)):
        Fulfilment.objects.filter(contract=contract).update(
            signal=signal, expected_eur=expected, computed_at=NOON + dt.timedelta(hours=1)
        )
    client.sign_in(vera)

    def shown(**asked):
        return client.get(DASHBOARD, asked).context["attention"]

    live = shown(), shown(category=busy.category_id)
    assert [[each.pk for each in found] for found in live] == [[quiet.pk, busy.pk], [busy.pk]]
    summaries.refresh_due()
    assert (shown(), shown(category=busy.category_id)) == live
    Calling.objects.filter(contract=quiet).delete()
    assert shown() == [busy]


def test_the_worker_sums_and_judges(busy, quiet):
    recompute_all()
    refresh_figures()
    assert FiguresSum.objects.filter(by="regime").count() == 2
    assert not Touched.objects.exists()
    assert set(Contract.objects.values_list("rule_asks", flat=True)) == {False}


def test_the_course_is_kept_and_ends_where_the_figures_stand(client, summed, vera):
    """R-314: the same with and without what is kept."""
    client.sign_in(vera)
    answer = client.get(DASHBOARD)
    drawn, total = answer.context["course"], answer.context["shown"].total
    assert [line.points[-1][1] for line in drawn.lines] == [
        total.verified_eur,
        total.verified_eur + total.submitted_eur,
        total.owed_eur,
    ]
    assert client.get(DASHBOARD, {"year": 2025}).context["course"].table == drawn.table
    assert QuarterSum.objects.count() > 1


def test_one_quarter_is_no_course(contract):
    entries = LedgerEntry.objects.filter(contract=contract)
    assert course.chart(course.of_ledger(entries)) is None


def test_what_is_kept_is_proven(summed, quiet, capsys):
    call_command("check_figures")
    FiguresSum.objects.filter(by="size").update(contracts=7)
    with pytest.raises(SystemExit):
        call_command("check_figures")
    assert "differs" in capsys.readouterr().out
    Contract.objects.filter(pk=quiet.pk).update(place="NL36")
    call_command("check_figures")
    assert "left out" in capsys.readouterr().out


def test_the_home_page_reads_what_is_kept_while_it_is_fresh(client, summed, quiet, vera):
    client.sign_in(vera)
    live = client.get("/").context["total"]
    assert live.contracts == 2
    FiguresSum.objects.filter(by="regime").update(contracts=7)
    assert client.get("/").context["total"].contracts == 7 * 2
    Contract.objects.filter(pk=quiet.pk).update(place="NL36")
    assert client.get("/").context["total"] == live


def test_kept_sums_cost_a_fixed_number_of_queries(client, summed, contract, vera):
    def asked():
        client.get(DASHBOARD)
        with CaptureQueriesContext(connection) as context:
            client.get(DASHBOARD)
        return len(context)

    client.sign_in(vera)
    before = asked()
    for number in range(2):
        factories.active_contract(
            authority=summed,
            supplier=contract.supplier,
            manager=contract.manager,
            value_table=contract.value_table,
            category=factories.CategoryFactory(code=f"c{number}"),
        )
    summaries.refresh_due()
    assert asked() == before
