"""Sessions in PostgreSQL, read and written with the rights of the web role."""

from typing import Any

from django.contrib.sessions.backends import db

from sroi_portal.core.acting import DatabaseRole, acting_as

SIGNED_IN_AT = "signed_in_at"  # seconds since 1970, kept in the session


class SessionStore(db.SessionStore):
    def load(self) -> dict[str, Any]:
        with acting_as(DatabaseRole.WEB):
            return super().load()

    def exists(self, session_key: str) -> bool:
        with acting_as(DatabaseRole.WEB):
            return super().exists(session_key)

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's signature
        with acting_as(DatabaseRole.WEB):
            super().save(must_create)

    def delete(self, session_key: str | None = None) -> None:
        with acting_as(DatabaseRole.WEB):
            super().delete(session_key)

    @classmethod
    def clear_expired(cls) -> None:
        with acting_as(DatabaseRole.WORKER):
            super().clear_expired()
