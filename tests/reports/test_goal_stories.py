"""A tailored plan is reported by number and by story together (S02, R-425)."""

import datetime as dt
from decimal import Decimal

from contracts import actions as contract_actions
from reports import definitions, printing, tables
from reports.models import Definition
from tests import factories
from tests.conftest import NOON


def test_a_goal_is_told_by_number_and_by_story(ministry, noord, cora, table, issue):
    """R-425."""
    contract = factories.active_contract(
        authority=ministry,
        supplier=noord,
        manager=cora,
        value_table=table,
        regime="tailored",
    )
    facts = {
        "kind": "work",
        "title": "Vier vaste banen",
        "quantity": Decimal(4),
        "unit": "person",
        "due_on": contract.ends_on,
    }
    goal = contract_actions.set_goal(contract, facts, by=cora, at=NOON)
    contract_actions.set_goal(contract, facts | {"title": "Twee stages"}, by=cora, at=NOON)
    for quantity, story in ((1, "Een eerste baan."), (2, "Twee mensen kregen een vast contract.")):
        told = {"reached_on": NOON.date(), "quantity": Decimal(quantity), "story": story}
        contract_actions.record_progress(goal, told, by=cora, at=NOON - dt.timedelta(hours=1))
    report = issue(contract, definition=Definition.CONTRACT)
    found = definitions.read(report)
    first, second = found.goals
    assert (first.reached, first.story) == ("3 personen", "Twee mensen kregen een vast contract.")
    assert (second.story, second.told_on) == ("", None)
    shown = printing.as_html(report)
    assert "3 personen van 4 personen" in shown or "3 personen of 4 personen" in shown
    assert "Twee mensen kregen een vast contract." in printing.as_twin(report)
    assert "Vier vaste banen" in str([each.rows for each in tables.tables_of(report)])
    assert found.own.owed == "2 doelen"
    for said in (printing.as_html(report), printing.as_twin(report)):
        assert found.own.done in said
        assert "€ 0,00 die te realiseren is" not in said
    assert "2 doelen" in str([each.rows for each in tables.tables_of(report)])
    assert definitions.differences(report) == []
    report.facts["own"]["done"] = "9 doelen"
    assert len(definitions.differences(report)) == 2
