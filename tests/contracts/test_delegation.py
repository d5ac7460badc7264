"""Who of the supplier's people looks after a contract, and gets its mail (I04, R-244)."""

import pytest

from contracts import actions
from contracts.actions.telling import people_of, tell_supplier
from contracts.models import Delegation
from sroi_portal.core.models import AuditEvent, Outgoing
from suppliers import actions as supplier_actions
from tests.conftest import NOON


def test_nobody_named_is_everybody(contract, sara, noor):
    assert list(people_of(contract)) == [sara, noor]


def test_mail_goes_to_who_was_named(contract, sara, noor, cora):
    actions.delegate_contract(contract, [noor], by=noor, at=NOON)
    assert list(people_of(contract)) == [noor]
    assert AuditEvent.objects.get(verb="delegate_contract").by == noor

    tell_supplier("give_up_goal", contract, by=cora, at=NOON, facts={"goal": contract})
    assert [mail.to_address for mail in Outgoing.objects.all()] == [noor.email]


def test_who_leaves_is_not_mailed_and_the_rest_takes_over(contract, sara, noor):
    actions.delegate_contract(contract, [sara], by=noor, at=NOON)
    supplier_actions.end_membership(sara.memberships.get(), by=noor, at=NOON)
    assert list(people_of(contract)) == [noor]


def test_a_name_is_taken_away_and_the_same_names_change_nothing(contract, sara, noor):
    actions.delegate_contract(contract, [sara, noor], by=noor, at=NOON)
    actions.delegate_contract(contract, [noor], by=noor, at=NOON)
    actions.delegate_contract(contract, [noor], by=noor, at=NOON)
    assert [each.user for each in Delegation.objects.all()] == [noor]
    assert AuditEvent.objects.filter(verb="delegate_contract").count() == 2


def test_only_colleagues_are_named(contract, bram, noor):
    with pytest.raises(actions.NotAColleagueError):
        actions.delegate_contract(contract, [bram], by=noor, at=NOON)
    assert Delegation.objects.count() == 0
