"""Real processes for tests: the web server, a worker, the clock, against the test's database."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zlib
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import redis
from celery import Celery
from django.conf import settings
from django.db import connection

from sroi_portal import env

PATIENCE = 180  # seconds: a machine may be busy
BROKERS = range(5, 16)  # numbered databases of the broker, one for each database of tests


def environment(**more: str) -> dict[str, str]:
    """What `make run` gives its processes, with the database of this test."""
    login = urlsplit(os.environ["SROI_TEST_LOGIN_URL"])
    name = connection.settings_dict["NAME"]
    values = {
        **os.environ,
        "DATABASE_URL": urlunsplit(login._replace(path=f"/{name}")),
        "REDIS_URL": own_broker(),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "DEMO": "True",
    }
    for name in ("DATABASE_OWNER_URL", "COVERAGE_PROCESS_CONFIG"):
        values.pop(name, None)
    return values | more


def own_broker() -> str:
    name = connection.settings_dict["NAME"].encode()
    number = BROKERS[zlib.crc32(name) % len(BROKERS)]
    url = os.environ["REDIS_URL"]
    if url.startswith("unix:"):
        return f"{url.partition('?')[0]}?db={number}"
    return urlunsplit(urlsplit(url)._replace(path=f"/{number}"))


def empty_broker() -> None:
    """Forget what an earlier test left to be done."""
    with redis.Redis.from_url(own_broker()) as client:
        client.flushdb()


def hint(task: str, *args: object) -> None:
    """Tell the worker at once what the clock would tell it within ten seconds."""
    os.environ["SROI_TEST_BROKER"] = own_broker()
    with Celery(broker=env.broker_url("SROI_TEST_BROKER"), set_as_current=False) as sender:
        sender.send_task(task, args=args, ignore_result=True)


class Process:
    """A child with its log; `kill` is SIGKILL to all of its group."""

    def __init__(self, *command: str, **more: str) -> None:
        number, name = tempfile.mkstemp(suffix=".log")
        self.log = Path(name)
        with open(number, "wb") as log:  # noqa: PTH123 - a number, not a path
            self.child = subprocess.Popen(
                [sys.executable, "-m", *command],
                env=environment(**more),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def kill(self) -> None:
        """End the process and its children at once, wherever they are."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.child.pid, signal.SIGKILL)
        self.child.wait()

    def stop(self) -> None:
        """Ask it to end, so that it writes down what it ran through; insist after a while."""
        self.child.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.child.wait(timeout=10)
        self.kill()
        self.log.unlink(missing_ok=True)

    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def tail(self) -> str:
        return self.said()[-3000:]

    def wait_for(self, text: str) -> None:
        until(lambda: text in self.said() or self.child.poll() is not None, why=self.tail)
        assert self.child.poll() is None, self.tail()


def worker(**more: str) -> Process:
    """A Celery worker with the clock inside, which keeps its times in memory: no file to lock."""
    process = Process(
        "celery", "-A", "sroi_portal", "worker", "-c", "1", "-l", "INFO",
        "-B", "--scheduler", "celery.beat:Scheduler", "--without-gossip", "--without-mingle",
        **more,
    )  # fmt: skip
    process.wait_for("ready.")
    return process


def web(**more: str) -> tuple[Process, str]:
    """The application server on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://localhost:{port}"
    process = Process(
        "gunicorn", "sroi_portal.wsgi", "--bind", f"127.0.0.1:{port}",
        "--worker-class", "gthread", "--threads", "4", "--no-control-socket",
        **{"SITE_URL": address} | more,
    )  # fmt: skip
    until(lambda: status_of(f"{address}/health/") == 200, why=process.tail)
    return process, address


@contextlib.contextmanager
def running(process: Process):
    """Stop it at the end, whatever the test came to."""
    try:
        yield process
    finally:
        process.stop()


@contextlib.contextmanager
def running_web(**more: str):
    """The address of an application server that stops at the end."""
    process, address = web(**more)
    with running(process):
        yield address


def until(happened, *, patience: float = PATIENCE, why=lambda: "") -> None:
    """Wait for something that another process does."""
    end = time.monotonic() + patience
    while not happened():
        assert time.monotonic() < end, f"did not happen within {patience} s\n{why()}"
        time.sleep(0.1)


def status_of(address: str) -> int | None:
    """The status that the address answers with; None when nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as answer:
        return answer.code
    except OSError:
        return None
