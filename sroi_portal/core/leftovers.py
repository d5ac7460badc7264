"""Files written in a transaction that came to nothing: they go as well."""

from contextvars import ContextVar

from django.core.files.storage import Storage
from django.db import transaction

_WRITTEN: ContextVar[dict[str, Storage] | None] = ContextVar("written", default=None)


def remove_unless_committed(storage: Storage, name: str) -> None:
    """Take the file away when the transaction in which it was written is rolled back."""
    written = _WRITTEN.get()
    if written is None:
        written = {}
        _WRITTEN.set(written)
    written[name] = storage
    transaction.on_commit(lambda: written.pop(name, None))


def remove() -> None:
    """Take away what was written and never committed; called when a transaction is over."""
    written = _WRITTEN.get()
    while written:
        name, storage = written.popitem()
        storage.delete(name)
