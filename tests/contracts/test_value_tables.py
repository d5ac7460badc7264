"""Tables in TOML: those that are shipped, and what is refused with row and reason."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from contracts import toml_tables, valuation
from contracts.toml_tables import Privacy, Setting, Staff, Status, TableError
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
rounding = "down"
bonuses_count = "highest"
hours_above_norm = "counted"
norm_over = "contract"
counts_max_months = 36
row_cap = "lowest"
cap_starts = "employment"
look_back_always = true
bracket_edge = "shorter"
bracket_change = "split"
status = "draft"
as_published = ["rounding", "part_months", "rounding"]

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
cap_is_exception = true
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


def test_every_group_and_row_says_what_shows_it():
    assert all(group.evidence_kinds for group in SHIPPED.target_groups)
    assert all(row.evidence_kinds for each in SHIPPED.tables for row in each.rows)


def test_every_kind_of_evidence_is_asked_for_somewhere():
    rows = {kind for each in SHIPPED.tables for row in each.rows for kind in row.evidence_kinds}
    groups = {kind for group in SHIPPED.target_groups for kind in group.evidence_kinds}
    without = {kind.code for kind in SHIPPED.evidence_kinds} - rows - groups

    assert without == {"age-seen", "language-declaration", "social-code-entry"}


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
        hours_above_norm=valuation.HoursAboveNorm.COUNTED,
        norm_over=valuation.NormOver.CONTRACT,
        rounding=valuation.Rounding.DOWN,
        counts_max_months=36,
        row_cap=valuation.RowCap.LOWEST,
        cap_starts=valuation.CapStarts.EMPLOYMENT,
        look_back_always=True,
        bracket_edge=valuation.BracketEdge.SHORTER,
        bracket_change=valuation.BracketChange.SPLIT,
    )
    assert found.status is Status.DRAFT
    assert found.as_published == {Setting.PART_MONTHS, Setting.ROUNDING}
    assert (found.code, found.source) == ("voorbeeld", "https://example.org/bouwblokken")
    assert first.block == valuation.Block(
        code="assistance-2",
        unit=valuation.Unit.FULL_TIME_YEAR,
        value_eur=Decimal("40000.50"),
        label_nl="Bijstand, 2 jaar of langer",
        label_en="Assistance, 2 years or longer",
        counts_max_months=24,
        cap_is_exception=True,
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
