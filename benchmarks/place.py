"""A database of its own, filled by SQL, thrown away afterwards."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

GENERATOR = Path(__file__).with_name("generate.sql")


def prepare() -> None:
    """Let Django connect as the owner, before it reads its settings."""
    os.environ["DATABASE_URL"] = os.environ.pop("DATABASE_OWNER_URL", os.environ["DATABASE_URL"])
    os.environ["TEST_DATABASE_NAME"] = "bench_sroi"
    os.environ["STATIC_HASHED"] = "False"
    os.environ["STATIC_ROOT"] = "static"
    os.environ["EMAIL_URL"] = "memory:"
    os.environ["DEMO"] = "False"
    os.environ["ALLOWED_HOSTS"] = "testserver"
    os.environ["DJANGO_SETTINGS_MODULE"] = "sroi_portal.settings"
    import django  # noqa: PLC0415

    django.setup()


@contextlib.contextmanager
def database(contracts: int, contributions: int) -> Iterator[None]:
    """Make contracts with so many contributions each, of seven or eight ledger lines."""
    from django.db import connection  # noqa: PLC0415

    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with connection.cursor() as cursor:
            sizes = {":contracts": str(contracts), ":contributions": str(contributions)}
            statements = GENERATOR.read_text()
            for name, size in sizes.items():
                statements = statements.replace(name, size)
            cursor.execute(statements)
            cursor.execute("VACUUM ANALYZE")
        yield
    finally:
        connection.creation.destroy_test_db("sroi", verbosity=0)
