"""An annual report less what is published tells of ten people or of nobody (R-317)."""

import itertools

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from candidates.models import Candidate
from reports import definitions, disclosure
from reports.models import Definition, PublishedFulfilment
from tests.conftest import NOON
from tests.reports.conftest import MONTHS

SOME = st.sets(st.integers(1, 40), max_size=14)
GROUPS = st.dictionaries(
    st.tuples(st.sampled_from("ABC"), st.sampled_from("xyz")),
    st.tuples(SOME, SOME),
    min_size=1,
)


def _is_safe(groups):
    """Whether each measure of all these groups is about ten people or nobody."""
    measures = [set().union(*people) for people in zip(*groups, strict=True)]
    return all(not people or len(people) >= 10 for people in measures)


@given(GROUPS)
def test_no_sum_of_rows_is_about_fewer_than_ten_people(worked):
    """Take every sum of shown rows, columns and the whole, with any sign.

    Such a sum counts each group with some factor. Groups with the same factor are read together;
    what is left of a row or column that shares its row is no row of its own.
    """
    together = disclosure.put_together(worked)
    if together == set(worked):
        return  # too few people in all: one row
    lines = [
        {group for group in worked if group[side] == name}
        for side, names in ((0, "ABC"), (1, "xyz"))
        for name in names
    ]
    shown = [line for line in lines if line and not line & together]
    for factors in itertools.product((-1, 0, 1), repeat=len(shown)):
        counted = {
            group: sum(factor for factor, line in zip(factors, shown, strict=True) if group in line)
            for group in worked
        }
        assert all(counted[group] == 0 for group in together)
        read = [group for group in worked if counted[group]]
        assert all(_is_safe([worked[group]]) for group in read)
    if together:
        rest = [group for group in worked if group not in together and any(worked[group])]
        assert _is_safe([worked[group] for group in together]) or not rest


def _annual(issue, ministry, other):
    about = {"definition": Definition.ANNUAL, "year": MONTHS[0].year}
    report = issue(other_authority_ids=[other.pk], **about)
    with translation.override(report.language):
        assert definitions.differences(report) == []
    return definitions.read(report)


@pytest.mark.django_db
def test_few_people_share_a_row_of_the_annual_report(contracts, work, ww, issue):
    """Ten in one cell, six and five in two others: these share a row, whose people are eleven."""
    cells = dict(zip(contracts, (10, 6, 5), strict=False))
    first, *_others = (each[0] for each in contracts.values())
    for cell, number in cells.items():
        for _nth in range(number):
            work(contracts[cell][0], ww)
    authorities = {each.authority for cell in contracts.values() for each in cell}
    ministry, *others = sorted(authorities, key=lambda each: each.pk != first.authority_id)
    found = _annual(issue, ministry, others[0])
    assert found.joined_authorities or found.joined_categories
    assert sum(row.verified_eur for row in found.year_by_authority) == (
        found.year_total.verified_eur
    )
    small = {row.label for row in found.by_authority} & set(found.joined_authorities)
    assert small == set()
    assert Candidate.objects.count() == 21


@pytest.mark.django_db
def test_what_is_published_leaves_its_people_out(contracts, work, ww, issue):
    cell = next(iter(contracts.values()))
    first, second, *_others = cell
    for contract, number in ((first, 10), (second, 4)):
        for _nth in range(number):
            work(contract, ww)
    other = next(
        each.authority
        for others in contracts.values()
        for each in others
        if each.authority_id != first.authority_id
    )
    assert _annual(issue, first.authority, other).joined_authorities == ()
    PublishedFulfilment.objects.create(
        contract=first, owed_eur=1, waived_eur=0, done_eur=1, malus_eur=0, position=1, made_at=NOON
    )
    assert first.authority.name in _annual(issue, first.authority, other).joined_authorities
