"""Plans of the demo: one in each status, and what both sides said about them."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from contracts import actions
from contracts.facts import planned
from contracts.models import Block, Contract, ContractStatus, Plan
from sroi_portal.core.models import User

DAY = dt.timedelta(days=1)
PART, REST = Decimal("0.7"), Decimal("0.15")  # of what is owed: work, and each of the others
STAGES = ("agreed", "agreed_anew", "proposed", "returned", "changed", "draft")
PROMISES = (
    ("placement", "Mensen uit de bijstand aan het werk", Decimal(1), "job"),
    ("learning", "Een leerplek op de werkvloer", Decimal(1), "job"),
    ("activity", "Werkbezoeken voor leerlingen", Decimal(6), "times"),
)


def load(*, now: dt.datetime) -> None:
    """Give running contracts a plan, each as far as its stage; the others have none yet."""
    running = Contract.objects.filter(
        status=ContractStatus.ACTIVE,
        is_framework=False,
        plans=None,
        ends_on__gt=now.date(),
    ).select_related("manager", "supplier", "authority", "value_table")
    contracts = [each for each in running.order_by("-pk") if _colleague(each)]
    for stage, contract in zip(STAGES, contracts, strict=False):
        _plan(contract, stage, at=now - 30 * DAY)


def _colleague(contract: Contract) -> User | None:
    people = User.objects.filter(
        memberships__supplier=contract.supplier_id, memberships__ended_at__isnull=True
    )
    found: User | None = people.exclude(pk=contract.manager_id).order_by("pk").first()
    return found


def _plan(contract: Contract, stage: str, *, at: dt.datetime) -> None:
    colleague, manager = _colleague(contract), contract.manager
    if colleague is None or manager is None:
        return
    plan = actions.draft_plan(contract, by=colleague, at=at)
    for facts in _lines(contract):
        actions.add_plan_line(plan, facts, by=colleague, at=at)
    if stage == "draft":
        return
    actions.propose_plan(plan, remark="Dit is ons voorstel.", by=colleague, at=at + DAY)
    plan.refresh_from_db()
    if stage in ("returned", "changed"):
        _send_back(plan, stage, by=manager, at=at + 3 * DAY)
    if stage not in ("agreed", "agreed_anew"):
        return
    actions.agree_plan(plan, by=manager, at=at + 4 * DAY)
    text = "Dank voor het plan. Zullen we het na drie maanden samen doornemen?"
    actions.send_message(contract, text, by=manager, at=at + 5 * DAY)
    actions.send_message(contract, "Dat is goed.", by=colleague, at=at + 6 * DAY)
    if stage == "agreed_anew":
        newer = actions.draft_plan(contract, by=colleague, at=at + 20 * DAY)
        actions.propose_plan(newer, by=colleague, at=at + 21 * DAY)


def _send_back(plan: Plan, stage: str, *, by: User, at: dt.datetime) -> None:
    line = plan.lines.first()
    if line is None:
        return
    if stage == "changed":
        facts = {"quantity": line.quantity + 1, "value_eur": line.value_eur * 2}
        dates = {"starts_on": line.starts_on, "ends_on": line.ends_on}
        actions.change_plan_line(line, facts | dates, by=by, at=at)
        actions.return_plan(plan, by=by, at=at)
        return
    said = {line.pk: "Kan de eerste al dit kwartaal beginnen?"}
    actions.return_plan(plan, remark="Bijna akkoord.", on_lines=said, by=by, at=at)


def _lines(contract: Contract) -> Iterable[dict[str, Any]]:
    """Promise work by the first row of the contract's table, and two things beside it."""
    first, last = contract.starts_on, contract.ends_on
    if first is None or last is None:
        return
    row = (
        Block.objects.filter(table=contract.value_table_id, unit="full_time_year")
        .select_related("table")
        .order_by("position")
        .first()
    )
    half = first + (last - first) / 2
    owed = getattr(contract.obligations.order_by("-version").first(), "quantity", Decimal(10_000))
    for number, (kind, title, quantity, unit) in enumerate(PROMISES):
        block = row if number == 0 else None
        gives, much = None, quantity
        if block:
            one = planned.proposed_eur(contract, block, quantity, (first, half))
            much = max(round(owed * PART / one, 2), Decimal("0.1")) if one else quantity
            gives = planned.proposed_eur(contract, block, much, (first, half))
        yield {
            "kind": kind,
            "block": block,
            "title": title,
            "quantity": much,
            "unit": unit,
            "starts_on": first if number == 0 else half,
            "ends_on": half if number == 0 else last,
            "proposed_eur": gives,
            "value_eur": gives if gives is not None else round(owed * REST, 2),
            "origin": "Uit de aanbieding, onderdeel duurzaamheid." if number == 0 else "",
        }
