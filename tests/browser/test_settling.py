"""A contract settled in a browser by two people: with a malus, and with a carry-over."""

import datetime as dt
import io
import uuid
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import expect

from contracts import actions, fulfilment, ledger
from contracts.models import Account, Settlement
from tests import scenario

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="module")
def ended(world, django_db_blocker):
    """Two contracts that ended, 30,000 of 40,000 done, and one that runs; committed."""
    with django_db_blocker.unblock(), transaction.atomic():
        malus, carry = (_over(world, title) for title in ("Met een malus", "Met een overdracht"))
        actions.set_malus_factor(
            malus, Decimal("1.50"), by=world.piet, at=world.now, reason="Artikel 12."
        )
        other = scenario._accepted(world, scenario._awarded(world, "Neemt iets over"))
        return SimpleNamespace(malus=malus, carry=carry, other=other)


def _over(world, title):
    contract = scenario._accepted(world, scenario._awarded(world, title, years_ago=3))
    source = ledger.Source("candidates.share", uuid.uuid4())
    month = contract.starts_on.replace(day=1)
    done = ledger.Wanted(contract.pk, Account.VERIFIED, month, Decimal("30000.00"))
    ledger.post(source, [done], by=world.olga, at=world.now)
    return contract


@pytest.fixture
def walk(page, portal, sign_in, world):
    """Open, fill in and send pages of a settlement as one person after another."""

    def walk(person, name, pk, **typed):
        sign_in(page, person)
        page.goto(f"{portal}{reverse(f'contracts:{name}', args=[pk])}")
        form = page.locator("main form.form[method=post]").first
        for field, value in typed.items():
            control = form.locator(f"[name={field}]")
            if control.first.get_attribute("type") == "radio":
                form.locator(f"[name={field}][value={value}]").check()
            elif control.evaluate("each => each.tagName") == "SELECT":
                control.select_option(value)
            else:
                control.fill(value)
        form.locator("button[type=submit]").click()
        page.wait_for_load_state()

    return walk


def state(contract, page, portal, sign_in, walk, world):
    """Begin the settlement, state it, and let the supplier react."""
    sign_in(page, world.cora)
    page.goto(f"{portal}{contract.get_absolute_url()}")
    page.locator("#ending form button").click()
    page.wait_for_url("**/settlements/*/")
    settlement = Settlement.objects.get(contract=contract)
    walk(world.cora, "statement-send", settlement.pk, remark="Volgens het grootboek.")
    walk(world.sara, "settlement-react", settlement.pk, reaction="agrees", reason="Dat klopt.")
    return settlement


def in_words(page):
    return page.locator("main").inner_text().replace("\N{NO-BREAK SPACE}", " ")


def is_clean(world):
    """The kept figures are what the ledger says."""
    fulfilment.recompute(today=world.today, at=world.now)
    call_command("check_ledger", stdout=io.StringIO())


def test_a_shortfall_becomes_a_malus(ended, page, portal, sign_in, walk, world):
    contract = ended.malus
    settlement = state(contract, page, portal, sign_in, walk, world)
    walk(
        world.cora,
        "settlement-calculate",
        settlement.pk,
        malus_part="10000,00",
        reason="Er was geen reden om af te wijken.",
    )
    walk(world.piet, "settlement-decide", settlement.pk, decision="decide", reason="Akkoord.")

    expect(page.locator(".page-head .badge")).to_be_visible()
    said = in_words(page)
    assert "15.000,00" in said
    assert "10.000,00" in said
    contract.refresh_from_db()
    assert contract.status == "settled"
    is_clean(world)
    contract.fulfilment.refresh_from_db()
    assert contract.fulfilment.malus_eur == Decimal("15000.00")


def test_a_shortfall_goes_to_another_contract(ended, page, portal, sign_in, walk, world):
    contract, other = ended.carry, ended.other
    settlement = state(contract, page, portal, sign_in, walk, world)
    walk(
        world.cora,
        "settlement-calculate",
        settlement.pk,
        carried="10000,00",
        carried_to=str(other.pk),
        carry_agreed_on=(world.today - dt.timedelta(days=1)).isoformat(),
        reason="Beide partijen zijn het eens.",
    )
    walk(world.piet, "settlement-decide", settlement.pk, decision="decide", reason="Akkoord.")

    said = in_words(page)
    assert "Neemt iets over" in said
    assert "10.000,00" in said
    is_clean(world)
    for each, carried in ((contract, "10000.00"), (other, "-10000.00")):
        each.fulfilment.refresh_from_db()
        assert each.fulfilment.carried_eur == Decimal(carried)
