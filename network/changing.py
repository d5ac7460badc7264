"""What a lesson can change: texts, tables and rules, each by kind and UUID (R-325)."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from uuid import UUID

from django.utils import timezone

from contracts.models import (
    OPEN_CLAUSES,
    Clause,
    Contract,
    EntryRule,
    LetterTemplate,
    ObligationRule,
    ValueTable,
)
from contracts.templatetags.entry_words import rule_in_words
from network.models import ChangedKind, Lesson, LessonChange
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import User
from sroi_portal.core.templatetags import formats

MODELS: dict[str, Any] = {
    ChangedKind.LETTER: LetterTemplate,
    ChangedKind.TABLE: ValueTable,
    ChangedKind.RULE: ObligationRule,
    ChangedKind.ENTRY_RULE: EntryRule,
    ChangedKind.CLAUSE: Clause,
}
SINCE: dict[str, tuple[str, ...]] = {  # what says since when a version is used: the first known
    ChangedKind.LETTER: ("published_at",),
    ChangedKind.TABLE: ("valid_from", "published_at"),
    ChangedKind.RULE: ("valid_from",),
    ChangedKind.ENTRY_RULE: ("valid_from",),
    ChangedKind.CLAUSE: ("approved_at",),
}
WITH_PAGE = (ChangedKind.TABLE, ChangedKind.RULE, ChangedKind.CLAUSE)
LONGEST = 300  # letters of a label


class Changeable(NamedTuple):
    kind: str
    object_uuid: UUID
    label: str
    version: str

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.object_uuid}"


def of_clause(clause: Clause) -> Changeable:
    """Name a text with its version: another version is another text."""
    version = str(clause.version)
    label = f"{clause.title_nl} ({version})"
    return Changeable(ChangedKind.CLAUSE, clause.uuid, label, version)


def of(kind: str, thing: Any) -> Changeable:
    """Name a table, rule or letter so that it cannot be taken for that of another."""
    if isinstance(thing, EntryRule):
        said = f"{rule_in_words(thing)}: {thing.get_effect_display()}"
        label = f"{said} · {thing.authority} · {formats.day(thing.valid_from)}"
    else:
        whose = getattr(thing, "authority", None) or getattr(thing, "publisher", "")
        label = f"{thing} · {whose}"
    return Changeable(kind, thing.uuid, label[:LONGEST], str(getattr(thing, "version", "")))


def all_things() -> Iterator[Changeable]:
    """Name everything that can be chosen, kind by kind; of texts what was published."""
    for kind, model in MODELS.items():
        if model is Clause:
            yield from map(of_clause, Clause.objects.exclude(status__in=OPEN_CLAUSES))
            continue
        owner = None if model is ValueTable else "authority"
        yield from (of(kind, each) for each in model.objects.select_related(owner))


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Offer them under the name of their kind."""
    found: dict[str, list[tuple[str, str]]] = {}
    for each in all_things():
        found.setdefault(each.kind, []).append((each.key, each.label))
    return [
        (str(ChangedKind(kind).label), sorted(names, key=lambda name: name[1]))
        for kind, names in found.items()
    ]


def find(key: str) -> Changeable | None:
    return next((each for each in all_things() if each.key == key), None)


def begun_on(lesson: Lesson) -> dt.date | None:
    """Tell when that began on which the lesson was learned; an adviser sees no contract itself."""
    days = [lesson.pilot.starts_on] if lesson.pilot else []
    if lesson.contract_id:
        with acting_as(DatabaseRole.WORKER):
            on = Contract.objects.filter(pk=lesson.contract_id)
            days += on.values_list("starts_on", flat=True)
    return min((day for day in days if day), default=None)


def there_since(kind: str, object_uuid: UUID) -> dt.date | None:
    """Tell from which day this version is used, where that is known."""
    known = MODELS[kind].objects.filter(uuid=object_uuid).values_list(*SINCE[kind]).first()
    since = next((day for day in known or () if day), None)
    return timezone.localdate(since) if isinstance(since, dt.datetime) else since


def pages(changes: Iterable[LessonChange], user: User) -> list[tuple[LessonChange, str]]:
    """Give each change with the address of its page, if this person sees it; a query a kind."""
    rows = list(changes)
    found: dict[UUID, str] = {}
    for kind in WITH_PAGE:
        uuids = [row.object_uuid for row in rows if row.kind == kind]
        if uuids:
            seen = MODELS[kind].objects.visible_to(user).filter(uuid__in=uuids)
            found |= {each.uuid: each.get_absolute_url() for each in seen}
    return [(row, found.get(row.object_uuid, "")) for row in rows]
