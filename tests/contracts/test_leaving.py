"""Somebody leaves: everything goes to a colleague in one go (R-251)."""

import pytest

from contracts import actions
from contracts.models import Contract, ContractStatus
from sroi_portal.core.models import AuditEvent, Outgoing, RoleName
from tests import factories
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def mark(ministry):
    user = factories.UserFactory(name="Mark", email="mark@example.org")
    for role in ("manager", "officer"):
        factories.RoleAssignmentFactory(user=user, authority=ministry, role=role)
    return user


@pytest.fixture
def three(contract, ministry, noord, piet, cora, table):
    facts = {"authority": ministry, "supplier": noord, "officer": piet, "manager": cora}
    settling = factories.active_contract(value_table=table, **facts)
    Contract.objects.filter(pk=settling.pk).update(status=ContractStatus.SETTLING)
    waiting = factories.active_contract(value_table=table, **facts)
    Contract.objects.filter(pk=waiting.pk).update(
        status=ContractStatus.HANDED_OVER, accepted_at=None
    )
    return [contract, settling, waiting]


def test_all_contracts_of_a_manager_go_to_the_successor(three, cora, mark, piet, ministry):
    count = actions.hand_over_contracts(cora, mark, RoleName.MANAGER, ministry, by=piet, at=NOON)

    assert count == 3
    assert set(Contract.objects.values_list("manager__name", "status")) == {
        ("Mark", "handed_over"),
        ("Mark", "settling"),
    }
    assert AuditEvent.objects.filter(verb="hand_over_contracts").count() == 3
    assert Outgoing.objects.count() == 1
    assert actions.accept_contracts(by=mark, at=NOON) == 2
    assert actions.accept_contracts(by=mark, at=NOON) == 0
    assert AuditEvent.objects.filter(verb="accept_contracts").count() == 2


def test_all_contracts_of_an_officer_go_at_once(three, cora, mark, piet, ministry):
    actions.hand_over_contracts(piet, mark, RoleName.OFFICER, ministry, by=mark, at=NOON)
    assert set(Contract.objects.values_list("officer__name", flat=True)) == {"Mark"}
    assert not Outgoing.objects.exists()


def test_the_successor_holds_the_role(three, cora, piet, ministry):
    for other in (cora, piet):
        with pytest.raises(actions.NotSuccessorError):
            actions.hand_over_contracts(cora, other, RoleName.MANAGER, ministry, by=piet, at=NOON)


def test_the_page_counts_before_it_hands_over(client, three, cora, mark, piet, ministry):
    facts = {"authority": ministry.pk, "role": "manager", "leaver": cora.pk, "successor": mark.pk}
    client.sign_in(mark)
    page = client.post("/contracts/hand-over/", facts)
    assert page.context["count"] == 3
    assert not AuditEvent.objects.filter(verb="hand_over_contracts").exists()
    assert client.post("/contracts/hand-over/", facts | {"sure": "1"}).status_code == 302
    assert client.post("/contracts/accept/").status_code == 302
    assert Contract.objects.filter(manager=mark, status=ContractStatus.ACTIVE).count() == 2


def test_a_manager_hands_over_only_the_own(client, three, cora, mark, ministry):
    facts = {"authority": ministry.pk, "role": "manager", "leaver": mark.pk, "successor": cora.pk}
    page = client.sign_in(cora).post("/contracts/hand-over/", facts | {"sure": "1"})
    assert page.context["form"].errors


def test_who_hears_of_missed_dates_is_named_on_the_contract(client, contract, cora, vera):
    page = f"/contracts/{contract.pk}/escalation/"
    for _twice in range(2):
        client.sign_in(cora).post(page, {"person": vera.pk})
    contract.refresh_from_db()
    assert contract.named_person == vera
    assert AuditEvent.objects.filter(verb="name_escalation").count() == 1
