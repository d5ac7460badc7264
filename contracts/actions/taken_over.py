"""From what an officer takes over of a notice to the facts of a tender, a lot, a contract."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from contracts.models import (
    LegalForm,
    Lot,
    Nature,
    ReservedExecution,
    ReservedParticipation,
    SocialObjective,
    StrategicGoal,
    Tender,
)
from contracts.notices import Notice, Proposal
from sroi_portal.core import money

type Facts = dict[str, Any]
EURO = "EUR"
CPV_DIGITS = 8


def text(name: str, length: int) -> Callable[[str], Facts]:
    return lambda value: {name: value[:length]}


def one_of(name: str, choices: Iterable[str]) -> Callable[[str], Facts]:
    """Take a code of our list over; another stays in the notice alone."""
    known = frozenset(choices)
    return lambda value: {name: value} if value in known else {}


def some_of(name: str, choices: Iterable[str]) -> Callable[[Iterable[str]], Facts]:
    known = frozenset(choices)
    return lambda values: {name: [value for value in values if value in known]}


def as_it_is(name: str) -> Callable[[Any], Facts]:
    return lambda value: {name: value}


def amount(name: str) -> Callable[[Any], Facts]:
    """Take an amount over in whole cents; some notices write more decimals."""
    return lambda value: {name: money.rounded(value.amount), "currency": value.currency}


def cpv(value: str) -> Facts:
    return {"cpv_main": value} if value.isdecimal() and len(value) == CPV_DIGITS else {}


def whole(name: str) -> Callable[[Any], Facts]:
    return lambda value: {name: int(value)} if value == int(value) else {}


TENDER: Mapping[str, Callable[[Any], Facts]] = {
    "title": text("title", 400),
    "reference": text("reference", 120),
    "nature": one_of("nature", Nature.values),
    "cpv_main": cpv,
    "cpv_additional": lambda value: {"cpv_additional": [code[:12] for code in value]},
    "estimated_value": amount("estimated_value"),
    "framework_maximum": amount("framework_maximum"),
}
LOT: Mapping[str, Callable[[Any], Facts]] = {
    "title": text("title", 400),
    "nature": one_of("nature", Nature.values),
    "cpv_main": cpv,
    "estimated_value": amount("estimated_value"),
    "starts_on": as_it_is("starts_on"),
    "ends_on": as_it_is("ends_on"),
    "duration": whole("duration"),
    "duration_unit": text("duration_unit", 10),
    "place": text("place", 5),
    "reserved_participation": one_of("reserved_participation", ReservedParticipation.values),
    "reserved_execution": one_of("reserved_execution", ReservedExecution.values),
    "strategic_goals": some_of("strategic_goals", StrategicGoal.values),
    "social_objectives": some_of("social_objectives", SocialObjective.values),
    "strategic_text": as_it_is("strategic_text"),
    "performance_terms": as_it_is("performance_terms"),
    "outcome": text("outcome", 12),
}
CONTRACT: Mapping[str, Callable[[Any], Facts]] = {
    "title": text("title", 400),
    "reference": text("reference", 80),
    "signed_on": as_it_is("awarded_on"),
    "decided_on": as_it_is("awarded_on"),  # the day of award, where both are known
    "value": lambda value: (
        {"value_eur": money.rounded(value.amount)} if value.currency == EURO else {}
    ),
}


def is_taken(proposal: Proposal) -> bool:
    """Tell what has a place with us from what is shown for information."""
    kind = proposal.about.partition(":")[0]
    homes = {"tender": TENDER, "lot": LOT, "contract": CONTRACT}
    field = proposal.field.partition(":")[0]
    return field in homes.get(kind, ()) or (kind, field) == ("contract", "supplier")


def of(fields: Mapping[str, Callable[[Any], Facts]], proposals: Iterable[Proposal]) -> Facts:
    facts: Facts = {}
    for proposal in proposals:
        if proposal.field in fields and not proposal.is_empty:
            facts |= fields[proposal.field](proposal.value)
    return facts


def tender_facts(notice: Notice, proposals: Iterable[Proposal]) -> Facts:
    return {
        **of(TENDER, proposals),
        "withheld": [code[:40] for code in notice.withheld],
        "buyers": [buyer.as_json() for buyer in notice.buyers],
    }


def lot_facts(proposals: Iterable[Proposal]) -> Facts:
    """Give the facts of a lot; days in the wrong order are both left out."""
    facts = of(LOT, proposals)
    starts_on, ends_on = facts.get("starts_on"), facts.get("ends_on")
    if starts_on and ends_on and ends_on < starts_on:
        del facts["starts_on"], facts["ends_on"]
    return facts


def contract_facts(tender: Tender, lots: Iterable[Lot], proposals: Iterable[Proposal]) -> Facts:
    """Give the facts of a concept: what its lots say, then what the notice says of it."""
    lots = list(lots)
    alone = lots[0] if len(lots) == 1 else None
    is_reserved = any(lot.reserved_participation == ReservedParticipation.SHELTERED for lot in lots)
    return {
        "authority": tender.authority,
        "tender": tender,
        "lots": lots,
        "title": alone.title if alone else tender.title,
        "nature": (alone.nature if alone else "") or tender.nature,
        "place": alone.place if alone else "",
        "starts_on": min((lot.starts_on for lot in lots if lot.starts_on), default=None),
        "ends_on": max((lot.ends_on for lot in lots if lot.ends_on), default=None),
        "is_reserved": is_reserved,
        "legal_form": LegalForm.RESERVED if is_reserved else LegalForm.CONDITION,
        **of(CONTRACT, proposals),
    }


def number_of(notice: Notice, sha256: bytes) -> uuid.UUID:
    """Give the notice's own number (BT-701), or one that follows from its content."""
    try:
        return uuid.UUID(notice.notice_id or "")
    except ValueError:
        return uuid.UUID(bytes=sha256[:16])


def procedure_of(notice: Notice) -> uuid.UUID | None:
    try:
        return uuid.UUID(notice.procedure_id or "")
    except ValueError:
        return None
