"""What a rule proposes and why: the cases of the sources, and properties of any rule."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import obligation_rules
from contracts.models import of_base
from contracts.obligation_rules import (
    Asked,
    CertificateEffect,
    Held,
    Line,
    Reason,
    Rule,
    months_whole,
    propose,
    why,
)
from suppliers.models import CertificateKind

JANUARY = dt.date(2026, 1, 1)
SHIPPED = {read.code: read for read in obligation_rules.shipped_rules()}


def euros(amount):
    return None if amount is None else Decimal(str(amount))


def asked(*, nature="services", value=None, wages=None, months=12, **facts):
    last = {5: (2026, 5, 31), 6: (2026, 6, 30), 12: (2026, 12, 31)}
    ends_on = dt.date(*last[months]) if months else None
    return Asked(
        nature=nature,
        value_eur=euros(value),
        wage_sum_eur=euros(wages),
        awarded_on=facts.pop("awarded_on", dt.date(2025, 12, 1)),
        starts_on=JANUARY if months else None,
        ends_on=ends_on,
        **facts,
    )


def owed(code, contract, base_kind=None):
    """What the line that is proposed, or the one on this base, comes to; None when nothing."""
    proposal = propose(SHIPPED[code].rule, contract)
    lines = [line for line in proposal.lines if base_kind in (None, line.base_kind)]
    if not lines:
        return None
    bases = {"contract_value": contract.value_eur, "wage_sum": contract.wage_sum_eur}
    return of_base(
        bases[lines[0].base_kind],
        lines[0].percentage,
        floor=proposal.floor_eur,
        cap=proposal.cap_eur,
    )


@pytest.mark.parametrize(
    ("code", "contract", "base_kind", "amount"),
    [
        pytest.param("fryslan", {"value": 1_000_000}, None, 20_000, id="D34 two per cent"),
        pytest.param("fryslan", {"value": 20_000_000}, None, 300_000, id="D34 at most 300,000"),
        pytest.param(
            "rijk", {"value": 1_200_000, "wages": 700_000}, None, 35_000, id="D37 of the wage sum"
        ),
        pytest.param(
            "rijk",
            {"value": 1_200_000, "wages": 700_000},
            "contract_value",
            60_000,
            id="D37 of the contract value",
        ),
        pytest.param(
            "rijk",
            {"value": 250_001, "wages": 200_000},
            "contract_value",
            "12500.05",
            id="D38 a euro above",
        ),
        pytest.param(
            "bloemendaal", {"value": 200_000}, None, 10_000, id="from the threshold itself on"
        ),
        pytest.param(
            "bloemendaal",
            {"nature": "supplies", "value": 200_000, "wages": 60_000},
            None,
            10_000,
            id="supplies with enough labour",
        ),
        pytest.param("den-haag", {"value": 215_000}, None, 10_750, id="five per cent"),
        pytest.param(
            "leidschendam-voorburg",
            {"value": 100_000, "wages": 29_999},
            None,
            2_000,
            id="little labour",
        ),
        pytest.param(
            "leidschendam-voorburg",
            {"value": 100_000, "wages": 30_000},
            None,
            5_000,
            id="enough labour",
        ),
        pytest.param(
            "leidschendam-voorburg", {"value": 100_000}, None, 5_000, id="labour is not known"
        ),
        pytest.param("tilburg", {"value": 100_000, "wages": 80_000}, None, 5_000, id="five"),
        pytest.param(
            "tilburg", {"value": 100_000, "wages": 80_000}, "wage_sum", 5_600, id="or seven"
        ),
    ],
)
def test_a_shipped_rule_proposes(code, contract, base_kind, amount):
    assert owed(code, asked(**contract), base_kind) == euros(amount)


@pytest.mark.parametrize(
    ("code", "contract", "reason"),
    [
        ("rijk", {"value": 250_000}, Reason.BELOW_THRESHOLD),  # D38
        ("rijk", {"value": 300_000, "months": 5}, Reason.TOO_SHORT),  # D38
        ("rijk", {"value": 300_000, "months": 0}, Reason.NOT_KNOWN),
        ("rijk", {"value": 300_000, "nature": "supplies"}, Reason.OTHER_NATURE),
        ("rijk", {"value": 300_000, "nature": ""}, Reason.NOT_KNOWN),
        ("rijk", {}, Reason.NOT_KNOWN),
        ("fryslan", {"nature": "works", "value": 249_999}, Reason.BELOW_THRESHOLD),
        ("fryslan", {"value": "99999.99"}, Reason.BELOW_THRESHOLD),
        ("den-haag", {"value": "214999.99"}, Reason.BELOW_THRESHOLD),
        ("oost-nederland", {"value": "199999.99"}, Reason.BELOW_THRESHOLD),
        (
            "bloemendaal",
            {"nature": "supplies", "value": 200_000, "wages": "59999.99"},
            Reason.OTHER_LABOUR_SHARE,
        ),
        ("bloemendaal", {"nature": "supplies", "value": 200_000}, Reason.NOT_KNOWN),
    ],
)
def test_a_shipped_rule_asks_nothing_and_says_why(code, contract, reason):
    proposal = propose(SHIPPED[code].rule, asked(**contract))
    assert (proposal.applies, proposal.reason) == (False, reason)


def test_a_percentage_that_is_not_published_is_left_open():
    proposal = propose(SHIPPED["oost-nederland"].rule, asked(value=200_000))
    assert [(line.base_kind, line.percentage) for line in proposal.lines] == [("turnover", None)]


def test_every_shipped_rule_says_where_it_is_from():
    assert set(SHIPPED) == {
        "bloemendaal",
        "den-haag",
        "fryslan",
        "leidschendam-voorburg",
        "oost-nederland",
        "rijk",
        "tilburg",
    }
    assert all(read.source and read.publisher for read in SHIPPED.values())


@pytest.mark.parametrize(
    ("base", "is_from", "value", "wages", "applies"),
    [
        pytest.param("contract_value", False, 250_000, 250_000, False, id="D38 above"),
        pytest.param("contract_value", True, 250_000, 1, True, id="from, of the value"),
        pytest.param("wage_sum", True, 250_000, 250_000, True, id="D38 from, of the wage sum"),
        pytest.param("wage_sum", True, 900_000, 249_999, False, id="only the wage sum counts"),
        pytest.param("wage_sum", False, 900_000, None, False, id="the wage sum is not known"),
    ],
)
def test_a_threshold_is_above_or_from_of_value_or_wages(base, is_from, value, wages, applies):
    """A1."""
    line = Line("contract_value", Decimal(5), threshold_eur=Decimal(250_000))
    rule = Rule((line,), threshold_base=base, is_from=is_from)
    assert propose(rule, asked(value=value, wages=wages)).applies is applies


def test_the_same_line_is_proposed_once_and_the_first_stays():
    first = Line("contract_value", Decimal(5), threshold_eur=Decimal(1))
    rule = Rule((first, Line("contract_value", Decimal(5)), Line("wage_sum", Decimal(5))))
    assert propose(rule, asked(value=10)).lines == (first, rule.lines[2])


def test_a_rule_without_lines_asks_nothing():
    assert propose(Rule(), asked(value=10)).reason is Reason.OTHER_NATURE


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "months"),
    [
        ("2026-01-01", "2026-06-30", 6),
        ("2026-01-01", "2026-06-29", 5),
        ("2026-01-15", "2026-07-14", 6),
        ("2026-01-15", "2026-07-13", 5),
        ("2026-01-31", "2026-02-27", 1),
        ("2026-01-31", "2026-02-28", 1),
        ("2026-02-28", "2026-03-31", 1),
        ("2024-01-31", "2024-02-28", 1),
        ("2026-01-01", "2026-01-01", 0),
        ("2026-05-01", "2026-01-01", -4),
        ("0001-01-01", "9999-12-31", 119988),
    ],
)
def test_months_of_a_term_are_whole(starts_on, ends_on, months):
    assert months_whole(dt.date.fromisoformat(starts_on), dt.date.fromisoformat(ends_on)) == months


HELD = Held("pso-1", dt.date(2025, 12, 1), dt.date(2026, 12, 31))


@pytest.mark.parametrize(
    ("held", "whole_term", "contract", "percentage"),
    [
        pytest.param(HELD, True, {}, 20, id="valid over the whole term"),
        pytest.param(
            Held("pso-1", HELD.valid_from, dt.date(2026, 12, 30)), True, {}, 0, id="ends too soon"
        ),
        pytest.param(
            Held("pso-1", HELD.valid_from, HELD.valid_from), False, {}, 20, id="valid at the award"
        ),
        pytest.param(
            Held("pso-1", dt.date(2025, 12, 2), HELD.valid_until), False, {}, 0, id="a day too late"
        ),
        pytest.param(
            Held("pso-2", HELD.valid_from, HELD.valid_until), True, {}, 0, id="another kind"
        ),
        pytest.param(HELD, False, {"awarded_on": None}, 0, id="no day of award yet"),
        pytest.param(HELD, True, {"months": 0}, 0, id="no last day yet"),
    ],
)
def test_a_certificate_is_valid_on_the_day_that_counts(held, whole_term, contract, percentage):
    """R-115."""
    effect = CertificateEffect("pso-1", Decimal(20), whole_term=whole_term)
    rule = Rule((Line("contract_value", Decimal(5)),), certificates=(effect,))
    contract = asked(value=100, certificates=(held,), **contract)
    assert propose(rule, contract).discount_pct == percentage


def test_of_several_certificates_the_largest_discount_counts():
    held = tuple(Held(kind, HELD.valid_from, HELD.valid_until) for kind in ("pso-1", "pso-2"))
    effects = tuple(
        CertificateEffect(kind, Decimal(pct)) for kind, pct in (("pso-1", 10), ("pso-2", 30))
    )
    rule = Rule((Line("contract_value", Decimal(5)),), certificates=effects)
    assert propose(rule, asked(value=100, certificates=held)).discount_pct == 30


# Any rule, any contract

PCT = st.none() | st.decimals(0, 100, places=2)
MONEY = st.none() | st.decimals(0, 10**13, places=2)
DAY = st.none() | st.dates()
NATURES = ("works", "services", "supplies")
LINES = st.builds(
    Line,
    base_kind=st.sampled_from(["contract_value", "wage_sum", "turnover", "hours"]),
    percentage=PCT,
    natures=st.frozensets(st.sampled_from(NATURES)),
    threshold_eur=MONEY,
    labour_share_from_pct=PCT,
    labour_share_below_pct=PCT,
)
KINDS = st.sampled_from(list(CertificateKind.values[:3]))
RULES = st.builds(
    Rule,
    lines=st.lists(LINES, max_size=4).map(tuple),
    threshold_base=st.sampled_from(["contract_value", "wage_sum"]),
    is_from=st.booleans(),
    minimum_months=st.none() | st.integers(0, 600),
    floor_eur=MONEY,
    cap_eur=MONEY,
    certificates=st.lists(
        st.builds(
            CertificateEffect, KINDS, st.decimals(0, 100, places=2), whole_term=st.booleans()
        ),
        max_size=3,
    ).map(tuple),
)
CONTRACTS = st.builds(
    Asked,
    nature=st.sampled_from(["", *NATURES]),
    value_eur=MONEY,
    wage_sum_eur=MONEY,
    awarded_on=DAY,
    starts_on=DAY,
    ends_on=DAY,
    certificates=st.lists(st.builds(Held, KINDS, st.dates(), st.dates()), max_size=3).map(tuple),
)


@given(RULES, CONTRACTS)
def test_there_is_a_proposal_for_anything(rule, contract):
    proposal = propose(rule, contract)
    assert proposal.applies is (proposal.reason is Reason.FITS)
    assert all(why(rule, line, contract) is Reason.FITS for line in proposal.lines)
    assert set(proposal.lines) <= set(rule.lines)
    largest = max((effect.discount_pct for effect in rule.certificates), default=0)
    assert 0 <= proposal.discount_pct <= largest


@given(st.dates(max_value=dt.date(9998, 1, 1)), st.integers(0, 5000))
def test_months_of_a_term_agree_with_a_plain_count(starts_on, days):
    ends_on = starts_on + dt.timedelta(days=days)
    after = ends_on + dt.timedelta(days=1)

    def later(months):
        year, month = divmod(starts_on.year * 12 + starts_on.month - 1 + months, 12)
        lasts = (
            dt.date(year + month // 11, (month + 1) % 12 + 1, 1) - dt.date(year, month + 1, 1)
        ).days
        return dt.date(year, month + 1, min(starts_on.day, lasts))

    months = next(number for number in range(200) if later(number + 1) > after)
    assert months_whole(starts_on, ends_on) == months


@given(st.decimals(0, 10**12, places=2), st.decimals(0, 100, places=2), MONEY, MONEY, PCT)
def test_the_discount_comes_first_then_the_least_then_the_most(base, pct, floor, cap, discount):
    """R-112."""
    discount = discount or Decimal(0)
    found = of_base(base, pct, floor=floor, cap=cap, discount_pct=discount)
    plain = of_base(base, pct)
    assert found == round(found, 2)
    assert cap is None or found <= cap
    assert floor is None or (cap is not None and cap < floor) or found >= floor
    if floor is None and cap is None:
        assert 0 <= plain - found <= plain
        assert abs(base * pct * (100 - discount) / 10_000 - found) <= Decimal("0.005")


@pytest.mark.parametrize(
    ("floor", "cap", "discount", "amount"),
    [
        (None, None, 0, 40_000),
        (None, None, 25, 30_000),
        (35_000, None, 25, 35_000),  # the discount does not go below the least
        (None, 30_000, 10, 30_000),
        (50_000, 60_000, 0, 50_000),
        (50_000, 45_000, 0, 45_000),  # the most wins: no rule has such bounds
    ],
)
def test_least_and_most_bound_what_is_owed(floor, cap, discount, amount):
    bounds = {"floor": euros(floor), "cap": euros(cap), "discount_pct": Decimal(discount)}
    assert of_base(Decimal(800_000), Decimal(5), **bounds) == amount
