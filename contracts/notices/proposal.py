"""One proposed value, and the rule that makes it from what was read."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from contracts.notices import cautions
from contracts.notices.terms import LABELS

NOTHING = (None, "", ())


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """A value for one field of one object, under the business term it was read from."""

    term: str
    target: str
    value: Any
    warnings: tuple[Promise, ...] = ()

    @property
    def label(self) -> Promise:
        return LABELS[self.term]

    @property
    def about(self) -> str:
        """The object: `tender`, `lot:LOT-0001`, `contract:CON-0001` or `modification`."""
        return self.target.partition(".")[0]

    @property
    def field(self) -> str:
        return self.target.partition(".")[2]

    @property
    def is_empty(self) -> bool:
        return self.value in NOTHING


@dataclass(frozen=True, slots=True)
class Field:
    """Where a value comes from, where it goes, and what to say of it."""

    term: str
    name: str
    read: Callable[[Any], Any]
    warn_value: Callable[[Any], cautions.Sentences] = cautions.none
    warn_record: Callable[[Any], cautions.Sentences] = cautions.none
    withheld: str = ""
    always: bool = False
    """Silence is an answer too, and is proposed as such."""

    def proposal(self, about: str, record: Any) -> Proposal | None:
        value = self.read(record)
        warnings = tuple(self.warnings(value, record))
        if value in NOTHING and not warnings and not self.always:
            return None
        return Proposal(
            term=self.term, target=f"{about}.{self.name}", value=value, warnings=warnings
        )

    def warnings(self, value: Any, record: Any) -> cautions.Sentences:
        if value not in NOTHING:
            yield from self.warn_value(value)
        elif self.withheld and self.withheld in record.withheld:
            yield cautions.NOT_PUBLISHED
        yield from self.warn_record(record)


def proposed(fields: Iterable[Field], about: str, record: Any) -> Iterator[Proposal]:
    found = (field.proposal(about, record) for field in fields)
    return (proposal for proposal in found if proposal)
