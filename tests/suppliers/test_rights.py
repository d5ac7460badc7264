"""What a colleague may do for a supplier, and who stays administrator (I02, I03, R-247)."""

import pytest

from candidates import rules
from candidates.models import Placement
from contracts import rules as contract_rules
from contracts.models import Settlement
from sroi_portal.core.models import AuditEvent, User
from suppliers import actions
from tests.conftest import NOON

LOOKS = {"role": "member", "may_enter": False, "may_sign": False}


def _again(person):
    return User.objects.get(pk=person.pk)


def test_a_colleague_who_only_looks_enters_and_signs_nothing(contract, sara, noor, client):
    assert rules.may_sign_period(sara, contract)
    actions.change_membership(sara.memberships.get(), LOOKS, by=noor, at=NOON)
    sara = _again(sara)
    placement = Placement(supplier=contract.supplier)
    assert not rules.may_enter_placement(sara, contract)
    assert not rules.may_end_placement(sara, placement)
    assert not rules.may_sign_period(sara, contract)
    assert not contract_rules.may_report_turnover(sara, contract)
    assert not contract_rules.may_name_partner(sara, contract)
    assert not contract_rules.may_react_to_settlement(sara, Settlement(contract=contract))
    assert client.sign_in(sara).get(contract.get_absolute_url()).status_code == 200


def test_an_administrator_may_do_all(sara, noor):
    facts = LOOKS | {"role": "administrator"}
    actions.change_membership(sara.memberships.get(), facts, by=noor, at=NOON)
    held = sara.memberships.get()
    assert (held.role, held.may_enter, held.may_sign) == ("administrator", True, True)
    event = AuditEvent.objects.get(verb="change_membership")
    assert (event.from_status, event.to_status) == ("member", "administrator")


def test_the_last_administrator_stays_one(sara, noor):
    with pytest.raises(actions.LastAdministratorError):
        actions.change_membership(noor.memberships.get(), LOOKS, by=noor, at=NOON)
    actions.change_membership(
        sara.memberships.get(), LOOKS | {"role": "administrator"}, by=noor, at=NOON
    )
    actions.change_membership(noor.memberships.get(), LOOKS, by=noor, at=NOON)
    assert noor.memberships.get().role == "member"


def test_the_same_rights_and_an_ended_membership_change_nothing(sara, noor):
    held = sara.memberships.get()
    same = {"role": "member", "may_enter": True, "may_sign": True}
    actions.change_membership(held, same, by=noor, at=NOON)
    actions.end_membership(held, by=noor, at=NOON)
    actions.change_membership(held, LOOKS, by=noor, at=NOON)
    assert not AuditEvent.objects.filter(verb="change_membership").exists()


def test_the_page_changes_rights(client, sara, noor):
    held = sara.memberships.get()
    address = f"/members/{held.pk}/change/"
    client.sign_in(noor)
    assert client.get(address).status_code == 200
    sent = {"role": "member", "may_enter": "on", "revision": held.revision}
    assert client.post(address, sent).status_code == 302
    held.refresh_from_db()
    assert (held.may_enter, held.may_sign) == (True, False)
    assert client.post(address, sent).status_code == 200  # an old page
    own = noor.memberships.get()
    sent = {"role": "member", "revision": own.revision}
    assert client.post(f"/members/{own.pk}/change/", sent).status_code == 200


def test_an_administrator_names_colleagues_on_a_page(client, contract, sara, noor):
    address = f"/contracts/{contract.pk}/people/"
    client.sign_in(noor)
    assert client.get(address).status_code == 200
    assert client.post(address, {"people": [sara.pk]}).status_code == 302
    assert [each.user for each in contract.delegations.all()] == [sara]
    assert client.post(address, {"people": [0]}).status_code == 200
