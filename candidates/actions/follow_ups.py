"""Lasting work: asked after 3, 6 and 12 months, reminded, answered and corrected (C09, S05)."""

import datetime as dt
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from candidates.models import (
    AfterMonths,
    FollowUp,
    FollowUpAnswer,
    FollowUpStatus,
    Placement,
    SaidBy,
)
from sroi_portal.core import audit, mail, terms, turns
from sroi_portal.core.models import NoticeKind, User
from sroi_portal.core.status import IllegalMoveError, lock, move, move_many, write
from sroi_portal.core.turns import Turn

TERM_DAYS = 28  # to answer
SOON = dt.timedelta(days=7)  # reminded so long before
REMEMBERED = dt.timedelta(days=92)  # asked no later, and answered until so long after the term
# What counts ends with the work, or with the contract when the work goes on.
DUE = """
    SELECT p.id, p.supplier_id, p.authority_ids, d.counts_from, m.months, f.falls_on
      FROM candidates_placement p
      JOIN contracts_contract c ON c.id = p.contract_id
     CROSS JOIN LATERAL (SELECT least(p.ends_on, c.ends_on) AS counts_from) d
     CROSS JOIN unnest(%(moments)s::integer[]) AS m (months)
     CROSS JOIN LATERAL (
           SELECT (d.counts_from + make_interval(months => m.months))::date AS falls_on) f
     WHERE p.status <> 'withdrawn'
       AND f.falls_on <= %(today)s AND f.falls_on > %(long_ago)s
       AND EXISTS (SELECT 1 FROM candidates_contribution k
                    WHERE k.placement_id = p.id AND k.is_live)
       AND NOT EXISTS (SELECT 1 FROM candidates_followup q
                        WHERE q.placement_id = p.id AND q.months = m.months
                          AND q.status <> 'withdrawn')
     ORDER BY p.supplier_id, p.id, m.months
"""
MOVED = """
    SELECT q.id
      FROM candidates_followup q
      JOIN candidates_placement p ON p.id = q.placement_id
      JOIN contracts_contract c ON c.id = p.contract_id
     WHERE q.status IN ('open', 'lapsed')
       AND (p.status = 'withdrawn' OR q.counts_from <> least(p.ends_on, c.ends_on))
"""


@dataclass(frozen=True)
class Answer:
    """What is said of somebody at one moment; hours, form and step only of who works."""

    outcome: str
    hours_per_week: Decimal | None = None
    contract_form: str = ""
    permanent_on: dt.date | None = None
    permanent_with: str = ""


@transaction.atomic
def ask_follow_ups(*, by: User | None, at: dt.datetime) -> int:
    """Ask every question whose day has come; a second time the same night asks none (R-350)."""
    turns.take(Turn.FOLLOW_UPS)
    withdraw_follow_ups(by=by, at=at)
    lapse_follow_ups(by=by, at=at)
    due = list(_due(timezone.localdate(at), at))
    before = {
        (each.placement_id, each.months): each
        for each in FollowUp.objects.filter(
            placement__in=[each.placement_id for each in due], status=FollowUpStatus.WITHDRAWN
        )
    }
    for each in due:
        if again := before.get((each.placement_id, each.months)):
            _ask_again(again, each, by=by, at=at)
    made = [each for each in due if (each.placement_id, each.months) not in before]
    FollowUp.objects.bulk_create(made)
    audit.record_many(made, "ask_follow_ups", by=by, at=at, moved=("", FollowUpStatus.OPEN))
    _tell("candidates/mail/follow_ups_asked.txt", due, at=at)
    return len(due)


@transaction.atomic
def withdraw_follow_ups(*, by: User | None, at: dt.datetime) -> None:
    """Take back questions whose placement was withdrawn or now ends on another day."""
    with connection.cursor() as cursor:
        cursor.execute(MOVED)
        moved = [pk for (pk,) in cursor.fetchall()]
    rows = FollowUp.objects.filter(pk__in=moved)
    _close(rows, FollowUpStatus.WITHDRAWN, "withdraw_follow_ups", by=by, at=at)


@transaction.atomic
def lapse_follow_ups(*, by: User | None, at: dt.datetime) -> None:
    """Count as missing what was not answered long after its term; an answer stays possible."""
    long_ago = timezone.localdate(at) - REMEMBERED
    rows = FollowUp.objects.filter(status=FollowUpStatus.OPEN, due_on__lt=long_ago)
    _close(rows, FollowUpStatus.LAPSED, "lapse_follow_ups", by=by, at=at)


@transaction.atomic
def remind_follow_ups(*, by: User | None, at: dt.datetime) -> int:
    """Mail each firm once, a week before the term of what it did not answer (R-351)."""
    today = timezone.localdate(at)
    waiting = list(
        FollowUp.objects.filter(
            status=FollowUpStatus.OPEN,
            reminded_at__isnull=True,
            due_on__range=(today, today + SOON),
            asked_at__lt=terms.starts_at(today),
        )
        .select_for_update()
        .order_by("supplier_id", "pk")
    )
    FollowUp.objects.filter(pk__in=[each.pk for each in waiting]).update(reminded_at=at)
    _tell("candidates/mail/follow_ups_soon.txt", waiting, at=at)
    _note(waiting, "remind_follow_ups", by=by, at=at)
    return len(waiting)


@transaction.atomic
def answer_follow_up(
    follow_up: FollowUp,
    answer: Answer,
    *,
    by: User | None,
    at: dt.datetime,
    revision: int | None = None,
) -> FollowUpAnswer:
    """Write down what became of somebody; without `by` it is the person who says so (R-352, R-353).

    A later answer stands instead of the one before, which is kept. What the person says changes
    nothing that the firm can see.

    :raises IllegalMoveError: when the question is no longer asked.
    """
    follow_up = lock(follow_up)
    if follow_up.status == FollowUpStatus.WITHDRAWN:
        raise IllegalMoveError(_("This is no longer asked: the placement has another last day."))
    said_by = SaidBy.SUPPLIER if by else SaidBy.CANDIDATE
    standing = follow_up.answers.filter(said_by=said_by, is_current=True).first()
    changed = _differing(standing, answer)
    if standing and not changed:
        return standing
    follow_up = lock(follow_up, revision=revision)
    follow_up.answers.filter(said_by=said_by, is_current=True).update(is_current=False)
    given = FollowUpAnswer(
        follow_up=follow_up,
        placement_id=follow_up.placement_id,
        supplier_id=follow_up.supplier_id,
        authority_ids=follow_up.authority_ids,
        said_by=said_by,
        answered_by=by,
        answered_at=at,
        **_facts(answer),
    )
    write(given)
    if by:
        _write_down(follow_up, "answer_follow_up", changed, by=by, at=at)
    return given


def _write_down(
    follow_up: FollowUp, verb: str, changed: list[str], *, by: User, at: dt.datetime
) -> None:
    if follow_up.status == FollowUpStatus.ANSWERED:
        follow_up.revision += 1
        write(follow_up)
        audit.record(follow_up, verb, by=by, at=at, changed=changed)
    else:
        move(follow_up, FollowUpStatus.ANSWERED, verb=verb, by=by, at=at)


def _close(
    rows: QuerySet[FollowUp, Any], to: str, verb: str, *, by: User | None, at: dt.datetime
) -> None:
    move_many(rows.select_for_update().order_by("pk"), to, verb=verb, by=by, at=at)


def _note(rows: Iterable[FollowUp], verb: str, *, by: User | None, at: dt.datetime) -> None:
    audit.record_many(rows, verb, by=by, at=at)


def _due(today: dt.date, at: dt.datetime) -> Iterable[FollowUp]:
    facts: dict[str, Any] = {
        "moments": AfterMonths.values,
        "today": today,
        "long_ago": today - REMEMBERED,
    }
    with connection.cursor() as cursor:
        cursor.execute(DUE, facts)
        found = cursor.fetchall()
    term = terms.due_on(today, TERM_DAYS)
    for placement, supplier, authorities, counts_from, months, falls_on in found:
        yield FollowUp(
            placement_id=placement,
            supplier_id=supplier,
            authority_ids=authorities,
            counts_from=counts_from,
            months=months,
            falls_on=falls_on,
            due_on=term,
            asked_at=at,
        )


def _ask_again(before: FollowUp, now: FollowUp, *, by: User | None, at: dt.datetime) -> None:
    for name in ("authority_ids", "counts_from", "falls_on", "due_on", "asked_at", "reminded_at"):
        setattr(before, name, getattr(now, name))
    move(before, FollowUpStatus.OPEN, verb="ask_follow_ups", by=by, at=at)


def _tell(template: str, asked: Iterable[FollowUp], *, at: dt.datetime) -> None:
    """Mail everybody who enters work for a firm, with a number and a day and nothing more."""
    for supplier_id, own in itertools.groupby(asked, key=lambda each: each.supplier_id):
        questions = list(own)
        people = User.objects.filter(
            memberships__may_enter=True,
            memberships__supplier=supplier_id,
            memberships__ended_at__isnull=True,
        )
        context = {"count": len(questions), "due_on": min(each.due_on for each in questions)}
        mail.send(
            template,
            to=people.distinct().order_by("pk"),
            at=at,
            context=context,
            notice=NoticeKind.REMINDER,
        )


def _facts(answer: Answer) -> dict[str, Any]:
    return {field.name: getattr(answer, field.name) for field in fields(answer)}


def _differing(standing: FollowUpAnswer | None, answer: Answer) -> list[str]:
    said = _facts(answer)
    return [name for name in said if standing is None or getattr(standing, name) != said[name]]


def asked_of(placement: Placement) -> Any:
    """List what was asked of a placement, with what the supplier says now."""
    return FollowUp.objects.asked().filter(placement=placement).with_given().order_by("months")
