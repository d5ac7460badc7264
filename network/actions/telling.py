"""Mail of the network: where to look, without personal data and without what was written."""

import datetime as dt
from collections.abc import Iterable

from network.models import Match, Obstacle, Offer, Pilot
from sroi_portal.core import mail
from sroi_portal.core.models import NoticeKind, Recorded, RoleAssignment, RoleName, User
from suppliers.models import Membership


def people_of(*supplier_ids: int) -> list[User]:
    """Find who enters work for one of these suppliers."""
    held = Membership.objects.held().filter(supplier__in=supplier_ids, may_enter=True)
    people = User.objects.filter(pk__in=held.values("user"), is_active=True)
    return list(people.order_by("pk"))


def advisers_for(person: User) -> list[User]:
    """Find the advisers where this person works; for people of a supplier all of them."""
    held = RoleAssignment.objects.held().filter(role=RoleName.ADVISER)
    own = [each.authority_id for each in person.roles]
    near = held.filter(authority_id__in=own) if own else held
    return _active(near)


def partners_of(pilot: Pilot) -> list[User]:
    """Find who takes part: people of partners, coordinators of authorities, who proposed it."""
    partners = list(pilot.partners.all())
    authorities = [each.authority_id for each in partners if each.authority_id]
    held = RoleAssignment.objects.held().filter(
        role=RoleName.COORDINATOR, authority_id__in=authorities
    )
    suppliers = [each.supplier_id for each in partners if each.supplier_id]
    return [pilot.proposed_by, *people_of(*suppliers), *_active(held)]


def tell(verb: str, about: Match | Offer, supplier_id: int, *, at: dt.datetime) -> None:
    """Say to people of a supplier that there is something to look at on the board."""
    mail.send(
        f"network/mail/{verb}.txt",
        to=people_of(supplier_id),
        at=at,
        context={"about": about, "path": about.get_absolute_url()},
        notice=NoticeKind.WORK,
        about=about,
    )


def inform(
    what: str,
    about: Recorded,
    to: Iterable[User],
    *,
    by: User,
    at: dt.datetime,
    notice: NoticeKind = NoticeKind.NETWORK,
) -> None:
    """Tell everybody once, but not who did it; of an obstacle who stands in hears it too."""
    people = {person.pk: person for person in to if person.pk != by.pk}
    context: dict[str, object] = {"about": about}
    if isinstance(about, Obstacle):
        context["contract"] = about.contract
    mail.send(
        f"network/mail/{what}.txt",
        to=people.values(),
        at=at,
        context=context,
        notice=notice,
        about=about,
    )


def _active(held: Iterable[RoleAssignment]) -> list[User]:
    people = User.objects.filter(role_assignments__in=held, is_active=True)
    return list(people.distinct().order_by("pk"))
