"""Run the whole portal on this machine until Ctrl-C: what `make run` calls."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from machine import place, server, services, site
from machine.place import MachineError
from machine.process import Process, shown, stop_all

FIRST_PORT = 8000
SECONDS_TO_ANSWER = 90


class StopError(Exception):
    """Somebody asks the supervisor to stop."""


def free_port(first: int = FIRST_PORT) -> int:
    """Return the first port from 8000 on that nobody listens to, else any free one."""
    for port in (*range(first, first + 100), 0):
        with socket.socket() as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                attempt.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(attempt.getsockname()[1])
    raise MachineError("No free port on this machine.")


def wanted_port() -> int:
    """Read PORT, or find a free one.

    :raises MachineError: PORT is no port, or is taken.
    """
    given = os.environ.get("PORT", "")
    if not given:
        return free_port()
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise MachineError(f"PORT is {given!r}: write a number between 1 and 65535.")
    if free_port(int(given)) != int(given):
        raise MachineError(f"Port {given} is taken: leave PORT out, and a free one is found.")
    return int(given)


def processes(environment: dict[str, str], port: int) -> list[Process]:
    """Name what the portal consists of, beside its servers."""
    celery = ["-m", "celery", "--app", "sroi_portal.celery:app", "--quiet"]
    commands = {
        "web": [
            *("-m", "gunicorn", "sroi_portal.wsgi", "--bind", f"127.0.0.1:{port}"),
            *("--worker-class", "gthread", "--workers", "2", "--threads", "4", "--timeout", "60"),
            *("--control-socket", str(place.sockets() / "gunicorn.ctl")),
        ],
        "worker": [
            *(*celery, "worker", "--concurrency", "2", "--loglevel", "INFO", "-O", "fair"),
            *("--without-gossip", "--without-mingle"),
        ],
        "beat": [
            *(*celery, "beat", "--loglevel", "INFO"),
            *("--schedule", str(place.local() / "beat"), "--pidfile", ""),
        ],
    }
    return [Process(name, command, environment) for name, command in commands.items()]


@contextmanager
def only_here() -> Iterator[None]:
    """Hold the folder for one run.

    :raises MachineError: `make run` runs in this folder already.
    """
    with (place.local() / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            raise MachineError(f"`make run` runs here already: {lock.read().strip()}") from None
        lock.truncate(0)
        lock.write(f"process {os.getpid()}\n")
        lock.flush()
        yield


def wait_for_answer(address: str, running: Sequence[Process]) -> None:
    """Wait until the first page comes.

    :raises MachineError: a process ends, or the site gives no page in time.
    """
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    while not answers(address):
        for process in running:
            if reason := process.died():
                raise MachineError(reason)
        if time.monotonic() > deadline:
            raise MachineError(f"The site gives no page. {shown('web')}:\n{server.tail('web')}")
        time.sleep(0.3)


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=20) as page:  # noqa: S310 (our own address)
            return page.status == 200
    except urllib.error.HTTPError as page:
        return page.code < 500
    except OSError:
        return False


def watch(running: Sequence[Process], servers: Sequence[server.Server]) -> None:
    """Show why a process ended and start it again, unless that does not help.

    :raises MachineError: one process keeps ending.
    """
    while True:
        for one in servers:
            if one.pid() is None:
                say(f"{one.name} ended. The end of {shown(one.name)}:\n{server.tail(one.name)}")
                say(f"Starting {one.name} again.")
                one.start()
        for process in running:
            if reason := process.died():
                say(reason)
                if process.is_hopeless():
                    raise MachineError(f"{process.name} keeps ending: everything stops.")
                say(f"Starting {process.name} again.")
                process.start()
        time.sleep(1)


def say(text: str) -> None:
    print(text, flush=True)


def run() -> None:
    port = wanted_port()
    address = f"http://localhost:{port}"
    os.environ.setdefault("SITE_URL", address)
    servers = services.ours()
    running: list[Process] = []
    try:
        say("Starting the database and the broker")
        services.start()
        environment = site.environment()
        site.make_ready(environment)
        running = processes(environment, port)
        for process in running:
            process.start()
        wait_for_answer(address, running)
        say(site.welcome(environment, address))
        watch(running, servers)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        say("\nStopping")
        stop_all(running)
        services.release()


def asked_to_stop(_number: int, _frame: FrameType | None) -> None:
    raise StopError


def main() -> int:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, asked_to_stop)
    try:
        with only_here():
            run()
    except StopError:
        say("Stopped. `make run` continues with the same data.")
    except subprocess.CalledProcessError as step:
        print(f"This step failed: {' '.join(map(str, step.cmd))}", file=sys.stderr)
        return 1
    except MachineError as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
