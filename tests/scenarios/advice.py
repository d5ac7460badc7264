"""A question that waits, one that is answered, and answers in general words."""

from network import actions


def fill(world):
    by_ada, by_cora = ({"by": who, "at": world.now} for who in (world.ada, world.cora))
    text = "Mag een stagiair meetellen die al bij de leverancier werkte?"
    facts = {"subject": "Stagiair die er al werkte", "contract": world.contract}
    world.question = actions.ask_advice(facts, text, **by_cora)
    world.taken_question = actions.ask_advice({"subject": "Iets anders"}, text, **by_cora)
    actions.take_advice(world.taken_question, **by_ada)
    world.answered_question = actions.ask_advice(
        {"subject": "Meetellen van een leerwerkplek"}, text, **by_cora
    )
    actions.answer_advice(world.answered_question, "Ja, vanaf de gunning.", **by_ada)
    world.withdrawn_question = actions.ask_advice({"subject": "Toch niet"}, text, **by_cora)
    actions.withdraw_advice(world.withdrawn_question, **by_cora)
    words = {"title": "Telt een stage mee?", "text": "Ja. De tabel zegt voor hoeveel."}
    world.answer = actions.write_answer(words, **by_cora)
    actions.publish_answer(world.answer, **by_ada)
    world.proposed_answer = actions.write_answer(words, **by_cora)
    for each in (world.answer, world.proposed_answer):
        each.refresh_from_db()
