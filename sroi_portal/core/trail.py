"""Who may see what happened to what: one object, or all of an authority (R-258)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sroi_portal.core import history, terms
from sroi_portal.core.models import (
    Absence,
    Announcement,
    AuditEvent,
    HelpDesk,
    Recorded,
    RoleAssignment,
    RoleName,
    User,
)
from sroi_portal.core.models.authority import PEOPLE_ROLES
from sroi_portal.core.table_files import Column, Sheet

PAGE_SIZE = 50
MOST_PARTS = 5000
OFFICE_ROLES = (RoleName.ADMINISTRATOR, RoleName.AUDITOR)
# who else deals with what is of an authority
KEEPERS: dict[type[Model], RoleName] = {
    RoleAssignment: RoleName.PEOPLE_ADMINISTRATOR,
    Absence: RoleName.PEOPLE_ADMINISTRATOR,
    Announcement: RoleName.TEXT_ADMINISTRATOR,
    HelpDesk: RoleName.TEXT_ADMINISTRATOR,
}
WITH_SUPPLIER = "candidates"  # whose remarks both sides read


@dataclass(frozen=True)
class Subject:
    """An object and what belongs to it, as far as this person may see it."""

    model: type[Recorded]
    uuid: UUID
    uuids: tuple[UUID, ...]
    obj: Recorded | None  # None: only what happened is told, as to an auditor

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    @property
    def kind(self) -> str:
        return history.kind_of(self.label)


def subject(person: User, kind: str, key: UUID) -> Subject | None:
    """Find what somebody may see of an object; None when there is nothing to see.

    Who sees the object sees what happened to it; an auditor sees it without the object.
    """
    try:
        model: Any = apps.get_model(kind)
    except (LookupError, ValueError):
        return None
    if not issubclass(model, Recorded):
        return None
    obj: Recorded | None = _seen(person, model).filter(uuid=key).first()
    if obj is None and not _of_auditor(person).filter(object_uuid=key).exists():
        return None
    uuids = (key, *(_parts(person, obj) if obj else ()))
    return Subject(model, key, uuids, obj)


def events_of(found: Subject) -> QuerySet[AuditEvent]:
    return AuditEvent.objects.filter(object_uuid__in=found.uuids)


def of_authority(authority_id: int) -> QuerySet[AuditEvent]:
    return AuditEvent.objects.filter(authority_id=authority_id)


def narrowed(events: QuerySet[AuditEvent], wanted: dict[str, Any]) -> QuerySet[AuditEvent]:
    """Keep those of a verb, a person, a kind of object and a period."""
    if wanted.get("verb"):
        events = events.filter(verb=wanted["verb"])
    if wanted.get("person"):
        people = User.objects.filter(name__icontains=wanted["person"])
        events = events.filter(by__in=list(people.values_list("pk", flat=True)[:100]))
    if wanted.get("first"):
        events = events.filter(at__gte=terms.starts_at(wanted["first"]))
    if wanted.get("last"):
        events = events.filter(at__lt=terms.ended_at(wanted["last"]))
    return events


def page_of(events: QuerySet[AuditEvent], before: int | None) -> tuple[list[AuditEvent], int]:
    """Give the newest before an id, and the id from which to go on; 0 when that is all."""
    if before:
        events = events.filter(pk__lt=before)
    found = list(events.select_related("by").order_by("-pk")[: PAGE_SIZE + 1])
    rows = found[:PAGE_SIZE]
    return rows, rows[-1].pk if len(found) > PAGE_SIZE else 0


def reader(person: User, found: Subject) -> Callable[[AuditEvent], bool]:
    """Tell whether the person reads what was said beside an event: only with the object.

    A supplier reads what was said about its own work, not what officials said to each other.
    """
    is_official = bool(person.roles) and not person.supplier_ids
    app = found.model._meta.app_label

    def is_readable(_event: AuditEvent) -> bool:
        return found.obj is not None and (is_official or app == WITH_SUPPLIER)

    return is_readable


def sheet_of(events: QuerySet[AuditEvent], name: str) -> Sheet:
    """Give the events as rows of a file: without what was said beside them."""
    columns = (
        Column(_("Moment"), "at"),
        Column(_("Who"), "by__name"),
        Column(_("What happened"), "verb", _sentences, is_wide=True),
        Column(_("Kind of object"), "object_kind", _kinds),
        Column(_("Number of the object"), "object_uuid", is_wide=True),
        Column(_("Status before"), "from_status"),
        Column(_("Status after"), "to_status"),
    )
    return Sheet(name, columns, events.order_by("pk"))


def _sentences() -> dict[str, str]:
    return {verb: str(said) for verb, said in history.sentences().items()}


def _kinds() -> dict[str, str]:
    recorded = [model for model in apps.get_models() if issubclass(model, Recorded)]
    return {model._meta.label_lower: history.kind_of(model._meta.label_lower) for model in recorded}


def _seen(person: User, model: type[Model]) -> QuerySet[Any]:
    """Find the rows that this person may see, by the rules of the model or of the database."""
    rows: QuerySet[Any] = model._default_manager.all()
    visible_to = getattr(rows, "visible_to", None)
    if visible_to is not None:
        seen: QuerySet[Any] = visible_to(person)
        return seen
    if getattr(model, "GUARD", None):
        return rows
    names = {field.name for field in model._meta.concrete_fields}
    mine = Q(pk__in=[])
    if "authority" in names:
        keepers = [KEEPERS[model]] if model in KEEPERS else []
        mine |= Q(authority_id__in=person.authorities_with(*OFFICE_ROLES, *keepers))
    if "supplier" in names:
        mine |= Q(supplier_id__in=person.supplier_ids)
    return rows.filter(mine)


def _of_auditor(person: User) -> QuerySet[AuditEvent]:
    return AuditEvent.objects.filter(authority_id__in=person.authorities_with(RoleName.AUDITOR))


def _parts(person: User, obj: Recorded) -> list[UUID]:
    """Name what belongs to an object, and what belongs to that, in one query.

    Parts are of its own app and guarded by the database itself.
    """
    if isinstance(obj, User):
        theirs = RoleAssignment.objects.filter(
            user=obj, authority_id__in=person.authorities_with(*OFFICE_ROLES, *PEOPLE_ROLES)
        )
        return list(theirs.values_list("uuid", flat=True))
    rows: list[QuerySet[Any]] = []
    for part, field in _parts_of(type(obj)):
        rows.append(_seen(person, part).filter(**{field: obj}))
        for smaller, its in _parts_of(part):
            if smaller is not type(obj):
                rows.append(_seen(person, smaller).filter(**{f"{its}__{field}": obj}))
    if not rows:
        return []
    first, *others = (each.order_by().values_list("uuid", flat=True) for each in rows)
    return list(first.union(*others).order_by()[:MOST_PARTS])


def _parts_of(model: type[Model]) -> Iterator[tuple[type[Model], str]]:
    """Give the models whose rows belong to one of this model, each with the field that says so."""
    for relation in model._meta.related_objects:
        part: Any = relation.related_model
        is_part = relation.one_to_many and issubclass(part, Recorded)
        is_own = part._meta.app_label == model._meta.app_label and part is not model
        if is_part and is_own and getattr(part, "GUARD", None):
            yield part, relation.field.name
