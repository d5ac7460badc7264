"""Demo: what became of people, year after year, with gaps; and made-up values as an example."""

import datetime as dt
import random
from collections.abc import Callable, Iterator
from decimal import Decimal

from candidates import actions
from candidates.models import (
    ContractForm,
    FollowUp,
    Outcome,
    PermanentWith,
    Placement,
    PlacementStatus,
)
from contracts.clocks import months_later
from contracts.models import Contract, ContractStatus
from reports import actions as report_actions
from reports.models import OutcomeKind
from sroi_portal.core.models import User

DAY = dt.timedelta(days=1)
BEGIN = dt.timedelta(days=1700)
SILENT = 0.22  # of the questions are never answered
OUTCOMES = {
    Outcome.WITH_US: 46,
    Outcome.ELSEWHERE: 20,
    Outcome.LEARNING: 9,
    Outcome.NO_WORK: 17,
    Outcome.UNKNOWN: 8,
}
HOURS = (Decimal(20), Decimal(24), Decimal(28), Decimal(32), Decimal(36))
SOURCE = "Verzonnen voorbeeld, bij geen enkele bron na te slaan"
WORTHS = (
    (OutcomeKind.WORK_YEAR, "4200.00", 25, 20, 10, "Een deel had zonder social return ook werk."),
    (OutcomeKind.AFTER_12, "6800.00", 35, 25, 10, "Begeleiding door gemeenten telt ook mee."),
    (OutcomeKind.LEARNING, "1900.00", 40, 30, 0, "Scholen en leerbedrijven doen het meeste."),
    (OutcomeKind.PERMANENT, "2500.00", 30, 15, 5, "Sommige vaste banen kwamen er toch wel."),
)

type Answering = Callable[[Contract], User]


def load(answering: Answering, judges: tuple[User, User], *, now: dt.datetime) -> None:
    """Let the nights of the past ask, and let firms and people answer most of it."""
    chance = random.Random(3_6_12)  # noqa: S311 - a demo, the same each time
    _before(answering, chance, now)
    for night in _nights(now):
        actions.ask_follow_ups(by=None, at=night)
        asked = FollowUp.objects.filter(asked_at=night).select_related("placement__contract")
        for question in asked.order_by("pk"):
            _answer(question, answering(question.placement.contract), chance, night, now)
    _values(*judges, now)


def _nights(now: dt.datetime) -> Iterator[dt.datetime]:
    """Give a night in each month, the last one a week ago."""
    first = (now - BEGIN).date()
    number = 0
    while (day := months_later(first, number)) < (now - 7 * DAY).date():
        yield now.replace(year=day.year, month=day.month, day=day.day)
        number += 1
    yield now - 7 * DAY


def _answer(
    question: FollowUp, by: User, chance: random.Random, asked_at: dt.datetime, now: dt.datetime
) -> None:
    at = asked_at + chance.randrange(2, 26) * DAY
    is_silent = chance.random() < SILENT
    said = _said(question, chance)
    if at < now and not is_silent:
        actions.answer_follow_up(question, said, by=by, at=at)
    if at < now and chance.random() < 0.12:
        actions.answer_follow_up(question, _said(question, chance), by=None, at=at)


def _said(question: FollowUp, chance: random.Random) -> actions.Answer:
    outcome = chance.choices([*OUTCOMES], [*OUTCOMES.values()])[0]
    if outcome not in (Outcome.WITH_US, Outcome.ELSEWHERE):
        return actions.Answer(outcome.value)
    is_permanent = chance.random() < 0.35
    where = PermanentWith.SUPPLIER
    if outcome == Outcome.ELSEWHERE:
        where = chance.choice((PermanentWith.STATE, PermanentWith.ANOTHER))
    form = ContractForm.PERMANENT if is_permanent else ContractForm.TEMPORARY
    return actions.Answer(
        outcome.value,
        chance.choice(HOURS),
        form.value,
        question.counts_from + chance.randrange(1, 60) * DAY if is_permanent else None,
        where.value if is_permanent else "",
    )


def _before(answering: Answering, chance: random.Random, now: dt.datetime) -> None:
    """Let some work more hours after a while, and firms say what would have happened anyway."""
    rows = Placement.objects.exclude(status=PlacementStatus.WITHDRAWN).select_related("contract")
    for placement in rows.order_by("pk"):
        by, at = answering(placement.contract), now - 30 * DAY
        changes_on = placement.starts_on + 90 * DAY
        is_open = placement.contract.status == ContractStatus.ACTIVE
        if is_open and chance.random() < 0.3 and changes_on < at.date():
            first = placement.weekly_hours.order_by("holds_from")[0].hours_per_week
            more = min(first + Decimal(4), Decimal(36))
            actions.change_hours(
                placement, by=by, at=at, holds_from=changes_on, hours_per_week=more
            )
        if chance.random() < 0.6:
            told = {
                "hired_anyway": chance.choices(["yes", "no", "unknown"], [20, 65, 15])[0],
                "takes_a_place": chance.choices(["yes", "no", "unknown"], [6, 80, 14])[0],
            }
            stated_at = min(at, now.replace(year=placement.starts_on.year) + 200 * DAY)
            actions.state_additionality(placement, told, by=by, at=stated_at)


def _values(adviser: User, publisher: User, now: dt.datetime) -> None:
    at = now - BEGIN
    facts = {
        "name": "Voorbeeldtabel maatschappelijke waarde",
        "version": "1",
        "valid_from": dt.date(at.year, 1, 1),
        "is_example": True,
    }
    table = report_actions.draft_proxies(facts, by=adviser, at=at)
    for outcome, value, deadweight, attribution, displacement, reason in WORTHS:
        worth = {
            "outcome": outcome.value,
            "value_eur": Decimal(value),
            "source": SOURCE,
            "deadweight_pct": Decimal(deadweight),
            "attribution_pct": Decimal(attribution),
            "displacement_pct": Decimal(displacement),
            "reason": reason,
        }
        report_actions.set_proxy(table, worth, by=adviser, at=at)
    report_actions.publish_proxies(table, by=publisher, at=at + 7 * DAY)
