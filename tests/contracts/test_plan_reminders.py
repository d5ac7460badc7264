"""The plan is announced until it is agreed (R-195)."""

import datetime as dt

import pytest

from contracts import actions
from contracts.models import Contract
from sroi_portal.core.models import AuditEvent, Outgoing
from tests.conftest import NOON
from tests.contracts import planning

pytestmark = pytest.mark.django_db
DUE_ON = dt.date(2026, 3, 10)


@pytest.fixture
def due(contract):
    Contract.objects.filter(pk=contract.pk).update(plan_due_on=DUE_ON, contact_due_on=None)
    contract.refresh_from_db()
    return contract


def test_the_plan_is_announced_to_supplier_and_manager_until_it_is_agreed(due, sara, cora):
    """R-195."""
    for day in range(6, 13):
        actions.remind(at=NOON.replace(day=day))
    events = AuditEvent.objects.filter(verb="remind_contract").order_by("pk")
    assert [each.changed[0] for each in events] == ["plan_soon", "plan_today", "plan_overdue"]
    assert set(Outgoing.objects.values_list("to_address", flat=True)) == {sara.email, cora.email}


def test_who_agreed_hears_nothing(due, sara, cora):
    planning.agreed(due, sara, cora)
    assert actions.remind(at=NOON.replace(day=20)) == 0
