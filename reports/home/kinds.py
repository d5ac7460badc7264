"""What a work list is: things that wait for somebody, each with a day and a link."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Window
from django.utils.translation import gettext as _

SHOWN = 8  # rows of a list on the home page; the link below leads to all


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits."""

    label: str
    url: str
    sub: str = ""
    when: str = ""  # what happens or happened on that day
    on: dt.date | None = None
    badge: str = ""
    tone: str = "neutral"
    value: str = ""


@dataclass(frozen=True, slots=True)
class WorkList:
    """Things of one kind; when there are none, what to do next."""

    key: str
    title: str
    items: tuple[Item, ...]
    count: int
    empty: str
    url: str = ""
    more: str = ""  # words of the link to the whole list
    is_work: bool = True  # waits for this person, so it counts above the lists
    is_beside: bool = False  # stands beside the lists: good to know

    @property
    def has_more(self) -> bool:
        return self.count > len(self.items)


def first_rows[R](
    rows: QuerySet[Any, R], show: Callable[[R], Item], size: int = SHOWN
) -> tuple[tuple[Item, ...], int]:
    """Show the first rows and how many there are in all, with one query."""
    found = list(rows.annotate(in_all=Window(Count("*")))[:size])
    count = getattr(found[0], "in_all", len(found)) if found else 0
    return tuple(show(row) for row in found), count


def term(ends_on: dt.date | None, today: dt.date) -> str:
    """Say before its last day whether that day was or comes."""
    return _("ended") if ends_on and ends_on < today else _("runs until")


def waiting(lists: Iterable[WorkList]) -> int:
    return sum(each.count for each in lists if each.is_work)
