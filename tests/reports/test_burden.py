"""What reporting asks of people: medians of a quarter that is over, or nothing (N24)."""

import csv
import datetime as dt
import io
import json
import uuid
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from reports import burden, tasks
from reports.models import BurdenQuarter
from sroi_portal.core.models import AuditEvent

pytestmark = pytest.mark.django_db

BEGUN = dt.datetime(2026, 2, 3, 9, 0, tzinfo=dt.UTC)
APRIL = dt.date(2026, 4, 1)
MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)


def _happened(*moments):
    """Write down what happened to one share: when, and to which status."""
    share = uuid.uuid4()
    for at, to_status in moments:
        AuditEvent.objects.create(
            at=at,
            verb="move",
            object_kind=burden.SHARE,
            object_uuid=share,
            to_status=to_status,
        )


@pytest.fixture
def lines():
    """So many shares: the n-th took n minutes and n days; every fourth was sent back."""

    def _lines(number, *, begun=BEGUN):
        for nth in range(1, number + 1):
            handed_in = begun + nth * MINUTE
            decided = handed_in + nth * DAY
            back = [(handed_in + MINUTE, "returned"), (handed_in + 2 * MINUTE, "submitted")]
            _happened(
                (begun, ""),
                (handed_in, "submitted"),
                *(back if nth % 4 == 0 else []),
                (decided, "verified" if nth % 2 else "rejected"),
                (decided + DAY, "returned"),  # what happens afterwards is another story
            )

    return _lines


def _publish(today=APRIL):
    return burden.publish_due(today=today, at=BEGUN)


def test_a_quarter_says_minutes_returns_and_days(lines):
    lines(12)

    [quarter] = _publish()

    assert (quarter.starts_on, quarter.ends_on) == (dt.date(2026, 1, 1), dt.date(2026, 3, 31))
    assert (quarter.submitted_count, quarter.minutes) == (12, Decimal("6.5"))
    assert (quarter.decided_count, quarter.days) == (12, Decimal("6.5"))
    assert quarter.returned_pct == Decimal("25.0")
    assert _publish() == []
    call_command("check_tables", stdout=io.StringIO())


def test_what_stands_on_fewer_than_ten_is_left_out(lines, client):
    lines(9)

    [quarter] = _publish()

    assert (quarter.submitted_count, quarter.minutes) == (None, None)
    assert (quarter.decided_count, quarter.returned_pct, quarter.days) == (None, None, None)
    sent = client.get(reverse("reports:open-burden", args=["csv"])).content.decode()
    [row] = csv.DictReader(io.StringIO(sent))
    assert list(row.values())[2:] == ["x"] * 5


def test_what_is_handed_in_at_once_took_no_form(lines):
    lines(10)
    for _nth in range(5):
        _happened((BEGUN, "draft"), (BEGUN, "submitted"))

    [quarter] = _publish()

    assert quarter.submitted_count == 10


def test_a_quarter_that_is_not_over_is_not_measured(lines):
    lines(10)
    assert _publish(today=APRIL - DAY) == []
    assert [each.decided_count for each in _publish(today=dt.date(2026, 7, 1))] == [10, None]


def test_page_csv_and_json_say_the_same(lines, client):
    lines(12)
    _publish()
    [told] = json.loads(client.get(reverse("reports:open-burden", args=["json"])).content)[
        "quarters"
    ]
    sent = client.get(reverse("reports:open-burden", args=["csv"])).content.decode()
    [row] = csv.DictReader(io.StringIO(sent))
    assert {name: str(value) for name, value in told.items()} == row
    assert ">6,5</td>" in client.get(reverse("reports:open-page")).content.decode()
    assert client.get(reverse("reports:open-burden", args=["xlsx"])).status_code == 404


def test_the_worker_measures_every_night(lines, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: BEGUN.replace(month=5))
    lines(10)
    tasks.publish_open_data()
    assert BurdenQuarter.objects.count() == 1
    said = io.StringIO()
    call_command("publish_open_data", stdout=said)
    assert said.getvalue() == "0 contracts changed, 0 quarters measured\n"


def test_a_quarter_that_its_events_do_not_give_is_said(lines):
    lines(10)
    _publish()
    lines(10, begun=BEGUN + DAY)
    said = io.StringIO()
    with pytest.raises(CommandError, match="1 differences"):
        call_command("check_tables", stderr=said)
    assert "burden 2026-01-01 differs" in said.getvalue()
