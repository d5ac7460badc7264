"""Words of people in what is issued: referred to, never copied, read anew each time (ADR 0027)."""

from collections.abc import Iterable
from dataclasses import dataclass

from network.models import Quote, QuoteRole, QuoteStatus
from sroi_portal.core.acting import DatabaseRole, acting_as


@dataclass(frozen=True, slots=True)
class QuoteRef:
    """Who says something, and which quote it is."""

    uuid: str
    role: str


@dataclass(frozen=True, slots=True)
class Said:
    """A quote as it may be shown now."""

    role: str
    text: str  # empty when the permission was withdrawn


def refer(quotes: Iterable[Quote]) -> tuple[QuoteRef, ...]:
    return tuple(QuoteRef(str(quote.uuid), quote.role) for quote in quotes)


def words(refs: Iterable[QuoteRef]) -> dict[str, str]:
    """Read by uuid, as the worker: a printer has no person, and each of these was published."""
    uuids = [ref.uuid for ref in refs]
    if not uuids:
        return {}
    with acting_as(DatabaseRole.WORKER):
        found = Quote.objects.filter(uuid__in=uuids, status=QuoteStatus.PUBLISHED)
        return {str(quote.uuid): quote.text for quote in found.order_by("pk")}


def said(refs: Iterable[QuoteRef], known: dict[str, str]) -> list[Said]:
    return [Said(str(QuoteRole(ref.role).label), known.get(ref.uuid, "")) for ref in refs]


def lack_words(refs: Iterable[QuoteRef]) -> bool:
    """Tell whether a permission was withdrawn since: then no file with the words is given out."""
    asked = {ref.uuid: ref for ref in refs}
    return len(words(asked.values())) < len(asked)
