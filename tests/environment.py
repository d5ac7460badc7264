"""The environment of a test run, set before Django reads its settings (see `addopts`).

Tests connect as the owner; requests and tasks take on their own role, as in production.
"""

import os

from machine import services

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


if "SROI_TEST_ENVIRONMENT" not in os.environ:
    prepare()
    os.environ["SROI_TEST_ENVIRONMENT"] = "ready"  # workers of the run inherit it
