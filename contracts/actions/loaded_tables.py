"""Copying value tables from files; what a contract uses never changes (E02)."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from contracts import kept_tables
from contracts.actions import kept_rows
from contracts.models import EvidenceKind, TargetGroup, ValueTable, ValueTableStatus
from contracts.toml_tables import EvidenceKind as ReadKind
from contracts.toml_tables import Status, Table
from contracts.toml_tables import TargetGroup as ReadGroup
from sroi_portal.core import audit
from sroi_portal.core.models import User
from sroi_portal.core.status import RefusedError, lock, move


class TableInUseError(RefusedError):
    """The file differs from a version that is frozen in contracts."""


def load_evidence_kinds(kinds: Iterable[ReadKind]) -> None:
    """Write the kinds that are new or differ."""
    for kind in kinds:
        facts = {
            "label_nl": kind.label_nl,
            "label_en": kind.label_en,
            "issuer_nl": kind.issuer_nl,
            "issuer_en": kind.issuer_en,
            "privacy_class": kind.privacy.value,
            "file_allowed": kind.file_allowed,
            "valid_months": kind.valid_months,
        }
        EvidenceKind.objects.update_or_create(code=kind.code, defaults=facts)


def load_target_groups(groups: Iterable[ReadGroup]) -> None:
    for group in groups:
        facts = {
            "label_nl": group.label_nl,
            "label_en": group.label_en,
            "privacy_class": group.privacy.value,
        }
        TargetGroup.objects.update_or_create(code=group.code, defaults=facts)


@transaction.atomic
def load_value_table(
    read: Table, *, by: User | None, at: dt.datetime, approved_by: User | None = None
) -> ValueTable:
    """Copy a version from its file and publish it; the same file once more changes nothing.

    A file that says it is a draft stays one, for an adviser to complete.

    :raises TableInUseError: when the file differs and contracts use the version already.
    :raises ValidationError: when who proposes also approves.
    """
    known = ValueTable.objects.filter(code=read.code, version=read.terms.version).first()
    table = lock(known) if known else ValueTable()
    if known and kept_tables.is_same(kept_tables.of(table), read):
        return table
    if known and table.contracts.exists():
        if kept_tables.counts_same(kept_tables.of(table), read):
            return table
        raise TableInUseError(
            _(
                "%(table)s is frozen in contracts and cannot change. "
                "Give the file another version number."
            )
            % {"table": table}
        )
    table.proposed_by, table.approved_by = by, approved_by
    kept_rows.write(table, read)
    if table.status == ValueTableStatus.DRAFT and read.status is not Status.DRAFT:
        table.published_at = at
        move(table, ValueTableStatus.PUBLISHED, verb="load_value_table", by=by, at=at)
    else:
        began = ("", "") if known else ("", table.status)
        changed = ["terms"] if known else []
        audit.record(table, "load_value_table", by=by, at=at, moved=began, changed=changed)
    return table
