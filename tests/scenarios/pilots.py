"""Pilots: an idea, one that runs on a contract and a tender with partners, one that ended."""

import datetime as dt

from network import actions
from tests import factories


def fill(world):
    by = {"by": world.ada, "at": world.now}
    facts = {
        "authority": world.ministry,
        "category": world.category,
        "title": "Schoonmaken leren in een echt gebouw",
        "question": "Leren mensen het vak sneller in een gebouw dan in een leslokaal?",
        "starts_on": dt.date(world.today.year, 1, 15),
        "ends_on": dt.date(world.today.year, 12, 15),
        "tried": "Een groep van tien mensen werkt drie maanden met een vaste begeleider.",
        "outcome": "Wie een vaste begeleider heeft, blijft vaker.",
    }
    world.idea = actions.propose_pilot(facts | {"title": "Samen koken"}, **by)
    world.pilot = actions.propose_pilot(facts, **by)
    world.ended_pilot = actions.propose_pilot(facts | {"title": "Groen onderhoud"}, **by)
    for pilot in (world.pilot, world.ended_pilot):
        actions.move_pilot(pilot, "preparing", **by)
        actions.move_pilot(pilot, "running", **by)
    world.pilot_partner = actions.add_partner(
        world.pilot, {"supplier": world.noord, "part": "biedt tien plaatsen"}, **by
    )
    actions.add_partner(world.pilot, {"organisation": "Praktijkschool De Proef"}, **by)
    world.pilot_place = actions.add_place(world.pilot, world.contract, by=world.piet, at=world.now)
    actions.add_place(world.pilot, world.tender, by=world.piet, at=world.now)
    actions.move_pilot(world.ended_pilot, "closing", **by)
    actions.move_pilot(world.ended_pilot, "finished", remark="Wij weten genoeg.", **by)
    for pilot in (world.idea, world.pilot, world.ended_pilot):
        pilot.refresh_from_db()
    world.pilot_closing = [world.pilot.pk, "closing"]
    world.pilot_stopped = [world.pilot.pk, "stopped"]
    world.idea_preparing = [world.idea.pk, "preparing"]
    _lessons(world)
    _obstacles(world)


def _lessons(world):
    by = {"by": world.ada, "at": world.now}
    words = {
        "subject": "Een vaste begeleider",
        "learned": "Met een vaste begeleider blijven mensen langer aan het werk.",
        "differently": "Spreek voor de gunning af wie begeleidt.",
    }
    on_pilot = words | {"pilot": world.pilot}
    world.lesson = actions.propose_lesson(on_pilot, by=world.olga, at=world.now)
    world.published_lesson = actions.propose_lesson(
        on_pilot | {"subject": "Eerst kijken", "contract": world.contract},
        by=world.olga,
        at=world.now,
    )
    actions.review_lesson(world.published_lesson, **by)
    actions.publish_lesson(world.published_lesson, **by)
    table = factories.ValueTableFactory(valid_from=world.today)
    facts = {"kind": "table", "object_uuid": table.uuid, "label": str(table)}
    actions.name_change(
        world.published_lesson, facts | {"version": "1", "changed_on": world.today}, **by
    )
    for lesson in (world.lesson, world.published_lesson):
        lesson.refresh_from_db()
    world.lesson_returned = [world.lesson.pk, "returned"]


def _obstacles(world):
    said = {"kind": "candidates", "text": "Er melden zich te weinig mensen uit de regio."}
    world.obstacle = actions.report_obstacle(world.contract, said, by=world.sara, at=world.now)
    solved = {"kind": "evidence", "text": "De urenstaat vraagt te veel tijd."}
    world.solved_obstacle = actions.report_obstacle(
        world.contract, solved, by=world.cora, at=world.now
    )
    actions.answer_obstacle(
        world.solved_obstacle,
        "solved",
        answer="Eén urenstaat per kwartaal is genoeg.",
        by=world.cora,
        at=world.now,
    )
    world.solved_obstacle.refresh_from_db()
