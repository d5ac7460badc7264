"""People, meetings and milestones as tests make them."""

import datetime as dt

from network import actions
from tests.conftest import NOON, TODAY

DAY = dt.timedelta(days=1)


def about(authority=None, supplier=None, **facts):
    known = {
        "kind": "manager",
        "job": "Contractmanager",
        "authority": authority,
        "supplier": supplier,
        "about": "Vraag mij naar het eerste gesprek.",
        "subjects": ["plans"],
        "regions": ["NL32"],
        "languages": ["nl"],
    }
    return known | facts


def plan(**facts):
    starts_at = NOON + 14 * DAY  # a Wednesday
    known = {
        "title": "Een perceel voorbehouden",
        "purpose": "Drie inkopers vertellen wat zij deden.",
        "for_whom": "inkopers",
        "starts_at": starts_at,
        "ends_at": starts_at + dt.timedelta(hours=2),
        "place": "Zaal 3, Den Bosch",
        "sign_up_until": TODAY + 10 * DAY,
    }
    return known | facts


def planned(by, **facts):
    meeting = actions.propose_meeting(plan(**facts), by=by, at=NOON)
    actions.plan_meeting(meeting, by=by, at=NOON)
    meeting.refresh_from_db()
    return meeting


def milestone(by, **facts):
    known = {"on": TODAY, "title": "Begonnen", "words": "De aanpak begint."}
    return actions.write_milestone(known | facts, by=by, at=NOON)
