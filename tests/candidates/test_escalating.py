"""A missed check is said again until somebody does it (F02)."""

import datetime as dt

import pytest

from candidates import actions
from candidates.models import Share
from sroi_portal.core.models import AuditEvent, Outgoing
from tests import factories
from tests.conftest import NOON, TODAY

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_what_was_not_checked_in_time_is_told_and_escalated(contract, table, sara, vera, olga):
    type(contract.authority).objects.update(escalates_to=vera)
    placement = factories.placement(contract, table.blocks.get(code="ww"), sara)
    period = (dt.date(2026, 1, 1), dt.date(2026, 1, 31))
    share = actions.draft_contribution(placement, by=sara, at=NOON, period=period)
    actions.submit_share(share, by=sara, at=NOON)
    Share.objects.filter(pk=share.pk).update(status="unchecked", due_on=TODAY)
    told = [number for number in range(25) if actions.escalate_answers(at=NOON + number * DAY)]
    assert told == [1, 8, 15]
    marks = [event.changed for event in AuditEvent.objects.filter(verb="remind_contract")]
    assert marks == [["answer_overdue"], ["answer_repeated"], ["answer_escalated"]]
    assert Outgoing.objects.filter(to_address=vera.email).count() == 1
