"""Which offers fit each other: pure facts and reasons (N14)."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from network.matching import Fit, Reason, Wish, best, fit

PLACE = Wish(
    kind="place",
    region="NL32B",
    starts_on=dt.date(2026, 4, 1),
    category=7,
    form="work",
    hours_per_week=Decimal(24),
)
ASKS = replace(PLACE, kind="candidate", region="NL32")


def test_all_that_two_have_in_common_is_said():
    assert fit(PLACE, ASKS) == Fit(
        10, (Reason.PROVINCE, Reason.CATEGORY, Reason.FORM, Reason.HOURS, Reason.DATES)
    )


@pytest.mark.parametrize("kind", ["place"])
def test_two_places_complete_nothing(kind):
    assert fit(PLACE, replace(PLACE, kind=kind)) is None


@pytest.mark.parametrize(
    ("other", "reasons"),
    [
        ({"kind": "path", "region": "NL32B"}, {Reason.REGION}),
        ({"region": "NL41"}, set()),
        ({"category": None}, set()),
        ({"form": "trial"}, set()),
        ({"hours_per_week": Decimal(33)}, set()),
        ({"hours_per_week": None}, set()),
        ({"ends_on": dt.date(2026, 3, 1)}, set()),
    ],
)
def test_each_reason_counts_by_itself(other, reasons):
    found = fit(PLACE, replace(ASKS, **other))
    missing = {
        "region": Reason.PROVINCE,
        "category": Reason.CATEGORY,
        "form": Reason.FORM,
        "hours_per_week": Reason.HOURS,
        "ends_on": Reason.DATES,
    }
    every = {Reason.PROVINCE, Reason.CATEGORY, Reason.FORM, Reason.HOURS, Reason.DATES}
    assert (
        set(found.reasons) == every - {missing[name] for name in other if name in missing} | reasons
    )


def test_the_best_come_first_and_what_has_nothing_in_common_stays_out():
    far = replace(ASKS, region="NL41", category=None)
    near = replace(ASKS, category=None)
    others = [("far", far), ("near", near), ("best", ASKS), ("place", PLACE)]
    assert [name for name, _fit in best(PLACE, others, 5)] == ["best", "near"]
    assert [name for name, _fit in best(PLACE, others, 1)] == ["best"]
