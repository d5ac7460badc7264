"""A real browser; a real site where a test asks for it."""

import os
import shutil

import pytest
from pytest_django.live_server_helper import LiveServer

from sroi_portal.core.models import User
from tests import processes, scenario
from tests.client import PortalClient

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps a loop running in the test


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {
        "executable_path": shutil.which("chromium"),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture(scope="session")
def web(django_db_setup, django_db_blocker, tmp_path_factory):
    """One application server for all tests of this run, and where it keeps files."""
    media = str(tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), processes.running_web(MEDIA_ROOT=media) as address:
        yield address, media


@pytest.fixture
def site(transactional_db, settings, web):
    """The address of a portal that runs in a process of its own."""
    address, settings.MEDIA_ROOT = web
    return address


@pytest.fixture
def worker(site):
    """The worker of that portal, with the clock inside."""
    with processes.running(processes.worker()) as process:
        yield process


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """What everybody sees, committed: for tests that look, or write what no other test reads."""
    with scenario.committed(django_db_blocker) as filled:
        yield filled


@pytest.fixture(scope="module")
def portal(world):
    """The address of a portal of one process, without a worker."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


@pytest.fixture(scope="module")
def sign_in(world, portal):
    """Give a browser the session of a person; of nobody takes it away."""
    people = [each for each in vars(world).values() if isinstance(each, User)]
    sessions = {each: PortalClient().sign_in(each).cookies["session"].value for each in people}

    def sign_in(page, person):
        page.context.clear_cookies()
        if person is not None:
            cookie = {"name": "session", "value": sessions[person], "url": portal}
            page.context.add_cookies([cookie])

    return sign_in
