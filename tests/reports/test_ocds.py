"""A release of a contract says what the report says, and the schema of the standard accepts it."""

import dataclasses
import json
import os
from decimal import Decimal
from pathlib import Path

import fastjsonschema
import pytest

from contracts.models import Account, Contract
from reports import definitions, ocds
from reports.facts import gathering

PREFIX = "ocds-zzzzzz"
SHARED = os.environ.get("SROI_SHARED")
SCHEMAS = {}
if SHARED:
    folder = Path(SHARED) / "data" / "ocds"
    release = json.loads((folder / "eforms-profile+metrics-release-schema.json").read_text())
    package = json.loads((folder / "eforms-profile-release-package-schema.json").read_text())
    package["properties"]["releases"]["items"] = {}  # each is held against the release's own
    SCHEMAS = {"release": release, "package": package}


@pytest.fixture
def accounts(busy, quiet, issue):
    """The contracts of the ministry, and what a report of the same moment says of them."""
    found = definitions.read(issue())
    gathered = gathering.gather(Contract.objects.filter(pk__in=[busy.pk, quiet.pk]), found.issue)
    made = [
        ocds.Account(line, ocds.Party("Ministerie", "99990000"), account.verified_count)
        for line, account in zip(gathered.lines, gathered.ledgered, strict=True)
    ]
    return found, made


def _packed(accounts):
    found, made = accounts
    packed = ocds.package(
        made,
        found.issue,
        uri="https://example.org/ocds.json",
        publisher=ocds.Party("Ministerie", "99990000"),
        prefix=PREFIX,
    )
    return json.loads(json.dumps(packed))


def _amounts(metric):
    return {
        each["id"]: Decimal(str(each["value"]["amount"]))
        for each in metric["observations"]
        if "value" in each
    }


def test_a_release_says_what_the_report_says(accounts):
    found, _made = accounts
    lines = {line.terms.uuid: line for line in found.contracts}
    releases = _packed(accounts)["releases"]
    assert len(releases) == len(lines) == 2
    for each in releases:
        contract = each["contracts"][0]
        line = lines[contract["id"]]
        assert _amounts(contract["agreedMetrics"][0]) == {
            "obligation": line.sums.obligation_eur,
            "waived": line.sums.waived_eur,
            "owed": line.standing.owed_eur,
        }
        metric = contract["implementation"]["metrics"][0]
        assert _amounts(metric) == {"fulfilled": line.standing.done_eur}


def test_a_release_withholds_what_one_person_counted_for(accounts):
    found, made = accounts
    for contributions, is_withheld in ((0, False), (1, True), (2, True), (3, False)):
        account = dataclasses.replace(made[0], contributions=contributions)
        packed = ocds.release(account, found.issue, prefix=PREFIX)
        observations = packed["contracts"][0]["implementation"]["metrics"][0]["observations"]
        assert (observations == []) is is_withheld
        assert ("withheldInformation" in packed) is is_withheld
        amount = f"{account.line.standing.done_eur}".rstrip("0").rstrip(".")
        if is_withheld and account.line.standing.done_eur:
            assert amount not in json.dumps(packed)


def test_a_malus_is_a_charge(busy, post, issue):
    post(busy, Account.MALUS, "150.25")
    line = definitions.read(issue(busy)).contract
    account = ocds.Account(line, ocds.Party("Ministerie"), 3)
    packed = ocds.release(account, definitions.read(issue(busy)).issue, prefix=PREFIX)
    charges = packed["contracts"][0]["implementation"]["charges"]
    assert [charge["actualValue"]["amount"] for charge in charges] == [150.25]
    assert packed["buyer"] == {"id": "Ministerie", "name": "Ministerie"}


def test_a_release_names_no_person_and_no_group(accounts, vera, cora, piet, olga):
    text = json.dumps(_packed(accounts))
    assert [person.name for person in (vera, cora, piet, olga) if person.name in text] == []
    assert '"WW"' not in text


def test_every_release_is_valid(accounts):
    """Without the folder of the schemas it is only well-formed."""
    packed = _packed(accounts)
    if SCHEMAS:
        fastjsonschema.compile(SCHEMAS["package"])(packed)
        check = fastjsonschema.compile(SCHEMAS["release"])
        for each in packed["releases"]:
            check(each)
    assert {each["ocid"] for each in packed["releases"]} == {
        f"{PREFIX}-{line.terms.uuid}" for line in accounts[0].contracts
    }


def test_a_contract_that_is_to_begin_is_pending(accounts, busy, issue):
    found, made = accounts
    terms = made[0].line.terms
    for starts_on, ends_on, status in (
        (terms.starts_on.replace(year=2027), terms.ends_on.replace(year=2028), "pending"),
        (terms.starts_on.replace(year=2020), terms.ends_on.replace(year=2021), "terminated"),
    ):
        changed = dataclasses.replace(terms, starts_on=starts_on, ends_on=ends_on)
        line = dataclasses.replace(made[0].line, terms=changed)
        account = dataclasses.replace(made[0], line=line)
        packed = ocds.release(account, found.issue, prefix=PREFIX)
        assert packed["contracts"][0]["status"] == status
