"""Contracts of the demo that end: settled in several ways, and followed up step by step."""

import datetime as dt
from decimal import Decimal

from contracts import actions
from contracts.models import Contract, Reaction, ScoreSide, Settlement
from sroi_portal.core.models import User

DAY = dt.timedelta(days=1)
WAIVED_PART = Decimal("0.25")

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
        _division(settlement),
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


def _division(settlement: Settlement) -> actions.Division:
    """Let a part of a shortfall go, and take a malus of the rest; a surplus is only shown."""
    missing = settlement.shortfall
    if not settlement.is_in_euros or not missing:
        return actions.Division(waived=missing if settlement.unit != "own" else Decimal(0))
    waived = (missing * WAIVED_PART).quantize(Decimal("0.01"))
    return actions.Division(waived=waived, malus_part=missing - waived)


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
