"""A real browser; a real site where a test asks for it."""

import os
import shutil

import pytest

from tests import processes

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
