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


@pytest.fixture
def site(transactional_db, settings, tmp_path):
    """The address of a portal of real processes: gunicorn, worker, clock."""
    settings.MEDIA_ROOT = str(tmp_path)
    web, address = processes.web()
    worker = processes.worker()
    yield address
    worker.stop()
    web.stop()


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
