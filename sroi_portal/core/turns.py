"""One at a time, over all processes: locks on work that is no row."""

from enum import IntEnum, unique

from django.db import connection


@unique
class Turn(IntEnum):
    """The work, with the number under which the database keeps its lock."""

    LEDGER = 0x5201  # postings share it, a report takes it alone for a moment
    FIXED_TABLES = 0x5202
    OPEN_CONTRACTS = 0x5203
    BURDEN = 0x5204
    FIGURES = 0x5205
    PEERS = 0x5206
    FOLLOW_UPS = 0x5207
    JOB_ENTRIES = 0x5215


def take(turn: Turn) -> None:
    """Wait until nobody else is at this work; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [turn.value])


def share(turn: Turn) -> None:
    """Wait until nobody has this work alone; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [turn.value])
