"""How a table counts, in words: every answer, and who gives it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import translation

from contracts import toml_tables
from contracts.toml_tables import Setting, settings
from contracts.valuation import AgeOperator
from tests.contracts.test_value_tables import SHIPPED
from tests.contracts.valuing import TERMS, bonus


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def told(terms=TERMS, bonuses=(), as_published=()):
    return {
        each.setting: str(each.answer)
        for each in toml_tables.described(terms, bonuses, as_published)
    }


def test_every_question_is_put_and_answered():
    assert set(settings.QUESTIONS) == set(settings.ANSWERS) == set(Setting)

    answered = told(bonuses=[bonus(age=55)])
    assert set(answered) == set(Setting)
    assert answered[Setting.HOURS_ABOVE_NORM] == "No: at most a full-time week counts."


def test_every_answer_has_its_words():
    for setting in settings.ANSWERS.keys() - settings.OF_BONUSES.keys() - {"look_back_always"}:
        kind = type(getattr(TERMS, setting))
        assert set(settings.ANSWERS[setting]) == set(kind)
        for answer in kind:
            words = settings.ANSWERS[setting][answer]
            assert told(replace(TERMS, **{setting: answer}))[setting] == words


def test_a_table_without_bonuses_answers_nothing_about_them():
    assert told().keys() & settings.OF_BONUSES.keys() == set()


@pytest.mark.parametrize(
    ("bonuses", "given", "count", "age"),
    [
        ([bonus()], "prorata", "all", None),
        ([bonus(prorata=False)], "whole", "all", None),
        ([bonus(), bonus(prorata=False)], "differs", "all", None),
        ([bonus(age=50, highest_of="age"), bonus(age=55)], "prorata", "highest", ">="),
        ([bonus(age=50, age_operator=AgeOperator.OLDER)], "prorata", "all", ">"),
        (
            [bonus(age=50, age_operator=AgeOperator.OLDER), bonus(age=55)],
            "prorata",
            "all",
            "differs",
        ),
    ],
)
def test_what_bonuses_do_is_said_over_all_of_them(bonuses, given, count, age):
    answers = told(bonuses=bonuses)

    assert answers[Setting.BONUSES_GIVEN] == settings.ANSWERS[Setting.BONUSES_GIVEN][given]
    assert answers[Setting.BONUSES_COUNT] == settings.ANSWERS[Setting.BONUSES_COUNT][count]
    words = settings.ANSWERS[Setting.AGE_OPERATOR][age] if age else None
    assert answers.get(Setting.AGE_OPERATOR) == words


def test_a_recent_start_is_asked_or_not():
    asked = replace(TERMS, look_back_always=True)

    assert told()[Setting.LOOK_BACK_ALWAYS] == "No."
    assert told(asked)[Setting.LOOK_BACK_ALWAYS] == "Yes, as for everybody else."


def test_what_the_publisher_says_is_told_apart_from_our_default():
    found = toml_tables.described(TERMS, (), ["rounding"])

    assert [each.setting for each in found if each.is_published] == [Setting.ROUNDING]


def test_the_defaults_are_those_of_the_open_questions():
    """Only what a publisher says may differ from the default of this portal."""
    usual = told(replace(TERMS, norm_hours=Decimal(36)))
    for table in SHIPPED.tables:
        of_table = [row.bonus for row in table.bonuses]
        for each in toml_tables.described(table.terms, of_table, table.as_published):
            if each.setting not in settings.OF_BONUSES:
                assert each.answer == usual[each.setting]
