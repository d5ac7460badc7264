"""Talks about a tender: one held with conclusions, one planned, one taken back."""

import datetime as dt
import uuid
from decimal import Decimal

from contracts.actions import advice as choosing
from contracts.actions import clauses, dialogues, reserved_checks
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
    world.invitation_letter = [world.planned_talk.pk, "invitation"]
    world.summary_letter = [world.dialogue.pk, "summary"]
    _choices(world, by_piet)
    _texts(world, by_piet)
    for each in (world.dialogue, world.conclusion):
        each.refresh_from_db()


def _choices(world, by_piet):
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


def _texts(world, by_piet):
    text = {"kind": "clause", "title_nl": "Onderaanneming", "title_en": "Subcontracting"}
    text |= {"text_nl": "Wie wint, werkt samen.", "text_en": "Who wins works together."}
    world.clause = clauses.draft_clause("partners", text, by=world.ada, at=world.now)
    clauses.propose_clause(world.clause, by=world.adam, at=world.now)
    clauses.approve_clause(world.clause, by=world.ada, at=world.now)
    world.clause.refresh_from_db()
    world.clause_nl = [world.clause.pk, "nl"]
    world.draft_clause = clauses.draft_clause("lot", text, by=world.ada, at=world.now)
    world.proposed_clause = clauses.draft_clause("doelen", text, by=world.ada, at=world.now)
    clauses.propose_clause(world.proposed_clause, by=world.adam, at=world.now)
    taken = {"language": "nl", "follows_from": world.conclusion}
    world.taken_clause = clauses.take_clause(world.tender, world.clause, taken, **by_piet)
    seen = {"share_pct": Decimal(35), "proof": "own", "seen_on": world.today}
    reserved_checks.check_reserved_lot(world.lot, world.noord, seen, **by_piet)
