"""What each kind of person finds: the menu and the work lists of the home page (F06)."""

import datetime as dt

from django.utils import timezone

from reports import rules
from reports.home.asked import asked_lists
from reports.home.buying import looked_after, manager_lists, officer_lists
from reports.home.checking import (
    administrator_list,
    announcement_list,
    certificate_list,
    coordinator_lists,
    report_list,
    table_lists,
)
from reports.home.following import following_lists
from reports.home.kinds import Item, WorkList, waiting
from reports.home.listing import Listing
from reports.home.navigation import navigation
from reports.home.supplying import supplier_lists
from sroi_portal.core.models import RoleName, User
from sroi_portal.core.models.authority import PEOPLE_ROLES, TEXT_ROLES

__all__ = ["Item", "Listing", "WorkList", "listings", "navigation", "waiting", "work_lists"]


def work_lists(user: User, *, now: dt.datetime) -> list[WorkList]:
    """Gather the lists of every role held; a fixed number of queries for each role."""
    today = timezone.localdate(now)
    lists = [each.home() for each in listings(user, now=now)]
    lists += asked_lists(user)
    if user.supplier_ids:
        lists += supplier_lists(user, today)
    if user.authorities_with(*PEOPLE_ROLES):
        lists.append(administrator_list(user))
    if user.authorities_with(*TEXT_ROLES):
        lists.append(announcement_list(user, today))
    lists += table_lists(user)
    if rules.may_see_reports(user):
        lists.append(report_list(user))
    return lists


def listings(user: User, *, now: dt.datetime) -> list[Listing]:
    """Name the lists of an official; most rows are read when a list is shown."""
    today = timezone.localdate(now)
    lists: list[Listing] = []
    if user.has_role(RoleName.OFFICER):
        lists += officer_lists(user, today)
    if user.has_role(RoleName.MANAGER):
        own = looked_after(user, today)
        lists += [
            *manager_lists(user, today),
            *following_lists(user, own, today),
            certificate_list(user, today),
        ]
    if user.has_role(RoleName.COORDINATOR):
        lists += coordinator_lists(user, now)
    return lists
