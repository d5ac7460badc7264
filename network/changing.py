"""What a lesson can change: texts, tables and rules, each by kind and UUID (R-325)."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from contracts.models import EntryRule, LetterTemplate, ObligationRule, ValueTable
from network.models import ChangedKind

MODELS: dict[str, Any] = {
    ChangedKind.LETTER: LetterTemplate,
    ChangedKind.TABLE: ValueTable,
    ChangedKind.RULE: ObligationRule,
    ChangedKind.ENTRY_RULE: EntryRule,
}


class Changeable(NamedTuple):
    kind: str
    object_uuid: UUID
    label: str
    version: str

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.object_uuid}"


def all_things() -> Iterator[Changeable]:
    """Name everything that can be chosen, kind by kind."""
    for kind, model in MODELS.items():
        for each in model.objects.all():
            yield Changeable(kind, each.uuid, str(each), str(getattr(each, "version", "")))


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Offer them under the name of their kind."""
    found: dict[str, list[tuple[str, str]]] = {}
    for each in all_things():
        found.setdefault(each.kind, []).append((each.key, each.label))
    return [(str(ChangedKind(kind).label), sorted(names)) for kind, names in found.items()]


def find(key: str) -> Changeable | None:
    return next((each for each in all_things() if each.key == key), None)
