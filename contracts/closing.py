"""What apps to the right of this one do when a contract closes: they say so when they start."""

import datetime as dt
from typing import Protocol

from contracts.models import Contract
from sroi_portal.core.models import User


class Holder(Protocol):
    """Locks the people and the work of a contract, in the order in which everybody does."""

    def __call__(self, contract: Contract) -> None: ...


class Closer(Protocol):
    """Ends what is planned on a contract and, for a reason, what waits on it."""

    def __call__(
        self, contract: Contract, *, by: User, at: dt.datetime, reason: str = ""
    ) -> None: ...


_asked: list[tuple[Holder, Closer]] = []


def ask(holder: Holder, closer: Closer) -> None:
    """Be asked from now on; an app calls this once, when it is ready."""
    if (holder, closer) not in _asked:
        _asked.append((holder, closer))


def hold(contract: Contract) -> None:
    """Lock what hangs on the contract, before the contract itself is locked."""
    for holder, _closer in _asked:
        holder(contract)


def close(contract: Contract, *, by: User, at: dt.datetime, reason: str = "") -> None:
    for _holder, closer in _asked:
        closer(contract, by=by, at=at, reason=reason)
