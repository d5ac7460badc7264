"""A tender with a talk and a conclusion, for several tests."""

from contracts import actions
from contracts.actions import dialogues
from tests.conftest import NOON, TODAY

HELD = {
    "kind": "consultation",
    "topic": "Past het bij sociale ondernemingen?",
    "held_on": TODAY,
    "place": "Den Haag",
    "said": "De opdracht is te groot voor een onderneming alleen.",
}
PARTIES = (
    dialogues.Party("leverancier noord", "directeur"),
    dialogues.Party("Vereniging van Voorbeelden"),
)
SENTENCE = "De opdracht is te groot voor sociale ondernemingen alleen."


def tender_of(ministry, piet, **facts):
    told = {"authority": ministry, "title": "Schoonmaak"} | facts
    return actions.log_tender(told, by=piet, at=NOON)


def talk(tender, piet, parties=PARTIES, **facts):
    return dialogues.log_dialogue(tender, HELD | facts, parties, by=piet, at=NOON)


def conclude(dialogue, piet, sentence=SENTENCE, **facts):
    return dialogues.add_conclusion(dialogue, {"sentence": sentence} | facts, by=piet, at=NOON)
