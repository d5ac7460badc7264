"""Every address of the portal against every kind of person (design.md, section 5).

The rows stand in `access/`, a file for each part of the portal. Somebody else's object is a 404; one's own that may not be done is a 403; who has not signed in is
sent to the sign-in page. The last status of a short line holds for everybody after it. The mailbox
of a demonstration is no address of a portal in use.
"""

import os
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings
from django.urls import URLPattern, get_resolver, reverse

from sroi_portal.core import sight
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import User
from tests import scenario
from tests.client import PortalClient

pytestmark = pytest.mark.slow
PEOPLE = "nobody sara bram piet cora olga otto vera ada anna adam pia tess".split()  # noqa: SIM905 - a heading
# sara works at the contract's supplier, bram administers another one; olga coordinates for the
# contract's ministry, otto for another one; piet buys, cora manages the contract, vera makes
# policy, ada advises, anna audits, adam administers, pia only people
# and tess only texts
FOLDER = Path(__file__).parent / "access"
SHORT = FOLDER / "templates"  # what is refused needs no menu here: half of all answers are refusals


def rows_of(folder):
    """Read the lines of each file below its heading, word by word."""
    for file in sorted(folder.glob("*.txt")):
        yield from lines_of(file)


def lines_of(file):
    return (line.split() for line in file.read_text().splitlines()[1:] if line)


ROWS = list(rows_of(FOLDER))
GUARDED = [model for model in apps.get_models() if getattr(model, "GUARD", None)]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    engine = {**settings.TEMPLATES[0], "DIRS": [SHORT, *settings.TEMPLATES[0]["DIRS"]]}
    with (
        scenario.committed(django_db_blocker) as filled,
        override_settings(TEMPLATES=[engine]),
    ):
        yield filled


def named(patterns, namespace=""):
    """The name of every address, with its namespace."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else namespace
            yield from named(pattern.url_patterns, inner)


def test_every_address_stands_in_the_matrix_and_no_other():
    assert sorted({row[0] for row in ROWS}) == sorted(named(get_resolver().url_patterns))


def arguments(world, name):
    if name == "-":
        return []
    others = {"kind": ["csv"], "key": ["a", "b-c"], "passkey": [1], "job": [world.job.uuid]}
    others |= {"token": [world.token], "membership": [world.membership_of_sara.pk]}
    draft = world.draft_table.pk
    others |= {"table_toml": [world.table.pk, "toml"], "draft_xlsx": [draft, "xlsx"]}
    others |= {
        "drafted_row": [draft, "rows", "ww"],
        "drafted_bonus": [draft, "bonuses", "permanent"],
    }
    others |= {f"new_{kind}": [draft, f"{kind}s"] for kind in ("row", "limit")}
    others |= {"new_bonus": [draft, "bonuses"]}
    others |= {"ledger_csv": [world.contract.pk, "csv"]}
    if name in others:
        return others[name]
    one = getattr(world, name)
    return one if isinstance(one, list) else [one.pk]


@pytest.fixture(scope="module")
def cookies(world, django_db_blocker):
    """Everybody signs in once, and is nobody who signed in before."""
    with django_db_blocker.unblock():
        people = [(name, getattr(world, name)) for name in PEOPLE if name != "nobody"]
        signed_in = {name: PortalClient().sign_in(person).cookies for name, person in people}
        User.objects.update(last_login=None)
    return {
        name: {key: cookie.value for key, cookie in given.items()}
        for name, given in signed_in.items()
    }


@pytest.fixture(scope="module")
def visitor():
    """One for everybody: it loads the middleware once."""
    return PortalClient()


def status(visitor, world, cookies, row):
    """What this person gets, and nothing of it stays."""
    address, method, name = row[:3]
    visitor.cookies = SimpleCookie(cookies)
    with transaction.atomic():
        data = {"authority": world.ministry.pk, "role": "adviser"} if method == "post" else {}
        response = getattr(visitor, method)(reverse(address, args=arguments(world, name)), data)
        list(response)  # a file is closed when it is read to its end
        transaction.set_rollback(True)
    return response.status_code


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[2]}")
def test_everybody_gets_what_the_matrix_says(visitor, world, cookies, row):
    wanted = [int(code) for code in row[3:]]
    wanted += wanted[-1:] * (len(PEOPLE) - len(wanted))
    got = [status(visitor, world, cookies.get(person), row) for person in PEOPLE]
    pairs = zip(PEOPLE, got, wanted, strict=True)
    assert {person: (one, other) for person, one, other in pairs if one != other} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("model", GUARDED, ids=lambda model: model._meta.label)
def test_the_database_itself_hides_the_rows_of_others(world, model):
    rows = model._base_manager.all()
    with acting_as(DatabaseRole.WORKER):
        assert rows.exists(), "the scenario has none: nothing is proven"
    for stranger in (world.otto, world.bram):
        with acting_as(DatabaseRole.WEB, sight.of(stranger)):
            assert list(rows.values_list("pk", flat=True)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("model", apps.get_models(), ids=lambda model: model._meta.label)
def test_who_signs_in_to_the_database_may_do_nothing_until_it_acts(model):
    login = urlsplit(os.environ["SROI_TEST_LOGIN_URL"])
    address = urlunsplit(login._replace(path=f"/{connection.settings_dict['NAME']}"))
    table = model._meta.db_table
    with (
        psycopg.connect(address) as unprivileged,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        unprivileged.execute(f"SELECT FROM {table} LIMIT 1")
