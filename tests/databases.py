"""The database that each worker of a test run copies, so that migrations run once."""

import hashlib
from pathlib import Path

from django.core.management import call_command
from django.db.backends.base.base import BaseDatabaseWrapper

from tests import source

LOCK = 0x5203  # advisory: one worker makes it, the others wait
PREFIX = "sroi_migrated_"


def migrated(connection: BaseDatabaseWrapper) -> str:
    """Give the name of a database with every migration in it; who comes first makes it."""
    name = PREFIX + _digest()
    with connection._nodb_cursor() as cursor:  # the lock ends with its connection
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"])
        found = {row[0] for row in cursor.fetchall()}
        for old in found - {name}:
            cursor.execute(f"DROP DATABASE {old}")
        if name not in found:
            making = f"{name}_"
            cursor.execute(f"CREATE DATABASE {making}")
            _migrate(connection, making)
            cursor.execute(f"ALTER DATABASE {making} RENAME TO {name}")
    return name


def _migrate(connection: BaseDatabaseWrapper, name: str) -> None:
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


def _digest() -> str:
    files = sorted(
        path for folder in source.APPS.values() for path in folder.rglob("migrations/*.py")
    )
    content = hashlib.sha256()
    for path in files:
        content.update(Path(path).read_bytes())
    return content.hexdigest()[:12]
