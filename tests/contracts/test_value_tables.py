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
        benefit_from_months=24,
        benefit_until_months=60,
        limit_pct=Decimal(50),
    )
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
