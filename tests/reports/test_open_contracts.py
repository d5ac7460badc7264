"""What became of a contract is published once, and never where few people could be read off."""

import json
import uuid
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import F
from django.urls import reverse

from candidates.models import Contribution
from contracts import ledger
from contracts.models import Account, Contract, ContractStatus
from reports import fixed_tables, ocds, open_contracts, open_data
from reports.facts import sums
from reports.fixed_tables import Period
from reports.models import PublishedContract, PublishedFulfilment, TableKind
from sroi_portal.core.acting import ACTING
from tests import factories
from tests.conftest import NOON
from tests.reports.conftest import MONTHS
from tests.reports.test_ocds import check_package

pytestmark = pytest.mark.django_db

LATER = NOON.replace(year=2027)
QUARTER = Period(MONTHS[0], MONTHS[2].replace(day=31), TableKind.QUARTER)


@pytest.fixture
def cell(contracts):
    """Three contracts in one cell, of three suppliers."""
    return contracts["VB", "schoonmaak"]


@pytest.fixture
def worked(cell, work, ww):
    """Let so many people work on each, a month each; the first of all for `months`."""

    def _worked(*numbers, months=MONTHS[:1]):
        for contract, number in zip(cell, numbers, strict=True):
            for nth in range(number):
                work(contract, ww, months=MONTHS[:1] if nth else months)
        return cell

    return _worked


def _settle(*settled):
    ids = [contract.pk for contract in settled]
    Contract.objects.filter(pk__in=ids).update(status=ContractStatus.SETTLED)


def _published():
    return set(PublishedFulfilment.objects.values_list("contract", flat=True))


def _release(contract):
    return PublishedContract.objects.get(contract=contract).release


def test_a_settled_contract_says_once_what_became_of_it(worked):
    first, *_others = worked(10, 5, 5)
    fixed_tables.publish(QUARTER, at=LATER)

    assert open_contracts.publish(at=LATER) == Contract.objects.count()
    assert _published() == set()
    assert "withheldInformation" in _release(first)

    _settle(first)
    assert open_contracts.publish(at=LATER) == 1
    kept = PublishedFulfilment.objects.get()
    assert (kept.contract_id, kept.done_eur, kept.percentage) == (first.pk, 1000, kept.percentage)
    [contract] = _release(first)["contracts"]
    [metric] = contract["implementation"]["metrics"]
    assert metric["observations"][0]["value"]["amount"] == 1000.0
    assert open_contracts.publish(at=LATER) == 0
    assert list(open_contracts.differences()) == []


@pytest.mark.parametrize(
    ("numbers", "months", "is_table_published"),
    [
        pytest.param((9, 5, 5), MONTHS[:1], True, id="fewer than ten people worked on it"),
        pytest.param((10, 5, 4), MONTHS[:1], True, id="a table less it leaves nine people"),
        pytest.param((10, 5, 5), MONTHS[:1], False, id="a table of its quarter is still to come"),
    ],
)
def test_a_contract_of_few_people_does_not_say_it(worked, numbers, months, is_table_published):
    first, *_others = worked(*numbers, months=months)
    if is_table_published:
        fixed_tables.publish(QUARTER, at=LATER)
    _settle(first)

    open_contracts.publish(at=LATER)

    assert _published() == set()
    [contract] = _release(first)["contracts"]
    assert "implementation" not in contract
    said = [each["id"] for each in contract["agreedMetrics"][0]["observations"]]
    assert said == ["obligation"]


def test_nobody_brings_more_than_half(cell, work, ww):
    first, second, _third = cell
    for _nth in range(10):
        work(second, ww)
    for _nth in range(10):
        work(first, ww)
    share = first.shares.first()  # one person for whom the others are almost nothing
    facts = {"source": share.uuid, "source_kind": "candidates.share", "posting_no": 2}
    factories.entry(first, Account.VERIFIED, Decimal(9000), month=MONTHS[2], **facts)
    fixed_tables.publish(QUARTER, at=LATER)
    _settle(first)

    open_contracts.publish(at=LATER)

    assert _published() == set()


def test_who_counts_for_nothing_is_not_one_of_ten(worked):
    """Ten people, of whom nine were not checked in time and do not count: one is left."""
    first, *_others = worked(10, 5, 5)
    for share in first.shares.order_by("pk")[1:]:
        facts = {"source": share.uuid, "source_kind": "candidates.share", "posting_no": 2}
        factories.entry(first, Account.VERIFIED, Decimal(-100), **facts)
        factories.entry(first, Account.UNCHECKED, Decimal(100), **facts)
    fixed_tables.publish(QUARTER, at=LATER)
    _settle(first)

    open_contracts.publish(at=LATER)

    assert _published() == set()


def test_what_is_carried_over_tells_of_no_other_contract(worked):
    first, second, _third = worked(0, 3, 10)
    source = uuid.uuid4()
    factories.entry(first, Account.CARRIED, Decimal(500), source=source)
    factories.entry(second, Account.CARRIED, Decimal(-500), source=source)
    fixed_tables.publish(QUARTER, at=LATER)
    _settle(first, second)

    open_contracts.publish(at=LATER)

    assert _published() == set()


def test_the_second_is_withheld_when_it_would_leave_too_few(worked):
    first, second, _third = worked(10, 10, 5)
    fixed_tables.publish(QUARTER, at=LATER)
    _settle(first, second)

    open_contracts.publish(at=LATER)

    assert _published() == {first.pk}


def test_a_contract_without_work_may_say_so(worked):
    first, *_others = worked(0, 5, 5)
    _settle(first)

    open_contracts.publish(at=LATER)

    assert _published() == {first.pk}
    assert PublishedFulfilment.objects.get().done_eur == 0


@pytest.mark.parametrize(("bought", "is_published"), [(2, False), (3, True)])
def test_purchases_alone_are_three_or_more(worked, zuid, bought, is_published):
    first, *_others = worked(bought, 10, 5)
    invoice = {"partner": zuid, "invoice_number": F("pk"), "invoiced_on": MONTHS[0]}
    Contribution.objects.filter(shares__contract=first).update(
        kind="purchase", placement=None, amount_eur=100, ends_on=MONTHS[0], **invoice
    )
    fixed_tables.publish(QUARTER, at=LATER)
    _settle(first)

    open_contracts.publish(at=LATER)

    assert (_published() == {first.pk}) is is_published


def test_a_contract_that_is_broken_off_is_no_longer_there(worked):
    first, *_others = worked(0, 0, 0)
    open_contracts.publish(at=LATER)
    Contract.objects.filter(pk=first.pk).update(status=ContractStatus.CANCELLED)

    open_contracts.publish(at=LATER)

    assert not PublishedContract.objects.filter(contract=first).exists()


def test_a_contract_that_owes_nothing_any_more_is_no_longer_there(worked, post):
    first, second, _third = worked(1, 1, 1)
    open_contracts.publish(at=LATER)
    assert PublishedContract.objects.filter(contract=first).exists()
    owed = sums.accounts([first.pk], position=ledger.position(), cut_off_at=LATER)[first.pk].sums
    post(first, Account.OBLIGATION, -owed.obligation_eur)

    assert open_contracts.publish(at=LATER) == 0

    assert not PublishedContract.objects.filter(contract=first).exists()
    assert PublishedContract.objects.filter(contract=second).exists()


def test_a_visitor_streams_a_year_with_the_rights_of_the_public(worked, client):
    first, *_others = worked(10, 5, 5)
    fixed_tables.publish(QUARTER, at=LATER)
    _settle(first)
    open_contracts.publish(at=LATER)
    [(year, _changed_at)] = open_contracts.years()
    roles = set()

    def wrapper(execute, sql, params, many, context):
        if "reports_" in sql:
            roles.add(ACTING.get()[0])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        response = client.get(reverse("reports:open-contracts", args=[year]))
        assert response.streaming
        packed = json.loads(b"".join(response))

    assert roles == {"sroi_public"}
    check_package(packed)
    assert len(packed["releases"]) == Contract.objects.count()
    assert packed["license"] == ocds.LICENSE
    assert client.get(reverse("reports:open-contracts", args=[1990])).status_code == 404
    described = open_data.catalogue()["dcat:dataset"]
    files = [file["@id"] for each in described for file in each["dcat:distribution"]]
    assert open_data.address("open-contracts", year) in files


def test_what_is_not_what_the_ledger_gives_is_said(worked):
    first, *_others = worked(0, 0, 0)
    PublishedFulfilment.objects.create(
        contract=first,
        owed_eur=1,
        waived_eur=0,
        done_eur=1,
        malus_eur=0,
        percentage=100,
        position=ledger.position(),
        made_at=LATER,
    )
    assert list(open_contracts.differences()) == [f"published contract {first.pk} differs"]
