"""What happened to an object, in words: from the audit trail, with what was said about it."""

import contextlib
import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.utils.module_loading import import_string
from django.utils.translation import gettext

from sroi_portal.core.models import AuditEvent, Recorded, Remark
from sroi_portal.core.personal import SealBrokenError


@dataclass(frozen=True)
class Happening:
    at: dt.datetime
    by: str
    sentence: str
    from_status: str
    to_status: str
    remark: str


def of(objects: Iterable[Recorded]) -> list[Happening]:
    """Tell everything that happened to these objects, the newest first; two queries."""
    return [happening for _uuid, happening in _told(objects)]


def by_object(
    objects: Iterable[Recorded], *, without: Collection[str] = ()
) -> dict[uuid.UUID, list[Happening]]:
    """Tell it for each object apart, without these verbs."""
    told: dict[uuid.UUID, list[Happening]] = {}
    for object_uuid, happening in _told(objects, without):
        told.setdefault(object_uuid, []).append(happening)
    return told


def _told(
    objects: Iterable[Recorded], without: Collection[str] = ()
) -> Iterator[tuple[uuid.UUID, Happening]]:
    by_uuid = {obj.uuid: obj for obj in objects}
    events = list(
        AuditEvent.objects.filter(object_uuid__in=by_uuid)
        .exclude(verb__in=without)
        .select_related("by")
        .order_by("-pk")
    )
    said = {
        remark.uuid: remark
        for remark in Remark.objects.filter(
            uuid__in=[event.remark_uuid for event in events if event.remark_uuid]
        )
    }
    for event in events:
        yield event.object_uuid, _tell(event, by_uuid[event.object_uuid], said)


def sentence(verb: str, obj: Recorded) -> str:
    """Say what was done; each app has the sentences of its verbs in `sentences.py`.

    A verb of another app than the object's is said in the words of that app.
    """
    own = apps.get_app_config(obj._meta.app_label).name
    return str(sentences_of(own).get(verb) or sentences()[verb])


def sentences_of(app: str) -> dict[str, str]:
    found: dict[str, str] = import_string(f"{app}.sentences.SENTENCES")
    return found


@cache
def sentences() -> dict[str, str]:
    """Give the sentence of every verb of every app of ours."""
    told: dict[str, str] = {}
    for app in apps.get_app_configs():
        with contextlib.suppress(ModuleNotFoundError, ImportError):
            told |= sentences_of(app.name)
    return told


def _tell(event: AuditEvent, obj: Recorded, said: dict[uuid.UUID, Remark]) -> Happening:
    return Happening(
        at=event.at,
        by=event.by.name if event.by else "",
        sentence=sentence(event.verb, obj),
        from_status=_status(obj, event.from_status),
        to_status=_status(obj, event.to_status),
        remark=_text(said.get(event.remark_uuid)) if event.remark_uuid else "",
    )


def _status(obj: Recorded, value: str) -> str:
    """Show a status by its label; what moved without a status, as a role, has a label too."""
    names = {field.name for field in obj._meta.concrete_fields}
    name = "status" if "status" in names else "role"
    choices = getattr(obj._meta.get_field(name), "flatchoices", ()) if name in names else ()
    return str(dict(choices).get(value, value))


def _text(remark: Remark | None) -> str:
    if remark is None:
        return gettext("What was said here has been destroyed with its subject.")
    try:
        return remark.text
    except SealBrokenError:
        return gettext("What was said here can no longer be read.")
