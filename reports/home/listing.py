"""A list of what waits: its beginning on the home page, and all of it on a page of its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from reports.home.kinds import SHOWN, Item, WorkList, first_rows

CONTRACT = ("title__icontains", "reference__icontains", "supplier__name__icontains")
OF_CONTRACT = (
    "contract__title__icontains",
    "contract__reference__icontains",
    "contract__supplier__name__icontains",
)


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows in the order of urgency, and how one is shown."""

    key: str
    title: str
    rows: Any  # a queryset, or a list where the order is worked out
    show: Callable[[Any], Item]
    empty: str
    search: tuple[str, ...] = CONTRACT
    authority: str = "authority"  # the way from a row to its authority
    url: str = ""  # of a page that can do more with these rows
    is_big: bool = False  # so many rows that they are counted apart

    def home(self) -> WorkList:
        """Show the beginning and say how many there are; the link leads to all."""
        items, count = self._beginning()
        return WorkList(
            key=self.key,
            title=self.title,
            items=items,
            count=count,
            empty=self.empty,
            url=self.url or reverse("reports:work-list", args=[self.key]),
            more=_("All, with filters"),
        )

    def narrowed(self, words: str, authority_id: int | None) -> Any:
        """Keep rows with these words in title, number or supplier, and of one authority."""
        if not isinstance(self.rows, QuerySet):
            return [row for row in self.rows if self._has(row, words)]
        rows: QuerySet[Any] = self.rows
        if words:
            wanted = Q()
            for way in self.search:
                wanted |= Q(**{way: words})
            rows = rows.filter(wanted)
        return rows.filter(**{self.authority: authority_id}) if authority_id else rows

    def _has(self, row: Any, words: str) -> bool:
        item = self.show(row)
        return words.casefold() in f"{item.label} {item.sub}".casefold()

    def _beginning(self) -> tuple[tuple[Item, ...], int]:
        if not isinstance(self.rows, QuerySet):
            return tuple(map(self.show, self.rows[:SHOWN])), len(self.rows)
        if not self.is_big:
            return first_rows(self.rows, self.show)
        found: Sequence[Any] = list(self.rows[:SHOWN])
        count = self.rows.order_by().count() if len(found) == SHOWN else len(found)
        return tuple(map(self.show, found)), count
