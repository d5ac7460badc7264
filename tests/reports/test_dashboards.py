"""Figures over all contracts in sight: every part adds up and leads to its contracts."""

import csv
import io
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext

from contracts import dimensions, fulfilment
from contracts.dimensions import Dimension, SizeClass
from contracts.models import Code, Contract, Fulfilment
from reports import exports, portfolio
from reports.models import Touched
from sroi_portal.core.models import RoleName
from sroi_portal.core.templatetags import formats
from tests import factories
from tests.conftest import NOON, TODAY

DASHBOARD = "/figures/"
LIST = "/contracts/"
SUMS = ("owed_eur", "verified_eur", "submitted_eur", "unchecked_eur", "done_eur", "expected_eur")
ODD = (
    {"authority": "0"},
    {"authority": "9" * 30},
    {"category": "x' OR 1=1"},
    {"supplier": "-1"},
    {"province": "NL\x00"},
    {"region": "Amsterdam"},
    {"regime": "<b>"},
    {"size": "enormous"},
    {"year": "1e9"},
    {"quarter": "2026-5"},
    {"without": "sense"},
)


@pytest.fixture
def computed(busy, quiet):
    Contract.objects.filter(pk=busy.pk).update(place="NL32B", value_eur=Decimal(1_000_000))
    fulfilment.recompute(today=TODAY, at=NOON)
    return busy


def _queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as context:
        client.get(url)
    return len(context)


@pytest.mark.parametrize("by", Dimension)
def test_every_figure_leads_to_exactly_the_contracts_behind_it(client, computed, vera, by):
    """R-312: also through the filters that were chosen before."""
    client.sign_in(vera)
    for chosen in ({}, {"year": 2025}, {"without": "category"}):
        shown = client.get(DASHBOARD, {"by": by, **chosen}).context["shown"]
        assert sum(row.figures.owed_eur for row in shown.rows) == shown.total.owed_eur
        assert sum(row.figures.contracts for row in shown.rows) == shown.total.contracts
        for row in (*shown.rows, *shown.signals):
            page = client.get(row.url).context["page"]
            assert page.paginator.count == getattr(row, "figures", row).contracts
    assert shown.total.contracts == 1


def test_a_part_is_called_by_its_name(computed, ministry):
    def labels(by):
        return [row.label for row in portfolio.figures_of(Contract.objects.all(), by=by).rows]

    amsterdam = {"label_nl": "Groot-Amsterdam", "label_en": "Greater Amsterdam"}
    Code.objects.create(list="nuts", code="NL32B", **amsterdam)
    assert labels(Dimension.AUTHORITY) == [ministry.name]
    assert labels(Dimension.CATEGORY) == ["Schoonmaak", "geen categorie"]
    assert labels(Dimension.PROVINCE) == ["Noord-Holland", gettext("no region")]
    assert labels(Dimension.REGION) == ["Groot-Amsterdam (NL32B)", gettext("no region")]
    assert labels(Dimension.QUARTER) == ["2025-4"]


def test_a_region_that_no_list_names_is_called_by_its_province(computed):
    """The list of codes is loaded apart."""
    assert portfolio.labels(Dimension.REGION, ["NL32B"]) == {"NL32B": "Noord-Holland (NL32B)"}


def _carry(computed):
    """Let another contract's shortfall count here."""
    kept = Fulfilment.objects.filter(contract=computed)
    kept.update(carried_eur=Decimal(-7_000), done_eur=F("verified_eur") - 7_000)
    Touched.objects.create(authority=computed.authority)
    return kept.get()


def test_a_row_shows_the_amount_behind_its_share(client, computed, vera):
    """What was carried over is in the share, and not in what was verified."""
    answer = client.sign_in(vera).get(DASHBOARD, {"by": "size"})
    assert not answer.context["shown"].carries
    kept = _carry(computed)
    answer = client.get(DASHBOARD, {"by": "size"})
    page = answer.content.decode()
    assert answer.context["shown"].carries
    row = next(row for row in answer.context["shown"].rows if row.key == SizeClass.LARGE)
    assert row.figures.done_eur == kept.done_eur == Decimal(-1_000)
    assert f'<span class="table__sub">{formats.euro_round(kept.done_eur)}</span>' in page


@pytest.mark.parametrize("by", Dimension)
def test_a_dashboard_as_a_file_says_what_its_page_says(client, computed, vera, by):
    _carry(computed)
    asked = {"by": by, "year": 2025}
    shown = client.sign_in(vera).get(DASHBOARD, asked).context["shown"]
    answer = client.get(reverse("reports:dashboard-export", args=["csv"]), asked)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    heading, *rows = csv.reader(io.StringIO(text), delimiter=";")
    assert heading[0] == capfirst(str(by.label))
    of_page = {
        row.label: [row.figures.contracts]
        + [getattr(row.figures, name) for name in SUMS]
        + [row.figures.percentage]
        for row in shown.rows
    }
    places = [1, *(2 + list(exports.SUMS).index(name) for name in SUMS), len(heading) - 1]
    of_file = {
        row[0]: [Decimal(row[place].replace(",", ".")) if row[place] else None for place in places]
        for row in rows
    }
    assert of_file == of_page


def test_paper_says_which_question_was_asked(client, computed, vera, ministry):
    asked = {"year": 2025, "size": "1m_5m", "without": ["category"], "province": "NL32"}
    said = client.sign_in(vera).get(DASHBOARD, asked).context["form"].said()
    assert [words for _label, words in said] == [
        "Noord-Holland",
        "2025",
        str(SizeClass.LARGE.label),
        gettext("no category"),
    ]


def test_a_framework_is_no_part_of_the_figures_nor_of_their_list(client, computed, vera):
    factories.ContractFactory(
        is_framework=True,
        status="awarded",
        **{
            name: getattr(computed, name)
            for name in ("authority", "supplier", "officer", "value_table")
        },
    )
    answer = client.sign_in(vera).get(DASHBOARD)
    assert answer.context["shown"].total.contracts == 2
    assert client.get(answer.context["contracts_url"]).context["page"].paginator.count == 2


@pytest.mark.parametrize(
    ("euros", "size"),
    [
        ("0.00", SizeClass.SMALL),
        ("249999.99", SizeClass.SMALL),
        ("250000.00", SizeClass.MIDDLE),
        ("999999.99", SizeClass.MIDDLE),
        ("1000000.00", SizeClass.LARGE),
        ("5000000.00", SizeClass.LARGER),
        ("19999999.99", SizeClass.LARGER),
        ("20000000.00", SizeClass.LARGEST),
    ],
)
def test_a_contract_is_in_one_size_class(contract, euros, size):
    """R-311: the lowest amount of a class belongs to it."""
    Contract.objects.update(value_eur=Decimal(euros))
    found = portfolio.figures_of(Contract.objects.all(), by=Dimension.SIZE)
    assert [row.key for row in found.rows] == [size]
    kept = [each for each in SizeClass if _count(size=each)]
    assert kept == [size]


def _count(**wanted):
    return dimensions.narrowed(Contract.objects.all(), wanted).count()


def test_a_region_is_found_by_its_own_code_and_its_province(contract):
    Contract.objects.update(place="NL32B")
    assert _count(province="NL32") == _count(region="NL32B") == 1
    assert _count(province="NL") == _count(province="NL36") == _count(region="NL32") == 0
    Contract.objects.update(place="NL")
    assert _count(province="NL") == 1
    assert _count(province="NL32") == _count(without=["region"]) == 0


@pytest.mark.parametrize("address", [DASHBOARD, LIST])
@pytest.mark.parametrize("odd", ODD, ids=str)
def test_an_odd_filter_is_left_out_and_said(client, computed, vera, other_ministry, address, odd):
    factories.RoleAssignmentFactory(user=vera, authority=other_ministry, role=RoleName.POLICY_MAKER)
    answer = client.sign_in(vera).get(address, odd)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert str(answer.context["form"].error_title) in answer.content.decode()


def test_a_supplier_learns_no_name_by_a_filter(client, computed, sara):
    other = factories.SupplierFactory()
    client.sign_in(sara)
    for number in (other.pk, other.pk + 1):
        answer = client.get(LIST, {"supplier": number})
        assert "supplier" in answer.context["form"].errors
        assert other.name not in answer.content.decode()
    own = client.get(LIST, {"supplier": computed.supplier_id})
    assert own.context["only_of"] == computed.supplier


def test_an_odd_dimension_is_answered_with_the_usual_one(client, computed, vera):
    answer = client.sign_in(vera).get(DASHBOARD, {"by": "person"})
    assert answer.context["shown"].by == Dimension.CATEGORY


def test_the_dashboard_adds_up_what_is_kept_of_each_contract(computed):
    shown = portfolio.figures_of(portfolio_contracts(), by=Dimension.YEAR)
    assert shown.total.contracts == 2
    assert shown.total.owed_eur == Decimal("45000.00")
    assert shown.total.verified_eur == Decimal("6000.00")
    assert shown.total.percentage == Decimal("13.3")
    assert shown.total.unreported == 1


def portfolio_contracts():
    return Contract.objects.owing().filter(fulfilment__isnull=False)


def test_the_dashboard_is_narrowed_to_one_authority(client, computed, vera, other_ministry, noord):
    factories.RoleAssignmentFactory(user=vera, authority=other_ministry, role=RoleName.POLICY_MAKER)
    factories.active_contract(
        authority=other_ministry,
        supplier=noord,
        manager=vera,
        value_table=computed.value_table,
    )
    client.sign_in(vera)
    assert client.get(DASHBOARD).context["shown"].total.contracts == 3
    answer = client.get(DASHBOARD, {"authority": other_ministry.pk})
    assert answer.context["shown"].total.contracts == 1
    asked = parse_qs(urlsplit(answer.context["contracts_url"]).query)
    assert asked["authority"] == [str(other_ministry.pk)]


def test_the_dashboard_says_that_figures_are_on_their_way(client, busy, vera):
    client.sign_in(vera)
    assert client.get(DASHBOARD).context["stale"] == 1


def test_an_empty_dashboard_says_what_to_do_next(client, ministry, vera):
    page = client.sign_in(vera).get(DASHBOARD)
    assert reverse("contracts:contract-list") in page.content.decode()
    page = client.get(DASHBOARD, {"year": 1999})
    assert reverse("reports:dashboard") in page.content.decode()


def test_more_contracts_cost_no_more_queries(client, contract, vera, quiet):
    client.sign_in(vera)
    pages = (DASHBOARD, "/", reverse("reports:report-issue") + "?words=a")
    pages += tuple(f"{DASHBOARD}?by={by}" for by in Dimension)
    before = [_queries(client, page) for page in pages]
    for number in range(3):
        factories.active_contract(
            authority=contract.authority,
            supplier=factories.SupplierFactory(),
            manager=contract.manager,
            value_table=contract.value_table,
            category=factories.CategoryFactory(code=f"c{number}", name_nl=f"C{number}"),
            place=f"NL32{number}",
        )
    assert [_queries(client, page) for page in pages] == before


def test_a_policy_maker_drills_down_to_the_contract_and_no_further(client, computed, vera, anna):
    ledger = reverse("contracts:contract-ledger", args=[computed.pk])
    client.sign_in(vera)
    assert ledger not in client.get(computed.get_absolute_url()).content.decode()
    assert client.get(ledger).status_code == 403
    client.sign_in(anna)
    assert ledger in client.get(computed.get_absolute_url()).content.decode()
    assert client.get(ledger).status_code == 200
