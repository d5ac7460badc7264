"""A table with a mistake is refused, with the row and the reason."""

import pytest

from contracts import toml_tables
from contracts.toml_tables import TableError
from tests.contracts.test_value_tables import (
    EVERY_FIELD,
    SHIPPED,
    _english,  # noqa: F401 - a fixture of every test here
    problems,
)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('code = "voorbeeld"\n', "", "table: code is missing"),
        ('publisher = "Gemeente Voorbeeld"', "publisher = 7", "table: publisher must be a text"),
        ("valid_from = 2024-07-01", 'valid_from = "2024"', "table: valid_from must be a day"),
        ("norm_hours = 37.5", "norm_hours = 61", "table: norm_hours must be from 0 to 60"),
        ("norm_hours = 37.5", "norm_hours = nan", "table: norm_hours must be from 0 to 60"),
        (
            'part_months = "year_days"',
            'part_months = "weeks"',
            "table: part_months is “weeks”; it may be: calendar, year_days",
        ),
        (
            "counts_max_months = 24",
            "counts_max_months = -1",
            "rows 1 (assistance-2): counts_max_months must be from 0 to 600",
        ),
        (
            "counts_max_months = 24",
            "counts_max_months = true",
            "rows 1 (assistance-2): counts_max_months must be a whole number",
        ),
        (
            "counts_max_months = 24",
            "counts_max_months = 24\ncounts_always = true",
            "rows 1 (assistance-2): it counts always, or for a number of months: not both",
        ),
        (
            "value_eur = 40000.50",
            "value_eur = 40000.505",
            "rows 1 (assistance-2): value_eur has more than two decimals",
        ),
        (
            "value_eur = 40000.50",
            "",
            "rows 1 (assistance-2): full_time_year needs a value",
        ),
        (
            "recognition_pct = 50",
            "value_eur = 50",
            "rows 3 (purchase): invoice_share has no value of its own",
        ),
        (
            'unit = "full_time_year"\n',
            "",
            "rows 1 (assistance-2): unit is missing",
        ),
        (
            "prorata_hours = false",
            'prorata_hours = "no"',
            "rows 1 (assistance-2): prorata_hours must be true or false",
        ),
        (
            "benefit_until_months = 60",
            "benefit_until_months = 24",
            "rows 1 (assistance-2): the bracket of the benefit ends before it begins",
        ),
        (
            'target_group = "participation-act"',
            'target_group = "strangers"',
            "rows 1 (assistance-2): “strangers” is not a known target group",
        ),
        (
            'kind = "activity"',
            'kind = "activity"\ntarget_group = "athlete"',
            "rows 2 (activity): only a placement has a target group",
        ),
        (
            'privacy = "art9"',
            'privacy = "ordinary"',
            "rows 1 (assistance-2): the privacy class is milder than that of the target group",
        ),
        (
            'limit = "learning"',
            'limit = "sport"',
            "rows 1 (assistance-2): “sport” is not a limit of this table",
        ),
        (
            '["assistance-decision"]',
            '["passport"]',
            "rows 1 (assistance-2): “passport” is not a known kind of evidence",
        ),
        (
            '["assistance-decision"]',
            "[1]",
            "rows 1 (assistance-2): evidence must be a list of texts",
        ),
        (
            'code = "activity"',
            'code = "purchase"',
            "rows 3 (purchase): this code stands there twice",
        ),
        ("look_back_months", "lookback", "rows 1 (assistance-2): lookback is not a known field"),
        ("value_eur = 5000", "value_eur = 0", "bonuses 1 (age): a bonus needs a value"),
        ('code = "voorbeeld"', 'code = "een voorbeeld"', "table: code “een voorbeeld” may hold"),
        ('code = "age"', f'code = "{"a" * 61}"', f"bonuses 1 ({'a' * 61}): code has more than 60"),
        ('nl = "Activiteit"', 'nl = "\\u0007"', "rows 2 (activity): nl holds a character that"),
        ('nl = "Activiteit"', 'nl = "\\uffff"', "rows 2 (activity): nl holds a character that"),
        ('["seen"]', '["seen it"]', "bonuses 1 (age): conditions “seen it” may hold letters"),
        ('status = "draft"', 'status = "open"', "table: status is “open”; it may be: published"),
        ('["rounding",', '["colour",', "table: as_published: “colour” is not a setting"),
        ('row_cap = "lowest"', 'row_cap = "both"', "table: row_cap is “both”; it may be: row"),
        (
            'rows = ["assistance-2"]',
            'rows = ["other"]',
            "bonuses 1 (age): “other” is not a row of this table",
        ),
        ("[[limits]]", "[[extra]]", "extra: this is not a known part of the file"),
    ],
)
def test_a_mistake_is_refused_with_its_row_and_the_reason(old, new, problem):
    assert old in EVERY_FIELD

    assert any(said.startswith(problem) for said in problems(EVERY_FIELD.replace(old, new, 1)))


def test_all_mistakes_are_said_at_once():
    text = EVERY_FIELD.replace("value_eur = 5000", "value_eur = -1").replace(
        "pct = 50", "pct = 500"
    )

    assert problems(text) == [
        "limits 1 (learning): pct must be from 0 to 100",
        "limits 1 (learning): a limit needs a percentage",
        "rows 3 (purchase): recognition_pct must be from 0 to 100",
        "bonuses 1 (age): value_eur must be from 0 to 10000000",
        "bonuses 1 (age): a bonus needs a value",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("not toml", "file: "),
        ("deep = " + "[" * 100_000, "file: "),
        ("rows = 3", "rows: this must be a list of rows, at most 500"),
        ("rows = [3]", "rows 1: this is not a row with fields"),
        ("rows = [" + "{}," * 501 + "]", "rows: this must be a list of rows, at most 500"),
        ("table = 3", "table: this is not a row with fields"),
        ("", "table: the table has no rows"),
    ],
)
def test_what_is_no_table_is_refused(text, problem):
    assert any(said.startswith(problem) for said in problems(text))


@pytest.mark.parametrize("privacy", ["art9", "art10"])
def test_a_file_is_never_allowed_for_health_or_offences(privacy):
    text = f"""
        [[kinds]]
        code = "x"
        nl = "a"
        en = "b"
        issuer_nl = "c"
        issuer_en = "d"
        privacy = "{privacy}"
        file_allowed = true
    """

    with pytest.raises(TableError, match=r"kinds 1 \(x\): a file about health or offences"):
        toml_tables.read_evidence_kinds(text)


def test_only_evidence_without_a_person_may_be_a_file():
    allowed = {kind.code for kind in SHIPPED.evidence_kinds if kind.file_allowed}

    assert allowed == {
        "activity-programme",
        "cost-statement",
        "hours-statement",
        "invoice",
        "pso-certificate",
        "receiver-confirmation",
        "social-code-entry",
    }


def test_a_group_names_known_evidence():
    text = '[[groups]]\ncode = "x"\nnl = "a"\nen = "b"\nprivacy = "ordinary"\nevidence = ["y"]'

    with pytest.raises(TableError, match="“y” is not a known kind of evidence"):
        toml_tables.read_target_groups(text, {"z"})


def test_a_group_without_privacy_class_is_refused():
    with pytest.raises(TableError, match="privacy is missing"):
        toml_tables.read_target_groups('[[groups]]\ncode = "x"\nnl = "a"\nen = "b"', {"z"})


def test_a_folder_with_a_mistake_is_refused(tmp_path):
    for path in toml_tables.FOLDER.glob("*.toml"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "zuid.toml").write_text("[table]", encoding="utf-8")

    with pytest.raises(TableError, match=r"zuid\.toml, table: publisher is missing"):
        toml_tables.shipped(tmp_path)
