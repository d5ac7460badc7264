"""Secrets of a site on this machine: made once, kept in .local/env, never in the repository."""

import base64
import os
import secrets

from machine import place


def local_values() -> dict[str, str]:
    """Return the settings of a local demo, with secrets that stay the same."""
    path = place.local() / "env"
    if not path.exists():
        fresh = path.with_name("env.new")
        fresh.touch(mode=0o600)
        key = base64.b64encode(os.urandom(32)).decode()
        fresh.write_text(f"SECRET_KEY={secrets.token_urlsafe(64)}\nFIELD_KEYS=local:{key}\n")
        fresh.rename(path)
    values = dict(line.split("=", 1) for line in path.read_text().splitlines() if "=" in line)
    return {"DEBUG": "False", "DEMO": "True", "SITE_URL": "http://localhost:8000"} | values
