"""The learning formula: a step of each kind, and words that somebody keeps for the own eyes."""

from network import actions


def fill(world):
    by_ada = {"by": world.ada, "at": world.now}
    facts = {
        "role": "manager",
        "position": 1,
        "title_nl": "Leg het papier weg en praat",
        "title_en": "Put the paper aside and talk",
        "text_nl": "Spreek elk kwartaal met de leverancier over de mensen, niet over het percentage.",
        "text_en": "Talk each quarter with the supplier about the people, not the percentage.",
    }
    world.learning_step = actions.add_learning_step(facts, **by_ada)
    other = {"role": "supplier", "title_nl": "Laat zien wat u al doet", "title_en": "Show it"}
    actions.add_learning_step(facts | other, **by_ada)
    world.retired_step = actions.add_learning_step(facts | {"title_nl": "Oude stap"}, **by_ada)
    actions.retire_learning_step(world.retired_step, **by_ada)
    words = {
        "step": world.learning_step,
        "did": "Wij spraken een uur over roosters, zonder de cijfers op tafel.",
        "effect": "changed",
        "changed": "De leverancier plant de begeleider nu op dezelfde dagen in.",
        "next_time": "Volgend kwartaal ook met de onderaannemer.",
    }
    by_cora = {"by": world.cora, "at": world.now}
    world.reflection = actions.write_reflection(world.contract, words, **by_cora)
    for each in (world.learning_step, world.retired_step, world.reflection):
        each.refresh_from_db()
