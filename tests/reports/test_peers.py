"""A supplier sees itself beside the middle of all, and nobody in it (G08, R-400)."""

import datetime as dt
import statistics
from decimal import Decimal

import pytest
from django.db.models import F
from hypothesis import given
from hypothesis import strategies as st

from contracts import fulfilment
from contracts.dimensions import Dimension
from contracts.models import Contract, Fulfilment
from reports import peers, tasks
from reports.models import PeerBand
from sroi_portal.core.range_charts import Range, RangeChart
from tests import factories
from tests.conftest import NOON, TODAY

OVERVIEW = "/overview/"


@given(st.lists(st.integers(1, 12), min_size=1, max_size=12))
def test_whoever_looks_ten_contracts_of_five_others_remain(by_supplier):
    total = sum(by_supplier)
    shown = peers.is_anonymous(total, len(by_supplier), max(by_supplier))
    remain = all(
        total - own >= 10 and len(by_supplier) - 1 >= 5 and 3 * own <= total for own in by_supplier
    )
    assert shown == remain


@pytest.fixture
def market(contract):
    """Twelve contracts of six suppliers, one of them Sara's, each a step further."""
    suppliers = [contract.supplier]
    suppliers += [
        factories.SupplierFactory(kvk=f"9999100{number}", name=f"Voorbeeldbedrijf {number}")
        for number in range(5)
    ]
    for number in range(11):
        factories.active_contract(
            authority=contract.authority,
            supplier=suppliers[(number + 1) % 6],
            manager=contract.manager,
            value_table=contract.value_table,
            category=contract.category,
        )
    Contract.objects.update(value_eur=Decimal(800_000))
    fulfilment.recompute(today=TODAY, at=NOON)
    for number, pk in enumerate(Contract.objects.order_by("pk").values_list("pk", flat=True)):
        Fulfilment.objects.filter(pk=pk).update(
            owed_eur=Decimal(1000), expected_eur=Decimal(500), done_eur=Decimal(50 * number)
        )
    return contract


def test_a_band_is_made_once_a_month(market):
    assert peers.publish_due(today=TODAY) == 2  # the size of all these, and their category
    band = PeerBand.objects.get(by="size")
    low, middle, high = statistics.quantiles([10 * n for n in range(12)], n=4, method="inclusive")
    assert (band.by, band.part) == (Dimension.SIZE, "250k_1m")
    assert (band.pace_low, band.pace_middle, band.pace_high) == (28, 55, 83)
    assert (low, middle, high) == (27.5, 55, 82.5)
    assert (band.fulfilled_low, band.fulfilled_middle, band.fulfilled_high) == (14, 28, 41)
    Fulfilment.objects.update(done_eur=F("done_eur") + 100)
    assert peers.publish_due(today=TODAY) == 0
    band.refresh_from_db()
    assert band.pace_middle == 55
    following = (TODAY.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    assert peers.publish_due(today=following) == 2
    assert PeerBand.objects.get(by="size").pace_middle == 75


def test_the_worker_makes_them(market):
    tasks.publish_open_data()
    assert PeerBand.objects.count() == 2


def test_with_a_large_supplier_nothing_is_said(market):
    Contract.objects.order_by("pk").filter(pk__in=Contract.objects.all()[:5]).update(
        supplier=market.supplier
    )
    assert peers.publish_due(today=TODAY) == 0


def test_a_supplier_finds_itself_beside_it(client, market, sara):
    client.sign_in(sara)
    before = client.get(OVERVIEW)
    assert before.context["peers_chart"] is None
    peers.publish_due(today=TODAY)
    after = client.get(OVERVIEW)
    own = {place.label: place for place in after.context["peers"]}
    place = next(each for each in own.values() if each.band)
    assert (place.contracts, place.pace_pct) == (2, Decimal("30.0"))
    text = after.content.decode()
    assert "28–83" in text
    assert "polygon" in text


def test_without_contracts_the_panel_says_what_will_come(client, bram):
    client.sign_in(bram)
    answer = client.get(OVERVIEW)
    assert answer.context["peers"] == []


def test_a_range_is_drawn_where_it_lies():
    ranges = [Range("Klein", Decimal(20), Decimal(40), Decimal(60), Decimal(100))]
    drawn = RangeChart("key", "Title", "Words", ranges).svg()
    assert 'aria-labelledby="key-title key-desc"' in drawn
    assert 'x="148.8"' in drawn
    assert 'points="705,' in drawn
