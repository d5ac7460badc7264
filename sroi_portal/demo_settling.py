"""Contracts of the demo that end: settled in several ways, and followed up step by step."""

import datetime as dt
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from contracts import actions
from contracts.models import (
    Contract,
    ContractStatus,
    LedgerUnit,
    Reaction,
    ScoreSide,
    Settlement,
    Signal,
)
from sroi_portal.core.models import User

DAY = dt.timedelta(days=1)
PART, CENT = Decimal("0.25"), Decimal("0.01")

type People = tuple[User, User, User]  # manager, officer, supplier's colleague


def settle(contract: Contract, people: People, *, at: dt.datetime) -> Settlement:
    """Settle a contract whose settlement has begun: state, hear, divide, decide, look back."""
    manager, officer, colleague = people
    settlement = contract.settlements.living().get()
    actions.send_statement(settlement, by=manager, at=at + DAY)
    settlement.refresh_from_db()
    actions.react_to_settlement(
        settlement,
        Reaction.AGREES,
        remark="Wij herkennen deze cijfers.",
        by=colleague,
        at=at + 6 * DAY,
    )
    actions.calculate_settlement(
        settlement,
        _division(settlement, (at + 10 * DAY).date()),
        remark="Zoals in het gesprek over de afrekening is besproken.",
        by=manager,
        at=at + 10 * DAY,
    )
    actions.decide_settlement(
        settlement, by=officer, at=at + 30 * DAY, conclusion="Afgerekend volgens afspraak."
    )
    settlement.refresh_from_db()
    _look_back(settlement, people, at=at + 40 * DAY)
    return settlement


def _division(settlement: Settlement, day: dt.date) -> actions.Division:
    """Let a part go, carry a part over where that can be; the rest becomes a malus (A12)."""
    missing = settlement.shortfall
    if settlement.unit == LedgerUnit.OWN or not missing:
        return actions.Division()
    if not settlement.is_in_euros:
        return actions.Division(waived=missing)
    part = (missing * PART).quantize(CENT)
    takers = [
        each
        for each in actions.takers(settlement.contract)
        if each.owed_unit == "eur" and each.closes_on and each.closes_on > day
    ]
    taker = max(takers, key=lambda each: each.closes_on or day, default=None)
    carried = part if taker else CENT * 0
    return actions.Division(
        waived=part,
        carried=carried,
        carried_to=taker,
        carry_agreed_on=day if taker else None,
        malus_part=missing - part - carried,
    )


def _look_back(settlement: Settlement, people: People, *, at: dt.datetime) -> None:
    manager, _officer, colleague = people
    actions.give_score(
        settlement,
        ScoreSide.BUYER,
        4 if not settlement.shortfall else 3,
        sentence="De samenwerking liep goed; de eerste maanden begonnen traag.",
        by=manager,
        at=at,
    )
    actions.give_score(
        settlement,
        ScoreSide.SUPPLIER,
        4,
        sentence="Wij wisten steeds waar wij stonden.",
        by=colleague,
        at=at,
    )
    actions.record_lesson(
        settlement,
        "Begin in de eerste maand met werven; dan is er tijd om mensen in te werken.",
        by=manager,
        at=at,
    )


def follow_up(people: People, suppliers: Collection[int], *, now: dt.datetime) -> None:
    """Let contracts that stay behind each stand in another step, and settlements wait."""
    manager, officer, colleague = people
    behind = Contract.objects.filter(
        manager=manager,
        status=ContractStatus.ACTIVE,
        is_framework=False,
        fulfilment__signal__in=(Signal.TALK, Signal.ACT),
    ).order_by("supplier_id", "pk")
    told = (_talk, _ask, _hand_in, _defer, _notice, _malus)
    for contract, tell in zip(behind, told, strict=False):
        tell(contract, (manager, officer, colleague), now)
    waiting = Contract.objects.filter(
        manager=manager, status=ContractStatus.SETTLING, supplier__in=suppliers
    )
    for contract in waiting.order_by("pk")[:1]:
        settlement = contract.settlements.living().get()
        if not actions.open_work(contract):
            actions.send_statement(settlement, by=manager, at=now - 3 * DAY)


def _said(account: str, now: dt.datetime, *, days_ago: int, **facts: Any) -> actions.Step:
    return actions.Step(account=account, taken_on=(now - days_ago * DAY).date(), **facts)


def _talk(contract: Contract, people: People, now: dt.datetime) -> None:
    account = "De werving loopt achter. De opdrachtnemer neemt contact op met het werkgeverspunt."
    said = _said(account, now, days_ago=9, option="partner", next_on=(now + 5 * DAY).date())
    actions.hold_talk(contract, said, by=people[0], at=now - 9 * DAY)


def _talked(contract: Contract, people: People, now: dt.datetime) -> None:
    account = "Er zijn te weinig plekken. Wij spraken drie mogelijkheden door."
    said = _said(account, now, days_ago=90, option="person", outcome="not_enough")
    actions.hold_talk(contract, said, by=people[0], at=now - 90 * DAY)


def _ask(contract: Contract, people: People, now: dt.datetime, *, days_ago: int = 12) -> None:
    _talked(contract, people, now)
    account = "Wij vragen een plan met aantallen en data."
    said = _said(account, now, days_ago=days_ago, next_on=(now + 9 * DAY).date())
    step = actions.ask_recovery(contract, said, by=people[0], at=now - days_ago * DAY)
    letter = actions.write_step_letter(step, reason=account, by=people[0], at=now - days_ago * DAY)
    actions.send_letter(letter, by=people[0], at=now - days_ago * DAY)


def _hand_in(contract: Contract, people: People, now: dt.datetime) -> None:
    _ask(contract, people, now, days_ago=30)
    step = contract.follow_ups.living().get()
    plan = (
        "Vanaf de eerste van volgende maand beginnen drie mensen; een vierde volgt in het najaar."
    )
    actions.hand_in_recovery(step, plan, by=people[2], at=now - 2 * DAY)


def _defer(contract: Contract, people: People, now: dt.datetime) -> None:
    _talked(contract, people, now)
    account = "De locaties waren door de coronamaatregelen maanden dicht. Er is meer tijd nodig."
    until_on = (contract.closes_on or now.date()) + 182 * DAY
    said = _said(account, now, days_ago=40, until_on=until_on)
    actions.defer_contract(contract, said, by=people[0], at=now - 40 * DAY)


def _notice(contract: Contract, people: People, now: dt.datetime, *, days_ago: int = 8) -> None:
    _ask(contract, people, now, days_ago=60)
    step = contract.follow_ups.living().get()
    actions.close_step(
        step, "no_answer", account="Er kwam geen plan.", by=people[0], at=now - 15 * DAY
    )
    account = "Ondanks het gesprek en ons verzoek om een plan is er niets ondernomen."
    actions.give_notice(
        contract, _said(account, now, days_ago=days_ago), by=people[0], at=now - days_ago * DAY
    )


def _malus(contract: Contract, people: People, now: dt.datetime) -> None:
    _notice(contract, people, now, days_ago=50)
    step = contract.follow_ups.living().get()
    account = "Na de hersteltermijn is er niets bijgekomen."
    actions.close_step(step, "not_enough", account=account, by=people[0], at=now - 5 * DAY)
    missing = contract.fulfilment.expected_eur - contract.fulfilment.done_eur
    said = _said(account, now, days_ago=4, shortfall_eur=max(missing, Decimal(1000)))
    actions.calculate_malus(contract, said, by=people[0], at=now - 4 * DAY)
