"""ClamAV: every file is scanned before it is kept (BIO-09)."""

import socket
import struct

from django.conf import settings
from django.utils.translation import gettext as _

from sroi_portal.core.uploads.refusals import UploadRefusedError

CLEAN, UNSCANNED, WAITING, INFECTED = "clean", "unscanned", "waiting", "infected"
SECONDS = 30
PART_BYTES = 64 * 1024
MOST_ANSWER_BYTES = 4096


def has_scanner() -> bool:
    return bool(settings.CLAMAV)


def may_do_without() -> bool:
    return bool(settings.ALLOW_UNSCANNED)


def scan(content: bytes) -> str:
    """Say what the scanner found; an installation may do without one, and then says so.

    :raises UploadRefusedError: when something is found, or nobody can look.
    """
    found = scan_or_wait(content)
    if found == WAITING:
        raise UploadRefusedError(
            _("The virus scanner does not answer now. The file was not kept. Try again later.")
        )
    return found


def scan_or_wait(content: bytes) -> str:
    """Say what the scanner found, or that the file is to be held back until it answers (BIO-09).

    :raises UploadRefusedError: when something is found, or there is no scanner and must be one.
    """
    if not has_scanner():
        if may_do_without():
            return UNSCANNED
        raise UploadRefusedError(
            _(
                "Files cannot be added here: this site has no virus scanner. State what you saw instead."
            )
        )
    found = look(content)
    if found == INFECTED:
        raise UploadRefusedError(
            _(
                "The virus scanner found something in this file. It was not kept. Ask your IT support."
            )
        )
    return found


def look(content: bytes) -> str:
    """Ask the scanner: clean, infected, or waiting when it does not answer as it should."""
    if not has_scanner():
        return UNSCANNED if may_do_without() else WAITING
    try:
        answer = _ask(content)
    except (OSError, ValueError, struct.error):
        return WAITING
    if answer.endswith(" FOUND"):
        return INFECTED
    return CLEAN if answer == "stream: OK" else WAITING


def _ask(content: bytes) -> str:
    """Speak clamd's INSTREAM: parts with their length before them, a part of nothing at the end."""
    with _connect() as connection:
        connection.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), PART_BYTES):
            part = content[start : start + PART_BYTES]
            connection.sendall(struct.pack("!L", len(part)) + part)
        connection.sendall(struct.pack("!L", 0))
        return _answer(connection)


def _connect() -> socket.socket:
    """Reach a Unix socket (`/path` or `unix:/path`) or `host:port`."""
    place = settings.CLAMAV.removeprefix("unix:")
    if place.startswith("/"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(SECONDS)
        try:
            connection.connect(place)
        except OSError:
            connection.close()
            raise
        return connection
    host, _colon, port = place.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)


def _answer(connection: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < MOST_ANSWER_BYTES:
        part = connection.recv(MOST_ANSWER_BYTES)
        if not part:
            break
        answer += part
    return answer.rstrip(b"\0\n").decode(errors="replace")
