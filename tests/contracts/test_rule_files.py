"""Obligation rules as files: read, and refused with the row and the reason."""

from decimal import Decimal

import pytest

from contracts import obligation_rules
from contracts.obligation_rules import CertificateEffect, Line, Rule, read_rule
from contracts.toml_tables import TableError

LEAST = """
[rule]
code = "hier"
version = "1"
publisher = "Gemeente Hier"
name = "Regel"
source = "https://example.org"
[[lines]]
base = "contract_value"
"""


def test_a_file_needs_little():
    read = read_rule(LEAST)
    assert read.rule == Rule((Line("contract_value"),))
    assert (read.valid_from, read.clocks.plan_days, read.choices.carries_over) == (None, 42, False)


def test_a_file_says_everything():
    said = LEAST.replace(
        "[[lines]]",
        """valid_from = 2026-01-01
threshold_base = "wage_sum"
threshold_operator = ">="
minimum_months = 3
floor_eur = 100
cap_eur = 200
contact_days = 1
plan_days = 2
report_months = 6
report_days = 4
review_days = 5
counts_unchecked = true
accepts_unlinked = true
carries_over = true
[[lines]]""",
    )
    said += """percentage = 2.5
natures = ["works"]
threshold_eur = 300
labour_share_from_pct = 10
labour_share_below_pct = 30
[[certificates]]
kind = "pso-1"
discount_pct = 10
whole_term = false
"""
    read = read_rule(said)
    line = read.rule.lines[0]
    assert (line.percentage, line.natures) == (Decimal("2.5"), {"works"})
    assert read.rule.certificates == (CertificateEffect("pso-1", Decimal(10), whole_term=False),)
    assert (read.rule.is_from, read.rule.cap_eur, read.clocks.report_months) == (True, 200, 6)
    assert read.choices == obligation_rules.Choices(
        counts_unchecked=True, accepts_unlinked=True, carries_over=True
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (LEAST.split("[[lines]]", maxsplit=1)[0], "rule: a rule has at least one line"),
        (LEAST + 'natures = ["gifts"]', "“gifts” is not works, services or supplies"),
        (LEAST + "percentage = 5.125", "percentage has more than two decimals"),
        (LEAST + "percentage = 101", "percentage must be from 0 to 100"),
        (
            LEAST + "labour_share_from_pct = 30\nlabour_share_below_pct = 30",
            "the upper share of labour lies above the lower one",
        ),
        (LEAST.replace("[[", 'threshold_base = "hours"\n[['), "a contract value or a wage sum"),
        (
            LEAST.replace("[[", "floor_eur = 2\ncap_eur = 1\n[["),
            "the most that can be owed lies below the least",
        ),
    ],
)
@pytest.mark.usefixtures("in_english")
def test_a_file_with_a_mistake_is_refused(wrong, said):
    with pytest.raises(TableError, match=said):
        read_rule(wrong)


@pytest.mark.usefixtures("in_english")
def test_a_mistake_names_its_file(tmp_path):
    (tmp_path / "hier.toml").write_text(LEAST + "colour = 1", encoding="utf-8")
    with pytest.raises(TableError, match=r"hier\.toml, lines 1: colour is not a known field"):
        obligation_rules.shipped_rules(tmp_path)
