"""Statuses move along a table on the model; every move is locked, checked, saved and recorded."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import psycopg
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.utils.translation import gettext as _

from sroi_portal.core import audit
from sroi_portal.core.models import Recorded, User


class RefusedError(Exception):
    """A verb does not do what was asked, and says why in words for whoever asked."""

    @property
    def messages(self) -> list[str]:
        """Give each reason as a sentence of its own."""
        return [str(self)]


class IllegalMoveError(RefusedError):
    """The object is not in a status from which this can be done."""


class ChangedMeanwhileError(RefusedError):
    """Somebody changed the object since the page was opened."""


class OldPageError(ChangedMeanwhileError):
    """The page showed an older state than the one that is kept now."""


FORESEEN = (RefusedError, ValidationError)


def texts_of(refusal: Exception) -> list[str]:
    """Give the sentences with which a verb was refused, for whoever asked."""
    return refusal.messages if isinstance(refusal, FORESEEN) else [str(refusal)]


def lock[R: Recorded](obj: R, *, revision: int | None = None) -> R:
    """Read the row again for update; nobody else changes it until the transaction ends.

    :raises ChangedMeanwhileError: when `revision` is given and no longer the row's.
    """
    manager: Any = obj._meta.default_manager  # a lazy `request.user` has another type
    fresh: R = manager.select_for_update(of=("self",)).get(pk=obj.pk)
    refuse_old(revision, fresh.revision)
    return fresh


def refuse_old(seen: int | None, newest: int) -> None:
    """Stop what was typed on a page that shows an older state; None when it does not say which.

    :raises ChangedMeanwhileError: when `seen` is given and no longer the newest.
    """
    if seen is not None and seen != newest:
        raise OldPageError(
            _(
                "Somebody changed this since you opened the page. What you typed is still there. "
                "Open the page once more beside it and compare: "
                "saving now replaces what the other wrote."
            )
        )


def move(
    obj: Recorded,
    to: str,
    *,
    verb: str,
    by: User | None,
    at: dt.datetime,
    remark: str = "",
) -> None:
    """Change the status of a locked object along its arrows.

    :raises IllegalMoveError: when no arrow leads from here to there.
    :raises ValidationError: when the object would break one of its constraints.
    """
    before = _step(obj, to)
    save(obj)
    audit.record(obj, verb, by=by, at=at, moved=(before, to), remark=remark)


def move_many(
    objs: Iterable[Recorded], to: str, *, verb: str, by: User | None, at: dt.datetime
) -> None:
    """Change the status of locked objects as `move` does one, each with an event of its own.

    :raises IllegalMoveError: when no arrow leads from one of them to there.
    :raises ValidationError: when one of them would break one of its constraints.
    """
    moved: dict[str, list[Recorded]] = {}
    for obj in objs:
        moved.setdefault(_step(obj, to), []).append(obj)
        save(obj)
    for before, alike in moved.items():
        audit.record_many(alike, verb, by=by, at=at, moved=(before, to))


def _step(obj: Recorded, to: str) -> str:
    """Set the status when an arrow leads there; gives the one before."""
    status: Any = obj
    before = str(status.status)
    if to not in obj.MOVES.get(before, frozenset()):
        raise IllegalMoveError(
            _("This can no longer be done: it now has the status “%(status)s”.")
            % {"status": status.get_status_display()}
        )
    status.status = to
    return before


def save(obj: Recorded) -> None:
    """Count the change, check the fields and write the row.

    :raises ValidationError: when the database refuses the row; the constraint says why.
    """
    obj.revision += 1
    write(obj)


def write(obj: models.Model) -> None:
    """Check the fields, and let the one statement that writes the row check the constraints.

    A verb is a transaction, so what is refused is undone with all that the verb did (ADR 0014).

    :raises ValidationError: when the database refuses the row; the constraint says why.
    """
    obj.clean_fields(exclude={each.name for each in obj._meta.fields if each.is_relation})
    obj.clean()
    try:
        obj.save()
    except IntegrityError as refused:
        raise _meaning(obj, refused) from refused


def _meaning(obj: models.Model, refused: IntegrityError) -> ValidationError | IntegrityError:
    """Say a refusal in the words of the constraint; one that has no words stays what it is."""
    cause: Any = refused.__cause__
    name = cause.diag.constraint_name if isinstance(cause, psycopg.Error) else None
    for constraint in obj._meta.constraints:
        if constraint.name == name:
            message = constraint.get_violation_error_message()
            return ValidationError(message, code=constraint.violation_error_code)
    return refused
