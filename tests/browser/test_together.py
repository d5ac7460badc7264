"""Two suppliers find each other on the board and share a path that credits both (N14)."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import expect

from candidates import actions
from candidates.models import PathPerson, Share
from network.models import Match, Offer
from tests import scenario

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="module")
def placed(world, django_db_blocker):
    """The person works for both: J-1 with Leverancier Noord, Z-1 with Leverancier Zuid; committed."""
    with django_db_blocker.unblock(), transaction.atomic():
        of_zuid = scenario._awarded(world, "Receptie", supplier=world.zuid)
        contracts = (world.contract, scenario._accepted(world, of_zuid))
        people = ((world.sara, "J-1"), (world.bram, "Z-1"))
        made = [
            actions.enter_placement(contract, _facts(world, reference), by=by, at=world.now)
            for contract, (by, reference) in zip(contracts, people, strict=True)
        ]
        return SimpleNamespace(noord=made[0], zuid=made[1])


def _facts(world, reference):
    return actions.PlacementFacts(
        reference=reference,
        block=world.ww,
        hours_per_week=Decimal(32),
        starts_on=_month(world)[0],
        contract_form="temporary",
    )


def _month(world):
    first = dt.date(world.today.year - 1, 11, 1)
    return first, first.replace(day=30)


def _step(number, supplier, period, pct):
    facts = {
        "supplier": str(supplier.pk),
        "form": "work",
        "title": "Receptie",
        "starts_on": period[0].isoformat(),
        "ends_on": period[1].isoformat(),
        "pct": str(pct),
    }
    return {f"form-{number}-{name}": value for name, value in facts.items()}


def test_from_a_place_on_the_board_to_a_path_that_credits_both(world, placed, walk):
    sara, bram, month = world.sara, world.bram, _month(world)
    place = {"title": "Leerplek receptie", "text": "Leren gasten te ontvangen."}
    facts = {"form": "learning", "region": "NL32B", "hours_per_week": "24"}
    begins = world.today.isoformat()
    walk(sara, reverse("network:offer-new", args=["place"]), **place, **facts, starts_on=begins)
    offer = Offer.objects.get(title="Leerplek receptie")
    answer = reverse("network:offer-answer", args=[offer.pk])
    walk(bram, answer, text="Wij kennen iemand voor deze plek.")
    match = Match.objects.get(offer=offer)
    talk = match.get_absolute_url()
    walk(sara, f"{talk}propose/", text="Een maand samen, de helft ieder.")
    walk(bram, talk, press="/agree/")
    path = urlsplit(walk(bram, talk, press="/path/").url).path
    steps = _step(0, world.noord, month, 60) | _step(1, world.zuid, month, 40)
    walk(bram, f"{path}plan/", **steps)
    walk(sara, path, press="/agree/")
    walk(sara, f"{path}tie/", reference="J-1")
    code = walk(sara, path, press="/code/").locator("p.code").inner_text()
    page = walk(bram, f"{path}tie/", reference="Z-1", code=code)
    assert PathPerson.objects.filter(path__title="Leerplek receptie").count() == 2

    for placement, by, pct in ((placed.noord, sara, "60"), (placed.zuid, bram, "40")):
        new = reverse("candidates:contribution-new", args=[placement.pk])
        first, last = (day.isoformat() for day in month)
        page = walk(by, new, starts_on=first, ends_on=last, pct=pct)
    both = Share.objects.filter(contribution__placement__in=[placed.noord, placed.zuid])
    one, other = both.filter(status="submitted").order_by("-pct")
    assert one.pct + other.pct == 100
    assert one.contract.supplier_id != other.contract.supplier_id
    assert one.value_eur > other.value_eur > 0
    page.goto(urljoin(page.url, reverse("candidates:share-explanation", args=[other.pk])))
    expect(page.locator("main")).to_contain_text("40,0%")
