"""The library of clauses: written by one adviser, approved by another, copied into tenders."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from contracts.models import (
    OPEN_CLAUSES,
    Clause,
    ClauseStatus,
    Tender,
    TenderClause,
    TenderStatus,
)
from sroi_portal.core import audit
from sroi_portal.core.models import User
from sroi_portal.core.status import RefusedError, lock, move, save

CLOSED = (TenderStatus.AWARDED, TenderStatus.WITHDRAWN)
COPIED = ("kind", "title_nl", "title_en", "text_nl", "text_en", "note", "legal_form", "regime")


class ClauseStandsError(RefusedError):
    """The text cannot be changed, approved, copied or taken out, or not by this person."""


@transaction.atomic
def draft_clause(
    code: str, facts: Mapping[str, Any], *, by: User, at: dt.datetime, key: uuid.UUID | None = None
) -> Clause:
    """Begin a text; of a code that is known the next version.

    :raises ValidationError: when a version of it is open already.
    """
    last = Clause.objects.filter(code=code).aggregate(last=Max("version"))["last"]
    clause = Clause(uuid=key or uuid.uuid4(), code=code, version=(last or 0) + 1, **facts)
    save(clause)
    audit.record(clause, "draft_clause", by=by, at=at, moved=("", clause.status))
    return clause


@transaction.atomic
def copy_clause(
    clause: Clause, *, by: User, at: dt.datetime, key: uuid.UUID | None = None
) -> Clause:
    """Begin the next version with what this one says; an open one is gone on with."""
    lock(clause)
    open_one: Clause | None = Clause.objects.filter(
        code=clause.code, status__in=OPEN_CLAUSES
    ).first()
    if open_one:
        return open_one
    facts = {name: getattr(clause, name) for name in COPIED}
    return draft_clause(clause.code, facts, by=by, at=at, key=key)


@transaction.atomic
def change_clause(
    clause: Clause,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    revision: int | None = None,
) -> Clause:
    """Write a draft better; the same once more changes nothing.

    :raises ChangedMeanwhileError: when somebody else changed it since.
    :raises ClauseStandsError: when it is no draft.
    """
    clause = lock(clause, revision=revision)
    if clause.status != ClauseStatus.DRAFT:
        raise ClauseStandsError(_("Only a draft changes. Make a new version of this text."))
    changed = [name for name, value in facts.items() if getattr(clause, name) != value]
    for name in changed:
        setattr(clause, name, facts[name])
    if changed:
        save(clause)
        audit.record(clause, "change_clause", by=by, at=at, changed=changed)
    return clause


@transaction.atomic
def propose_clause(
    clause: Clause, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Ask a second adviser to look at it."""
    clause = lock(clause, revision=revision)
    clause.proposed_by, clause.proposed_at = by, at
    move(clause, ClauseStatus.PROPOSED, verb="propose_clause", by=by, at=at)


@transaction.atomic
def return_clause(
    clause: Clause, *, by: User, at: dt.datetime, reason: str, revision: int | None = None
) -> None:
    """Send it back to the draft, with what should change."""
    clause = lock(clause, revision=revision)
    clause.proposed_by = clause.proposed_at = None
    move(clause, ClauseStatus.DRAFT, verb="return_clause", by=by, at=at, remark=reason)


@transaction.atomic
def approve_clause(
    clause: Clause, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Publish it; the version before it is replaced, and stands in tenders as it was (R-367).

    :raises ChangedMeanwhileError: when it is no longer the text that was read.
    :raises ClauseStandsError: when the same person proposed it.
    """
    clause = lock(clause, revision=revision)
    if clause.proposed_by_id == by.pk:
        raise ClauseStandsError(_("Somebody else than the proposer approves a text."))
    for before in Clause.objects.published().filter(code=clause.code):
        move(lock(before), ClauseStatus.SUPERSEDED, verb="approve_clause", by=by, at=at)
    clause.approved_by, clause.approved_at = by, at
    move(clause, ClauseStatus.PUBLISHED, verb="approve_clause", by=by, at=at)


@transaction.atomic
def withdraw_clause(
    clause: Clause, *, by: User, at: dt.datetime, reason: str, revision: int | None = None
) -> None:
    """Let it be copied no more; tenders keep what they copied."""
    clause = lock(clause, revision=revision)
    move(clause, ClauseStatus.WITHDRAWN, verb="withdraw_clause", by=by, at=at, remark=reason)


@transaction.atomic
def take_clause(
    tender: Tender,
    clause: Clause,
    facts: Mapping[str, Any],
    *,
    by: User,
    at: dt.datetime,
    key: uuid.UUID | None = None,
) -> TenderClause:
    """Copy a published text into a tender, where it stays as it is now (R-368).

    :raises ClauseStandsError: of a text that is not published, or once the tender is awarded.
    :raises ValidationError: when it stands there already.
    """
    tender, clause = _open(tender), lock(clause)
    if clause.status != ClauseStatus.PUBLISHED:
        raise ClauseStandsError(_("Only a published text is copied."))
    title, text = clause.in_language(facts["language"])
    copied = TenderClause(
        uuid=key or uuid.uuid4(),
        tender=tender,
        authority_id=tender.authority_id,
        clause=clause,
        title=title,
        text=text,
        copied_by=by,
        copied_at=at,
        **facts,
    )
    save(copied)
    audit.record(copied, "take_clause", by=by, at=at)
    return copied


@transaction.atomic
def remove_clause(copied: TenderClause, *, by: User, at: dt.datetime) -> None:
    """Take a text out of a tender; that it stood there stays in the history.

    :raises ClauseStandsError: once the tender is awarded.
    """
    _open(copied.tender)
    copied = lock(copied)
    if copied.removed_at is None:
        copied.removed_at, copied.removed_by = at, by
        save(copied)
        audit.record(copied, "remove_clause", by=by, at=at, changed=["removed_at"])


def newer(copied: TenderClause) -> Clause | None:
    """Find the version that replaced what was copied, if there is one."""
    found: Clause | None = (
        Clause.objects.published()
        .filter(code=copied.clause.code, version__gt=copied.clause.version)
        .first()
    )
    return found


def _open(tender: Tender) -> Tender:
    tender = lock(tender)
    if tender.status in CLOSED:
        raise ClauseStandsError(_("The tender was awarded or withdrawn: its texts stay."))
    return tender
