"""What seems to count twice: found for who may know it, and no more than that (E13)."""

import dataclasses
import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from candidates import actions, twice
from candidates.models import Contribution
from tests import factories
from tests.candidates import kinds
from tests.conftest import NOON

pytestmark = pytest.mark.usefixtures("in_english")
JANUARY = (dt.date(2026, 1, 1), dt.date(2026, 1, 31))


@pytest.fixture
def bought(contract, table, zuid):
    return kinds.bought(kinds.row(table, "bought"), zuid)


def others_of(share, reader):
    found = twice.find_one(share.contribution, reader=twice.Reader.of(reader))
    return [(each.why, each.authority, bool(each.url)) for each in found]


def again(contract, told, by, **facts):
    told = dataclasses.replace(told, key=uuid.uuid4(), **facts)
    return kinds.submitted(contract, told, by)


@pytest.fixture
def elsewhere(other_ministry, zuid, cora, table, bram):
    """A contract of another supplier, with another authority."""
    return factories.active_contract(
        authority=other_ministry, supplier=zuid, manager=cora, value_table=table
    )


def test_the_same_invoice_is_found_however_it_is_written(contract, bought, sara, olga):
    first = kinds.submitted(contract, bought, sara)
    second = again(contract, bought, sara, invoice_number="2026 / 0012")
    same = [(twice.Why.INVOICE, "Ministerie van Voorbeelden", True)]
    assert others_of(second, sara) == others_of(second, olga) == others_of(first, olga) == same
    third = again(contract, bought, sara, invoice_number="2026-0013")
    assert others_of(third, olga) == []


def test_the_database_writes_an_invoice_as_the_search_does(contract, bought, sara):
    share = kinds.submitted(contract, bought, sara)
    kept = Contribution.objects.get(pk=share.contribution_id)
    assert kept.invoice_key == twice.invoice_key(kept.invoice_number) == "20260012"


@pytest.fixture
def sold(table):
    """By a firm that neither of the two suppliers is."""
    return kinds.bought(kinds.row(table, "bought"), factories.SupplierFactory())


def test_another_supplier_is_named_by_its_authority_only(
    contract, elsewhere, sold, sara, olga, otto
):
    told, bram = sold, elsewhere.supplier.memberships.get().user
    mine = kinds.submitted(contract, told, sara)
    theirs = actions.draft_claim(
        elsewhere, dataclasses.replace(told, key=uuid.uuid4()), by=bram, at=NOON
    )
    assert others_of(mine, olga) == []  # a concept is nobody's business
    actions.submit_share(theirs, by=bram, at=NOON)
    assert others_of(mine, olga) == [(twice.Why.ELSEWHERE, "Ministerie van Anderen", False)]
    assert others_of(theirs, otto) == [(twice.Why.ELSEWHERE, "Ministerie van Voorbeelden", False)]
    assert others_of(mine, sara) == others_of(theirs, bram) == []
    found = twice.find_one(mine.contribution, reader=twice.Reader.of(olga))[0]
    assert "Leverancier" not in found.sentence


def test_what_was_withdrawn_is_not_found(contract, bought, sara, olga):
    first = kinds.submitted(contract, bought, sara)
    second = again(contract, bought, sara)
    actions.withdraw_share(first, by=sara, at=NOON)
    assert others_of(second, olga) == []


def test_the_same_person_in_the_same_days_is_found(contract, submitted, ww, sara, olga):
    facts = actions.PlacementFacts(
        reference="K-01",
        block=ww,
        hours_per_week=Decimal(8),
        starts_on=JANUARY[0],
        contract_form="temporary",
    )
    other = actions.enter_placement(contract, facts, by=sara, at=NOON)
    share = actions.draft_contribution(other, by=sara, at=NOON, period=JANUARY)
    hours = (twice.Why.HOURS, "Ministerie van Voorbeelden", True)
    assert others_of(share, sara) == [hours]
    assert others_of(submitted, olga) == []  # not submitted yet
    actions.submit_share(share, by=sara, at=NOON)
    assert others_of(share, olga) == others_of(submitted, olga) == [hours]

    later = dataclasses.replace(facts, starts_on=dt.date(2026, 3, 1), key=uuid.uuid4())
    third = actions.enter_placement(contract, later, by=sara, at=NOON)
    march = Contribution(
        supplier=third.supplier,
        placement=third,
        starts_on=dt.date(2026, 3, 1),
        ends_on=dt.date(2026, 3, 3),
    )
    found = twice.find_one(march, reader=twice.Reader.of(sara))
    assert {each.why for each in found} == {twice.Why.PERSON}


def test_something_of_the_same_name_on_the_same_day_is_found(contract, table, sara, olga):
    told = kinds.claim(
        kinds.row(table, "hours"), title="Rondleiding", people=3, quantity=Decimal(4)
    )
    first = kinds.submitted(contract, told, sara)
    again(contract, told, sara, title="  rondleiding ")
    assert others_of(first, olga) == [(twice.Why.ACTIVITY, "Ministerie van Voorbeelden", True)]


def test_many_are_searched_in_as_many_statements_as_one(contract, bought, submitted, sara, olga):
    shares = [kinds.submitted(contract, bought, sara)]
    shares += [again(contract, bought, sara, invoice_number=f"{n}") for n in range(3)]
    shares.append(submitted)
    reader = twice.Reader.of(olga)
    counts = []
    for some in (shares[:1] + shares[-1:], shares):
        rows = list(
            Contribution.objects.filter(shares__in=some).select_related("placement").order_by("pk")
        )
        with CaptureQueriesContext(
            connection,
        ) as told:
            twice.find(rows, reader=reader)
        counts.append(len(told))
    assert counts[0] == counts[1]
