"""Two suppliers in contact about an offer: from the first word to a deal or an end (H10)."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from candidates.models import SharedPath
from network.models.offer import MATCHMAKERS, Offer
from sroi_portal.core.models import Recorded, User
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier


class MatchStatus(models.TextChoices):
    CONTACT = "contact", _("contact made")
    TALKING = "talking", _("in conversation")
    PROPOSED = "proposed", _("deal proposed")
    AGREED = "agreed", _("agreed")
    ENDED = "ended", _("ended")


LIVING = (MatchStatus.CONTACT, MatchStatus.TALKING, MatchStatus.PROPOSED)


class MatchQuerySet(models.QuerySet["Match"]):
    def visible_to(self, user: User) -> "MatchQuerySet":
        """Only the two suppliers read what is said."""
        return self.filter(
            Q(supplier_id__in=user.supplier_ids) | Q(partner_id__in=user.supplier_ids)
        )

    def listed_for(self, user: User) -> "MatchQuerySet":
        """Show who brings people together how far each is, and nothing that was said (R-384)."""
        return self if user.authorities_with(*MATCHMAKERS) else self.visible_to(user)

    def living(self) -> "MatchQuerySet":
        return self.filter(status__in=LIVING)

    def with_facts(self) -> "MatchQuerySet":
        return self.select_related("offer", "supplier", "partner")


class Match(Recorded):
    """The conversation is its history: each word a sealed remark beside an event (R-383)."""

    GUARD = Guard.BOTH_SUPPLIERS
    PERSONAL: ClassVar[tuple[str, ...]] = ()
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        MatchStatus.CONTACT: frozenset(
            {MatchStatus.TALKING, MatchStatus.PROPOSED, MatchStatus.ENDED}
        ),
        MatchStatus.TALKING: frozenset({MatchStatus.PROPOSED, MatchStatus.ENDED}),
        MatchStatus.PROPOSED: frozenset(
            {MatchStatus.TALKING, MatchStatus.AGREED, MatchStatus.ENDED}
        ),
    }

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="matches")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")  # whose offer it is
    partner = models.ForeignKey(Supplier, models.PROTECT, related_name="+")  # who answered
    status = models.CharField(
        _("status"), max_length=10, choices=MatchStatus, default=MatchStatus.CONTACT
    )
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    stepped_at = models.DateTimeField()  # the last time that either side did something
    proposed_for = models.ForeignKey(
        Supplier, models.PROTECT, related_name="+", null=True, blank=True
    )
    agreed_for = models.ForeignKey(
        Supplier, models.PROTECT, related_name="+", null=True, blank=True
    )
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    path = models.ForeignKey(
        SharedPath, models.PROTECT, related_name="+", null=True, blank=True
    )  # that followed from it

    objects: ClassVar[Any] = MatchQuerySet.as_manager()

    class Meta:
        ordering = ("-stepped_at", "-pk")
        verbose_name_plural = "matches"
        constraints = (
            models.CheckConstraint(
                condition=~Q(supplier=F("partner")),
                name="match_is_between_two",
                violation_error_message=_("This is an offer of your own."),
            ),
            models.UniqueConstraint(
                fields=("offer", "partner"),
                condition=Q(status__in=("contact", "talking", "proposed")),
                name="one_open_match_an_offer",
                violation_error_message=_("You are in contact about this already."),
            ),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True, agreed_at__isnull=True, agreed_for=None)
                | Q(agreed_by__isnull=False, agreed_at__isnull=False, agreed_for__isnull=False),
                name="match_agreed_by_iff_agreed_at",
                violation_error_message=_("What is agreed says when, by whom and for whom."),
            ),
            models.CheckConstraint(
                condition=(Q(status="agreed") & Q(agreed_at__isnull=False))
                | (~Q(status="agreed") & Q(agreed_at__isnull=True)),
                name="match_agreed_iff_agreed_at",
                violation_error_message=_("What is agreed says when and by whom."),
            ),
            models.CheckConstraint(
                condition=Q(agreed_for__isnull=True)
                | (Q(proposed_for__isnull=False) & ~Q(agreed_for=F("proposed_for"))),
                name="the_other_side_agrees",
                violation_error_message=_("The other side agrees to what you proposed."),
            ),
        )
        indexes = (models.Index(fields=("status", "stepped_at", "id"), name="matches_by_step"),)

    def __str__(self) -> str:
        return f"{self.offer} · {self.partner}"

    def get_absolute_url(self) -> str:
        return reverse("network:match-detail", args=[self.pk])

    @property
    def is_living(self) -> bool:
        return self.status in LIVING

    @property
    def sides(self) -> tuple[int, int]:
        return (self.supplier_id, self.partner_id)
