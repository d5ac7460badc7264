"""A period that is due: before, on and after the day, then to the manager (F01, F02, R-243)."""

import datetime as dt

import pytest

from candidates.actions import Signature, sign_period
from candidates.actions.statements import figures_of, fingerprint
from contracts import actions, clocks
from contracts.models import Contract
from sroi_portal.core.models import NoticeChoice, Outgoing
from tests.conftest import NOON

FIRST, LAST, DUE = dt.date(2026, 1, 1), dt.date(2026, 3, 31), dt.date(2026, 4, 14)


def _on(day):
    return NOON.replace(year=day.year, month=day.month, day=day.day)


def _told(day):
    """Who was mailed on that day."""
    before = set(Outgoing.objects.values_list("pk", flat=True))
    actions.remind_periods(at=_on(day))
    sent = Outgoing.objects.exclude(pk__in=before).order_by("pk")
    return [mail.to_address for mail in sent]


def _state(contract, sara, day):
    figures = figures_of(contract, FIRST, LAST)
    signature = Signature(fingerprint(figures).hex(), is_nil=True)
    return sign_period(contract, FIRST, signature, by=sara, at=_on(day))


def test_each_stage_is_told_once_and_then_the_manager(contract, sara, cora):
    to_sara = [sara.email]
    assert _told(dt.date(2026, 4, 8)) == []
    assert _told(dt.date(2026, 4, 9)) == to_sara
    assert _told(dt.date(2026, 4, 10)) == []
    assert _told(DUE) == to_sara
    weeks = [DUE + dt.timedelta(days=1 + 7 * week) for week in range(4)]
    assert [_told(day) for day in weeks] == [to_sara, to_sara, to_sara, [cora.email]]
    assert _told(weeks[-1] + dt.timedelta(days=7)) == []


def test_who_has_stated_hears_nothing(contract, sara):
    _state(contract, sara, dt.date(2026, 4, 2))
    assert _told(DUE) == []


def test_who_wants_no_reminders_gets_none(contract, sara):
    NoticeChoice.objects.create(user=sara, kind="reminder", way="never")
    assert _told(DUE) == []


def test_late_statements_cost_two_queries(contract, django_assert_num_queries):
    with django_assert_num_queries(2):
        (found,) = clocks.late_statements(Contract.objects.all(), DUE + dt.timedelta(days=1))
    assert found[1].ends_on == LAST
    assert clocks.late_statements(Contract.objects.all(), DUE) == []


@pytest.mark.parametrize("changes", [{"status": "settled"}, {"accepted_at": _on(DUE)}])
def test_nothing_is_asked_of(contract, changes):
    """What is settled; what ended before a manager accepted the contract."""
    Contract.objects.filter(pk=contract.pk).update(**changes)
    day = DUE + dt.timedelta(days=1)
    assert clocks.late_statements(Contract.objects.all(), day) == []
