"""The people of the tests. NOON is a fixed moment; no test reads the clock."""

import datetime as dt
import gc
from collections import Counter
from zoneinfo import ZoneInfo

import coverage
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation

from sroi_portal.core.models import RoleName
from suppliers.models import MembershipRole
from tests import databases, factories
from tests.client import PortalClient

NOON = dt.datetime(2026, 3, 4, 12, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
TODAY = NOON.date()
MEASURED = coverage.Coverage.current()  # None where no coverage is asked


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Begin with the files that take long, so that no worker is left alone with one at the end."""
    counted = Counter(item.path for item in items)
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: (item.path not in slow, -counted[item.path]))


def pytest_collection_finish():
    """What is there before the first test stays: looking at it again for waste takes a tenth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """Measure no coverage of slow tests: it would make them half as slow again."""
    if MEASURED is None or not item.get_closest_marker("slow"):
        return (yield)
    MEASURED.stop()
    try:
        return (yield)
    finally:
        MEASURED.start()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish():
    """Keep what was measured while there is time: a worker that ends slowly is killed."""
    if MEASURED is not None:
        MEASURED.save()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, worker_id, django_db_blocker
):
    """Let each of several workers copy a database that was migrated once."""
    if worker_id != "master":
        with django_db_blocker.unblock():
            connection.settings_dict["TEST"]["TEMPLATE"] = databases.migrated(connection)


@pytest.fixture(autouse=True)
def _nothing_remembered(request):
    """No test is warmed by another's cache."""
    if request.node.get_closest_marker("django_db"):
        cache.clear()


@pytest.fixture(autouse=True)
def _language_of_the_portal():
    """No test goes on in the language of another's reader."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(scope="session", autouse=True)
def _nobody_stays_connected(django_db_setup, django_db_blocker):
    """End what processes of a test left open, so that the database can be thrown away."""
    yield
    others = """
        FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
          AND backend_type = 'client backend'
    """  # what cleans up by itself belongs to the server
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_terminate_backend(pid) {others}")


@pytest.fixture
def client():
    """A browser that refuses a GET that writes; `client.sign_in(person)` signs in."""
    return PortalClient()


@pytest.fixture
def ministry(db):
    return factories.AuthorityFactory(code="VB", name="Ministerie van Voorbeelden")


@pytest.fixture
def other_ministry(db):
    return factories.AuthorityFactory(code="AN", name="Ministerie van Anderen")


@pytest.fixture
def noord(db):
    return factories.SupplierFactory(name="Leverancier Noord", kvk="99990001")


@pytest.fixture
def zuid(db):
    return factories.SupplierFactory(name="Leverancier Zuid", kvk="99990002")


def _person(name, authority, *roles):
    user = factories.UserFactory(name=name, email=f"{name.lower()}@example.org")
    for role in roles:
        factories.RoleAssignmentFactory(user=user, authority=authority, role=role)
    return user


def _supplier_person(name, supplier, role):
    user = factories.UserFactory(name=name, email=f"{name.lower()}@example.org")
    factories.MembershipFactory(user=user, supplier=supplier, role=role)
    return user


@pytest.fixture
def sara(noord):
    """Supplies: works at Leverancier Noord, which has the contract of the test."""
    return _supplier_person("Sara", noord, MembershipRole.MEMBER)


@pytest.fixture
def bram(zuid):
    """Supplies elsewhere and administers it; must see nothing of Noord."""
    return _supplier_person("Bram", zuid, MembershipRole.ADMINISTRATOR)


@pytest.fixture
def noor(noord):
    """Administers Leverancier Noord."""
    return _supplier_person("Noor", noord, MembershipRole.ADMINISTRATOR)


@pytest.fixture
def olga(ministry):
    """Checks for the ministry of the contract."""
    return _person("Olga", ministry, RoleName.COORDINATOR)


@pytest.fixture
def otto(other_ministry):
    """Checks for another ministry."""
    return _person("Otto", other_ministry, RoleName.COORDINATOR)


@pytest.fixture
def piet(ministry):
    """Buys."""
    return _person("Piet", ministry, RoleName.OFFICER)


@pytest.fixture
def cora(ministry):
    """Manages contracts."""
    return _person("Cora", ministry, RoleName.MANAGER)


@pytest.fixture
def vera(ministry):
    """Makes policy."""
    return _person("Vera", ministry, RoleName.POLICY_MAKER)


@pytest.fixture
def ada(ministry):
    """Advises."""
    return _person("Ada", ministry, RoleName.ADVISER)


@pytest.fixture
def anna(ministry):
    """Audits."""
    return _person("Anna", ministry, RoleName.AUDITOR)


@pytest.fixture
def bert(other_ministry):
    """Advises elsewhere."""
    return _person("Bert", other_ministry, RoleName.ADVISER)


@pytest.fixture
def adam(ministry):
    """Administers."""
    return _person("Adam", ministry, RoleName.ADMINISTRATOR)


@pytest.fixture
def pia(ministry):
    """Administers people."""
    return _person("Pia", ministry, RoleName.PEOPLE_ADMINISTRATOR)


@pytest.fixture
def tess(ministry):
    """Administers texts."""
    return _person("Tess", ministry, RoleName.TEXT_ADMINISTRATOR)


@pytest.fixture
def table(db):
    return factories.value_table()


@pytest.fixture
def contract(ministry, noord, piet, cora, table):
    """Active: EUR 800,000 at 5 %, the year 2026, owed EUR 40,000.00 (example E01)."""
    return factories.active_contract(
        authority=ministry, supplier=noord, officer=piet, manager=cora, value_table=table
    )
