"""Which rows of the annual report are read together, so that nobody's work is worked out (R-317)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db import connection
from django.utils.translation import gettext as _

from reports import disclosure
from reports.facts import checking, kinds
from reports.models import PublishedFulfilment
from sroi_portal.core.acting import DatabaseRole, acting_as

# People whose work counts or waits, and those of whom work of the year is verified.
WORKED = """
    SELECT s.contract_id, p.candidate_id,
           s.status = 'verified' AND k.starts_on <= make_date(%(year)s, 12, 31)
           AND k.ends_on >= make_date(%(year)s, 1, 1) AS is_in_year
      FROM candidates_share s
      JOIN candidates_contribution k ON k.id = s.contribution_id
      JOIN candidates_placement p ON p.id = k.placement_id
     WHERE s.contract_id = ANY(%(ids)s)
       AND s.status IN ('submitted', 'returned', 'objected', 'unchecked', 'verified')
"""

type Group = tuple[str, str]  # authority and category


@dataclass(frozen=True, slots=True)
class Together:
    """Authorities and categories that share a row."""

    authorities: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()

    def within(self, lines: Iterable[kinds.Line]) -> list[kinds.Line]:
        """Give lines as they count: with the name of the row that they are in."""
        return [replace(line, terms=self._named(line.terms)) for line in lines]

    def _named(self, terms: kinds.Terms) -> kinds.Terms:
        if terms.authority in self.authorities:
            terms = replace(terms, authority=_("Other authorities together"))
        if terms.category in self.categories:
            terms = replace(terms, category=_("Other categories together"))
        return terms


def of_year(lines: Sequence[kinds.Line], year: int) -> Together:
    """Find rows of which too few people would remain without the contracts that are published."""
    groups = _groups(lines, year)
    found = disclosure.put_together(groups)
    return Together(
        authorities=tuple(sorted({authority for authority, _category in found})),
        categories=tuple(sorted({category for _authority, category in found})),
    )


def _groups(lines: Sequence[kinds.Line], year: int) -> dict[Group, tuple[set[int], set[int]]]:
    """Tell who worked on the contracts of each authority and category, the published left out."""
    ids = checking.ids_of(line.terms.uuid for line in lines)
    with acting_as(DatabaseRole.WORKER), connection.cursor() as cursor:
        published = set(PublishedFulfilment.objects.values_list("contract", flat=True))
        left = [pk for pk in ids if pk not in published]
        cursor.execute(WORKED, {"ids": left, "year": year})
        worked = cursor.fetchall()
    group_of = {
        pk: (line.terms.authority, line.terms.category) for pk, line in zip(ids, lines, strict=True)
    }
    groups: dict[Group, tuple[set[int], set[int]]] = {
        group: (set(), set()) for group in group_of.values()
    }
    for contract_id, candidate_id, is_in_year in worked:
        ever, in_year = groups[group_of[contract_id]]
        ever.add(candidate_id)
        if is_in_year:
            in_year.add(candidate_id)
    return groups
