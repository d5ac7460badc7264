"""Examples and quotes as people write them."""

from network import actions
from network.models import GivenHow, Permission, QuoteUse
from tests.conftest import NOON, TODAY


def story(**facts):
    told = {
        "title": "Schoonmaak begint met een gesprek",
        "summary": "Voor de gunning spraken inkoper en leverancier over plekken.",
        "question": "Hoe vinden wij vaste plekken in de schoonmaakploeg?",
        "done": "Eerst drie gesprekken, daarna een proefweek.",
        "outcome": "Vijf mensen hebben een vaste baan.",
        "helped": "mensen die lang thuis zaten",
        "year": 2025,
        "ask_mailbox": "voorbeelden@example.org",
    }
    return told | facts


def proposed(by, **facts):
    return actions.propose_example(story(**facts), by=by, at=NOON)


def published(by, adviser, **facts):
    example = proposed(by, **facts)
    actions.publish_example(example, by=adviser, at=NOON)
    example.refresh_from_db()
    return example


def allowed(*uses, **facts):
    given = {"given_on": TODAY, "how": GivenHow.PAPER, "uses": uses or tuple(QuoteUse)}
    return Permission(**(given | facts))


def said(by, *uses, **facts):
    told = {"role": "candidate", "text": "Ik hoor er weer bij.", **facts}
    return actions.record_quote(told, allowed(*uses), by=by, at=NOON)
