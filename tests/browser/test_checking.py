"""Both sides of a check, in a browser: divided, returned, objected to, missed."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from candidates import actions
from candidates.models import Share, ShareStatus
from sroi_portal.core.models import RoleName
from suppliers.models import MembershipRole
from tests import factories
from tests.client import PortalClient

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def _person(name, **role):
    person = factories.UserFactory(name=name, email=f"{name.lower()}@example.org")
    if "supplier" in role:
        factories.MembershipFactory(user=person, role=MembershipRole.MEMBER, **role)
    else:
        factories.RoleAssignmentFactory(user=person, role=RoleName.COORDINATOR, **role)
    return person


class Table:
    """Two colleagues of a supplier, two ministries, and a month of work that is over."""

    def __init__(self):
        noord = factories.SupplierFactory(name="Leverancier Noord")
        self.here, self.elsewhere = (factories.AuthorityFactory() for _number in range(2))
        self.sara, self.sem = (_person(name, supplier=noord) for name in ("Sara", "Sem"))
        self.olga, self.oda = (_person(name, authority=self.here) for name in ("Olga", "Oda"))
        self.otto = _person("Otto", authority=self.elsewhere)
        today = timezone.localdate()
        first = dt.date(today.year - 1, 1, 1)
        table = factories.value_table()
        self.contract, self.other = (
            factories.active_contract(
                authority=authority,
                supplier=noord,
                manager=self.olga,
                value_table=table,
                awarded_on=first,
                starts_on=first,
                ends_on=dt.date(today.year + 1, 12, 31),
            )
            for authority in (self.here, self.elsewhere)
        )
        self.block = table.blocks.get(code="ww")
        facts = actions.PlacementFacts(
            reference="K-01",
            block=self.block,
            hours_per_week=Decimal(32),
            starts_on=first,
            contract_form="temporary",
            informed_on=first,
        )
        now = timezone.now()
        placement = actions.enter_placement(self.contract, facts, by=self.sara, at=now)
        self.share = actions.draft_contribution(
            placement, by=self.sara, at=now, period=(first, first.replace(day=31))
        )

    def submit(self):
        actions.submit_share(self.share, by=self.sara, at=timezone.now())


@pytest.fixture
def table(transactional_db):
    return Table()


@pytest.fixture
def page_of(browser, site):
    """Everybody signs in to a browser of their own."""
    contexts = []

    def page_of(person):
        session = PortalClient().sign_in(person).cookies["session"].value
        context = browser.new_context(base_url=site, locale="nl-NL")
        context.add_cookies([{"name": "session", "value": session, "url": site}])
        contexts.append(context)
        return context.new_page()

    yield page_of
    for context in contexts:
        context.close()


def at(name, share):
    return reverse(f"candidates:{name}", args=[share.pk])


def send(page, button="main form button[type=submit]"):
    with page.expect_navigation():
        page.locator(button).first.click()


def say(page, share, name, reason):
    """Open a page that asks why, and say it."""
    page.goto(at(name, share))
    page.locator("main [name=reason]").fill(reason)
    send(page)


def status(share):
    share.refresh_from_db()
    return share.status


def test_two_colleagues_divide_one_placement_over_two_ministries_at_once(page_of, table):
    sara, sem = page_of(table.sara), page_of(table.sem)
    for page, here, there in ((sara, 60, 40), (sem, 50, 50)):
        page.goto(at("share-divide", table.share))
        page.locator("[name=add]").select_option(str(table.other.pk))
        send(page, "main button[value=add]")
        for contract, pct in ((table.contract, here), (table.other, there)):
            page.locator(f"[name=pct-{contract.pk}]").fill(str(pct))
            page.locator(f"[name=block-{contract.pk}]").select_option(str(table.block.pk))
    send(sara, "main button[value=save]")
    send(sem, "main button[value=save]")
    typed = sem.locator(f"[name=pct-{table.contract.pk}]")
    expect(typed).to_have_value(re.compile("50"))
    expect(sem.locator("main [data-focus], main .utrecht-alert").first).to_be_visible()
    parts = Share.objects.order_by("pk")
    assert [(each.contract_id, each.pct) for each in parts] == [
        (table.contract.pk, 60),
        (table.other.pk, 40),
    ]

    for share in parts:
        sara.goto(share.get_absolute_url())
        send(sara, "main form[action$='/submit/'] button")
    for person, share, other in zip(
        (table.olga, table.otto), parts, (table.elsewhere, table.here), strict=True
    ):
        page = page_of(person)
        page.goto(share.get_absolute_url())
        expect(page.locator("main")).to_contain_text(other.name)
        send(page, "main form[action$='/verify/'] button")
    assert {share.status for share in Share.objects.all()} == {ShareStatus.VERIFIED}


def test_return_answer_verify(page_of, table):
    table.submit()
    olga, sara = page_of(table.olga), page_of(table.sara)
    say(olga, table.share, "share-return", "Welke weken?")
    assert status(table.share) == ShareStatus.RETURNED
    sara.goto(table.share.get_absolute_url())
    expect(sara.locator("main")).to_contain_text("Welke weken?")
    sara.locator("main [name=reason]").fill("Alle weken.")
    send(sara, "main form[action$='/submit/'] button")
    olga.goto(table.share.get_absolute_url())
    expect(olga.locator("main")).to_contain_text("Alle weken.")
    send(olga, "main form[action$='/verify/'] button")
    assert status(table.share) == ShareStatus.VERIFIED


def test_reject_object_and_another_decides(page_of, table):
    table.submit()
    olga, oda, sara = (page_of(person) for person in (table.olga, table.oda, table.sara))
    say(olga, table.share, "share-reject", "Geen bewijs gezien.")
    sara.goto(table.share.get_absolute_url())
    expect(sara.locator("main")).to_contain_text("Geen bewijs gezien.")
    say(sara, table.share, "share-object", "Het bewijs zat erbij.")
    assert status(table.share) == ShareStatus.OBJECTED
    olga.goto(table.share.get_absolute_url())
    expect(olga.locator("main a[href*='/grant/']")).to_have_count(0)
    say(oda, table.share, "objection-grant", "Het bewijs klopt.")
    assert status(table.share) == ShareStatus.VERIFIED
    sara.reload()
    expect(sara.locator("main")).to_contain_text("Het bewijs klopt.")


def test_a_missed_date_is_shown_apart_and_still_decided_on(page_of, table):
    table.submit()
    sara, olga = page_of(table.sara), page_of(table.olga)
    sara.goto(table.share.get_absolute_url())
    before = sara.locator("main").inner_text()
    actions.mark_unchecked(at=timezone.now() + dt.timedelta(days=60))
    assert status(table.share) == ShareStatus.UNCHECKED
    sara.reload()
    assert sara.locator("main").inner_text() != before
    olga.goto(reverse("candidates:share-list") + "?status=unchecked")
    with olga.expect_navigation():
        olga.locator("main tbody th a").click()
    send(olga, "main form[action*='/verify/'] button")
    assert status(table.share) == ShareStatus.VERIFIED
