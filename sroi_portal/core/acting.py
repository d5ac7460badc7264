"""Who the database believes we are: a role and what it may see, for one transaction (ADR 0010)."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection, transaction

SETTINGS = ("role", "sroi.user", "sroi.authorities", "sroi.checking", "sroi.suppliers")


class DatabaseRole(StrEnum):
    WEB = "sroi_web"
    WORKER = "sroi_worker"
    PUBLIC = "sroi_public"
    LINK = "sroi_link"


@dataclass(frozen=True)
class Sight:
    """Ids of the rows a person may see; policies compare with these constants."""

    user: int | None = None
    authorities: tuple[int, ...] = ()  # whose contracts
    checking: tuple[int, ...] = ()  # whose single contributions
    suppliers: tuple[int, ...] = ()  # on whose behalf

    def as_settings(self) -> list[str]:
        arrays = (self.authorities, self.checking, self.suppliers)
        return [str(self.user or ""), *(_array(ids) for ids in arrays)]


NOTHING = Sight()


@contextlib.contextmanager
def acting_as(role: DatabaseRole, sight: Sight = NOTHING) -> Iterator[None]:
    """Open a transaction that has the rights of `role` and sees what `sight` names.

    Inside another transaction the rights from before return at the end.
    """
    before = _settings() if connection.in_atomic_block else None
    with transaction.atomic():
        _set([role.value, *sight.as_settings()])
        yield
        if before is not None:
            _set(before)


def _array(ids: tuple[int, ...]) -> str:
    return "{" + ",".join(map(str, ids)) + "}"


def _set(values: list[str]) -> None:
    calls = ", ".join("set_config(%s, %s, true)" for _ in SETTINGS)
    pairs = [part for pair in zip(SETTINGS, values, strict=True) for part in pair]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", pairs)


def _settings() -> list[str]:
    calls = ", ".join("coalesce(current_setting(%s, true), '')" for _ in SETTINGS)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", SETTINGS)
        row = cursor.fetchone()
    role, user, *arrays = (str(value) for value in row or ())
    return [role, user, *(array or "{}" for array in arrays)]
