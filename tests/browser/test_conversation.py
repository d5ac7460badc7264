"""From a conversation to a clause, a contract, a promise, and back from the euro (N03)."""

import datetime as dt

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import expect

from candidates import actions as candidate_actions
from contracts import actions
from contracts.models import Conclusion, Dialogue
from tests import scenario

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SENTENCE = "Te groot voor sociale ondernemingen: bevorder partnerschappen."
PROMISE = "Twee mensen bij een sociale onderneming"


@pytest.fixture
def go(page, portal, sign_in):
    """Open a page of contracts as somebody."""

    def go(person, name, *args):
        sign_in(page, person)
        page.goto(f"{portal}{reverse(name, args=args)}")

    return go


def submit(page):
    page.locator("main form[method=post] button[type=submit]").first.click()
    page.wait_for_load_state()


def converse(page, go, world, tender):
    """Write a talk down, choose what follows from its conclusion, and copy a clause."""
    go(world.piet, "contracts:dialogue-new", tender.pk)
    page.locator("[name=topic]").fill("Past dit bij sociale ondernemingen?")
    page.locator("[name=parties]").fill("Leverancier Noord, directeur")
    page.locator("[name=said]").fill("Bijna iedereen vond de opdracht te groot.")
    page.locator("[name=conclusions]").fill(SENTENCE)
    submit(page)
    expect(page.locator("#conclusion-1")).to_contain_text(SENTENCE)
    page.locator("#conclusion-1 a").first.press("Enter")
    page.locator("[name=leads_to][value=partnership]").check()
    submit(page)
    go(world.piet, "contracts:clause-take", tender.pk)
    page.locator("[name=clause]").select_option(str(world.clause.pk))
    page.locator("input[name=language][value=nl]").check()
    page.locator("[name=follows_from]").select_option(index=1)
    submit(page)
    expect(page.locator("#texts")).to_contain_text(SENTENCE)


def promise(page, go, world, contract):
    """Let the supplier promise something that follows from the sentence; both sides agree."""
    with transaction.atomic():
        plan = actions.draft_plan(contract, by=world.sara, at=world.now)
    go(world.sara, "contracts:plan-line-add", plan.pk)
    page.locator("[name=kind]").select_option(index=1)
    page.locator("[name=title]").fill(PROMISE)
    page.locator("[name=quantity]").fill("2")
    page.locator("[name=unit]").select_option("job")
    page.locator("[name=value_eur]").fill("30.000")
    page.locator("[name=follows_from]").select_option(label=f"1. {SENTENCE}")
    page.locator("button[name=do][value=save]").click()
    expect(page.get_by_text(PROMISE).first).to_be_visible()
    with transaction.atomic():
        actions.propose_plan(plan, by=world.sara, at=world.now)
        plan.refresh_from_db()
        actions.agree_plan(plan, by=world.cora, at=world.now)


def contribute(world, contract):
    first = contract.starts_on
    facts = candidate_actions.PlacementFacts(
        reference="K-77",
        block=world.ww,
        hours_per_week=32,
        starts_on=first,
        contract_form="temporary",
        informed_on=first,
    )
    by_sara = {"by": world.sara, "at": world.now}
    placement = candidate_actions.enter_placement(contract, facts, **by_sara)
    period = (first, first + dt.timedelta(days=27))
    share = candidate_actions.draft_contribution(placement, period=period, **by_sara)
    candidate_actions.submit_share(share, **by_sara)
    line = candidate_actions.lines_for(share)[0]
    candidate_actions.tie_share(share, line, **by_sara)
    return share


def test_a_euro_leads_back_to_the_conversation(page, go, world):
    with transaction.atomic():
        facts = {"authority": world.ministry, "title": "Schoonmaak met partners"}
        tender = actions.log_tender(facts, by=world.piet, at=world.now)
    converse(page, go, world, tender)
    with transaction.atomic():
        contract = scenario._accepted(
            world, scenario._awarded(world, "Met partners", tender=tender)
        )
    promise(page, go, world, contract)
    with transaction.atomic():
        share = contribute(world, contract)
    go(world.sara, "candidates:share-explanation", share.pk)
    thread = page.locator("#thread")
    expect(thread).to_contain_text(PROMISE)
    expect(thread).to_contain_text(SENTENCE)
    expect(thread.get_by_role("link", name=SENTENCE)).to_have_count(0)
    go(world.olga, "candidates:share-explanation", share.pk)
    page.locator("#thread").get_by_role("link", name=SENTENCE).press("Enter")
    expect(page.locator("#conclusion-1")).to_contain_text(SENTENCE)
    assert Dialogue.objects.filter(tender=tender).count() == 1
    assert Conclusion.objects.get(tender=tender).leads_to == "partnership"
    go(world.cora, "contracts:contract-detail", contract.pk)
    expect(page.locator("#origins")).to_contain_text(PROMISE)
