"""What a site needs before it can be opened: tables, demo data, static files."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg

from machine import place, services
from machine.postgres import Postgres

ROLES = place.PROJECT / "sroi_portal" / "core" / "roles.sql"


def environment() -> dict[str, str]:
    """Return the whole environment of a process of the portal."""
    given = {**os.environ}
    if given.get("DATABASE_URL"):
        given.setdefault("DATABASE_OWNER_URL", given["DATABASE_URL"])
    return given | services.environment(given) | {"PYTHONUNBUFFERED": "1"}


def make_ready(environment: dict[str, str]) -> None:
    """Migrate, load demo data once, gather static files.

    :raises MachineError: a database of the environment's own cannot be prepared.
    """
    if os.environ.get("DATABASE_URL"):
        make_roles(environment["DATABASE_OWNER_URL"])
    elif begun().exists():
        Postgres().begin_anew()
    manage(environment, "migrate", "--verbosity", "0")
    if environment["DEMO"] == "True" and is_empty(environment):
        load_demo(environment)
    manage(environment, "collectstatic", "--no-input", "--verbosity", "0")


def begun() -> Path:
    """Return what stands there while demo data is being loaded, and after that was cut short."""
    return place.local() / "demo-begun"


def load_demo(environment: dict[str, str]) -> None:
    print("Loading demo data, once", flush=True)
    begun().touch()
    manage(environment, "load_demo")
    begun().unlink()


def make_roles(url: str) -> None:
    """Make the roles in somebody else's PostgreSQL, where they are missing.

    :raises MachineError: they are missing, and this user may not make them.
    """
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
            wanted = "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'sroi\\_%'"
            if connection.execute(wanted).fetchone() != (6,):
                connection.execute(ROLES.read_bytes())
    except psycopg.errors.InsufficientPrivilege:
        raise place.MachineError(
            "The database has no roles for the portal, and this user may not make them: let its "
            f"administrator run {ROLES.relative_to(place.PROJECT)} once."
        ) from None
    except psycopg.OperationalError as reason:
        raise place.MachineError(
            f"The database of DATABASE_URL does not answer: {reason}"
        ) from None


def is_empty(environment: dict[str, str]) -> bool:
    """Ask whether nobody can sign in yet."""
    with psycopg.connect(environment["DATABASE_OWNER_URL"]) as connection:
        return connection.execute("SELECT FROM core_user LIMIT 1").fetchone() is None


def manage(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=place.PROJECT, env=environment, check=True
    )


def welcome(environment: dict[str, str], address: str) -> str:
    """Say where the site is and, for a demo, who may sign in."""
    lines = [f"\nSROI-portaal runs at {address}", f"Logs: {Path(place.log('web')).parent}"]
    if environment["DEMO"] == "True":
        people = subprocess.run(
            [sys.executable, "manage.py", "demo_people"],
            cwd=place.PROJECT,
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        lines += ["", people.stdout.rstrip()]
    return "\n".join([*lines, "\nCtrl-C stops everything."])
