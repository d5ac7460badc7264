"""The environment of a test run, set before Django reads its settings (see `addopts`).

Tests connect as the owner; requests and tasks take on their own role, as in production.
"""

import os
from urllib.parse import urlsplit, urlunsplit

import hypothesis

from machine import services

hypothesis.settings.register_profile("usual", max_examples=200, deadline=None)
hypothesis.settings.register_profile("soak", max_examples=10_000, deadline=None)
hypothesis.settings.load_profile("usual")  # or --hypothesis-profile=soak, as `make soak` does

FIXED = {
    "SECRET_KEY": "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG",
    "FIELD_KEYS": "new:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=,"
    "old:Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=",
    "HASH_KEY": "find:ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=",
    "DEMO": "False",
    "DEBUG": "False",
    "SITE_URL": "http://localhost:8000",
    "STATIC_HASHED": "False",
    "STATIC_ROOT": "static",  # nothing is gathered for tests
    "EMAIL_URL": "memory:",
    "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
}


def prepare() -> None:
    """Start what is not running, and let the suite connect as the owner."""
    services.start()
    values = services.environment()
    os.environ["SROI_TEST_LOGIN_URL"] = values["DATABASE_URL"]  # as web and worker connect
    os.environ["DATABASE_URL"] = values.get("DATABASE_OWNER_URL") or values["DATABASE_URL"]
    os.environ["REDIS_URL"] = values["REDIS_URL"]
    os.environ.pop("DATABASE_OWNER_URL", None)
    os.environ.update(FIXED)


def own_cache() -> None:
    """Give each worker of the run a numbered database, so that none clears another's cache."""
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw-1")[2:]) + 2
    os.environ["REDIS_URL"] = numbered(os.environ["REDIS_URL"], number)


def numbered(url: str, number: int) -> str:
    """Name another database of the same Redis."""
    if url.startswith("unix:"):
        return f"{url.partition('?')[0]}?db={number}"
    return urlunsplit(urlsplit(url)._replace(path=f"/{number}"))


if "SROI_TEST_ENVIRONMENT" not in os.environ:
    prepare()
    os.environ["SROI_TEST_ENVIRONMENT"] = "ready"  # workers of the run inherit it
own_cache()
