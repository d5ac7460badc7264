"""Parts of the contracts beside each other."""

from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext

from contracts.dimensions import Dimension
from contracts.models import Contract, Fulfilment
from reports import comparing
from tests import factories

COMPARE = "/figures/compare/"


def _contracts(contract, *shares):
    """Make a contract for each share of EUR 1,000.00 that was to be expected."""
    for share in shares:
        made = factories.active_contract(
            authority=contract.authority,
            supplier=factories.SupplierFactory(),
            manager=contract.manager,
            value_table=contract.value_table,
            category=contract.category,
        )
        Fulfilment.objects.filter(pk=made.pk).update(
            expected_eur=Decimal(1000), done_eur=Decimal(1000) * share / 100
        )


def test_parts_are_compared_by_the_share_of_what_was_expected(contract):
    """R-316: the contract of the tests, of which nothing is due, is left out."""
    _contracts(contract, 0, 50, 100, 150)
    (row,) = comparing.compared(Contract.objects.all(), Dimension.CATEGORY, {})
    assert (row.label, row.contracts) == ("Schoonmaak", 4)
    assert row.share_pct == Decimal("75.0")
    assert (row.low_pct, row.middle_pct, row.high_pct) == (
        Decimal("37.5"),
        Decimal("75.0"),
        Decimal("112.5"),
    )
    assert f"category={contract.category_id}" in row.url


def test_the_furthest_behind_stands_first_at_the_same_price(client, contract, vera):
    _contracts(contract, 80, 20)
    client.sign_in(vera)
    asked = []
    for _look in range(2):
        client.get(COMPARE, {"by": "supplier"})
        with CaptureQueriesContext(connection) as context:
            page = client.get(COMPARE, {"by": "supplier"}).context["page"]
        asked.append(len(context))
        _contracts(contract, 50)
    assert [row.share_pct for row in page] == [Decimal(20), Decimal(50), Decimal(80)]
    assert asked[0] == asked[1]


def test_an_odd_filter_of_a_comparison_is_said(client, contract, vera):
    answer = client.sign_in(vera).get(COMPARE, {"by": "moon", "year": "x"})
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"by", "year"}
