"""Worked cases from the command line: what counts, why, and what is wrong with the file."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from contracts import worked_cases as cases
from contracts.models import Block, ValueTable
from contracts.toml_tables import Setting
from tests.contracts import worked_cases

HEADER = "id,table,row,starts_on,ends_on,hours_per_week,expected_eur"
GOOD = "D01,utrecht 2,participation-act-long,2025-01-01,2025-06-30,36,20000.00"


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def value(tmp_path):
    """Value the lines of a file, and give what is said and the status."""

    def run(*lines, encoding="utf-8"):
        path = tmp_path / "cases.csv"
        path.write_text("\n".join(lines), encoding=encoding)
        said = StringIO()
        try:
            call_command("value_cases", path, stdout=said)
        except SystemExit as end:
            return said.getvalue().replace("\N{NO-BREAK SPACE}", " "), end.code
        return said.getvalue().replace("\N{NO-BREAK SPACE}", " "), 0

    return run


def test_a_case_says_id_expected_got_and_why(value):
    said, status = value(HEADER, GOOD)

    assert status == 0
    assert said.startswith("D01: expected €20,000.00, got €20,000.00. The same.\n    Table: ")
    assert "    Row: Participation Act, 2 years or longer." in said
    assert said.endswith("Cases: 1. Differing: 0.\n")


def test_a_case_that_differs_ends_with_status_1(value):
    said, status = value(HEADER, GOOD, GOOD.replace("D01", "X1").replace("20000.00", "19999.99"))

    assert status == 1
    assert "X1: expected €19,999.99, got €20,000.00. This differs." in said
    assert said.endswith("Cases: 2. Differing: X1.\n")


def test_a_file_of_a_dutch_program_is_read(value):
    lines = [line.replace(",", ";").replace(".00", ",00") for line in (HEADER, GOOD)]

    assert value(*lines, encoding="utf-8-sig")[1] == 0


def test_all_worked_cases_agree():
    said = StringIO()

    call_command("value_cases", worked_cases.FILE, stdout=said)

    assert f"{len(worked_cases.read())}" in said.getvalue().splitlines()[-1]


@pytest.mark.django_db
def test_a_table_of_the_database_is_found(value, table):
    row = Block.objects.filter(table=table, unit="full_time_year").first()
    line = f"X1,{table.code} {table.version},{row.code},2025-01-01,2025-12-31,36,{row.value_eur}"

    assert value(HEADER, line)[1] == 0
    ValueTable.objects.update(version="other")
    with pytest.raises(CommandError, match="is not a table that is known here"):
        value(HEADER, line)


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (["id,colour"], "columns: “colour” is not a known column"),
        (["id,table"], "columns: expected_eur is missing"),
        ([""], "columns: id is missing"),
        ([HEADER], "file: it must hold from 1 to 10,000 cases"),
        ([HEADER, "D01"], "row 2 (D01): this row has not as many cells as there are columns"),
        ([HEADER, GOOD + ",extra"], "row 2 (D01): this row has not as many cells"),
        ([HEADER, GOOD.removeprefix("D01")], "row 2: id is missing"),
        ([HEADER, GOOD.replace("2025-06-30", "30 June")], "write it as 2025-01-31"),
        ([HEADER, GOOD.replace("20000.00", "much")], "expected_eur is “much”; write it as 1234.56"),
        ([HEADER, GOOD.replace("20000.00", "nan")], "expected_eur is “nan”"),
        ([HEADER, GOOD.replace(",36,", ",full,")], "write it as 36; 24 from 2025-07-01"),
        ([HEADER, GOOD.replace(",36,", ",36; 24,")], "write it as 36; 24 from 2025-07-01"),
        ([HEADER, GOOD.replace("participation-act-long", "x")], "“x” is not a row of the table"),
        ([f"{HEADER},settings", GOOD + ",row_cap=none"], "row_cap=lowest bonuses_given=whole"),
        ([f"{HEADER},settings", GOOD + ",bonuses_given=differs"], "settings is “bonuses_given=d"),
        ([f"{HEADER},settings", GOOD + ",colour=red"], "settings is “colour=red”"),
        ([f"{HEADER},age", GOOD + ",old"], "age is “old”; write it as 12"),
    ],
)
def test_what_is_wrong_is_said_with_its_row(value, lines, problem):
    with pytest.raises(CommandError) as refused:
        value(*lines)
    assert problem in str(refused.value)


def test_everything_that_is_wrong_is_said_at_once(value):
    with pytest.raises(CommandError) as refused:
        value(HEADER, GOOD.replace("2025-01-01", "x").replace("20000.00", "y"), ",,,,,,")

    assert len(str(refused.value).splitlines()) == 2 + 6


def test_a_file_that_cannot_be_read_is_refused(value, tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("value_cases", tmp_path / "none.csv")
    with pytest.raises(CommandError, match="not in UTF-8"):
        value(HEADER, GOOD.replace("D01", "é"), encoding="latin-1")


@pytest.mark.parametrize("setting", Setting)
def test_every_setting_can_have_another_answer(setting):
    """One of the worked cases shows what each makes of the amount."""
    text = worked_cases.FILE.read_text(encoding="utf-8")
    answered = {Setting.NORM_OVER}  # about other contracts, which a case does not have

    assert setting in answered or f"{setting}=" in text


def test_hours_change_on_their_dates():
    day = dt.date(2025, 7, 1)
    periods = cases.read(
        f"{HEADER}\n{GOOD.replace(',36,', ',36; 24 from 2025-07-01,')}",
        worked_cases.tables().get,
    )[0].got.inputs.work.periods

    assert [(each.starts_on, each.ends_on) for each in periods] == [
        (dt.date(2025, 1, 1), day - dt.timedelta(days=1)),
        (day, dt.date(2025, 6, 30)),
    ]
