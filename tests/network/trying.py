"""Pilots for tests, made through the actions."""

import datetime as dt

from network import actions
from network.models import PilotStatus
from tests.conftest import NOON

FIRST, LAST = dt.date(2026, 1, 15), dt.date(2026, 6, 30)
ORDER = (PilotStatus.PREPARING, PilotStatus.RUNNING, PilotStatus.CLOSING, PilotStatus.FINISHED)


def pilot(authority, by, *, status=PilotStatus.RUNNING, **facts):
    """Propose a pilot, and move it on to a phase."""
    known = {
        "authority": authority,
        "title": "Schoonmaken leren",
        "question": "Leren mensen het vak sneller in een echt gebouw?",
        "starts_on": FIRST,
        "ends_on": LAST,
        "outcome": "Ja, met een vaste begeleider.",
    }
    made = actions.propose_pilot(known | facts, by=by, at=NOON)
    for phase in ORDER[: ORDER.index(status) + 1] if status in ORDER else ():
        actions.move_pilot(made, phase, by=by, at=NOON)
    made.refresh_from_db()
    return made


def add_place(pilot, place, *, by):
    return actions.add_place(pilot, place, by=by, at=NOON)


def lesson(pilot, by, **facts):
    known = {
        "pilot": pilot,
        "subject": "Een vaste begeleider",
        "learned": "Met een vaste begeleider blijven mensen langer.",
        "differently": "Spreek de begeleider af voor de gunning.",
    }
    return actions.propose_lesson(known | facts, by=by, at=NOON)
