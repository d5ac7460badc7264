"""Secrets of a site on this machine: made once, kept in .local/env, never in the repository."""

import base64
import os
import secrets

from machine import place

DEMO = {
    "DEBUG": "False",
    "DEMO": "True",
    "SITE_URL": "http://localhost:8000",
    "ALLOW_UNSCANNED": "True",  # made-up people send no real files, and see them marked
}


def local_values() -> dict[str, str]:
    """Return the settings of a local demo, with secrets that stay the same."""
    path = place.local() / "env"
    text = path.read_text() if path.exists() else ""
    values = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
    missing = {name: value for name, value in fresh().items() if name not in values}
    if missing:
        values |= missing
        new = path.with_name("env.new")
        new.unlink(missing_ok=True)
        new.touch(mode=0o600)
        new.write_text("".join(f"{name}={value}\n" for name, value in values.items()))
        new.rename(path)
    return DEMO | values


def fresh() -> dict[str, str]:
    seal, find = (base64.b64encode(os.urandom(32)).decode() for _ in range(2))
    return {
        "SECRET_KEY": secrets.token_urlsafe(64),
        "FIELD_KEYS": f"local:{seal}",
        "HASH_KEY": f"local:{find}",
    }
