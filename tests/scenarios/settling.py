"""A contract in each step of follow-up, and one in each status of a settlement."""

import datetime as dt
from decimal import Decimal

from contracts import actions, letters
from contracts.models import Reaction
from tests import scenario

DAY = dt.timedelta(days=1)


def fill(world) -> None:
    by = {"by": world.cora, "at": world.now}
    _follow_ups(world, by)
    _settlements(world, by)
    world.template = actions.publish_letter_template(
        world.ministry,
        "talk",
        "nl",
        letters.Draft("Verslag", "Beste {supplier},\n\n{reason}"),
        by=world.ada,
        at=world.now,
    )
    actions.set_settling_terms(
        world.ministry, {"cure_days": 30, "reaction_days": 14}, by=world.ada, at=world.now
    )
    world.letter_kind = [world.ministry.pk, "notice", "nl"]


def _follow_ups(world, by) -> None:
    world.behind = _contract(world, "Een contract dat achterblijft")
    world.talk_step = [world.behind.pk, "talk"]
    world.deferral_step = [world.behind.pk, "deferral"]
    world.notice_step = [world.behind.pk, "notice"]
    world.step = actions.hold_talk(
        world.behind, _said(world, next_on=world.today + DAY, option="person"), **by
    )
    world.asked_plan = actions.ask_recovery(
        world.behind, _said(world, next_on=world.today + 14 * DAY), **by
    )
    world.letter = actions.write_step_letter(world.asked_plan, reason="Graag een plan.", **by)
    actions.send_letter(world.letter, **by)
    world.new_letter = actions.write_step_letter(world.step, reason="Wij spraken elkaar.", **by)
    second = _contract(world, "Een contract met een plan")
    skipping = {"skipping": "Er was al een gesprek."}
    world.given_plan = actions.ask_recovery(
        second, _said(world, next_on=world.today + 14 * DAY, **skipping), **by
    )
    actions.hand_in_recovery(world.given_plan, "Twee mensen.", by=world.sara, at=world.now)
    world.malus = actions.calculate_malus(
        second, _said(world, shortfall_eur=Decimal("1000.00"), **skipping), **by
    )


def _settlements(world, by) -> None:
    world.ended = _contract(world, "Een contract dat voorbij is", years_ago=3)
    for status in ("proposed", "stated", "calculated", "settled", "reopening"):
        contract = _contract(world, f"Een afrekening ({status})", years_ago=3)
        settlement = actions.start_settlement(contract, **by)
        setattr(world, f"settlement_{status}", settlement)
        if status == "proposed":
            continue
        actions.send_statement(settlement, **by)
        if status == "stated":
            continue
        settlement.refresh_from_db()
        agrees = {"reaction": Reaction.AGREES, "remark": "Dat klopt."}
        actions.react_to_settlement(settlement, **agrees, by=world.sara, at=world.now)
        division = actions.Division(waived=settlement.shortfall)
        actions.calculate_settlement(settlement, division, remark="Overmacht.", **by)
        if status == "calculated":
            continue
        actions.decide_settlement(settlement, conclusion="Klaar.", by=world.piet, at=world.now)
        if status == "reopening":
            actions.ask_reopening(settlement, reason="Een fout.", **by)
    actions.give_score(world.settlement_settled, "supplier", 4, by=world.sara, at=world.now)
    actions.record_lesson(world.settlement_settled, "Begin eerder.", by=world.sara, at=world.now)


def _contract(world, title, **facts):
    return scenario._accepted(world, scenario._awarded(world, title, **facts))


def _said(world, **facts):
    told = {"account": "Wij spraken af te werven.", "taken_on": world.today}
    return actions.Step(**told | facts)
