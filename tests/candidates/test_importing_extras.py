"""Columns that may be left out: bonuses, and the line of the plan a period fulfils."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from candidates import actions
from candidates.actions.placements import post_plan
from candidates.actions.plan_ties import tied_line
from candidates.models import Placement, Share
from candidates.sheets import offering, reading
from candidates.sheets.complaints import Complaint
from candidates.sheets.headings import found_in, meaning, normal
from contracts.models import LedgerEntry, TableBonus
from tests.candidates.importing import confirmed, matched, sent
from tests.conftest import NOON, TODAY
from tests.contracts import planning

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "noon")]
PERIOD = ";Periode van;Periode t/m"


@pytest.fixture
def bonuses(table):
    """Two that hold for every row of the table, and one that holds for another row only."""
    permanent = TableBonus.objects.get(table=table)
    for position, code, label, rows in (
        (2, "ouder", "55 jaar, of ouder", []),
        (3, "bijstand", "lang in de bijstand", ["p-wet"]),
    ):
        TableBonus.objects.create(
            table=table,
            code=code,
            position=position,
            label_nl=label,
            label_en=f"{code} in English",
            value_eur=Decimal("2500.00"),
            terms=permanent.terms | {"code": code, "conditions": [code], "value_eur": "2500.00"},
            applies_to=rows,
        )


@pytest.fixture
def entered(contract, noord, sara):
    def enter(*rows, more, **facts):
        text = "\n".join(["Kenmerk;Doelgroep;Uren;Startdatum" + more, *rows]).encode()
        batch = sent(noord, text, by=sara, name="x.csv")
        facts = {"contract_form": "temporary", "contract": contract} | facts
        return confirmed(matched(batch, by=sara, **facts), by=sara)

    return enter


def _lines(placement):
    rows = LedgerEntry.objects.filter(source_uuid=placement.uuid).order_by("month")
    return list(rows.values_list("account", "unit", "month", "quantity"))


def _sentences(batch):
    return [Complaint.from_json(told).sentence for told in batch.complaints]


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("permanent", ["permanent"]),
        ("Vast contract", ["permanent"]),
        ('"ouder; PERMANENT"', ["permanent", "ouder"]),
        ("ouder, permanent contract, ouder", ["permanent", "ouder"]),
        ('"55 jaar, of ouder"', ["ouder"]),
        ("geen", []),
    ],
)
def test_a_row_with_bonuses_is_valued_as_the_form_values_it(entered, bonuses, sara, cell, codes):
    """R-187: also after a deferral, when the work counts for longer."""
    entered(f"K-02;WW;32;15-03-2026;{cell}", more=";Bonussen")
    made = Placement.objects.select_related("contract", "block").get()
    facts = actions.PlacementFacts(
        reference="K-typed",
        block=made.block,
        hours_per_week=Decimal(32),
        starts_on=dt.date(2026, 3, 15),
        contract_form="temporary",
        bonus_codes=codes,
    )
    typed = actions.enter_placement(made.contract, facts, by=sara, at=NOON)

    assert made.bonus_codes == typed.bonus_codes == codes
    assert _lines(made) == _lines(typed) != []


def test_a_deferral_lengthens_the_plan_of_a_row(entered, contract, sara):
    contract.fulfil_by_on = contract.ends_on + dt.timedelta(days=200)
    contract.save()
    entered("K-02;WW;32;15-03-2026", more="")
    made = Placement.objects.select_related("contract", "block").get()
    before = _lines(made)

    post_plan(made, by=sara, at=NOON)
    assert _lines(made) == before != []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("K-02;WW;32;15-03-2026;snel;", "“snel” is no bonus of the row"),
        ("K-02;WW;32;15-03-2026;bijstand;", "“bijstand” is no bonus of the row"),
        ("K-02;WW;32;15-03-2026;permanent, snel;", "“snel” is no bonus of the row"),
        ("K-02;WW;32;15-03-2026;;2", "no agreed plan of approach"),
    ],
)
def test_a_wrong_value_says_what_is_wrong(entered, bonuses, row, said):
    batch = entered(row, more=";Bonussen;Planregel")

    [sentence] = _sentences(batch)
    assert said in sentence
    assert not Placement.objects.exists()


def test_a_row_without_bonuses_and_two_with_one_name_say_so(entered, table, bonuses):
    rows = TableBonus.objects.filter(table=table)
    rows.update(label_nl="dubbel")
    assert (
        "can mean more than one"
        in _sentences(entered("K-02;WW;32;15-03-2026;dubbel", more=";Bonus"))[0]
    )
    rows.update(applies_to=["p-wet"])
    assert (
        "has no bonuses" in _sentences(entered("K-02;WW;32;15-03-2026;permanent", more=";Bonus"))[0]
    )


def test_a_period_is_tied_to_the_line_that_is_named(entered, contract, sara, cora):
    """R-194: by number or by what is promised."""
    two = planning.promised(title="Leerplek")
    planning.agreed(contract, sara, cora, planning.promised(), two, two)
    rows = (
        "K-01;WW;32;01-01-2026;01-01-2026;31-01-2026;Twee mensen aan het werk",
        "K-02;WW;32;01-01-2026;01-01-2026;31-01-2026;regel 2",
        "K-03;WW;32;01-01-2026;01-01-2026;31-01-2026;",
        "K-04;WW;32;01-01-2026;01-01-2026;31-01-2026;Bezoek",
        "K-05;WW;32;01-01-2026;01-01-2026;31-01-2026;Leerplek",
        "K-06;WW;32;01-01-2026;;;1",
    )
    batch = entered(*rows, more=f"{PERIOD};Planregel", claiming="submit")

    shares = Share.objects.order_by("contribution__placement__pk")
    tied = [tied_line(share) for share in shares]
    assert [line and line.position for line in tied] == [1, 2, None]
    sentences = _sentences(batch)
    assert "“Bezoek” is no line of the agreed plan" in sentences[0]
    assert "Write its number" in sentences[1]
    assert "belongs to a period" in sentences[2]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Bonussen", "bonuses"),
        ("What also holds", "bonuses"),
        ("Plan-regel", "plan_line"),
        ("Line of the plan of approach", "plan_line"),
        ("Regel", "block"),
    ],
)
def test_the_headings_are_recognised(heading, field):
    assert meaning(normal(heading), {})[1] == field


def test_the_spreadsheet_to_fill_in_offers_both(placement, sara, cora, contract, ww):
    placement.bonus_codes = ["permanent"]
    placement.save()
    planning.agreed(contract, sara, cora, planning.promised(block=ww, title="Aan het werk"))

    running = offering.running(sara, on=TODAY)
    content = offering.written([contract], running, told=[each.pk for each in running])

    book = reading.opened("xlsx", content)
    found = found_in(book, {})
    row = book.top(found.sheet, 2)[1]
    assert row[found.columns["bonuses"]] == "permanent contract"
    assert row[found.columns["plan_line"]] == "Aan het werk"
    page = load_workbook(io.BytesIO(content)).worksheets[0]
    rules = {
        str(rule.sqref)[0]: rule.showErrorMessage for rule in page.data_validations.dataValidation
    }
    assert (rules["K"], rules["L"]) == (False, True)
