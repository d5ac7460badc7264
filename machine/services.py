"""Start, stop and describe PostgreSQL and Redis: `python -m machine.services start|stop|status|env`.

A server that the environment names (DATABASE_URL, REDIS_URL) is somebody else's and is left alone.
"""

import fcntl
import os
import shlex
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from machine import keys, place
from machine.place import MachineError
from machine.postgres import Postgres
from machine.server import Server
from machine.valkey import Valkey


def ours(environ: Mapping[str, str] = os.environ) -> list[Server]:
    """Name the servers that this machine must run itself."""
    wanted = (("DATABASE_URL", Postgres), ("REDIS_URL", Valkey))
    return [server() for variable, server in wanted if not environ.get(variable)]


def environment(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return what the portal reads, for a site on this machine; the environment wins."""
    values = keys.local_values()
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
        if environ.get(name):
            values[name] = environ[name]
    for server in ours(environ):
        if isinstance(server, Postgres):
            values["DATABASE_URL"] = server.url("sroi_login")
            values["DATABASE_OWNER_URL"] = server.url("sroi_owner")
        elif isinstance(server, Valkey):
            values["REDIS_URL"] = server.url()
    return {name: environ.get(name) or value for name, value in values.items()}


@contextmanager
def one_at_a_time() -> Iterator[None]:
    with (place.local() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def start() -> None:
    with one_at_a_time():
        for server in ours():
            server.start()


def start_and_keep() -> None:
    """Start, and stay when a `make run` that uses the servers ends."""
    start()
    kept().touch()


def stop() -> None:
    kept().unlink(missing_ok=True)
    with one_at_a_time():
        for server in reversed(ours()):
            server.stop()


def release() -> None:
    """Stop, unless somebody started the servers by hand."""
    if not kept().exists():
        stop()


def kept() -> Path:
    return place.local() / "kept"


def remove() -> None:
    """Stop the servers of a throw-away folder and remove it."""
    if not os.environ.get("SROI_THROWAWAY"):
        raise MachineError("Only a throw-away folder is removed: SROI_THROWAWAY is not set.")
    stop()
    for folder in {place.sockets(), place.servers(), place.local()}:
        shutil.rmtree(folder, ignore_errors=True)


def status() -> None:
    for server in ours():
        pid = server.pid()
        print(f"{server.name}: {f'runs as process {pid}' if pid else 'stopped'}")


def print_environment() -> None:
    for name, value in environment().items():
        print(f"{name}={shlex.quote(value)}")


COMMANDS = {
    "start": start_and_keep, "stop": stop, "status": status, "env": print_environment, "remove": remove,
}  # fmt: skip


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        print(f"Usage: python -m machine.services {'|'.join(COMMANDS)}", file=sys.stderr)
        return 2
    try:
        COMMANDS[arguments[0]]()
    except MachineError as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
