"""Plans: a concept, proposed, back with changes, agreed and its next version, one without lines."""

from decimal import Decimal

from contracts import actions, ledger


def fill(world):
    by_sara, by_cora = ({"by": who, "at": world.now} for who in (world.sara, world.cora))
    first = world.contract.starts_on
    line = {
        "kind": "placement",
        "block": world.ww,
        "title": "Twee schoonmakers uit de WW",
        "quantity": Decimal(2),
        "unit": "job",
        "starts_on": first,
        "ends_on": first.replace(month=12, day=31),
        "proposed_eur": Decimal("40000.00"),
        "value_eur": Decimal("36000.00"),
        "origin": "Uit de inschrijving: wij nemen twee mensen aan.",
    }

    def proposed(contract):
        plan = actions.draft_plan(contract, **by_sara)
        dates = {"starts_on": contract.starts_on, "ends_on": contract.ends_on}
        actions.add_plan_line(plan, line | dates, **by_sara)
        actions.propose_plan(plan, remark="Wat vindt u hiervan?", **by_sara)
        plan.refresh_from_db()
        return plan

    world.agreed_plan = proposed(world.contract)
    actions.agree_plan(world.agreed_plan, **by_cora)
    source = ledger.Source.of(world.placement)
    actions.tie_to_plan(world.contract, source, world.agreed_plan.lines.get(), **by_sara)
    world.plan = actions.draft_plan(world.contract, **by_sara)
    actions.propose_plan(world.plan, **by_sara)
    world.plan_line = world.plan.lines.get()
    actions.comment_plan(world.plan, "Kan het eerder?", line=world.plan_line, **by_cora)
    world.returned_plan = proposed(world.reserved)
    changed = line | {"title": "Drie schoonmakers", "quantity": Decimal(3)}
    actions.change_plan_line(world.returned_plan.lines.get(), changed, **by_cora)
    actions.return_plan(world.returned_plan, **by_cora)
    world.draft_plan = actions.draft_plan(world.on_turnover, **by_sara)
    actions.add_plan_line(world.draft_plan, line, **by_sara)
    world.empty_plan = actions.draft_plan(world.handed, **by_sara)
    for plan in (world.agreed_plan, world.plan, world.returned_plan, world.draft_plan):
        plan.refresh_from_db()
    world.two_plans = [world.plan.pk, world.agreed_plan.pk]
    world.plan_csv = [world.plan.pk, "csv"]
    actions.send_message(world.contract, "Wanneer begint de tweede?", **by_cora)
    actions.send_message(world.contract, "In de zomer.", **by_sara)
