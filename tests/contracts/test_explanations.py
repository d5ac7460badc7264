import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation

from contracts import explanations, valuation
from contracts.valuation import Line
from tests.contracts import said_again, worked_cases


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def say(code, **numbers):
    ((text, _),) = explanations.sentences([Line(code, numbers)])
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in worked_cases.read()])
def test_the_words_of_a_worked_case_recompute_to_the_cent(case):
    said = explanations.sentences(case.got.lines)

    assert said_again.total_eur(said) == case.expected_eur


def test_a_stretch_is_said_with_all_its_numbers():
    text = say(
        "stretch_calendar",
        starts_on="2025-02-03",
        ends_on="2025-06-20",
        hours_per_week="32",
        parts="3 + 26/28 + 20/30",
        counted="32",
        norm="36",
        full_time_months="4 16/189",
        rate_eur="10000.00",
    )

    assert text == (
        "From 3 February 2025 to 20 June 2025: 32 hours a week."
        " (3 + 26/28 + 20/30) × 32/36 hours = 4 16/189 (about 4.08) months full-time,"
        " at €10,000.00 ÷ 12."
    )


@pytest.mark.parametrize(
    ("months", "words"),
    [
        ("0", "0 months"),
        ("1/2", "1/2 month"),
        ("1", "1 month"),
        ("1 1/2", "1 1/2 months"),
        ("17/31", "17/31 (about 0.55) month"),
    ],
)
def test_months_are_written_exactly(months, words):
    text = say("over_cap", less_months=months, rate_eur="12000.00")

    assert text == (f"The limit is reached. {words} full-time does not count, at €12,000.00 ÷ 12.")


def test_a_label_is_said_in_the_reader_s_language():
    numbers = {"row_nl": "Bijstand", "row_en": "Assistance", "value_eur": "40000"}

    assert say("row_full_time_year", **numbers).startswith("Row: Assistance.")
    with translation.override("nl"):
        assert "Bijstand" in say("row_full_time_year", **numbers)


def test_every_sentence_names_only_numbers_that_its_line_has():
    """The codes in the valuation's source and the sentences are the same."""
    folder = valuation.__path__[0]
    source = "".join(
        path.read_text(encoding="utf-8") for path in sorted(worked_cases.Path(folder).glob("*.py"))
    )
    families = {
        "row_": valuation.Unit,
        "part_": valuation.PartMonths,
        "stretch_": valuation.PartMonths,
        "cap_": valuation.CapCounts,
        "general_": valuation.RowCap,
    }
    made = {f"{start}{ending}" for start, endings in families.items() for ending in endings}
    made |= {f"priced_{unit}" for unit in ("hour", "day", "flat")}
    made |= {f"claimed_{unit}" for unit in ("invoice_share", "actual_cost", "agreed")}
    literal = {code for code in explanations.SENTENCES if f'"{code}"' in source}

    assert set(explanations.SENTENCES) == made | literal


def test_an_amount_stays_beside_its_sentence():
    case = worked_cases.read()[0]
    said = explanations.sentences(case.got.lines)

    assert sum(amount or 0 for _, amount in said) == case.expected_eur
    assert not [text for text, _ in said if re.search(r"%\(|None", text)]


def test_what_does_not_count_is_said_with_its_reason():
    case = next(case for case in worked_cases.read() if case.id == "D06")
    given = case.got.inputs
    block = replace(given.block, counts_max_months=6)
    work = replace(given.work, months_used=Fraction(2), age=40)

    valued = valuation.value(given.terms, block, given.bonuses, work, Decimal(100))

    assert [
        text.replace("\N{NO-BREAK SPACE}", " ")
        for text, _ in explanations.sentences(valued.lines)
        if "No bonus" in text or "limit" in text or "At most" in text or "at most" in text
    ] == [
        "For one person at most 6 months count. Used before: 2 months. Left: 4 months.",
        "No bonus for: Older than 50. The conditions do not hold.",
        "No bonus for: Status holder or language disadvantage. The conditions do not hold.",
        "The limit is reached. 8 months full-time does not count, at €50,000.00 ÷ 12.",
    ]
