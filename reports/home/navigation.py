"""The menu: what this person may do, and how much waits there."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from candidates.models import Share, ShareStatus
from contracts import rules as contract_rules
from contracts.models import Contract, ContractStatus, ValueTable
from contracts.models.value_table import TABLE_ROLES
from reports import rules
from sroi_portal.core.models import Announcement, RoleName, User
from sroi_portal.core.models.authority import CHECKING_ROLES, PEOPLE_ROLES, TEXT_ROLES

BUYING = (RoleName.OFFICER, RoleName.MANAGER, RoleName.COORDINATOR, RoleName.AUDITOR)
TABLES = (RoleName.OFFICER, RoleName.MANAGER, RoleName.COORDINATOR, RoleName.ADVISER)
MOST = 9  # places beside each other; with more, those for now and then stand under one button


@dataclass(frozen=True, slots=True)
class Place:
    label: str
    url: str
    current: bool = False
    count: int = 0
    is_rare: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    places: list[Place]
    more: list[Place]

    @property
    def is_in_more(self) -> bool:
        return any(place.current for place in self.more)

    @property
    def more_count(self) -> int:
        return sum(place.count for place in self.more)


def navigation(request: HttpRequest) -> dict[str, object]:
    """Offer the menu to every page; it is worked out only where a page shows it."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"navigation": None, "announcements": []}
    return {
        "navigation": SimpleLazyObject(lambda: menu(user, request.path)),
        "announcements": SimpleLazyObject(lambda: announcements(user, timezone.localdate())),
    }


def announcements(user: User, today: dt.date) -> list[Announcement]:
    """Find what stands above the pages of this person today; one query."""
    return list(Announcement.objects.shown_to(user, today).order_by("starts_on", "pk"))


def menu(user: User, path: str) -> Menu:
    places = list(_places(user))
    urls = [place.url for place in places if place.url != "/" and path.startswith(place.url)]
    here = max(urls, key=len, default="/" if path == "/" else "")
    places = [replace(place, current=place.url == here) for place in places]
    if len(places) <= MOST:
        return Menu(places, [])
    return Menu(
        [place for place in places if not place.is_rare],
        [place for place in places if place.is_rare],
    )


def _places(user: User) -> Iterator[Place]:
    yield Place(_("My work"), reverse("home"))
    if user.authorities_with(*BUYING):
        yield Place(_("Tenders"), reverse("contracts:tender-list"))
    if rules.may_see_reports(user):
        yield Place(_("Contracts"), reverse("contracts:contract-list"), count=_to_accept(user))
    if user.supplier_ids:
        yield Place(_("Overview"), reverse("reports:cockpit"))
        yield Place(_("Placements"), reverse("candidates:placement-list"))
    if user.supplier_ids or user.authorities_with(*CHECKING_ROLES):
        count = _to_handle(user)
        yield Place(_("Contributions"), reverse("candidates:share-list"), count=count)
    if rules.may_see_dashboard(user):
        yield Place(_("Figures"), reverse("reports:dashboard"))
    if rules.may_see_reports(user):
        yield Place(_("Reports"), reverse("reports:report-list"))
    yield Place(_("Maatwerk voor Mensen"), reverse("network:hub"))
    yield from _registers(user)


def _registers(user: User) -> Iterator[Place]:
    if user.authorities_with(*TABLES, *TABLE_ROLES):
        url = reverse("contracts:value-table-list")
        yield Place(_("Value tables"), url, count=_to_approve(user), is_rare=True)
    if user.authorities_with(*TABLES):
        yield Place(_("Obligation rules"), reverse("contracts:rule-list"), is_rare=True)
    yield from _checks(user)
    if contract_rules.may_see_steps(user):
        yield Place(_("Follow-up"), reverse("contracts:step-list"))
    if user.authorities_with(*BUYING):
        yield Place(_("Suppliers"), reverse("suppliers:supplier-list"))
    if user.supplier_ids:
        url = reverse("suppliers:supplier-detail", args=[user.supplier_ids[0]])
        yield Place(_("Our firm"), url)
    if user.has_role(RoleName.AUDITOR):
        yield Place(_("All that happened"), reverse("core:office-trail"), is_rare=True)
    yield from _administered(user)


def _administered(user: User) -> Iterator[Place]:
    if user.authorities_with(*PEOPLE_ROLES):
        yield Place(_("People"), reverse("core:person-list"), is_rare=True)
    if user.authorities_with(*TEXT_ROLES):
        yield Place(_("Announcements"), reverse("core:announcement-list"), is_rare=True)


def _checks(user: User) -> Iterator[Place]:
    if user.has_role(RoleName.ADVISER):
        yield Place(_("Entry rules"), reverse("contracts:entry-rule-list"), is_rare=True)
        yield Place(_("Letters and terms"), reverse("contracts:letter-template-list"), is_rare=True)
    if user.authorities_with(RoleName.COORDINATOR, RoleName.AUDITOR):
        yield Place(_("Samples"), reverse("candidates:sample-list"), is_rare=True)


def _to_accept(user: User) -> int:
    """Hand-overs that wait for this manager."""
    if not user.has_role(RoleName.MANAGER):
        return 0
    theirs = Contract.objects.visible_to(user).looked_after_by(user, timezone.localdate())
    return int(theirs.filter(status=ContractStatus.HANDED_OVER).count())


def _to_approve(user: User) -> int:
    """Value tables that a colleague proposed."""
    if not contract_rules.judges_tables(user):
        return 0
    return int(ValueTable.objects.to_approve_by(user).count())


def _to_handle(user: User) -> int:
    """Contributions that wait for this coordinator, and questions to this supplier."""
    checked = Q(
        status=ShareStatus.SUBMITTED,
        authority_id__in=user.authorities_with(RoleName.COORDINATOR),
    )
    asked = Q(status=ShareStatus.RETURNED, supplier_id__in=user.supplier_ids)
    return int(Share.objects.visible_to(user).filter(checked | asked).count())
