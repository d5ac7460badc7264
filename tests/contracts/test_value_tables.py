"""Tables in TOML: those that are shipped, and what is refused with row and reason."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from contracts import toml_tables, valuation
from contracts.toml_tables import Privacy, RowKind, Staff, TableError
from contracts.valuation import codec

SHIPPED = toml_tables.shipped()
EVERY_FIELD = """
[table]
code = "voorbeeld"
version = "2"
publisher = "Gemeente Voorbeeld"
name = "Bouwblokken"
source = "https://example.org/bouwblokken"
valid_from = 2024-07-01
norm_hours = 37.5
part_months = "year_days"
cap_counts = "hours"
rounding = "half_up"
bonuses_count = "highest"

[[limits]]
code = "learning"
nl = "Leren"
en = "Learning"
pct = 50

[[rows]]
code = "assistance-2"
target_group = "participation-act"
nl = "Bijstand, 2 jaar of langer"
en = "Assistance, 2 years or longer"
unit = "full_time_year"
value_eur = 40000.50
counts_max_months = 24
minimum_hours_per_week = 12
prorata_hours = false
look_back_months = 12
same_employer_months = 6
benefit_from_months = 24
benefit_until_months = 60
staff = "new"
privacy = "art9"
limit = "learning"
evidence = ["assistance-decision"]

[[rows]]
code = "activity"
kind = "activity"
nl = "Activiteit"
en = "Activity"
unit = "hour"
value_eur = 100
daily_max_eur = 800

[[rows]]
code = "purchase"
kind = "purchase"
nl = "Inkoop"
en = "Purchase"
unit = "invoice_share"
recognition_pct = 50

[[bonuses]]
code = "age"
nl = "50 of ouder"
en = "50 or over"
value_eur = 5000
conditions = ["seen"]
age = 50
age_operator = ">="
after_internship_months = 6
prorata = false
rows = ["assistance-2"]
"""


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def read(text):
    reader = toml_tables.TableReader(SHIPPED.target_groups, SHIPPED.evidence_kinds)
    return reader.read(text)


def problems(text):
    with pytest.raises(TableError) as refused:
        read(text)
    return [str(problem) for problem in refused.value.problems]


def table(code):
    return next(each for each in SHIPPED.tables if each.code == code)


def values(code):
    return {
        row.block.code: row.block.value_eur
        for row in table(code).rows
        if row.kind is RowKind.PLACEMENT
    }


def test_utrecht_has_the_values_of_its_page():
    assert values("utrecht") == {
        "participation-act": 40_000,
        "register": 50_000,
        "special-school": 35_000,
        "disability": 40_000,
        "unemployment": 20_000,
        "dual-track": 35_000,
        "school-track": 20_000,
        "no-benefit": 10_000,
    }
    assert {bonus.bonus.code: bonus.bonus.value_eur for bonus in table("utrecht").bonuses} == {
        "older-than-50": 10_000,
        "status-holder-or-language": 10_000,
        "permanent-contract": 10_000,
    }
    terms = table("utrecht").terms
    assert (terms.norm, terms.valid_from) == ((Decimal(36), False), None)


def test_leiden_has_the_values_of_its_page():
    assert values("leiden") == {
        "no-benefit": 5_000,
        "no-benefit-limited": 10_000,
        "school-track": 10_000,
        "dual-track": 25_000,
        "special-school": 25_000,
        "unemployment": 15_000,
        "disability": 40_000,
        "young-disabled": 25_000,
        "participation-act": 30_000,
        "participation-act-limited": 50_000,
        "sheltered-work": 50_000,
    }
    assert {bonus.bonus.code: bonus.bonus.value_eur for bonus in table("leiden").bonuses} == {
        "from-55": 15_000,
        "after-internship": 10_000,
    }
    terms = table("leiden").terms
    assert (terms.norm, terms.valid_from) == ((Decimal(36), True), dt.date(2023, 9, 1))


def test_no_shipped_row_has_a_cap_that_nobody_published():
    caps = {row.block.counts_max_months for each in SHIPPED.tables for row in each.rows}

    assert caps == {None}


def test_every_group_and_row_says_what_shows_it():
    assert all(group.evidence_kinds for group in SHIPPED.target_groups)
    assert all(row.evidence_kinds for each in SHIPPED.tables for row in each.rows)


def test_every_kind_of_evidence_is_asked_for_somewhere():
    rows = {kind for each in SHIPPED.tables for row in each.rows for kind in row.evidence_kinds}
    groups = {kind for group in SHIPPED.target_groups for kind in group.evidence_kinds}
    without = {kind.code for kind in SHIPPED.evidence_kinds} - rows - groups

    assert without == {"age-seen", "language-declaration", "pso-certificate", "social-code-entry"}


def test_a_row_is_as_private_as_its_group():
    privacy = {group.code: group.privacy for group in SHIPPED.target_groups}

    for each in SHIPPED.tables:
        for row in each.rows:
            assert row.privacy == privacy.get(row.target_group, Privacy.ORDINARY)


def test_labels_stand_in_two_languages():
    blocks = [row.block for each in SHIPPED.tables for row in each.rows]

    assert all(block.label_nl != block.label_en for block in blocks)


def test_terms_rows_and_bonuses_survive_storage():
    for each in SHIPPED.tables:
        assert codec.decode(valuation.Terms, codec.encode(each.terms)) == each.terms
        for row in each.rows:
            assert codec.decode(valuation.Block, codec.encode(row.block)) == row.block
        for bonus in each.bonuses:
            assert codec.decode(valuation.Bonus, codec.encode(bonus.bonus)) == bonus.bonus


def test_every_field_of_a_table_is_read():
    found = read(EVERY_FIELD)
    first, activity, purchase = found.rows

    assert found.terms == valuation.Terms(
        publisher="Gemeente Voorbeeld",
        table="Bouwblokken",
        version="2",
        valid_from=dt.date(2024, 7, 1),
        norm_hours=Decimal("37.5"),
        norm_assumed=False,
        part_months=valuation.PartMonths.YEAR_DAYS,
        cap_counts=valuation.CapCounts.HOURS,
    )
    assert (found.code, found.source) == ("voorbeeld", "https://example.org/bouwblokken")
    assert first.block == valuation.Block(
        code="assistance-2",
        unit=valuation.Unit.FULL_TIME_YEAR,
        value_eur=Decimal("40000.50"),
        label_nl="Bijstand, 2 jaar of langer",
        label_en="Assistance, 2 years or longer",
        counts_max_months=24,
        minimum_hours_per_week=Decimal(12),
        prorata_hours=False,
        look_back_months=12,
        same_employer_months=6,
        limit_pct=Decimal(50),
    )
    assert (first.benefit_from_months, first.benefit_until_months) == (24, 60)
    assert (first.staff, first.privacy, first.limit) == (Staff.NEW, Privacy.HEALTH, "learning")
    assert activity.block.daily_max_eur == 800
    assert purchase.block.recognition_pct == 50
    assert found.bonuses == (
        toml_tables.BonusRow(
            valuation.Bonus(
                code="age",
                value_eur=Decimal(5000),
                label_nl="50 of ouder",
                label_en="50 or over",
                conditions=("seen",),
                age=50,
                age_operator=valuation.AgeOperator.FROM,
                after_internship_months=Decimal(6),
                prorata=False,
                highest_of="all",
            ),
            ("assistance-2",),
        ),
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
