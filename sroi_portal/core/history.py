"""What happened to an object, in words: from the audit trail, with what was said about it."""

import contextlib
import datetime as dt
import uuid
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db.models import Model
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
    about: str = ""  # the kind of object, where several are told together
    object_kind: str = ""
    object_uuid: uuid.UUID | None = None


def of(objects: Iterable[Recorded]) -> list[Happening]:
    """Tell everything that happened to these objects, the newest first; two queries."""
    return tell(_events(objects), is_readable=lambda _event: True)


def by_object(
    objects: Iterable[Recorded], *, without: Collection[str] = ()
) -> dict[uuid.UUID, list[Happening]]:
    """Tell it for each object apart, without these verbs."""
    events = _events(objects, without)
    told: dict[uuid.UUID, list[Happening]] = {}
    happenings = tell(events, is_readable=lambda _event: True)
    for event, happening in zip(events, happenings, strict=True):
        told.setdefault(event.object_uuid, []).append(happening)
    return told


def tell(events: list[AuditEvent], *, is_readable: Callable[[AuditEvent], bool]) -> list[Happening]:
    """Say events in words; what was said beside them to who may read it, in one query."""
    asked = [event.remark_uuid for event in events if event.remark_uuid and is_readable(event)]
    said = {remark.uuid: remark for remark in Remark.objects.filter(uuid__in=asked)}
    readable = set(asked)
    return [
        Happening(
            at=event.at,
            by=event.by.name if event.by else _doer(event.verb, model),
            sentence=sentence(event.verb, model),
            from_status=_status(model, event.from_status),
            to_status=_status(model, event.to_status),
            remark=_text(said.get(event.remark_uuid)) if event.remark_uuid in readable else "",
            about=kind_of(event.object_kind),
            object_kind=event.object_kind,
            object_uuid=event.object_uuid,
        )
        for event in events
        for model in (apps.get_model(event.object_kind),)
    ]


def kind_of(label: str) -> str:
    """Name a kind of object; each app has the words of its own."""
    app, _dot, _name = label.partition(".")
    path = f"{apps.get_app_config(app).name}.sentences.KINDS"
    try:
        kinds: dict[str, str] = import_string(path)
    except ImportError:
        kinds = {}
    return str(kinds.get(label) or apps.get_model(label)._meta.verbose_name)


def _events(objects: Iterable[Recorded], without: Collection[str] = ()) -> list[AuditEvent]:
    uuids = [obj.uuid for obj in objects]
    events = AuditEvent.objects.filter(object_uuid__in=uuids).exclude(verb__in=without)
    return list(events.select_related("by").order_by("-pk"))


def sentence(verb: str, obj: Recorded | type[Model]) -> str:
    """Say what was done; each app has the sentences of its verbs in `sentences.py`.

    A verb of another app than the object's is said in the words of that app.
    """
    own = apps.get_app_config(obj._meta.app_label).name
    return str(sentences_of(own).get(verb) or sentences().get(verb, verb))


def _doer(verb: str, model: type[Model]) -> str:
    """Name who did it without an account, where the app says so in `DONE_BY`."""
    app = apps.get_app_config(model._meta.app_label).name
    try:
        doers: dict[str, str] = import_string(f"{app}.sentences.DONE_BY")
    except ImportError:
        return ""
    return str(doers.get(verb, ""))


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


def _status(obj: type[Model], value: str) -> str:
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
