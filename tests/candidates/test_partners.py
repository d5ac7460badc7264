"""A partner enters its own work on the contract of another, or confirms an invoice by link."""

import datetime as dt
import re
import uuid
from decimal import Decimal

import pytest
from django.utils import timezone

from candidates import actions, confirmed
from candidates.actions.placements import post_plan
from candidates.models import Confirmation, ConfirmationStatus, Placement
from contracts import actions as contract_actions
from contracts.models import Account, LedgerEntry
from sroi_portal.core import sight
from sroi_portal.core.acting import DatabaseRole, Sight, acting_as
from sroi_portal.core.models import Outgoing
from tests import factories
from tests.candidates import kinds
from tests.client import PortalClient
from tests.conftest import NOON

A_MONTH = dt.timedelta(days=31)


@pytest.fixture
def wim(contract, sara, cora):
    """Works for a partner that the client consented to."""
    partner = factories.SupplierFactory(name="Sociale Partner", kvk="99991009")
    person = factories.UserFactory(name="Wim", email="wim@example.org")
    factories.MembershipFactory(user=person, supplier=partner)
    facts = {"kind": "social", "work": "Wassen", "starts_on": contract.starts_on}
    named = contract_actions.name_partner(
        contract, partner, facts, by=sara, at=NOON, key=uuid.uuid4()
    )
    contract_actions.consent_partner(named, by=cora, at=NOON)
    return type(person).objects.get(pk=person.pk)


def as_web(person):
    return acting_as(DatabaseRole.WEB, sight.of(person))


@pytest.fixture
def work(contract, ww, wim):
    facts = actions.PlacementFacts(
        reference="P-01",
        block=ww,
        hours_per_week=Decimal(36),
        starts_on=contract.starts_on,
        contract_form="temporary",
    )
    with as_web(wim):
        return actions.enter_placement(contract, facts, by=wim, at=NOON)


def planned(placement):
    entries = LedgerEntry.objects.filter(source_uuid=placement.uuid, account=Account.PLANNED)
    return sum((each.quantity for each in entries), Decimal(0))


def test_the_people_of_a_partner_are_its_own(work, wim, sara, contract):
    assert work.supplier.name == "Sociale Partner"
    assert work.candidate.supplier == work.supplier
    with as_web(sara):
        assert not Placement.objects.filter(pk=work.pk).exists()
    assert planned(work) > 0


def test_what_a_partner_plans_is_posted_once(work, wim, contract):
    before = planned(work)
    with as_web(wim):
        post_plan(work, by=wim, at=NOON)
        actions.withdraw_placement(work, by=wim, at=NOON)
    assert before > 0
    assert planned(work) == 0


def test_a_partner_submits_and_the_authority_verifies(work, wim, contract, olga):
    first = contract.starts_on
    with as_web(wim):
        share = actions.draft_contribution(
            work, by=wim, at=NOON, period=(first, first.replace(day=28))
        )
        actions.submit_share(share, by=wim, at=NOON)
    actions.verify_share(share, by=olga, at=NOON)
    share.refresh_from_db()
    posted = LedgerEntry.objects.filter(contract=contract, account=Account.VERIFIED)
    assert sum(each.quantity for each in posted) == share.value_eur > 0


def test_a_partner_lets_a_part_of_its_work_count(work, wim, contract, ww):
    first = contract.starts_on
    with as_web(wim):
        share = actions.draft_contribution(
            work, by=wim, at=NOON, period=(first, first.replace(day=28))
        )
        half = actions.Part(contract, ww, Decimal(50))
        actions.divide_contribution(share.contribution, [half], by=wim, at=NOON)
    share.refresh_from_db()
    assert share.pct == 50


def test_a_partner_enters_work_on_the_page(contract, wim, ww):
    page = PortalClient().sign_in(wim).get(f"/placements/new/?contract={contract.pk}")
    assert page.status_code == 200


@pytest.fixture
def purchase(contract, table, sara):
    shop = factories.SupplierFactory(name="Sociale Bakker", kvk="99991008")
    claim = kinds.bought(kinds.row(table, "bought"), shop)
    share = actions.draft_claim(contract, claim, by=sara, at=NOON)
    actions.submit_share(share, by=sara, at=NOON)
    share.refresh_from_db()
    return share


@pytest.fixture
def token(purchase, sara):
    actions.ask_confirmation(
        purchase.contribution, email="partner@example.org", by=sara, at=timezone.now()
    )
    mail = Outgoing.objects.get(to_address="partner@example.org")
    return re.search(r"/confirm/([\w-]+)/", mail.body)[1]


def answer(token, **typed):
    return PortalClient().post(f"/confirm/{token}/", {"do": "answer", **typed})


def test_r_261_a_purchase_is_shown_apart_until_its_partner_confirms(
    contract, purchase, token, sara
):
    assert confirmed.unconfirmed_eur(contract, sara) == purchase.value_eur
    assert answer(token, answer="right").status_code == 200
    assert Confirmation.objects.get().status == ConfirmationStatus.CONFIRMED
    assert confirmed.unconfirmed_eur(contract, sara) is None


def test_the_link_alone_shows_and_does_nothing(purchase, token):
    page = PortalClient().get(f"/confirm/{token}/").content.decode()
    assert purchase.contribution.invoice_number not in page
    assert Confirmation.objects.get().status == ConfirmationStatus.ASKED
    page = PortalClient().post(f"/confirm/{token}/").content.decode()
    assert purchase.contribution.invoice_number in page


def test_a_link_works_once(token):
    assert answer(token, answer="right").status_code == 200
    assert answer(token, answer="right").status_code == 410
    assert PortalClient().get(f"/confirm/{token}/").status_code == 410


def test_not_right_needs_a_word(token):
    assert Confirmation.objects.get().status == ConfirmationStatus.ASKED
    answer(token, answer="wrong")
    assert Confirmation.objects.get().status == ConfirmationStatus.ASKED
    answer(token, answer="wrong", remark="Dit bedrag is te hoog.")
    assert Confirmation.objects.get().status == ConfirmationStatus.DENIED


def test_an_old_link_is_closed(token):
    with pytest.raises(actions.LinkClosedError):
        actions.answer_confirmation(
            Confirmation.objects.get(), is_right=True, at=timezone.now() + A_MONTH
        )


def test_asking_anew_closes_the_earlier_link(purchase, token, sara):
    actions.ask_confirmation(
        purchase.contribution, email="ander@example.org", by=sara, at=timezone.now()
    )
    assert PortalClient().get(f"/confirm/{token}/").status_code == 410


def test_only_a_purchase_can_be_confirmed(contract, table, sara):
    claim = kinds.claim(kinds.row(table, "hours"), title="Training", people=2, quantity=Decimal(4))
    share = actions.draft_claim(contract, claim, by=sara, at=NOON)
    with pytest.raises(actions.NothingToConfirmError):
        actions.ask_confirmation(share.contribution, email="p@example.org", by=sara, at=NOON)


def test_the_link_reads_its_own_row_alone(token, purchase):
    with acting_as(DatabaseRole.LINK, Sight(link="00" * 32)):
        assert not Confirmation.objects.exists()
    with acting_as(
        DatabaseRole.LINK, Sight(link=bytes(Confirmation.objects.get().token_hash).hex())
    ):
        assert Confirmation.objects.count() == 1


def test_the_answer_stands_on_the_page_of_the_contribution(purchase, token, sara, olga):
    answer(token, answer="wrong", remark="Dit bedrag is te hoog.")
    for person in (sara, olga):
        page = PortalClient().sign_in(person).get(purchase.get_absolute_url())
        assert "Dit bedrag is te hoog." in page.content.decode(), person


def test_the_supplier_asks_by_a_page(english, purchase, sara):
    address = f"/shares/{purchase.pk}/confirmation/"
    assert english.sign_in(sara).get(address).status_code == 200
    assert "email" in english.post(address, {"email": "geen adres"}).context["form"].errors
    answered = english.post(address, {"email": "Partner@Example.org"})
    assert answered.url == purchase.get_absolute_url()
    assert Confirmation.objects.get().email == "partner@example.org"
