"""Read settings from the environment; refuse in one sentence what cannot be understood."""

import base64
import binascii
import os
import re
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured

LOCALHOST = {"localhost", "127.0.0.1", "::1"}
DATABASE_OPTIONS = {
    "application_name", "connect_timeout", "host", "sslcert", "sslkey", "sslmode", "sslrootcert",
    "target_session_attrs",
}  # fmt: skip
SMTP_SCHEMES = {
    "smtp": {"port": 25},
    "smtp+tls": {"port": 587, "use_tls": True},
    "smtps": {"port": 465, "use_ssl": True},
}
BACKENDS = {"console": "console", "memory": "locmem", "none": "dummy"}


def text(name: str, default: str | None = None) -> str:
    """Read a value; an empty one is none.

    :raises ImproperlyConfigured: there is neither a value nor a default.
    """
    value = os.environ.get(name, "").strip()
    if not value and default is None:
        raise ImproperlyConfigured(f"{name} is missing: give it a value; .env.example says which.")
    return value or default or ""


def flag(name: str, default: bool | None = None) -> bool:  # noqa: FBT001
    value = text(name, None if default is None else str(default))
    if value not in {"True", "False"}:
        raise ImproperlyConfigured(f"{name} is {value!r}: write True or False.")
    return value == "True"


def number(name: str, default: int | None = None) -> int:
    value = text(name, None if default is None else str(default))
    if not re.fullmatch(r"\d{1,12}", value, re.ASCII):
        raise ImproperlyConfigured(f"{name} is {value!r}: write a whole number in digits.")
    return int(value)


def items(name: str, default: list[str] | None = None) -> list[str]:
    value = text(name, None if default is None else ",".join(default))
    return [item.strip() for item in value.split(",") if item.strip()]


def secret(name: str) -> str:
    """Read a long random value; an example or a short one is no secret."""
    value = text(name)
    known = value.lower().startswith(("django-insecure", "change", "secret", "example"))
    if known or len(value) < 50 or len(set(value)) < 10:
        raise ImproperlyConfigured(
            f"{name} is a default or too easy to guess: write at least 50 random characters, "
            "such as `openssl rand -base64 48` prints."
        )
    return value


def keys(name: str) -> dict[str, bytes]:
    """Read AES-256 keys by their id; the first one seals, all of them open."""
    found: dict[str, bytes] = {}
    for item in items(name):
        key_id, _, encoded = item.partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            key = b""
        if not re.fullmatch(r"[a-z0-9-]{1,16}", key_id) or len(key) != 32 or key_id in found:
            raise ImproperlyConfigured(
                f"{name} has an entry that is no key: write id:key,id:key with ids of small "
                "letters and digits, each once, and keys as `openssl rand -base64 32` prints."
            )
        if len(set(key)) < 10:
            raise ImproperlyConfigured(f"{name} has a key that is not random: {key_id}.")
        found[key_id] = key
    return found


def demo(name: str, *, site_url: str) -> bool:
    """Read whether people and figures are made up; only a site on this very machine may be."""
    wanted = flag(name, default=False)
    if wanted and urlsplit(site_url).hostname not in LOCALHOST:
        raise ImproperlyConfigured(
            f"{name} is True but SITE_URL is {site_url}: demo accounts have known passwords, so "
            f"write {name}=False, or a SITE_URL on localhost."
        )
    return wanted


def url(name: str) -> str:
    """Read the address of a site, without a path."""
    value = text(name).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise ImproperlyConfigured(
            f"{name} is {value!r}: write https:// and the name of the site, without a path."
        )
    if parts.scheme == "http" and parts.hostname not in LOCALHOST:
        raise ImproperlyConfigured(f"{name} is {value!r}: only localhost goes without https.")
    return value


def database(name: str) -> dict[str, Any]:
    """Read postgresql://user:password@host:port/name, or ?host=/folder of a Unix socket."""
    parts = urlsplit(text(name))
    options = dict(parse_qsl(parts.query))
    unknown = ", ".join(sorted(set(options) - DATABASE_OPTIONS))
    base = unquote(parts.path.lstrip("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not base or not parts.username:
        raise ImproperlyConfigured(
            f"{name} cannot be read: write postgresql://user:password@host:5432/database, or "
            "postgresql://user@/database?host=/folder/of/the/socket."
        )
    if unknown:
        raise ImproperlyConfigured(
            f"{name} has an unknown option {unknown}: known are {', '.join(sorted(DATABASE_OPTIONS))}."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": base,
        "USER": unquote(parts.username),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or parts.hostname or "",
        "PORT": port(name, parts.netloc),
        "OPTIONS": options,
    }


def port(name: str, netloc: str) -> str:
    """Return the port of an address as text, empty where it names none."""
    try:
        found = urlsplit(f"//{netloc}").port
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} has a port that is no number between 0 and 65535; characters such as / and @ "
            "in a password are written as %2F and %40."
        ) from None
    return "" if found is None else str(found)


def redis_url(name: str) -> str:
    """Read redis://host:port/0, rediss:// or unix:///path/of/the/socket?db=0."""
    value = text(name)
    parts = urlsplit(value)
    place = parts.path if parts.scheme == "unix" else parts.hostname
    if parts.scheme not in {"redis", "rediss", "unix"} or not place:
        raise ImproperlyConfigured(
            f"{name} cannot be read: write redis://host:6379/0, rediss://host:6379/0 or "
            "unix:///path/of/the/socket?db=0."
        )
    port(name, parts.netloc)
    return value


def broker_url(name: str) -> str:
    """Write the same address the way Celery reads it."""
    value = redis_url(name)
    parts = urlsplit(value)
    if parts.scheme != "unix":
        return value
    base = dict(parse_qsl(parts.query)).get("db", "0")
    password = f":{parts.password}@" if parts.password else ""
    return f"redis+socket://{password}{parts.path}?virtual_host={base}"


def mailer(name: str, *, demo: bool) -> dict[str, Any]:
    """Read smtp+tls://user:password@host:587; a demo sends nothing unless told to."""
    value = text(name, default="none:" if demo else None)
    parts = urlsplit(value)
    if parts.scheme in BACKENDS and not parts.netloc:
        return {"BACKEND": f"django.core.mail.backends.{BACKENDS[parts.scheme]}.EmailBackend"}
    if parts.scheme not in SMTP_SCHEMES or not parts.hostname:
        raise ImproperlyConfigured(
            f"{name} cannot be read: write smtp+tls://user:password@host:587 (or smtps://, "
            "smtp://), console: or none:."
        )
    options: dict[str, Any] = {"host": parts.hostname, "timeout": 20, **SMTP_SCHEMES[parts.scheme]}
    if given := port(name, parts.netloc):
        options["port"] = int(given)
    if parts.username:
        options["username"] = unquote(parts.username)
        options["password"] = unquote(parts.password or "")
    return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}


def at(clock: str, weekday: str = "*") -> crontab:
    """Write a time of day for Celery beat, of every day or of one day of the week."""
    hour, minute = clock.split(":")
    return crontab(hour=str(int(hour)), minute=str(int(minute)), day_of_week=weekday)


def logging(*, debug: bool) -> dict[str, Any]:
    """Write everything of weight to standard error, one line each, for whoever runs the process."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            "django": {"level": "INFO", "handlers": [], "propagate": True},
            "django.server": {"level": "INFO" if debug else "WARNING", "handlers": []},
            "fontTools": {"level": "WARNING"},
            "weasyprint": {"level": "WARNING"},
        },
    }
