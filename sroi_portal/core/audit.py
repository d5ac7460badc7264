"""Record what happened, in the transaction in which it happens."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable

from django.db import models
from django.db.models import Max

from sroi_portal.core import rows
from sroi_portal.core.models import AuditEvent, DaySeal, ReadEvent, Recorded, Remark, User


def record(  # noqa: PLR0913 - one event has this many facts
    obj: Recorded,
    verb: str,
    *,
    by: User | None,
    at: dt.datetime,
    moved: tuple[str, str] = ("", ""),
    changed: Iterable[str] = (),
    remark: str = "",
) -> AuditEvent:
    """Write one event; a remark is sealed beside it and destroyed with its object."""
    said = _write_remark(obj, remark, by=by, at=at) if remark else None
    return AuditEvent.objects.create(
        at=at,
        by=by,
        verb=verb,
        object_kind=obj._meta.label_lower,
        object_uuid=obj.uuid,
        from_status=moved[0],
        to_status=moved[1],
        changed=sorted(changed),
        authority_id=getattr(obj, "authority_id", None),
        supplier_id=getattr(obj, "supplier_id", None),
        remark_uuid=said.uuid if said else None,
    )


def record_many(
    objs: Iterable[Recorded],
    verb: str,
    *,
    by: User | None,
    at: dt.datetime,
    moved: tuple[str, str] = ("", ""),
) -> None:
    """Write an event for each object of a verb that is done to many at once."""
    columns = ("object_kind", "object_uuid", "authority_id", "supplier_id")
    events = [
        (
            obj._meta.label_lower,
            obj.uuid,
            getattr(obj, "authority_id", None),
            getattr(obj, "supplier_id", None),
        )
        for obj in objs
    ]
    alike: dict[str, object] = {
        "at": at,
        "by_id": by.pk if by else None,
        "verb": verb,
        "from_status": moved[0],
        "to_status": moved[1],
        "changed": [],
        "remark_uuid": None,
    }
    rows.insert(AuditEvent, columns, events, alike)


def record_reads(
    candidates: Iterable[uuid.UUID],
    activity: str,
    *,
    by: User,
    at: dt.datetime,
    authority_id: int | None = None,
    supplier_id: int | None = None,
) -> None:
    """One insert a page, one row a candidate: the only thing a GET writes."""
    ReadEvent.objects.bulk_create(
        ReadEvent(
            at=at,
            by=by,
            candidate_uuid=candidate,
            activity=activity,
            authority_id=authority_id,
            supplier_id=supplier_id,
        )
        for candidate in dict.fromkeys(candidates)
    )


def seal_day(day: dt.date) -> DaySeal | None:
    """Chain a fingerprint of the day's events to that of the day before; None when sealed."""
    if DaySeal.objects.filter(day__gte=day).exists():
        return None
    digest, last_id, count = _fingerprint(day, DaySeal.objects.order_by("-day").first())
    return DaySeal.objects.create(day=day, last_event_id=last_id, event_count=count, sha256=digest)


def broken_seals() -> list[dt.date]:
    """Days whose events no longer give the fingerprint that was sealed."""
    broken, before = [], None
    for seal in DaySeal.objects.order_by("day"):
        digest, last_id, count = _fingerprint(seal.day, before, until=seal.last_event_id)
        if (digest, last_id, count) != (bytes(seal.sha256), seal.last_event_id, seal.event_count):
            broken.append(seal.day)
        before = seal
    return broken


def _write_remark(obj: Recorded, text: str, *, by: User | None, at: dt.datetime) -> Remark:
    said = Remark(
        object_kind=obj._meta.label_lower, object_uuid=obj.uuid, written_by=by, written_at=at
    )
    said.text = text
    said.save()
    return said


def _fingerprint(
    day: dt.date, before: DaySeal | None, until: int | None = None
) -> tuple[bytes, int, int]:
    events = _unsealed(day, before)
    if until is not None:
        events = AuditEvent.objects.filter(
            id__lte=until, id__gt=before.last_event_id if before else 0
        )
    digest = hashlib.sha256(bytes(before.sha256) if before else b"")
    last_id, count = before.last_event_id if before else 0, 0
    fields = [field.attname for field in AuditEvent._meta.concrete_fields]
    for row in events.order_by("id").values_list(*fields).iterator():
        digest.update(repr(row).encode())
        last_id, count = row[0], count + 1
    return digest.digest(), last_id, count


def _unsealed(day: dt.date, before: DaySeal | None) -> models.QuerySet[AuditEvent]:
    through = AuditEvent.objects.filter(at__date__lte=day).aggregate(last=Max("id"))["last"] or 0
    return AuditEvent.objects.filter(id__gt=before.last_event_id if before else 0, id__lte=through)
