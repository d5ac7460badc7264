"""Measure what reporting asks of suppliers and checkers: once a quarter is over (N24, R-310)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, TypedDict

from django.db import connection
from django.db.models import Min
from django.db.models.functions import TruncQuarter
from django.utils import timezone

from reports import published
from reports.models import BurdenQuarter
from reports.models.burden import FEWEST
from sroi_portal.core import quarters, terms, turns
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import AuditEvent
from sroi_portal.core.turns import Turn

SHARE = "candidates.share"
CSV_HEADER = (
    "starts_on",
    "ends_on",
    "submitted_count",
    "minutes_median",
    "decided_count",
    "returned_pct",
    "days_to_decision_median",
)
# What was written down and handed in at one moment came from a file or a list: no form took minutes.
MEASURES = """
    WITH shares AS (
        SELECT min(at) AS begun_at,
               min(at) FILTER (WHERE to_status = 'submitted') AS submitted_at,
               min(at) FILTER (WHERE to_status IN ('verified', 'rejected')) AS decided_at,
               min(at) FILTER (WHERE to_status = 'returned') AS returned_at
          FROM core_auditevent
         WHERE object_kind = 'candidates.share' AND at < %(until)s
         GROUP BY object_uuid
    ),
    submitted AS (
        SELECT extract(epoch FROM submitted_at - begun_at) / 60 AS minutes
          FROM shares
         WHERE submitted_at >= %(since)s AND submitted_at > begun_at
    ),
    decided AS (
        SELECT extract(epoch FROM decided_at - submitted_at) / 86400 AS days,
               coalesce(returned_at < decided_at, false) AS is_returned
          FROM shares
         WHERE decided_at >= %(since)s AND submitted_at IS NOT NULL
    )
    SELECT (SELECT count(*) FROM submitted) AS submitted_count,
           (SELECT round((percentile_cont(0.5) WITHIN GROUP (ORDER BY minutes))::numeric, 1)
              FROM submitted) AS minutes,
           count(*) AS decided_count,
           round(100.0 * count(*) FILTER (WHERE is_returned) / nullif(count(*), 0), 1)
               AS returned_pct,
           round((percentile_cont(0.5) WITHIN GROUP (ORDER BY days))::numeric, 1) AS days
      FROM decided
"""


class QuarterFacts(TypedDict):
    """A quarter for JSON; none is left out because too few stand behind it."""

    starts_on: dt.date
    ends_on: dt.date
    submitted_count: int | None
    minutes_median: Any
    decided_count: int | None
    returned_pct: Any
    days_to_decision_median: Any


def publish_due(*, today: dt.date, at: dt.datetime) -> list[BurdenQuarter]:
    """Measure every quarter that is over and was not measured before."""
    with acting_as(DatabaseRole.WORKER):
        turns.take(Turn.BURDEN)
        events = AuditEvent.objects.filter(object_kind=SHARE)
        first = events.aggregate(first=TruncQuarter(Min("at")))["first"]
        before = set(BurdenQuarter.objects.values_list("starts_on", flat=True))
        return [
            BurdenQuarter.objects.create(
                starts_on=since, ends_on=until - dt.timedelta(days=1), made_at=at, **measured
            )
            for since, until in closed(timezone.localdate(first) if first else today, today)
            if since not in before
            for measured in [_shown(measures(since, until))]
        ]


def closed(first: dt.date, today: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """Give first day and the day after the last of each quarter that is over."""
    since = quarters.first_day(first)
    while (until := quarters.following(since)) <= today:
        yield since, until
        since = until


def measures(since: dt.date, until: dt.date) -> dict[str, Any]:
    """Measure one quarter over all authorities, small numbers included."""
    with connection.cursor() as cursor:
        cursor.execute(MEASURES, {"since": terms.starts_at(since), "until": terms.starts_at(until)})
        names = [column.name for column in cursor.description or ()]
        [row] = cursor.fetchall()
    return dict(zip(names, row, strict=True))


def differences() -> Iterator[str]:
    """Say which quarter is not what its events give."""
    for each in BurdenQuarter.objects.order_by("starts_on"):
        wanted = _shown(measures(each.starts_on, each.ends_on + dt.timedelta(days=1)))
        if wanted != {name: getattr(each, name) for name in wanted}:
            yield f"burden {each} differs"


def csv_rows() -> Iterator[tuple[str, ...]]:
    """Give a row for each quarter, newest first, as `CSV_HEADER` names them."""
    for facts in as_json():
        yield tuple(published.HIDDEN if value is None else str(value) for value in facts.values())


def as_json() -> list[QuarterFacts]:
    return [
        {
            "starts_on": each.starts_on,
            "ends_on": each.ends_on,
            "submitted_count": each.submitted_count,
            "minutes_median": each.minutes,
            "decided_count": each.decided_count,
            "returned_pct": each.returned_pct,
            "days_to_decision_median": each.days,
        }
        for each in BurdenQuarter.objects.order_by("-starts_on")
    ]


def _shown(measured: dict[str, Any]) -> dict[str, Any]:
    """Leave out what stands on too few submissions or decisions."""
    shown = dict(measured)
    if measured["submitted_count"] < FEWEST:
        shown |= {"submitted_count": None, "minutes": None}
    if measured["decided_count"] < FEWEST:
        shown |= {"decided_count": None, "returned_pct": None, "days": None}
    return shown
