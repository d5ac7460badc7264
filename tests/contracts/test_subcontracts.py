"""Partners of a contract: named, consented to, and then they see it and work on it (R-260)."""

import uuid

import pytest

from contracts import actions, rules
from contracts.models import Contract, LedgerEntry, SubcontractStatus
from sroi_portal.core import sight
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import AuditEvent, Outgoing
from sroi_portal.core.status import IllegalMoveError
from tests import factories
from tests.client import PortalClient
from tests.conftest import NOON

FACTS = {"kind": "social", "work": "Wassen van werkkleding"}


@pytest.fixture
def partner(db):
    return factories.SupplierFactory(name="Sociale Partner", kvk="99991009")


@pytest.fixture
def wim(partner):
    person = factories.UserFactory(name="Wim", email="wim@example.org")
    factories.MembershipFactory(user=person, supplier=partner)
    return person


@pytest.fixture
def named(contract, partner, sara):
    facts = FACTS | {"starts_on": contract.starts_on}
    return actions.name_partner(contract, partner, facts, by=sara, at=NOON, key=uuid.uuid4())


def fresh(person):
    return type(person).objects.get(pk=person.pk)


def contracts_of(person):
    person = fresh(person)
    with acting_as(DatabaseRole.WEB, sight.of(person)):
        return list(Contract.objects.visible_to(person))


def test_a_partner_sees_the_contract_once_the_client_agrees(contract, named, wim, cora):
    assert contracts_of(wim) == []
    actions.consent_partner(named, by=cora, at=NOON)
    assert contracts_of(wim) == [contract]
    assert rules.works_on(fresh(wim), contract)


def test_r_260_a_partner_whose_work_ended_sees_nothing_any_more(contract, named, wim, sara, cora):
    actions.consent_partner(named, by=cora, at=NOON)
    actions.end_partner(named, by=sara, at=NOON, ends_on=contract.ends_on)
    assert contracts_of(wim) == []


def test_a_partner_reads_no_posting(contract, named, wim, cora):
    actions.consent_partner(named, by=cora, at=NOON)
    person = fresh(wim)
    with acting_as(DatabaseRole.WEB, sight.of(person)):
        assert not LedgerEntry.objects.filter(contract=contract).exists()
        assert Contract.objects.get(pk=contract.pk).fulfilment


def test_a_member_of_a_consortium_sees_the_contract(contract, partner, wim, cora):
    actions.set_members(contract, {partner: 25}, by=cora, at=NOON)
    assert contracts_of(wim) == [contract]
    assert not rules.works_on(fresh(wim), contract)


def test_the_supplier_itself_is_no_partner(contract, sara):
    facts = FACTS | {"starts_on": contract.starts_on}
    with pytest.raises(actions.PartnerError):
        actions.name_partner(contract, contract.supplier, facts, by=sara, at=NOON, key=uuid.uuid4())


def test_nobody_is_named_on_a_contract_that_takes_no_work(contract, partner, sara):
    Contract.objects.filter(pk=contract.pk).update(status="settling")
    facts = FACTS | {"starts_on": contract.starts_on}
    with pytest.raises(actions.PartnerError):
        actions.name_partner(contract, partner, facts, by=sara, at=NOON, key=uuid.uuid4())


def test_a_refusal_says_why_and_is_final(named, cora):
    actions.refuse_partner(named, by=cora, at=NOON, reason="Dit werk doet u zelf.")
    named.refresh_from_db()
    assert named.status == SubcontractStatus.REFUSED
    with pytest.raises(IllegalMoveError):
        actions.consent_partner(named, by=cora, at=NOON)


def test_mail_goes_to_the_manager_and_then_to_both(contract, named, wim, cora):
    assert Outgoing.objects.filter(to_address=cora.email).count() == 1
    actions.consent_partner(named, by=cora, at=NOON)
    assert Outgoing.objects.filter(to_address=wim.email).count() == 1


def test_only_the_manager_consents(contract, named, sara, cora, piet):
    assert rules.may_consent_partner(cora, named)
    assert not rules.may_consent_partner(sara, named)
    assert not rules.may_consent_partner(piet, named)


def test_a_form_sent_twice_names_one_partner(contract, sara):
    client = PortalClient().sign_in(sara)
    typed = TYPED | {"form_key": str(uuid.uuid4())}
    for _time in range(2):
        answer = client.post(f"/contracts/{contract.pk}/partners/new/", typed)
        assert answer.status_code == 302
    assert contract.subcontracts.count() == 1


TYPED = {
    "name": "Sociale Partner",
    "kvk": "99991009",
    "kind": "social",
    "work": "Wassen",
    "starts_on": "2026-01-01",
}


@pytest.mark.parametrize(
    ("facts", "field", "said"),
    [
        ({"kvk": "99990001"}, "__all__", "yourself"),
        ({}, "kvk", "named on this contract already"),
        ({"ends_on": "2025-12-31"}, "ends_on", "before the first"),
    ],
)
@pytest.mark.usefixtures("in_english", "named")
def test_a_partner_that_cannot_be_named_is_refused_in_the_form(
    client, contract, sara, facts, field, said
):
    page = client.sign_in(sara).post(f"/contracts/{contract.pk}/partners/new/", TYPED | facts)
    assert said in page.context["form"].errors[field][0]
    assert contract.subcontracts.count() == 1


def clicked(client, subcontract, step, **typed):
    """Give the page after two clicks on the same button."""
    for _click in range(2):
        page = client.post(f"/partners/{subcontract.pk}/{step}/", typed, follow=True)
    assert page.redirect_chain[0][0] == subcontract.contract.get_absolute_url()
    return page.content.decode()


@pytest.mark.parametrize(
    ("step", "typed", "status"),
    [
        ("consent", {}, SubcontractStatus.AGREED),
        ("refuse", {"reason": "Dit werk doet u zelf."}, SubcontractStatus.REFUSED),
        ("end", {"ends_on": "2026-06-30"}, SubcontractStatus.ENDED),
    ],
)
@pytest.mark.usefixtures("in_english")
def test_a_second_click_changes_nothing_and_says_so(client, named, cora, step, typed, status):
    page = clicked(client.sign_in(cora), named, step, **typed)
    assert "can no longer be done" in page
    named.refresh_from_db()
    assert named.status == status
    assert AuditEvent.objects.filter(verb=f"{step}_partner").count() == 1


@pytest.mark.usefixtures("in_english")
def test_who_named_a_partner_does_not_consent_for_the_client(client, noord, named, sara, cora):
    factories.MembershipFactory(user=cora, supplier=noord)
    type(named).objects.filter(pk=named.pk).update(named_by=cora)
    page = clicked(client.sign_in(cora), named, "consent")
    assert "Somebody else than who named the partner" in page
    named.refresh_from_db()
    assert named.status == SubcontractStatus.PROPOSED


@pytest.mark.usefixtures("in_english")
def test_work_does_not_end_before_it_began(client, named, sara):
    page = client.sign_in(sara).post(f"/partners/{named.pk}/end/", {"ends_on": "2025-12-31"})
    assert "before the first" in page.context["form"].errors["ends_on"][0]
    assert client.get(f"/partners/{named.pk}/end/").status_code == 200


def test_the_page_names_the_partner_and_its_status(contract, named, cora):
    page = PortalClient().sign_in(cora).get(contract.get_absolute_url()).content.decode()
    assert "Sociale Partner" in page
    assert "/consent/" in page


def test_who_works_along_sees_its_own_row_alone(contract, named, wim, sara, cora):
    other = factories.SupplierFactory(name="Tweede Partner", kvk="99991010")
    facts = FACTS | {"starts_on": contract.starts_on}
    actions.name_partner(contract, other, facts, by=sara, at=NOON, key=uuid.uuid4())
    actions.consent_partner(named, by=cora, at=NOON)
    page = PortalClient().sign_in(fresh(wim)).get(contract.get_absolute_url()).content.decode()
    assert "Sociale Partner" in page
    assert "Tweede Partner" not in page
