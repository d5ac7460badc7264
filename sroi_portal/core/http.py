"""What every view needs: a person, a permission, a page of a list."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from sroi_portal.core.models import User

PAGE_SIZE = 50


class UserRequest(HttpRequest):
    """A request of somebody who signed in."""

    user: User
    htmx: HtmxDetails


def acts_itself[**P, R](view: Callable[P, R]) -> Callable[P, R]:
    """Leave a view outside `acting_as`: it streams, or must answer when the database is away."""
    vars(view)["acts_itself"] = True
    return view


def reads_published[**P, R](view: Callable[P, R]) -> Callable[P, R]:
    """Give a visitor the rights of the public here: published tables and nothing else (R-307)."""
    vars(view)["reads_published"] = True
    return view


def require(allowed: bool) -> None:  # noqa: FBT001
    """Stop with a 403 unless allowed.

    :raises PermissionDenied: unless allowed.
    """
    if not allowed:
        raise PermissionDenied


def seen_revision(request: HttpRequest) -> int | None:
    """Read which revision a button was drawn for; None when it does not say."""
    seen = request.POST.get("revision", "")
    return int(seen) if seen.isdecimal() else None


def paginate[M: Model](
    request: HttpRequest, rows: QuerySet[M, Any], size: int = PAGE_SIZE
) -> Page[M]:
    """Cut the page that the address asks for; a number out of range gives the nearest page.

    :raises ValueError: when the order is not total, so that a row could stand on two pages.
    """
    if not rows.totally_ordered:
        raise ValueError("a list that is cut into pages needs a total order")
    return Paginator(rows, size).get_page(request.GET.get("page"))
