"""Every address of the portal against every kind of person (design.md, section 5).

Somebody else's object is a 404; one's own that may not be done is a 403; who has not signed in is
sent to the sign-in page. The last status of a short line holds for everybody after it. The mailbox
of a demonstration is no address of a portal in use.
"""

import copy
import os
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.apps import apps
from django.db import connection, transaction
from django.urls import URLPattern, get_resolver, reverse

from sroi_portal.core import sight
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import User
from tests import scenario
from tests.client import PortalClient

PEOPLE = "nobody sara bram piet cora olga otto vera ada anna adam".split()  # noqa: SIM905 - a heading
# sara works at the contract's supplier, bram administers another one; olga coordinates for the
# contract's ministry, otto for another one; piet buys, cora manages the contract, vera makes
# policy, ada advises, anna audits, adam administers
MATRIX = """
address                         method object       nobody sara bram piet cora olga otto vera ada anna adam
home                            get    -            200

core:privacy                    get    -            200
core:accessibility              get    -            200
core:contact                    get    -            200
core:changelog                  get    -            200
core:glossary                   get    -            200
core:health                     get    -            200
core:robots                     get    -            200
core:security-txt               get    -            200
core:session-ended              get    -            200
core:profile                    get    -            302    200
core:keep-alive                 get    -            302    200
core:sessions-end               post   -            302
core:job-progress               get    job          302    404  404  404  404  200  404  404  404 404  404
core:person-list                get    -            302    403  403  403  403  403  403  403  403 403  200
core:person-new                 get    -            302    403  403  403  403  403  403  403  403 403  200
core:rights-overview            get    -            302    403  403  403  403  403  403  403  403 403  200
core:person-detail              get    piet         302    403  403  403  403  403  403  403  403 403  200
core:person-detail              get    otto         302    403  403  403  403  403  403  403  403 403  404
core:role-give                  post   piet         302    403  403  403  403  403  403  403  403 403  302
core:role-take                  post   role_of_piet 302    404  404  404  404  404  404  404  404 404  302
core:account-close              post   piet         302    403  403  403  403  403  403  403  403 403  302
core:account-open               post   piet         302    403  403  403  403  403  403  403  403 403  302
core:password-link-send         post   piet         302    403  403  403  403  403  403  403  403 403  302

suppliers:supplier-list         get    -            302    403  403  200  200  200  200  200  200 200  403
suppliers:supplier-new          get    -            302    403  403  200  200  200  200  403  403 403  403
suppliers:supplier-detail       get    noord        302    200  404  200  200  200  200  200  200 200  200
suppliers:member-list           get    noord        302    200  404  200  200  200  403  403  403 403  403
suppliers:member-end            post   membership   302    403  404  403  403  403  403  403  403 403  403
suppliers:certificate-new       get    noord        302    403  404  200  200  200  200  403  200 403  403
suppliers:certificate-edit      get    certificate  302    403  404  200  200  200  200  403  200 403  403
suppliers:certificate-end       get    certificate  302    403  404  200  200  200  200  403  200 403  403
suppliers:invitation-send       get    noord        302    403  404  200  200  200  403  403  403 403  403
suppliers:invitation-withdraw   post   invitation   302    403  404  302  403  403  403  403  403 403  403
suppliers:invitation-accept     get    token        200

contracts:value-table-list      get    -            200
contracts:value-table-detail    get    table        200
contracts:value-table-detail    get    draft_table  404    404  404  404  404  404  404  404  200 200  200
contracts:value-table-compare   get    -            200
contracts:value-table-export    get    table_toml   200
contracts:value-table-export    get    draft_xlsx   404    404  404  404  404  404  404  404  200 200  200
contracts:value-table-new       get    -            302    403  403  403  403  403  403  403  200 403  403
contracts:value-table-import    get    -            302    403  403  403  403  403  403  403  200 403  403
contracts:value-table-copy      get    table        302    403  403  403  403  403  403  403  200 403  403
contracts:value-table-copy      get    draft_table  302    404  404  404  404  404  404  404  200 403  403
contracts:value-table-edit      get    draft_table  302    404  404  404  404  404  404  404  200 403  403
contracts:value-table-edit      get    table        302    403  403  403  403  403  403  403  302 403  403
contracts:value-table-settings  get    draft_table  302    404  404  404  404  404  404  404  200 403  403
contracts:value-table-part-new  get    new_limit    302    404  404  404  404  404  404  404  200 403  403
contracts:value-table-part-edit get    drafted_row  302    404  404  404  404  404  404  404  200 403  403
contracts:value-table-part-move post   drafted_row  302    404  404  404  404  404  404  404  302 403  403
contracts:value-table-part-remove post drafted_row  302    404  404  404  404  404  404  404  302 403  403
contracts:value-table-propose   get    draft_table  302    404  404  404  404  404  404  404  200 403  403
contracts:value-table-discard   get    draft_table  302    404  404  404  404  404  404  404  200 403  403
contracts:value-table-return    get    proposed_table 302  404  404  404  404  404  404  404  200 403  200
contracts:value-table-approve   get    proposed_table 302  404  404  404  404  404  404  404  403 403  200
contracts:value-table-withdraw  get    table        302    403  403  403  403  403  403  403  200 403  200
contracts:rule-list             get    -            200
contracts:rule-detail           get    rule         200
contracts:rule-detail           get    draft_rule   404    404  404  200  200  200  404  200  200 200  404
contracts:rule-new              get    -            302    403  403  403  403  403  403  403  200 403  403
contracts:rule-copy             get    rule         302    403  403  403  403  403  403  403  200 403  403
contracts:rule-edit             get    draft_rule   302    404  404  403  403  403  404  403  200 403  404
contracts:rule-edit             get    rule         302    403  403  403  403  403  403  403  302 403  403
contracts:rule-publish          get    draft_rule   302    404  404  403  403  403  404  403  200 403  404
contracts:rule-withdraw         get    rule         302    403  403  403  403  403  403  403  200 403  403
contracts:rule-discard          post   draft_rule   302    404  404  403  403  403  404  403  302 403  404
contracts:tender-list           get    -            302    403  403  200  200  200  200  403  403 200  403
contracts:tender-new            get    -            302    403  403  200  403  403  403  403  403 403  403
contracts:tender-detail         get    tender       302    404  404  200  200  200  404  404  404 200  404
contracts:tender-edit           get    tender       302    404  404  200  403  403  404  404  404 403  404
contracts:lot-new               get    tender       302    404  404  200  403  403  404  404  404 403  404
contracts:lot-edit              get    lot          302    404  404  200  403  403  404  404  404 403  404
contracts:notice-upload         get    -            302    403  403  200  403  403  403  403  403 403  403
contracts:notice-confirm        get    notice       302    404  404  200  404  404  404  404  404 404  404
contracts:contract-list         get    -            302    200  200  200  200  200  200  200  403 200  403
contracts:contract-new          get    -            302    403  403  200  403  403  403  403  403 403  403
contracts:obligation-preview    get    -            302    403  403  200  403  403  403  403  403 403  403
contracts:contract-detail       get    contract     302    200  404  200  200  200  404  200  404 200  404
contracts:contract-detail       get    concept      302    404  404  200  200  200  404  200  404 200  404
contracts:contract-fulfilment   get    contract     302    200  404  200  200  200  404  200  404 200  404
contracts:contract-ledger       get    contract     302    200  404  403  200  200  404  403  404 200  404
contracts:ledger-export         get    ledger_csv   302    200  404  403  200  200  404  403  404 200  404
contracts:contract-edit         get    concept      302    404  404  200  403  403  404  403  404 403  404
contracts:contract-supplier     get    concept      302    404  404  200  403  403  404  403  404 403  404
contracts:contract-award        get    concept      302    404  404  200  403  403  404  403  404 403  404
contracts:contract-cancel       get    concept      302    404  404  200  403  403  404  403  404 403  404
contracts:contract-hand-over    get    awarded      302    403  404  200  403  403  404  403  404 403  404
contracts:contract-hand-over    get    contract     302    403  404  200  200  403  404  403  404 403  404
contracts:contract-accept       post   handed       302    403  404  403  302  403  404  403  404 403  404
contracts:contract-refuse       get    handed       302    403  404  403  200  403  404  403  404 403  404
contracts:contact-record        get    contract     302    403  404  403  200  403  404  403  404 403  404
contracts:obligation-change     get    contract     302    403  404  200  200  403  404  403  404 403  404
contracts:turnover-list         get    on_turnover  302    200  404  200  200  200  404  200  404 200  404
contracts:turnover-report       get    on_turnover  302    200  404  403  200  403  404  403  404 403  404
contracts:turnover-correct      get    turnover     302    200  404  403  200  403  404  403  404 403  404
contracts:goal-set              get    tailored     302    403  404  200  200  403  404  403  404 403  404
contracts:goal-change           get    goal         302    403  404  200  200  403  404  403  404 403  404
contracts:goal-give-up          get    goal         302    403  404  200  200  403  404  403  404 403  404
contracts:progress-record       get    goal         302    403  404  403  200  200  404  403  404 403  404
contracts:members-set           get    contract     302    403  404  200  200  403  404  403  404 403  404
contracts:call-off-log          get    framework    302    403  404  200  403  403  404  403  404 403  404
contracts:reserved-record       get    reserved     302    403  404  200  200  403  404  403  404 403  404

candidates:what-if              get    -            200
candidates:placement-list       get    -            302    200  200  403  403  403  403  403  403 403  403
candidates:placement-new        get    -            302    200  200  403  403  403  403  403  403 403  403
candidates:placement-detail     get    placement    302    200  404  404  200  200  404  404  404 404  404
candidates:placement-detail     get    fresh        302    200  404  404  404  404  404  404  404 404  404
candidates:hours-change         get    placement    302    200  404  404  403  403  404  404  404 404  404
candidates:placement-end        get    placement    302    200  404  404  403  403  404  404  404 404  404
candidates:placement-withdraw   post   placement    302    302  404  404  403  403  404  404  404 404  404
candidates:candidate-inform     get    placement    302    200  404  404  403  403  404  404  404 404  404
candidates:contribution-new     get    placement    302    200  404  404  403  403  404  404  404 404  404
candidates:contribution-preview post   placement    302    200  404  404  403  403  404  404  404 404  404
candidates:evidence-new         get    placement    302    200  404  404  403  403  404  404  404 404  404
candidates:evidence-file        get    evidence     302    200  404  404  200  200  404  404  404 404  404
candidates:share-list           get    -            302    200  200  403  200  200  200  403  403 403  403
candidates:share-detail         get    submitted    302    200  404  404  200  200  404  404  404 404  404
candidates:share-detail         get    draft        302    200  404  404  404  404  404  404  404 404  404
candidates:share-explanation    get    submitted    302    200  404  404  200  200  404  404  404 404  404
candidates:share-explanation    get    draft        302    200  404  404  404  404  404  404  404 404  404
candidates:share-explanation-pdf get    submitted    302    200  404  404  200  200  404  404  404 404  404
candidates:share-edit           get    draft        302    200  404  404  404  404  404  404  404 404  404
candidates:share-edit           get    returned     302    200  404  404  403  403  404  404  404 404  404
candidates:share-submit         post   draft        302    302  404  404  404  404  404  404  404 404  404
candidates:share-submit         post   returned     302    200  404  404  403  403  404  404  404 404  404
candidates:share-withdraw       post   submitted    302    302  404  404  403  403  404  404  404 404  404
candidates:share-verify         post   submitted    302    403  404  404  403  302  404  404  404 404  404
candidates:share-return         get    submitted    302    403  404  404  403  200  404  404  404 404  404
candidates:share-reject         get    submitted    302    403  404  404  403  200  404  404  404 404  404
candidates:share-revoke         get    verified     302    403  404  404  403  200  404  404  404 404  404

reports:dashboard               get    -            302    403  403  200  200  200  200  200  403 200  403
reports:report-list             get    -            302    200  200  200  200  200  200  200  403 200  403
reports:report-issue            get    -            302    403  403  403  200  403  403  200  403 403  403
reports:report-detail           get    report       302    200  404  200  200  200  404  200  404 200  404
reports:report-progress         get    report       302    302  404  302  302  302  404  302  404 302  404
reports:report-download         get    report       302    200  404  200  200  200  404  200  404 200  404
reports:report-reprint          post   unprinted    302    403  404  403  302  403  404  302  404 403  404
reports:contract-export         get    kind         302    200  200  200  200  200  200  200  403 200  403

set_language                    post   -            302
account_login                   get    -            200    302
account_logout                  get    -            302    200
account_reauthenticate          get    -            302    200
account_change_password         get    -            302    200
account_set_password            get    -            302
account_reset_password          get    -            200
account_reset_password_done     get    -            200
account_reset_password_from_key get    key          200
account_reset_password_from_key_done get -          200
mfa_index                       get    -            302    200
mfa_authenticate                get    -            302
mfa_reauthenticate              get    -     302    302  302  302  200  200  200  302  302  200 200
mfa_activate_totp               get    -     302    200  200  200  302  302  302  200  200  302 302
mfa_deactivate_totp             get    -     302    404  404  404  200  200  200  404  404  200 200
mfa_view_recovery_codes         get    -     302    404
mfa_download_recovery_codes     get    -     302    404
mfa_generate_recovery_codes     get    -     302    200
mfa_list_webauthn               get    -     302    200
mfa_add_webauthn                get    -     302    200
mfa_login_webauthn              get    -     302
mfa_reauthenticate_webauthn     get    -            302
mfa_edit_webauthn               get    passkey      302    404
mfa_remove_webauthn             get    passkey      302    404
"""
ROWS = [line.split() for line in MATRIX.splitlines()[2:] if line]
GUARDED = [model for model in apps.get_models() if getattr(model, "GUARD", None)]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with scenario.committed(django_db_blocker) as filled:
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
    return others[name] if name in others else [getattr(world, name).pk]


@pytest.fixture(scope="module")
def cookies(world, django_db_blocker):
    """Everybody signs in once, and is nobody who signed in before."""
    with django_db_blocker.unblock():
        people = [(name, getattr(world, name)) for name in PEOPLE if name != "nobody"]
        signed_in = {name: PortalClient().sign_in(person).cookies for name, person in people}
        User.objects.update(last_login=None)
        return signed_in


def status(world, cookie, row):
    """What this person gets, and nothing of it stays."""
    address, method, name = row[:3]
    client = PortalClient()
    if cookie:
        client.cookies = copy.deepcopy(cookie)
    with transaction.atomic():
        data = {"authority": world.ministry.pk, "role": "adviser"} if method == "post" else {}
        response = getattr(client, method)(reverse(address, args=arguments(world, name)), data)
        list(response)  # a file is closed when it is read to its end
        transaction.set_rollback(True)
    return response.status_code


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[2]}")
def test_everybody_gets_what_the_matrix_says(world, cookies, row):
    wanted = [int(code) for code in row[3:]]
    wanted += wanted[-1:] * (len(PEOPLE) - len(wanted))
    got = [status(world, cookies.get(person), row) for person in PEOPLE]
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
