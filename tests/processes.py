"""Real processes for tests: the web server, a worker, the clock, against the test's database."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

PATIENCE = 60  # seconds


def environment(**more: str) -> dict[str, str]:
    """What `make run` gives its processes, with the database of this test."""
    login = urlsplit(os.environ["SROI_TEST_LOGIN_URL"])
    name = connection.settings_dict["NAME"]
    values = {
        **os.environ,
        "DATABASE_URL": urlunsplit(login._replace(path=f"/{name}")),
        "REDIS_URL": _own_broker(),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "DEMO": "True",
    }
    values.pop("DATABASE_OWNER_URL", None)
    return values | more


def _own_broker() -> str:
    """A numbered database for each worker of the run."""
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]) + 5
    url = urlsplit(os.environ["REDIS_URL"])
    if url.scheme == "unix":
        return urlunsplit(url._replace(query=f"db={number}"))
    return urlunsplit(url._replace(path=f"/{number}"))


class Process:
    """A child with its log; `kill` is SIGKILL to all of its group."""

    def __init__(self, *command: str, **more: str) -> None:
        self.log = Path(tempfile.mkstemp(suffix=".log")[1])
        with self.log.open("wb") as log:
            self.child = subprocess.Popen(
                [sys.executable, "-m", *command],
                env=environment(**more),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def kill(self) -> None:
        if self.child.poll() is None:
            os.killpg(self.child.pid, signal.SIGKILL)
        self.child.wait()

    def stop(self) -> None:
        if self.child.poll() is None:
            os.killpg(self.child.pid, signal.SIGTERM)
            try:
                self.child.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.kill()

    def wait_for(self, text: str) -> None:
        until(lambda: text in self.log.read_text(errors="replace"), why=self.tail)

    def tail(self) -> str:
        return self.log.read_text(errors="replace")[-3000:]


def worker() -> Process:
    """A Celery worker with the clock inside."""
    schedule = tempfile.mkdtemp()
    process = Process(
        "celery", "-A", "sroi_portal", "worker", "-c", "1", "-l", "INFO",
        "-B", "-s", f"{schedule}/beat",
    )  # fmt: skip
    process.wait_for("ready.")
    return process


def web() -> tuple[Process, str]:
    """The application server on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://localhost:{port}"
    process = Process(
        "gunicorn", "sroi_portal.wsgi", "--bind", f"127.0.0.1:{port}",
        "--worker-class", "gthread", "--threads", "4", "--no-control-socket",
        SITE_URL=address,
    )  # fmt: skip
    until(lambda: _answers(f"{address}/health"), why=process.tail)
    return process, address


def until(happened, *, patience: float = PATIENCE, why=lambda: "") -> None:
    """Wait for something that another process does."""
    end = time.monotonic() + patience
    while not happened():
        assert time.monotonic() < end, f"did not happen within {patience} s\n{why()}"
        time.sleep(0.1)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False
