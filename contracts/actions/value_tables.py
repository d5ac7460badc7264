"""What happens to a value table: drafted, proposed, approved, withdrawn (E02)."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import fields

from django.db import transaction
from django.utils.translation import gettext as _

from contracts import kept_tables
from contracts.actions import kept_rows
from contracts.models import ValueTable, ValueTableStatus
from contracts.toml_tables import Problem, Table, TableError
from sroi_portal.core import audit, mail, personal
from sroi_portal.core.models import User
from sroi_portal.core.status import IllegalMoveError, lock, move

ADDRESSES = ("https://", "http://")


@transaction.atomic
def draft_value_table(
    wanted: Table, *, by: User, at: dt.datetime, key: uuid.UUID | None = None
) -> ValueTable:
    """Write a new version down: typed, copied from another one or read from a file.

    :raises TableError: with each row that cannot be kept and why.
    :raises ValidationError: when this version exists already.
    """
    _refuse_odd(wanted)
    table = ValueTable(uuid=key or uuid.uuid4())
    kept_rows.write(table, wanted)
    audit.record(table, "draft_value_table", by=by, at=at, moved=("", table.status))
    return table


@transaction.atomic
def change_value_table(
    table: ValueTable, wanted: Table, *, by: User, at: dt.datetime, revision: int | None = None
) -> ValueTable:
    """Let a draft say what is wanted.

    :raises IllegalMoveError: when it is no draft.
    :raises TableError: with each row that cannot be kept and why.
    """
    table = _draft(table, revision)
    changed = _differences(kept_tables.of(table), wanted)
    if changed:
        _refuse_odd(wanted)
        kept_rows.write(table, wanted)
        audit.record(table, "change_value_table", by=by, at=at, changed=changed)
    return table


@transaction.atomic
def discard_value_table(
    table: ValueTable, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Throw a draft away; that it was there stays in the audit trail.

    :raises IllegalMoveError: when it is no draft.
    """
    table = _draft(table, revision)
    audit.record(table, "discard_value_table", by=by, at=at, moved=(table.status, ""))
    table.bonuses.all().delete()
    table.blocks.all().delete()
    table.delete()


@transaction.atomic
def propose_value_table(
    table: ValueTable, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Ask a colleague to publish it.

    :raises TableError: with each row that is wrong and why.
    """
    table = _draft(table, revision)
    problems = missing_to_publish(table)
    if problems:
        raise TableError(problems)
    table.proposed_by, table.approved_by = by, None
    move(table, ValueTableStatus.PROPOSED, verb="propose_value_table", by=by, at=at)


@transaction.atomic
def return_value_table(
    table: ValueTable, *, by: User, at: dt.datetime, remark: str, revision: int | None = None
) -> None:
    """Send a proposal back with a remark."""
    table = lock(table, revision=revision)
    move(table, ValueTableStatus.DRAFT, verb="return_value_table", by=by, at=at, remark=remark)
    _tell_proposer(table, "contracts/mail/return_value_table.txt", by=by, at=at)


@transaction.atomic
def approve_value_table(
    table: ValueTable, *, by: User, at: dt.datetime, revision: int | None = None
) -> None:
    """Publish what a colleague proposed (four eyes, by constraint).

    :raises ValidationError: when who proposes also approves.
    """
    table = lock(table, revision=revision)
    if table.status != ValueTableStatus.PROPOSED:
        raise _no_longer(table)
    table.approved_by, table.published_at = by, at
    move(table, ValueTableStatus.PUBLISHED, verb="approve_value_table", by=by, at=at)
    _tell_proposer(table, "contracts/mail/approve_value_table.txt", by=by, at=at)


@transaction.atomic
def withdraw_value_table(
    table: ValueTable, *, by: User, at: dt.datetime, remark: str, revision: int | None = None
) -> None:
    """Offer it to no new contract; those that use it keep it."""
    table = lock(table, revision=revision)
    move(
        table, ValueTableStatus.WITHDRAWN, verb="withdraw_value_table", by=by, at=at, remark=remark
    )


def missing_to_publish(table: ValueTable) -> list[Problem]:
    """Name what is wrong or missing before a table can be published."""
    read = kept_tables.of(table)
    problems = kept_tables.problems(read)
    if read.terms.valid_from is None:
        problems.append(
            Problem(_("settings"), _("it does not say from which day of award it holds"))
        )
    return problems


def _draft(table: ValueTable, revision: int | None) -> ValueTable:
    """Lock a draft.

    :raises IllegalMoveError: when it is no draft.
    """
    table = lock(table, revision=revision)
    if table.status != ValueTableStatus.DRAFT:
        raise _no_longer(table)
    return table


def _no_longer(table: ValueTable) -> IllegalMoveError:
    return IllegalMoveError(
        _("This can no longer be done: it now has the status “%(status)s”.")
        % {"status": table.get_status_display()}
    )


def _tell_proposer(table: ValueTable, template: str, *, by: User, at: dt.datetime) -> None:
    if table.proposed_by and table.proposed_by != by:
        mail.send(template, to=[table.proposed_by], at=at, context={"table": table})


def _differences(before: Table, wanted: Table) -> list[str]:
    """Name the parts that differ."""
    return [
        each.name
        for each in fields(Table)
        if getattr(before, each.name) != getattr(wanted, each.name)
    ]


def _refuse_odd(wanted: Table) -> None:
    """Refuse a source that is no address, and citizen service numbers anywhere.

    :raises TableError: with each place where they stand.
    """
    problems = list(_odd(wanted))
    if problems:
        raise TableError(problems)


def _odd(wanted: Table) -> Iterable[Problem]:
    if wanted.source and not wanted.source.startswith(ADDRESSES):
        yield Problem(_("settings"), _("the source must be an address that starts with https://"))
    texts = {
        _("settings"): (wanted.source, wanted.terms.publisher, wanted.terms.table),
        **{
            kept_rows.row_name(number, row.block.code): (row.block.label_nl, row.block.label_en)
            for number, row in enumerate(wanted.rows, start=1)
        },
        **{each.bonus.code: (each.bonus.label_nl, each.bonus.label_en) for each in wanted.bonuses},
        **{limit.code: (limit.label_nl, limit.label_en) for limit in wanted.limits},
    }
    for where, said in texts.items():
        if any(map(personal.contains_bsn, said)):
            yield Problem(where, _("this looks like a citizen service number (BSN)"))
