"""What apps to the right of this one do when a contract closes: they say so when they start."""

import datetime as dt
from typing import Protocol

from contracts.models import Contract
from sroi_portal.core.models import User


class Closer(Protocol):
    """Ends what is planned on a contract and, for a reason, what waits on it."""

    def __call__(
        self, contract: Contract, *, by: User, at: dt.datetime, reason: str = ""
    ) -> None: ...


_closers: list[Closer] = []


def ask(closer: Closer) -> None:
    """Be asked from now on; an app calls this once, when it is ready."""
    if closer not in _closers:
        _closers.append(closer)


def close(contract: Contract, *, by: User, at: dt.datetime, reason: str = "") -> None:
    for closer in _closers:
        closer(contract, by=by, at=at, reason=reason)
