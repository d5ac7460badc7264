"""Steps and reflections for tests, made through the actions."""

from network import actions
from tests.conftest import NOON


def step(by, role="manager", **facts):
    told = {
        "role": role,
        "position": 1,
        "title_nl": "Praat voordat de aanbesteding er is",
        "title_en": "Talk before the tender is there",
        "text_nl": "Nodig drie leveranciers uit.",
        "text_en": "Invite three suppliers.",
    }
    return actions.add_learning_step(told | facts, by=by, at=NOON)


def words(step, **facts):
    told = {
        "step": step,
        "did": "Wij spraken drie leveranciers.",
        "effect": "changed",
        "changed": "De opdracht is nu in percelen verdeeld.",
        "next_time": "Eerder beginnen.",
    }
    return told | facts


def written(place, step, by, **facts):
    return actions.write_reflection(place, words(step, **facts), by=by, at=NOON)


def shared(place, step, by, **facts):
    made = written(place, step, by, **facts)
    actions.share_reflection(made, by=by, at=NOON)
    made.refresh_from_db()
    return made
