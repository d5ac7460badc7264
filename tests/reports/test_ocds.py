"""A release of a contract says what the report says, and the schema of the standard accepts it."""

import dataclasses
import json
import os
from decimal import Decimal
from pathlib import Path

import fastjsonschema
import pytest

from contracts.models import Contract
from reports import definitions, ocds
from reports.facts import gathering
from tests.conftest import NOON

PREFIX = "ocds-zzzzzz"
SHARED = os.environ.get("SROI_SHARED")
SCHEMAS = {}
if SHARED:
    folder = Path(SHARED) / "data" / "ocds"
    release = json.loads((folder / "eforms-profile+metrics-release-schema.json").read_text())
    package = json.loads((folder / "eforms-profile-release-package-schema.json").read_text())
    package["properties"]["releases"]["items"] = {}  # each is held against the release's own
    SCHEMAS = {"release": release, "package": package}


BUYER = ocds.Party("Ministerie", "99990000")


@pytest.fixture
def accounts(busy, quiet, issue):
    """The contracts of the ministry as a report of the same moment tells them."""
    found = definitions.read(issue())
    gathered = gathering.gather(Contract.objects.filter(pk__in=[busy.pk, quiet.pk]), found.issue)
    return [ocds.Account(line, BUYER, _fulfilled(line)) for line in gathered.lines]


def _fulfilled(line, **changes):
    told = ocds.Fulfilled(
        owed_eur=line.standing.owed_eur,
        waived_eur=line.sums.waived_eur,
        done_eur=line.standing.done_eur,
        malus_eur=line.sums.malus_eur,
        percentage=line.standing.percentage,
        known_at=NOON,
    )
    return dataclasses.replace(told, **changes)


def _release(account):
    return json.loads(json.dumps(ocds.release(account, NOON, prefix=PREFIX)))


def _amounts(metric):
    return {
        each["id"]: Decimal(str(each["value"]["amount"]))
        for each in metric["observations"]
        if "value" in each
    }


def test_a_release_says_what_the_report_says(accounts):
    for account in accounts:
        line = account.line
        [contract] = _release(account)["contracts"]
        assert contract["id"] == line.terms.uuid
        assert _amounts(contract["agreedMetrics"][0]) == {
            "obligation": line.sums.obligation_eur,
            "waived": line.sums.waived_eur,
            "owed": line.standing.owed_eur,
        }
        metric = contract["implementation"]["metrics"][0]
        assert _amounts(metric) == {"fulfilled": line.standing.done_eur}


def test_what_is_withheld_follows_from_nothing_else(accounts):
    """Neither what is waived or owed nor a malus is told: each is worked out from the fulfilment."""
    account = dataclasses.replace(accounts[0], fulfilled=None)
    made = _release(account)
    [contract] = made["contracts"]
    assert _amounts(contract["agreedMetrics"][0]).keys() == {"obligation"}
    assert "implementation" not in contract
    assert made["tag"] == ["contract"]
    assert [each["id"] for each in made["withheldInformation"]] == [ocds.FULFILMENT]


def test_a_malus_is_a_charge(accounts):
    line = accounts[0].line
    told = _fulfilled(line, malus_eur=Decimal("150.25"), percentage=None)
    account = ocds.Account(line, ocds.Party("Ministerie"), told)
    made = _release(account)
    implementation = made["contracts"][0]["implementation"]
    assert [each["actualValue"]["amount"] for each in implementation["charges"]] == [150.25]
    assert [each["id"] for each in implementation["metrics"][0]["observations"]] == ["fulfilled"]
    assert made["buyer"] == {"id": "Ministerie", "name": "Ministerie"}


def test_a_release_names_no_person_and_no_group(accounts, vera, cora, piet, olga):
    text = json.dumps([_release(account) for account in accounts])
    assert [person.name for person in (vera, cora, piet, olga) if person.name in text] == []
    assert '"WW"' not in text


def test_the_id_of_a_release_changes_with_what_it_says(accounts):
    account = accounts[0]
    later = ocds.release(account, NOON.replace(hour=20), prefix=PREFIX)
    assert later["id"] == _release(account)["id"]
    assert later["id"] != _release(dataclasses.replace(account, fulfilled=None))["id"]


def check_package(packed):
    """Hold a package against the schemas; without their folder it is only well-formed."""
    if SCHEMAS:
        fastjsonschema.compile(SCHEMAS["package"])(packed)
        check = fastjsonschema.compile(SCHEMAS["release"])
        for each in packed["releases"]:
            check(each)


@pytest.mark.parametrize("publisher", [BUYER, ocds.Party("Ministerie")])
def test_every_release_is_valid(accounts, publisher):
    withheld = dataclasses.replace(accounts[0], fulfilled=None)
    releases = [_release(account) for account in (*accounts, withheld)]
    about = ocds.about(NOON, uri="https://example.org/ocds.json", publisher=publisher)
    packed = json.loads("".join(ocds.written(releases, about)))
    check_package(packed)
    assert {each["ocid"] for each in packed["releases"]} == {
        f"{PREFIX}-{account.line.terms.uuid}" for account in accounts
    }


def test_a_contract_that_is_to_begin_is_pending(accounts):
    terms = accounts[0].line.terms
    for starts_on, ends_on, status in (
        (terms.starts_on.replace(year=2027), terms.ends_on.replace(year=2028), "pending"),
        (terms.starts_on.replace(year=2020), terms.ends_on.replace(year=2021), "terminated"),
    ):
        changed = dataclasses.replace(terms, starts_on=starts_on, ends_on=ends_on)
        line = dataclasses.replace(accounts[0].line, terms=changed)
        account = dataclasses.replace(accounts[0], line=line)
        assert _release(account)["contracts"][0]["status"] == status
