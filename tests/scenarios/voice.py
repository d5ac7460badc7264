"""A person who was given the letter, says that a fact is not right, and answers questions."""

import uuid

from candidates import actions
from candidates.models import Moment


def fill(world) -> None:
    link, token = actions.make_personal_link(
        world.placement, by=world.sara, at=world.now, key=uuid.uuid4()
    )
    actions.choose_code(link, "zonnebloem", at=world.now)
    world.own_link, world.own_token, world.own_nl = link, ["nl", token], ["nl"]
    world.judged = actions.judge_fact(
        link, world.placement, "hours", at=world.now, words="Ik werk 24 uur per week."
    )
    world.own_fact = ["nl", world.placement.pk, "hours"]
    said = actions.Said("going", "yes", "Fijne ploeg.", is_for_employer=True, may_quote=True)
    (voice,) = actions.say_voice(link, Moment.MONTH_12, [said], at=world.now)
    world.own_still = ["nl", 1]
    world.own_voice = ["nl", voice.pk]
