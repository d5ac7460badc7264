"""A link of one's own on paper, and the code that only the person knows (N26, R-370)."""

import datetime as dt
import hashlib
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from candidates.models.candidate import Candidate
from candidates.models.placement import Placement
from sroi_portal.core.models import Recorded, User
from sroi_portal.core.rights import Guard, Reach
from suppliers.models import Supplier


class PersonalLinkStatus(models.TextChoices):
    STANDING = "standing", _("works")
    REPLACED = "replaced", _("replaced by a new letter")
    REVOKED = "revoked", _("taken back")


class PersonalLinkQuerySet(models.QuerySet["PersonalLink"]):
    def visible_to(self, user: User) -> "PersonalLinkQuerySet":
        return self.filter(supplier_id__in=user.supplier_ids)

    def with_token(self, token: str) -> "PersonalLinkQuerySet":
        return self.filter(token_hash=hashed(token))

    def standing(self) -> "PersonalLinkQuerySet":
        return self.filter(status=PersonalLinkStatus.STANDING)

    def open_at(self, at: dt.datetime) -> "PersonalLinkQuerySet":
        return self.standing().filter(expires_at__gt=at)


def hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


class PersonalLink(Recorded):
    """What a letter gives to a person; only its hash is kept, so that only paper knows it."""

    GUARD = Guard.SUPPLIER
    LINK_GUARD = Guard.LINK
    PERSONAL: ClassVar[tuple[str, ...]] = ("candidate", "placement", "token_hash")
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        PersonalLinkStatus.STANDING: frozenset(
            {PersonalLinkStatus.REPLACED, PersonalLinkStatus.REVOKED}
        ),
    }

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="links")
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="links")
    token_hash = models.BinaryField(max_length=32, unique=True)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=PersonalLinkStatus,
        default=PersonalLinkStatus.STANDING,
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(_("works until"))

    objects: ClassVar[Any] = PersonalLinkQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("candidate",),
                condition=Q(status="standing"),
                name="one_standing_link_a_person",
                violation_error_message=_("There is a letter that works already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.placement} {self.get_status_display()}"

    @property
    def last_day(self) -> dt.date:
        """Give the last day on which the letter works."""
        return timezone.localdate(self.expires_at - dt.timedelta(seconds=1))


class PersonalCode(models.Model):
    """The code of a link, hashed; no page acts in a role that can read or change it."""

    REACH = Reach.WORKER
    PERSONAL: ClassVar[tuple[str, ...]] = ("code_hash",)

    link = models.OneToOneField(PersonalLink, models.PROTECT, related_name="code")
    code_hash = models.CharField(max_length=200)
    chosen_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.link_id)

    @property
    def stamp(self) -> str:
        """Tell this code from any other without showing it."""
        return hashlib.sha256(self.code_hash.encode()).hexdigest()[:32]
