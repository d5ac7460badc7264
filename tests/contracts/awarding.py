"""A contract like the one of the tests, awarded with other facts."""

import datetime as dt
from decimal import Decimal

from contracts import actions
from contracts.models import BaseKind, Contract, ObligationCause
from tests.conftest import NOON, TODAY


def award(contract, piet, **facts):
    """Log a contract like this one, with other facts, and award it."""
    return actions.award_contract(log(contract, piet, **facts), by=piet, at=NOON)


def log(contract, piet, **facts):
    """Leave it a concept to which nothing is missing."""
    told = {
        "authority": contract.authority,
        "supplier": contract.supplier,
        "title": "Nog een contract",
        "value_eur": Decimal("800000.00"),
        "awarded_on": dt.date(2025, 12, 1),
        "starts_on": dt.date(2026, 1, 1),
        "ends_on": dt.date(2026, 12, 31),
        "value_table": contract.value_table,
        "base_kind": BaseKind.CONTRACT_VALUE,
        "percentage": Decimal("5.00"),
        "reason": "De gewone vijf procent.",
        **facts,
    }
    return actions.log_contract(told, by=piet, at=NOON)


def managed(contract, cora):
    """Name who will look after it, without asking."""
    Contract.objects.filter(pk=contract.pk).update(manager=cora)
    contract.refresh_from_db()
    return contract


def change(**facts):
    """A decision of today; what is given changes."""
    told = {"cause": ObligationCause.DECISION, "reason": "Zo besloten.", "holds_from": TODAY}
    return actions.ObligationChange(**told | facts)
