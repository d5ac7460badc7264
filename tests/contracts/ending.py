"""A contract at its end: what is done on it, and its settlement step by step."""

import datetime as dt
import uuid
from decimal import Decimal

from contracts import actions, fulfilment, ledger
from contracts.models import Account, Reaction
from tests.conftest import NOON

OVER = NOON.replace(year=2027)  # the contract of the tests ends with 2026
LATER = OVER + dt.timedelta(days=40)


def post(contract, account, quantity, by, *, at=NOON):
    """Let something stand on an account of the contract."""
    source = ledger.Source("candidates.share", uuid.uuid4())
    wanted = ledger.Wanted(contract.pk, account, dt.date(2026, 2, 1), Decimal(quantity))
    ledger.post(source, [wanted], by=by, at=at)
    return source


def stated(contract, cora, *, done="30000.00", by=None):
    """Its settlement has begun and the supplier has the statement."""
    if Decimal(done):
        post(contract, Account.VERIFIED, done, by or cora)
    actions.start_settlement(contract, by=cora, at=OVER)
    settlement = contract.settlements.get()
    actions.send_statement(settlement, by=cora, at=OVER)
    settlement.refresh_from_db()
    return settlement


def reacted(contract, cora, sara, **facts):
    settlement = stated(contract, cora, **facts)
    actions.react_to_settlement(settlement, Reaction.AGREES, remark="Dat klopt.", by=sara, at=OVER)
    return settlement


def divided(settlement, cora, **parts):
    """Cora divides the difference; what is not said is nothing."""
    told = {
        name: Decimal(value) if isinstance(value, str) else value for name, value in parts.items()
    }
    actions.calculate_settlement(
        settlement, actions.Division(**told), remark="Zo besproken.", by=cora, at=LATER
    )
    settlement.refresh_from_db()
    return settlement


def settled(settlement, piet):
    actions.decide_settlement(settlement, conclusion="Afgerekend.", by=piet, at=LATER)
    settlement.refresh_from_db()
    settlement.contract.refresh_from_db()
    return settlement


def sums(contract):
    """What stands on the accounts, and that the kept figures say the same."""
    fulfilment.recompute(today=LATER.date(), at=LATER)
    assert fulfilment.different_from_ledger() == []
    contract.fulfilment.refresh_from_db()
    return contract.fulfilment
