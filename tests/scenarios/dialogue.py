"""Talks about a tender: one held with conclusions, one planned, one taken back."""

import datetime as dt
import uuid
from decimal import Decimal

from contracts.actions import advice as choosing
from contracts.actions import dialogues
from suppliers import actions as supplier_actions


def fill(world):
    by_piet = {"by": world.piet, "at": world.now}
    held = {
        "kind": "consultation",
        "topic": "Welk deel past bij sociale ondernemingen?",
        "held_on": world.today,
        "place": "Den Haag",
        "said": "De opdracht is te groot voor een onderneming alleen.",
    }
    parties = [
        dialogues.Party("Leverancier Noord", "directeur"),
        dialogues.Party("Vereniging van Voorbeelden"),
    ]
    world.dialogue = dialogues.log_dialogue(world.tender, held, parties, **by_piet)
    sentences = ("De opdracht is te groot voor sociale ondernemingen alleen.", "Vraag een plan.")
    world.conclusion, world.loose = (
        dialogues.add_conclusion(world.dialogue, {"sentence": each}, **by_piet)
        for each in sentences
    )
    chosen = {"leads_to": "partnership", "choice": "Onderaanneming door sociale ondernemingen."}
    dialogues.change_conclusion(world.conclusion, chosen, **by_piet)
    planned = held | {"kind": "team", "topic": "Wat kan HR bieden?", "said": ""}
    planned |= {"held_on": world.today + dt.timedelta(days=7)}
    world.planned_talk = dialogues.log_dialogue(world.tender, planned, parties, **by_piet)
    gone = dialogues.log_dialogue(world.tender, held | {"topic": "Vergissing"}, **by_piet)
    world.withdrawn_talk = dialogues.withdraw_dialogue(gone, reason="Dubbel.", **by_piet)
    question = choosing.Question("90", "NL33", Decimal("3000000.00"), 36, Decimal(80))
    world.choice = choosing.record_choice(
        world.tender,
        question,
        {"chosen": "partnerships", "deviation": "Zo sprak de markt."},
        **by_piet,
    )
    choosing.publish_advice_terms(
        world.ministry, {"fewest_for_whole": 2}, by=world.ada, at=world.now
    )
    offered = {"cpv_division": "90", "region": "NL33", "text": "Schoonmaak door mensen die leren"}
    world.offering = supplier_actions.record_offering(
        world.zuid, offered, by=world.bram, at=world.now, key=uuid.uuid4()
    )
    for each in (world.dialogue, world.conclusion):
        each.refresh_from_db()
    world.invitation_letter = [world.planned_talk.pk, "invitation"]
    world.summary_letter = [world.dialogue.pk, "summary"]
