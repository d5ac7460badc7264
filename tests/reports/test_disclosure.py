"""Disclosure control: what is hidden can be worked out by nobody (R-300 to R-303)."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import disclosure
from reports.disclosure import LIMITS, NOTHING, TOTAL, Brought, Limits

STRICTER = Limits(people=15, suppliers=4, largest_pct=80, estimate_pct=15, width=5)


def cell(*people, euros=None):
    """Work of so many people for each supplier, of equal worth unless said."""
    amounts = euros or [100 * number for number in people]
    return {
        supplier: Brought(number, 10 * number, amount)
        for supplier, (number, amount) in enumerate(zip(people, amounts, strict=True), 1)
    }


SAFE = cell(4, 4, 4)
brought = st.builds(
    Brought,
    st.sampled_from([0, 0, 1, 2, 4, 9, 12]),
    st.integers(0, 900),
    st.sampled_from([0, 1, 30, 100, 110, 5_000]),
)
cells = st.one_of(
    st.just({}), st.just(SAFE), st.dictionaries(st.integers(1, 5), brought, max_size=5)
)
tables = st.dictionaries(
    st.tuples(st.sampled_from("abc"), st.sampled_from("wxyz")), cells, min_size=1, max_size=12
)


def people_of(table):
    return {key: sum(each.people for each in inner.values()) for key, inner in table.items()}


# One cell


@pytest.mark.parametrize(
    ("inner", "is_safe"),
    [
        pytest.param({}, True, id="nobody"),
        pytest.param({1: NOTHING}, True, id="nothing brought"),
        pytest.param(cell(3, 3, 4), True, id="ten people of three suppliers"),
        pytest.param(cell(3, 3, 3), False, id="nine people"),
        pytest.param(cell(10, 10), False, id="two suppliers"),
        pytest.param(cell(10, 10, 0, euros=[10, 10, 10]), False, id="the third brings nobody"),
        pytest.param(cell(4, 4, 4, euros=[60, 25, 15]), False, id="two bring 85 per cent"),
        pytest.param(cell(4, 4, 4, euros=[60, 24, 16]), True, id="two bring less"),
        pytest.param(cell(4, 4, 4, euros=[0, 0, 50]), False, id="euros of one supplier"),
    ],
)
def test_a_cell_has_ten_people_of_three_suppliers_and_no_dominance(inner, is_safe):
    assert disclosure.is_safe(inner) is is_safe


def test_the_second_supplier_cannot_estimate_the_first():
    """Only the p % rule sees it: the two largest bring less than the share."""
    limits = Limits(largest_pct=99)
    assert not disclosure.is_safe(cell(4, 4, 4, euros=[100, 80, 9]), limits)
    assert disclosure.is_safe(cell(4, 4, 4, euros=[100, 80, 10]), limits)


@pytest.mark.parametrize(("people", "shown"), [(0, 0), (10, 10), (12, 10), (13, 15), (17, 15)])
def test_people_are_rounded_to_five(people, shown):
    assert disclosure.rounded(people) == shown


def test_an_amount_below_zero_is_refused():
    with pytest.raises(ValueError, match="below zero"):
        disclosure.published({("a", "x"): {1: Brought(10, 10, -1)}})


# A table


def test_one_small_cell_is_never_hidden_alone():
    table = {(row, column): SAFE for row in "ab" for column in "xy"} | {("a", "x"): cell(1)}
    shown = disclosure.published(table)
    assert {key for key, figures in shown.items() if figures is None} == {
        (row, column) for row in "ab" for column in "xy"
    }
    assert shown[TOTAL, TOTAL].people == 35  # 37, not the sum of what is rounded
    assert shown["a", TOTAL] == (15, 130, 1300)


def test_a_table_without_hidden_cells_is_published_whole():
    table = {(row, column): SAFE for row in "ab" for column in "xy"}
    assert disclosure.hidden_of(table) == frozenset()


def test_two_small_cells_that_add_up_to_three_people_do_not_hide_each_other():
    table = {("a", "w"): cell(1), ("a", "x"): cell(0, 2), ("a", "y"): SAFE, ("a", "z"): SAFE}
    table |= {("b", column): cell(5, 5, 5, 5) for column in "wxyz"}
    hidden = disclosure.hidden_of(table)
    assert hidden >= {("a", "w"), ("a", "x")}
    assert len([key for key in hidden if key[0] == "a"]) > 2


def test_a_table_that_is_too_small_as_a_whole_says_nothing():
    table = {("a", "x"): cell(3, 3, 3), ("b", "y"): {}}
    shown = disclosure.published(table)
    assert shown.pop(("b", "x")) == shown.pop(("a", "y")) == shown.pop(("b", "y")) == (0, 0, 0)
    assert shown.pop(("b", TOTAL)) == (0, 0, 0)
    assert shown.pop((TOTAL, "y")) == (0, 0, 0)
    assert set(shown.values()) == {None}


def test_a_table_without_a_cell_has_an_empty_total():
    assert disclosure.published({}) == {(TOTAL, TOTAL): (0, 0, 0)}


# Every table


@given(tables)
def test_what_is_published_is_safe_by_itself(inner):
    for key, figures in disclosure.published(inner).items():
        if figures:
            whole = disclosure.with_totals(inner)[key]
            assert disclosure.is_safe(whole)
            assert figures.people == 0 or figures.people >= 10


@given(tables)
def test_a_published_total_is_the_sum(inner):
    shown = disclosure.published(inner)
    for (row, column), figures in shown.items():
        if figures:
            below = [
                each
                for (r, c), inside in inner.items()
                if row in (r, TOTAL) and column in (c, TOTAL)
                for each in inside.values()
            ]
            assert figures.hours == sum(each.hours for each in below)
            assert figures.cents == sum(each.cents for each in below)
            assert figures.people == disclosure.rounded(sum(each.people for each in below))


@given(tables)
def test_what_is_left_of_a_line_is_nobody_or_ten_people(inner):
    """A total minus the published cells of its line is itself a number of people."""
    people = people_of(disclosure.with_totals(inner))
    hidden = disclosure.hidden_of(inner)
    for axis in (0, 1):
        for name in {key[axis] for key in people}:
            line = {key: number for key, number in people.items() if key[axis] == name}
            total = next(key for key in line if key[1 - axis] == TOTAL)
            if total not in hidden:
                shown = sum(line[key] for key in line if key != total and key not in hidden)
                left = line[total] - shown
                assert left == 0 or left >= 10


@given(tables)
def test_two_published_figures_differ_by_nobody_or_ten_people(inner):
    """One that holds the other, less that other (SDC-02)."""
    people = people_of(disclosure.with_totals(inner))
    shown = sorted(people.keys() - disclosure.hidden_of(inner))
    for one, other in itertools.permutations(shown, 2):
        if all(mine in (its, TOTAL) for mine, its in zip(one, other, strict=True)):
            difference = people[one] - people[other]
            assert difference == 0 or difference >= 10


@given(tables)
def test_a_hidden_cell_follows_from_no_sum_of_published_ones(inner):
    """Solve all equations exactly, without the flow that chose what to hide."""
    table = disclosure.with_totals(inner)
    hidden = disclosure.hidden_of(inner)
    known = _determined(table, sorted(hidden))
    assert {key for key in known if not disclosure.is_safe(table[key])} == set()


@given(tables)
def test_a_supplier_that_knows_its_own_cells_works_out_no_other(inner):
    table = disclosure.with_totals(inner)
    hidden = disclosure.hidden_of(inner)
    unsafe = {key for key in hidden if not disclosure.is_safe(table[key])}
    for supplier in range(1, 6):
        own = {key for key in unsafe if _suppliers(table[key]) == {supplier}}
        assert _determined(table, sorted(hidden - own)) & (unsafe - own) == set()


@given(tables)
def test_what_is_hidden_lies_within_wide_bounds(inner):
    table = disclosure.with_totals(inner)
    hidden = disclosure.hidden_of(inner)
    for measure in range(3):
        values = {
            key: sum(each[measure] for each in inside.values()) for key, inside in table.items()
        }
        for key in hidden:
            if not disclosure.is_safe(table[key]) and values[key]:
                low, high = disclosure.bounds(values, hidden, key)
                share = Fraction(values[key], 10) if measure else 1
                assert values[key] - low >= share
                assert high is None or high - values[key] >= (share if measure else 3)


@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_cells_and_suppliers_changes_nothing(inner, luck):
    keys = list(inner)
    luck.shuffle(keys)
    numbers = dict(zip(range(1, 6), luck.sample(range(10, 99), 5), strict=True))
    other = {
        key: {numbers[supplier]: each for supplier, each in reversed(inner[key].items())}
        for key in keys
    }
    assert disclosure.published(other) == disclosure.published(inner)


@given(tables)
def test_what_is_hidden_stays_hidden_and_is_enough(inner):
    """Hiding again hides nothing more, and stricter limits hide what the others found unsafe."""
    hidden = disclosure.hidden_of(inner)
    assert disclosure.hidden_of(inner, also=hidden) == hidden
    unsafe = {
        key
        for key, inside in disclosure.with_totals(inner).items()
        if not disclosure.is_safe(inside, LIMITS)
    }
    assert unsafe <= hidden
    assert unsafe <= disclosure.hidden_of(inner, STRICTER)


@given(st.lists(st.integers(0, 3), min_size=6, max_size=6), st.sets(st.integers(0, 5), max_size=3))
def test_bounds_are_those_of_every_table_that_fits(numbers, chosen):
    """Against counting: two rows and three columns, all totals published."""
    keys = [(row, column) for row in "ab" for column in "xyz"]
    inner = {key: {1: Brought(number)} for key, number in zip(keys, numbers, strict=True)}
    values = people_of(disclosure.with_totals(inner))
    hidden = [keys[number] for number in sorted(chosen)]
    fitting = [
        guess
        for guess in itertools.product(range(10), repeat=len(hidden))
        if _sums(values | dict(zip(hidden, guess, strict=True))) == _sums(values)
    ]
    for place, key in enumerate(hidden):
        found = [guess[place] for guess in fitting]
        assert disclosure.bounds(values, hidden, key) == (min(found), max(found))


def _sums(values):
    return [sum(values[row, column] for column in "xyz") for row in "ab"] + [
        sum(values[row, column] for row in "ab") for column in "xyz"
    ]


def _suppliers(inner):
    return {supplier for supplier, each in inner.items() if any(each)}


def _determined(table, unknown):
    """Name the unknown cells that the equations of the table leave one value only."""
    rows = sorted({row for row, _column in table if row != TOTAL})
    columns = sorted({column for _row, column in table if column != TOTAL})
    lines = [([(row, column) for column in columns], (row, TOTAL)) for row in [*rows, TOTAL]] + [
        ([(row, column) for row in rows], (TOTAL, column)) for column in [*columns, TOTAL]
    ]
    matrix = [
        [Fraction((key in parts) - (key == total)) for key in unknown] for parts, total in lines
    ]
    done = 0
    for place in range(len(unknown)):
        at = next((row for row in range(done, len(matrix)) if matrix[row][place]), None)
        if at is not None:
            matrix[done], matrix[at] = matrix[at], matrix[done]
            top = matrix[done]
            matrix[done] = top = [number / top[place] for number in top]
            for row, line in enumerate(matrix):
                if row != done and line[place]:
                    matrix[row] = [
                        one - line[place] * two for one, two in zip(line, top, strict=True)
                    ]
            done += 1
    return {
        unknown[next(place for place, number in enumerate(line) if number)]
        for line in matrix
        if sum(map(bool, line)) == 1
    }
