"""The estimate of a social value: exact, explained, never more than it began with."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.social_value import Estimate, Worth, estimate, total

SHARES = st.decimals(0, 100, places=2)
WORTHS = st.builds(
    Worth,
    outcome=st.just("person"),
    value_eur=st.decimals(0, 100_000, places=2),
    deadweight_pct=SHARES,
    attribution_pct=SHARES,
    displacement_pct=SHARES,
)
NUMBERS = st.decimals(0, 100_000, places=1)


def test_each_step_takes_its_part_of_what_is_left():
    worth = Worth("person", Decimal("1000.00"), Decimal(50), Decimal(20), Decimal(10))
    assert estimate(Decimal(3), worth) == Estimate(
        "person",
        Decimal(3),
        gross_eur=Decimal("3000.00"),
        deadweight_eur=Decimal("1500.00"),
        attribution_eur=Decimal("300.00"),
        displacement_eur=Decimal("120.00"),
        net_eur=Decimal("1080.00"),
    )


@given(NUMBERS, WORTHS)
def test_the_steps_of_an_estimate_sum_to_the_cent(quantity, worth):
    made = estimate(quantity, worth)
    off = (made.deadweight_eur, made.attribution_eur, made.displacement_eur)
    assert made.gross_eur - sum(off) == made.net_eur
    assert min(*off, made.net_eur) >= 0
    assert total([made, made]) == 2 * made.net_eur


@given(NUMBERS, WORTHS)
def test_more_taken_off_never_leaves_more(quantity, worth):
    whole = Worth(worth.outcome, worth.value_eur)
    assert estimate(quantity, worth).net_eur <= estimate(quantity, whole).net_eur
    assert estimate(quantity, whole).net_eur == estimate(quantity, whole).gross_eur


@pytest.mark.parametrize(
    ("quantity", "worth"),
    [
        (Decimal(-1), Worth("person", Decimal(1))),
        (Decimal(1), Worth("person", Decimal(-1))),
        (Decimal(1), Worth("person", Decimal(1), Decimal(101))),
    ],
)
def test_what_cannot_be_is_refused(quantity, worth):
    with pytest.raises(ValueError, match="below zero"):
        estimate(quantity, worth)
