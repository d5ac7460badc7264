"""Mail to the people of a supplier about the board: where to look, without personal data."""

import datetime as dt

from network.models import Match, Offer
from sroi_portal.core import mail
from sroi_portal.core.models import NoticeKind, User
from suppliers.models import Membership


def people_of(supplier_id: int) -> list[User]:
    """Find who enters work for a supplier."""
    held = Membership.objects.held().filter(supplier=supplier_id, may_enter=True)
    people = User.objects.filter(pk__in=held.values("user"), is_active=True)
    return list(people.order_by("pk"))


def tell(verb: str, about: Match | Offer, supplier_id: int, *, at: dt.datetime) -> None:
    """Say that there is something to look at, and nothing of what it says."""
    mail.send(
        f"network/mail/{verb}.txt",
        to=people_of(supplier_id),
        at=at,
        context={"about": about, "path": about.get_absolute_url()},
        notice=NoticeKind.WORK,
        about=about,
    )
