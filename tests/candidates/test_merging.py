"""A supplier goes on as another, or is insolvent (R-255, R-256)."""

import datetime as dt
from decimal import Decimal

import pytest

from candidates import actions
from candidates.actions import merging
from candidates.models import Candidate, Placement, Share, UsedMonth
from contracts.models import ConsortiumMember, Contract, Fulfilment, ReservedCheck
from sroi_portal.core.models import AuditEvent, Outgoing
from suppliers import actions as supplier_actions
from suppliers.models import Certificate, Membership
from tests import factories
from tests.conftest import NOON, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def verified(contract, table, sara, olga):
    placement = factories.placement(contract, table.blocks.get(code="ww"), sara, reference="K-01")
    share = actions.draft_contribution(
        placement, by=sara, at=NOON, period=(dt.date(2026, 1, 1), dt.date(2026, 1, 31))
    )
    actions.submit_share(share, by=sara, at=NOON)
    actions.verify_share(share, by=olga, at=NOON)
    return share


def merge(gone, into, by):
    return actions.merge_supplier(gone, into, TODAY, by=by, at=NOON, reason="Fusie, zie register.")


def test_everything_goes_on_under_the_other_supplier(verified, noord, zuid, piet, sara, contract):
    Outgoing.objects.all().delete()
    assert merge(noord, zuid, piet) == []
    for model in (Contract, Fulfilment, Placement, Share, Candidate, UsedMonth, Membership):
        assert set(model.objects.values_list("supplier", flat=True)) == {zuid.pk}, model
    left = [
        f"{model._meta.label}.{name}"
        for model, name in merging.followers()
        if model._default_manager.filter(**{name: noord.pk}).exists()
    ]
    assert left == []
    noord.refresh_from_db()
    assert (noord.merged_into, noord.merged_on) == (zuid, TODAY)
    assert Outgoing.objects.get().to_address == contract.manager.email
    person = Candidate.objects.with_reference(zuid, "k-01").get()
    assert (person.reference, bytes(person.reference_hash)) == (
        "K-01",
        bytes(UsedMonth.objects.first().reference_hash),
    )
    told = AuditEvent.objects.filter(verb="merge_supplier")
    assert set(told.values_list("object_kind", flat=True)) == {
        "suppliers.supplier",
        "suppliers.membership",
        "contracts.contract",
    }


def test_the_same_reference_stays_two_people(verified, noord, zuid, piet):
    factories.candidate(zuid, "k-01")
    said = merge(noord, zuid, piet)
    assert len(said) == 1
    assert noord.name in said[0]
    references = {person.reference for person in Candidate.objects.filter(supplier=zuid)}
    assert references == {"k-01", "K-01 (Leverancier Noord)"}


def test_of_what_both_have_the_same_one_is_left(noord, zuid, piet, sara, contract):
    for supplier in (noord, zuid):
        Certificate.objects.create(
            supplier=supplier,
            kind="pso-1",
            valid_from=TODAY,
            valid_until=TODAY,
            checked_on=TODAY,
            recorded_by=piet,
        )
    factories.MembershipFactory(user=sara, supplier=zuid)
    check = ReservedCheck.objects.create(
        authority=contract.authority,
        supplier=noord,
        contract=contract,
        share_pct=Decimal(30),
        proof="certificate",
        certificate=Certificate.objects.get(supplier=noord),
        seen_on=TODAY,
        least_share_pct=Decimal(30),
        share_is_above=False,
        is_enough=True,
        checked_by=piet,
        checked_at=NOON,
    )
    assert len(merge(noord, zuid, piet)) == 1
    check.refresh_from_db()
    assert check.certificate == Certificate.objects.get()
    assert (check.supplier, check.certificate.supplier) == (zuid, zuid)
    assert Membership.objects.held().filter(user=sara).count() == 1


def test_both_parts_of_a_consortium_become_one(noord, zuid, contract, piet):
    west = factories.SupplierFactory()
    for supplier, share in ((zuid, 20), (west, 30)):
        ConsortiumMember.objects.create(contract=contract, supplier=supplier, share_pct=share)
    assert len(merge(west, zuid, piet)) == 1
    assert ConsortiumMember.objects.get().share_pct == 50
    assert merge(zuid, noord, piet)
    assert not ConsortiumMember.objects.exists()


def test_who_takes_over_stands_in_a_consortium_of_others(noord, contract, piet):
    west, east = factories.SupplierFactory(), factories.SupplierFactory()
    ConsortiumMember.objects.create(contract=contract, supplier=west, share_pct=30)
    assert merge(west, east, piet) == []
    assert ConsortiumMember.objects.get().supplier == east


def test_who_was_invited_is_invited_again(noord, zuid, piet):
    invited = {"email": "nieuw@example.org", "role": "member", "by": piet, "at": NOON}
    invitation = supplier_actions.send_invitation(noord, **invited)
    (said,) = merge(noord, zuid, piet)
    assert "opnieuw" in said
    invitation.refresh_from_db()
    assert invitation.withdrawn_at == NOON


def test_a_take_over_of_tomorrow_waits(noord, zuid, piet):
    with pytest.raises(actions.CannotMergeError, match="toekomst"):
        actions.merge_supplier(
            noord, zuid, TODAY + dt.timedelta(days=1), by=piet, at=NOON, reason="Fusie."
        )


def test_no_supplier_is_taken_over_twice_or_by_itself(noord, zuid, piet):
    with pytest.raises(actions.CannotMergeError):
        merge(noord, noord, piet)
    merge(noord, zuid, piet)
    with pytest.raises(actions.CannotMergeError):
        merge(noord, zuid, piet)
    with pytest.raises(actions.CannotMergeError):
        merge(zuid, noord, piet)
    assert supplier_actions.register_supplier(name="N", kvk=noord.kvk, by=piet, at=NOON) == zuid


def test_it_is_done_on_a_page(client, contract, noord, zuid, piet):
    page = f"/suppliers/{noord.pk}/merge/"
    facts = {"kvk": "99999999", "merged_on": TODAY, "reason": "Fusie."}
    client.sign_in(piet)
    assert "kvk" in client.post(page, facts).context["form"].errors
    assert client.post(page, facts | {"kvk": noord.kvk}).context["form"].errors
    assert client.post(page, facts | {"kvk": zuid.kvk}).status_code == 302
    assert zuid.name in client.get(noord.get_absolute_url()).content.decode()


def test_nothing_new_is_entered_of_an_insolvent_supplier(client, verified, noord, cora, sara):
    page = f"/suppliers/{noord.pk}/insolvent/"
    late = {"insolvent_on": "2999-01-01", "reason": "Vonnis."}
    client.sign_in(cora)
    assert client.post(page, late).context["form"].errors
    assert client.post(page, late | {"insolvent_on": TODAY}).status_code == 302
    period = (dt.date(2026, 2, 1), dt.date(2026, 2, 28))
    placement = Placement.objects.get()
    with pytest.raises(actions.ContractClosedError):
        actions.draft_contribution(placement, by=sara, at=NOON, period=period)
    client.post(f"/suppliers/{noord.pk}/solvent/", {"reason": "Vernietigd."})
    client.post(f"/suppliers/{noord.pk}/solvent/", {"reason": "Vernietigd."})
    placement = Placement.objects.get()
    assert actions.draft_contribution(placement, by=sara, at=NOON, period=period)
    assert AuditEvent.objects.filter(verb="lift_insolvency").count() == 1
