"""Which social enterprises could do part of a contract, and why (R-389)."""

import datetime as dt

import pytest

from network import partners
from suppliers.models import Certificate, Offering
from tests import factories
from tests.conftest import TODAY

DAY = dt.timedelta(days=1)


@pytest.fixture
def enterprise(piet):
    """Make an enterprise with a certificate, and what it offers where."""

    def enterprise(name, *offered, valid_until=TODAY):
        supplier = factories.SupplierFactory(name=name)
        Certificate.objects.create(
            supplier=supplier,
            kind="pso-30",
            valid_from=TODAY - 100 * DAY,
            valid_until=valid_until,
            checked_on=TODAY - DAY,
            recorded_by=piet,
        )
        for division, region in offered:
            Offering.objects.create(
                supplier=supplier, cpv_division=division, region=region, text="Schoonmaak"
            )
        return supplier

    return enterprise


def found(contract):
    return [(str(each.supplier), each.place) for each in partners.for_contract(contract, TODAY)]


@pytest.fixture
def placed(contract):
    contract.place = "NL321"
    contract.save()
    return contract


def test_the_nearest_with_a_certificate_come_first(placed, enterprise):
    enterprise("Overal", ("90", "NL"), ("90", "NL32"))
    enterprise("Landelijk", ("90", "NL"))
    enterprise("Ver weg", ("90", "NL41"))
    enterprise("Verlopen", ("90", "NL32"), valid_until=TODAY - DAY)
    assert found(placed) == [("Overal", "Noord-Holland"), ("Landelijk", "")]
    placed.place = ""
    assert len(found(placed)) == 3


def test_the_kind_of_work_follows_from_the_tender(placed, enterprise, ministry, piet):
    enterprise("Schoonmakers", ("90", "NL"))
    enterprise("Hoveniers", ("77", "NL"))
    placed.tender = factories.TenderFactory(authority=ministry, officer=piet, cpv_main="90910000")
    assert found(placed) == [("Schoonmakers", "")]


@pytest.mark.usefixtures("noon", "in_english")
def test_both_sides_read_why_on_the_page_of_the_contract(
    client, placed, enterprise, sara, vera, piet
):
    enterprise("Schoonmakers", ("90", "NL32"))
    client.sign_in(sara)
    unknown = client.get(placed.get_absolute_url()).text
    assert "this kind of work" not in unknown
    assert "The kind of work of this contract is not known" in unknown
    placed.tender = factories.TenderFactory(
        authority=placed.authority, officer=piet, cpv_main="90910000"
    )
    placed.save()
    page = client.get(placed.get_absolute_url()).text
    assert "this kind of work (CPV 90)" in page
    assert "works in Noord-Holland" in page
    client.sign_in(vera)
    assert "Schoonmakers" not in client.get(placed.get_absolute_url()).text
