"""Slow down who guesses: failures stand in PostgreSQL, and the wait doubles (VS-05)."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Max, Q

from sroi_portal.core import personal
from sroi_portal.core.models import SignInFailure

WINDOW = dt.timedelta(hours=1)
LONGEST = dt.timedelta(minutes=15)
AT_ONCE = dt.timedelta(seconds=1)
FREE_TRIES = {"both": 5, "account": 20, "address": 50}  # an office shares one address
ACCOUNTS, ADDRESSES = uuid.UUID(int=1), uuid.UUID(int=2)


@dataclass(frozen=True)
class Attempt:
    """Somebody at this address tries to come in as this account; the account need not exist."""

    account: bytes
    address: bytes

    def failures(self) -> dict[str, Q]:
        account, address = Q(email_hash=self.account), Q(address_hash=self.address)
        return {"both": account & address, "account": account, "address": address}


def attempt(account: str, address: str) -> Attempt:
    return Attempt(
        account=personal.keyed_hash(account, of=ACCOUNTS),
        address=personal.keyed_hash(address, of=ADDRESSES),
    )


def wait(trying: Attempt, *, at: dt.datetime) -> dt.timedelta:
    """How long until this may be tried; zero is now. Two tries at once are one too many."""
    if not _is_alone(trying):
        return AT_ONCE
    kinds = trying.failures()
    counts = {f"{kind}_count": Count("pk", filter=which) for kind, which in kinds.items()}
    lasts = {f"{kind}_last": Max("failed_at", filter=which) for kind, which in kinds.items()}
    recent = SignInFailure.objects.filter(
        kinds["account"] | kinds["address"], failed_at__gt=at - WINDOW
    ).aggregate(**counts, **lasts)
    ends = [
        recent[f"{kind}_last"] + delay(recent[f"{kind}_count"] - free)
        for kind, free in FREE_TRIES.items()
        if recent[f"{kind}_count"] >= free
    ]
    return max((end - at for end in ends if end > at), default=dt.timedelta())


def delay(tries_too_many: int) -> dt.timedelta:
    """1, 2, 4, 8 … seconds, at most a quarter of an hour."""
    return min(dt.timedelta(seconds=2 ** min(tries_too_many, 20)), LONGEST)


def count(trying: Attempt, *, at: dt.datetime) -> None:
    SignInFailure.objects.create(
        email_hash=trying.account, address_hash=trying.address, failed_at=at
    )


def forget(trying: Attempt) -> None:
    """Start anew for who came in, from this address only."""
    SignInFailure.objects.filter(trying.failures()["both"]).delete()


def _is_alone(trying: Attempt) -> bool:
    """Whether no other request tries this account now, until this transaction ends."""
    key = int.from_bytes(trying.account[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [key])
        row = cursor.fetchone()
    return bool(row and row[0])
