"""Rows of a table for what is no work, and claims of each kind."""

import datetime as dt
from decimal import Decimal

from candidates import actions
from contracts import valuation
from contracts.valuation import codec
from tests import factories
from tests.conftest import NOON

MARCH_2 = dt.date(2026, 3, 2)
ROWS = {
    "bought": ("purchase", "invoice_share", None),
    "hours": ("activity", "hour", "100.00"),
    "day": ("activity", "day", "1000.00"),
    "course": ("guidance", "actual_cost", None),
    "agreed": ("guidance", "agreed", None),
}


def row(table, code, **terms):
    """Add a row of `ROWS` to a table, with other rules where a test wants them."""
    kind, unit, value = ROWS[code]
    value_eur = Decimal(value) if value else None
    told = valuation.Block(
        code=code, unit=valuation.Unit(unit), value_eur=value_eur, label_nl=code, label_en=code
    )
    return factories.BlockFactory(
        table=table,
        code=code,
        position=10 + list(ROWS).index(code),
        group=None,
        kind=kind,
        unit=unit,
        value_eur=value_eur,
        label_nl=code,
        label_en=code,
        privacy_class="ordinary",
        terms=codec.encode(told) | codec.encode(terms),
    )


def claim(block, **facts):
    facts = {"starts_on": MARCH_2, "ends_on": MARCH_2} | facts
    return actions.Claim(block=block, **facts)


def bought(block, partner, amount="1210.00", **facts):
    told = {
        "partner": partner,
        "invoice_number": "2026-0012",
        "invoiced_on": facts.get("ends_on", MARCH_2),
        "amount_eur": Decimal(amount),
    }
    return claim(block, **(told | facts))


def agreed(contract, block, by, checker, value="2500.00"):
    """What is proposed by one and agreed by another."""
    proposal = actions.Proposal(
        block=block, title="Taalles", value_eur=Decimal(value), reason="Niets past."
    )
    agreement = actions.propose_agreement(contract, proposal, by=by, at=NOON)
    actions.agree_agreement(agreement, by=checker, at=NOON, reason="Marktprijs.")
    agreement.refresh_from_db()
    return agreement


def submitted(contract, told, by):
    share = actions.draft_claim(contract, told, by=by, at=NOON)
    actions.submit_share(share, by=by, at=NOON)
    share.refresh_from_db()
    return share
