"""What suppliers offer each other and ask: a place, an anonymous candidate, a path to share."""

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contracts.models import Category
from network import matching, regions
from sroi_portal.core import personal
from sroi_portal.core.models import Recorded, RoleName, User
from suppliers.models import Supplier

MATCHMAKERS = (RoleName.COORDINATOR, RoleName.ADVISER)


class OfferKind(models.TextChoices):
    PLACE = "place", _("I have a place")
    CANDIDATE = "candidate", _("I have a candidate")
    PATH = "path", _("Shall we share a path?")


class WorkForm(models.TextChoices):
    """What somebody does there."""

    WORK = "work", _("paid work")
    LEARNING = "learning", _("learning place")
    INTERNSHIP = "internship", _("internship")
    EXPERIENCE = "experience", _("work-experience place")
    TRIAL = "trial", _("trial placement")


class OfferStatus(models.TextChoices):
    OPEN = "open", _("open")
    IN_CONTACT = "in_contact", _("in contact")
    AGREED = "agreed", _("agreed")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("expired")


STANDING = (OfferStatus.OPEN, OfferStatus.IN_CONTACT)
STAYS = {  # days
    OfferKind.PLACE: 60,
    OfferKind.CANDIDATE: 30,
    OfferKind.PATH: 60,
}
REMINDED = dt.timedelta(days=7)  # before the last day
PROFILE_KEPT = dt.timedelta(days=30)  # after it ended


class OfferQuerySet(models.QuerySet["Offer"]):
    def visible_to(self, user: User) -> "OfferQuerySet":
        """Show the board to suppliers, and to who brings them together (R-380)."""
        return self if sees_board(user) else self.none()

    def standing(self) -> "OfferQuerySet":
        return self.filter(status__in=STANDING)

    def matching(self, words: str) -> "OfferQuerySet":
        """By part of the title or of the supplier's name."""
        wanted = words.strip()
        return self.filter(Q(title__icontains=wanted) | Q(supplier__name__icontains=wanted))

    def in_region(self, code: str) -> "OfferQuerySet":
        """Keep what is in a province, or in a region or the whole province around it."""
        is_province = len(code) == matching.PROVINCE
        if is_province:
            return self.filter(region__startswith=code)
        return self.filter(region__in=(code, regions.province_of(code)))

    def with_facts(self) -> "OfferQuerySet":
        return self.select_related("supplier", "category")

    def to_fit(self, offer: "Offer") -> "OfferQuerySet":
        """Keep what others offer that could complete it."""
        wanted = self.standing().exclude(supplier=offer.supplier_id)
        return wanted.filter(kind__in=matching.FITS[offer.kind])


def sees_board(user: User) -> bool:
    return bool(user.supplier_ids or user.authorities_with(*MATCHMAKERS))


class Offer(Recorded):
    """One line of the board. A candidate has no name, no group and no number (R-381)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("title", "sealed")
    SEALED: ClassVar[tuple[str, ...]] = ("sealed",)
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        OfferStatus.OPEN: frozenset(
            {OfferStatus.IN_CONTACT, OfferStatus.WITHDRAWN, OfferStatus.EXPIRED}
        ),
        OfferStatus.IN_CONTACT: frozenset(
            {OfferStatus.OPEN, OfferStatus.AGREED, OfferStatus.WITHDRAWN}
        ),
        OfferStatus.EXPIRED: frozenset({OfferStatus.OPEN}),
    }

    supplier = models.ForeignKey(
        Supplier, models.PROTECT, verbose_name=_("supplier"), related_name="offers"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=OfferKind)
    form = models.CharField(_("what for"), max_length=10, choices=WorkForm)
    title = models.CharField(_("in one line"), max_length=100)
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        verbose_name=_("category"),
        related_name="+",
        null=True,
        blank=True,
    )
    region = models.CharField(_("region"), max_length=5)
    hours_per_week = models.DecimalField(
        _("hours a week"),
        max_digits=4,
        decimal_places=2,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until, if known"), null=True, blank=True)
    apply_at = models.CharField(_("where somebody can react"), max_length=160, blank=True)
    sealed = models.BinaryField(default=b"", blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=OfferStatus, default=OfferStatus.OPEN
    )
    stays_until = models.DateField(_("on the board until"))
    reminded_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    posted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    posted_at = models.DateTimeField()

    objects: ClassVar[Any] = OfferQuerySet.as_manager()

    class Meta:
        ordering = ("-posted_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="offer_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="candidate") | Q(region__regex=r"^.{4}$"),
                name="candidate_is_shown_by_province",
                violation_error_message=_("Of a candidate only the province is shown."),
            ),
            models.CheckConstraint(
                condition=Q(apply_at="") | Q(kind="place"),
                name="only_a_place_is_for_everybody",
                violation_error_message=_("Only a place is shown to everybody."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=("open", "in_contact"), ended_on__isnull=True)
                | Q(status__in=("agreed", "withdrawn", "expired"), ended_on__isnull=False),
                name="offer_ended_iff_ended_on",
                violation_error_message=_("What left the board says since when."),
            ),
        )
        indexes = (
            models.Index(fields=("status", "-posted_at", "-id"), name="offers_on_the_board"),
            models.Index(fields=("supplier", "-posted_at", "-id"), name="offers_of_a_supplier"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("network:offer-detail", args=[self.pk])

    @property
    def text(self) -> str:
        """What can be learned, or what the person wants; empty once it was erased."""
        if not self.sealed:
            return ""
        return personal.unseal(bytes(self.sealed), table=self._meta.db_table, row=self.uuid)

    @text.setter
    def text(self, text: str) -> None:
        self.sealed = personal.seal(text, table=self._meta.db_table, row=self.uuid)

    @property
    def is_standing(self) -> bool:
        return self.status in STANDING

    @property
    def is_for_everybody(self) -> bool:
        """Whether people who look for work read it without an account (R-440)."""
        return bool(self.apply_at) and self.is_standing

    @property
    def region_name(self) -> str:
        return regions.name_of(self.region)

    def wish(self) -> matching.Wish:
        return matching.Wish(
            kind=self.kind,
            region=self.region,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            category=self.category_id,
            form=self.form,
            hours_per_week=self.hours_per_week,
        )
