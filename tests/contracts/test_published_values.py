"""The tables that are shipped say what the pages of their publishers say."""

import datetime as dt

import pytest

from contracts.toml_tables import RowKind, Staff, Status
from tests.contracts.test_value_tables import SHIPPED


def table(name):
    code, _, version = name.partition(" ")
    return next(
        each for each in SHIPPED.tables if (each.code, each.terms.version) == (code, version)
    )


def values(name):
    return {
        row.block.code: row.block.value_eur
        for row in table(name).rows
        if row.kind is RowKind.PLACEMENT
    }


def caps(name):
    """The months that count at most, row by row; none where there is no limit."""
    rows = [row.block for row in table(name).rows if row.kind is RowKind.PLACEMENT]
    return {
        block.code: "always" if block.counts_always else block.counts_max_months for block in rows
    }


PUBLISHED = {
    "utrecht 1": {
        "participation-act-short": 30_000,
        "participation-act-long": 40_000,
        "register": 35_000,
        "unemployment-short": 15_000,
        "unemployment-long": 20_000,
        "disability": 30_000,
    },
    "utrecht 2": {
        "participation-act-short": 30_000,
        "participation-act-long": 40_000,
        "register": 35_000,
        "unemployment-short": 15_000,
        "unemployment-long": 20_000,
        "disability": 30_000,
        "no-benefit": 10_000,
        "dual-track": 15_000,
        "school-track": 10_000,
    },
    "utrecht 3": {
        "participation-act": 40_000,
        "register": 50_000,
        "special-school": 35_000,
        "disability": 40_000,
        "unemployment": 20_000,
        "dual-track": 35_000,
        "school-track": 20_000,
        "no-benefit": 10_000,
    },
    "den-haag 2023-07": {
        "participation-act": 40_000,
        "participation-act-subsidy": 40_000,
        "jobs-agreement": 50_000,
        "young-disabled": 50_000,
        "sheltered-work": 50_000,
        "disability": 30_000,
        "unemployment": 20_000,
        "no-benefit": 5_000,
        "early-leaver": 10_000,
        "dual-track-2": 25_000,
        "dual-track-3": 15_000,
        "school-track": 5_000,
        "special-school": 7_500,
        "special-school-hired": 0,
    },
    "oost-nederland concept": {
        "participation-act-short": 30_000,
        "participation-act-long": 40_000,
        "jobs-agreement": 40_000,
        "unemployment-short": 10_000,
        "unemployment-long": 15_000,
        "disability": 40_000,
        "young-disabled": 40_000,
        "sheltered-work": 40_000,
        "no-benefit": 10_000,
        "dual-track-2": 20_000,
        "work-experience": 750,
    },
    "leiden 2023-09": {
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
    },
    "rijnvicus 1": {
        "participation-act-short": 25_000,
        "participation-act-long": 30_000,
        "participation-act-limited": 50_000,
        "unemployment": 10_000,
        "disability": 20_000,
        "young-disabled": 25_000,
        "sheltered-work": 50_000,
        "no-benefit": 5_000,
        "no-benefit-limited": 10_000,
        "dual-track": 25_000,
        "school-track": 5_000,
        "special-school": 25_000,
    },
    "harlingen 1": {
        "participation-act-short": 35_000,
        "participation-act-long": 40_000,
        "jobs-agreement": 40_000,
        "unemployment-short": 15_000,
        "unemployment-long": 20_000,
        "disability": 35_000,
        "young-disabled": 40_000,
        "dual-track-new": 15_000,
        "dual-track-existing": 10_000,
        "school-track-2": 5_000,
        "school-track-3": 2_500,
        "work-experience": 7_500,
    },
    "hilversum 1": {
        "participation-act-short": 30_000,
        "participation-act-long": 40_000,
        "unemployment-short": 10_000,
        "unemployment-long": 15_000,
        "disability": 30_000,
        "young-disabled": 35_000,
        "dual-track": 10_000,
        "school-track": 5_000,
    },
}
BONUSES = {
    "utrecht 1": {},
    "utrecht 2": {"from-50": 5_000, "permanent-contract": 10_000},
    "utrecht 3": {
        "older-than-50": 10_000,
        "status-holder-or-language": 10_000,
        "permanent-contract": 10_000,
    },
    "den-haag 2023-07": {
        "from-55": 10_000,
        "after-internship": 25_000,
        "hired-with-limitation": 10_000,
    },
    "oost-nederland concept": {},
    "leiden 2023-09": {"from-55": 15_000, "after-internship": 10_000},
    "rijnvicus 1": {"from-55": 10_000},
    "harlingen 1": {"from-50": 5_000, "from-55": 7_500},
    "hilversum 1": {"from-55": 5_000},
}
NORMS = {  # the hours of a full-time week, and whether they are assumed
    "utrecht 1": (40, False),
    "utrecht 2": (36, False),
    "utrecht 3": (36, False),
    "den-haag 2023-07": (36, False),
    "oost-nederland concept": (36, True),
    "leiden 2023-09": (36, True),
    "rijnvicus 1": (36, True),
    "harlingen 1": (36, False),
    "hilversum 1": (36, True),
}


def test_all_tables_are_shipped():
    names = {f"{each.code} {each.terms.version}" for each in SHIPPED.tables}

    assert names == set(PUBLISHED) == set(BONUSES) == set(NORMS)


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_table_has_the_values_of_its_page(name):
    assert values(name) == PUBLISHED[name]
    bonuses = {row.bonus.code: row.bonus.value_eur for row in table(name).bonuses}
    assert bonuses == BONUSES[name]
    assert table(name).terms.norm == NORMS[name]


def test_tables_are_valid_from_the_day_of_their_page():
    days = {f"{each.code} {each.terms.version}": each.terms.valid_from for each in SHIPPED.tables}

    assert {name: day for name, day in days.items() if day} == {
        "den-haag 2023-07": dt.date(2023, 7, 1),
        "leiden 2023-09": dt.date(2023, 9, 1),
    }


def test_a_table_that_is_known_in_part_is_a_draft():
    drafts = [each.code for each in SHIPPED.tables if each.status is Status.DRAFT]

    assert drafts == ["oost-nederland"]


def test_no_row_has_a_cap_that_nobody_published():
    of_row = {"den-haag 2023-07", "oost-nederland concept"}
    for name in PUBLISHED.keys() - of_row:
        assert set(caps(name).values()) == {None}

    assert caps("den-haag 2023-07") == {
        "participation-act": 24,
        "participation-act-subsidy": "always",
        "jobs-agreement": "always",
        "young-disabled": "always",
        "sheltered-work": "always",
        "disability": 24,
        "unemployment": None,
        "no-benefit": None,
        "early-leaver": None,
        "dual-track-2": 24,
        "dual-track-3": 36,
        "school-track": None,
        "special-school": 24,
        "special-school-hired": 24,
    }
    assert table("den-haag 2023-07").terms.counts_max_months == 12
    assert caps("oost-nederland concept") == {
        "participation-act-short": 24,
        "participation-act-long": 24,
        "jobs-agreement": "always",
        "unemployment-short": 12,
        "unemployment-long": 12,
        "disability": "always",
        "young-disabled": "always",
        "sheltered-work": "always",
        "no-benefit": 12,
        "dual-track-2": None,
        "work-experience": None,
    }


def test_what_only_one_publisher_asks_stands_in_its_table():
    rows = {row.block.code: row for row in table("harlingen 1").rows}
    placed = [row.block for row in rows.values() if row.kind is RowKind.PLACEMENT]

    assert {block.minimum_hours_per_week for block in placed} == {12}
    assert {block.code for block in placed if block.same_employer_months == 6} == {
        "unemployment-short",
        "unemployment-long",
    }
    assert rows["dual-track-new"].staff is Staff.NEW
    assert rows["dual-track-existing"].staff is Staff.EXISTING
    assert rows["unemployment-short"].block.benefit_from_months == 3
    asked = {row.block.look_back_months for row in table("den-haag 2023-07").rows}
    assert asked == {12, None}
