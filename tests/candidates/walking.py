"""A shared path of two suppliers, as tests walk it."""

import datetime as dt
import uuid
from decimal import Decimal

from candidates import actions
from tests.conftest import NOON

FEBRUARY = (dt.date(2026, 2, 1), dt.date(2026, 2, 28))
JANUARY = (dt.date(2026, 1, 1), dt.date(2026, 1, 31))


def step(supplier, first, last, pct, form="work"):
    return actions.StepFacts(supplier, form, "Keuken", first, last, Decimal(pct))


def steps(noord, zuid, first=60, second=40):
    """January with the first, February divided, then a job with the second."""
    return [
        step(noord, *JANUARY, 100, "internship"),
        step(noord, *FEBRUARY, first, "guidance"),
        step(zuid, *FEBRUARY, second),
        step(zuid, dt.date(2026, 3, 1), None, 100),
    ]


def begun(noord, zuid, sara):
    return actions.begin_path(
        (noord, zuid), "Van stage naar baan", by=sara, at=NOON, key=uuid.uuid4()
    )


def agreed(path, planned, sara, bram):
    """Sara proposes, Bram agrees."""
    plan = actions.propose_path_plan(path, planned, by=sara, at=NOON)
    actions.agree_path_plan(plan, by=bram, at=NOON)
    plan.refresh_from_db()
    return plan


def tied(path, one, other, sara, bram):
    """Tie the person of each side, the second by the code of the first."""
    tie = actions.tie_person(path, one, by=sara, at=NOON)
    code = actions.give_path_code(tie, by=sara, at=NOON)
    return actions.tie_person(path, other, by=bram, at=NOON, code=code.lower())


def claimed(placement, by, period, pct=100):
    share = actions.draft_contribution(placement, by=by, at=NOON, period=period, pct=Decimal(pct))
    actions.submit_share(share, by=by, at=NOON)
    share.refresh_from_db()
    return share
