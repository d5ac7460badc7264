"""What a lesson can change: texts, tables and rules, each by kind and UUID (R-325)."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from uuid import UUID

from contracts.models import (
    OPEN_CLAUSES,
    Clause,
    EntryRule,
    LetterTemplate,
    ObligationRule,
    ValueTable,
)
from network.models import ChangedKind, LessonChange
from sroi_portal.core.models import User

MODELS: dict[str, Any] = {
    ChangedKind.LETTER: LetterTemplate,
    ChangedKind.TABLE: ValueTable,
    ChangedKind.RULE: ObligationRule,
    ChangedKind.ENTRY_RULE: EntryRule,
    ChangedKind.CLAUSE: Clause,
}
WITH_PAGE = (ChangedKind.TABLE, ChangedKind.RULE, ChangedKind.CLAUSE)


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


def all_things() -> Iterator[Changeable]:
    """Name everything that can be chosen, kind by kind; of texts what was published."""
    for kind, model in MODELS.items():
        if model is Clause:
            yield from map(of_clause, Clause.objects.exclude(status__in=OPEN_CLAUSES))
            continue
        for each in model.objects.all():
            yield Changeable(kind, each.uuid, str(each), str(getattr(each, "version", "")))


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
