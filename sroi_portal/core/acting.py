"""Who the database believes we are: a role and what it may see, for one transaction (ADR 0010)."""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection, transaction

from sroi_portal.core import leftovers

SETTINGS = (
    "role",
    "sroi.user",
    "sroi.authorities",
    "sroi.checking",
    "sroi.suppliers",
    "sroi.parties",
    "sroi.link",
    "sroi.edits",
    "sroi.opened",
)


class DatabaseRole(StrEnum):
    WEB = "sroi_web"
    WORKER = "sroi_worker"
    PUBLIC = "sroi_public"
    LINK = "sroi_link"


def _array(ids: tuple[int, ...]) -> str:
    return "{" + ",".join(map(str, ids)) + "}"


@dataclass(frozen=True)
class Sight:
    """Ids of the rows a person may see; policies compare with these constants."""

    user: int | None = None
    authorities: tuple[int, ...] = ()  # whose contracts
    checking: tuple[int, ...] = ()  # whose single contributions
    suppliers: tuple[int, ...] = ()  # on whose behalf
    parties: tuple[int, ...] = ()  # contracts of others, carried or worked on with them
    link: str = ""  # hash, in hexadecimals, of the token by which somebody came in
    edits: bool = False  # what everybody reads in the network
    opened: int | None = None  # the personal link, once its code was typed

    def as_settings(self) -> list[str]:
        arrays = (self.authorities, self.checking, self.suppliers, self.parties)
        who, opened = str(self.user or ""), str(self.opened or "")
        return [who, *(_array(ids) for ids in arrays), self.link, self._edits, opened]

    @property
    def _edits(self) -> str:
        return "on" if self.edits else ""


NOTHING = Sight()
NOBODY = ("none", *NOTHING.as_settings())  # as the connection opens
ACTING: ContextVar[tuple[str, ...]] = ContextVar("acting", default=NOBODY)


@contextlib.contextmanager
def acting_as(role: DatabaseRole, sight: Sight = NOTHING) -> Iterator[None]:
    """Open a transaction that has the rights of `role` and sees what `sight` names.

    Inside another transaction the rights from before return at the end.
    """
    is_inside = connection.in_atomic_block
    before = ACTING.get() if is_inside else NOBODY
    wanted = (role.value, *sight.as_settings())
    ACTING.set(wanted)
    try:
        with transaction.atomic():
            _set(wanted)
            yield
            if is_inside:
                _set(before)
    finally:
        ACTING.set(before)
        if not is_inside:
            leftovers.remove()


def is_party() -> bool:
    """Whether the present sight has contracts of others, of which it sees no posting."""
    return ACTING.get()[SETTINGS.index("sroi.parties")] != _array(())


def _set(values: tuple[str, ...]) -> None:
    calls = ", ".join("set_config(%s, %s, true)" for _ in SETTINGS)
    pairs = [part for pair in zip(SETTINGS, values, strict=True) for part in pair]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", pairs)
