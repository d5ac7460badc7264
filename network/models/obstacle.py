"""Obstacles: where the execution of a contract gets stuck, and what was done about it."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract
from sroi_portal.core.models import Authority, Recorded, User
from sroi_portal.core.models.authority import CONTRACT_ROLES
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier


class ObstacleKind(models.TextChoices):
    CANDIDATES = "candidates", _("no fitting candidates")
    PLACES = "places", _("no fitting work or places")
    GUIDANCE = "guidance", _("too little guidance")
    SKILLS = "skills", _("training, language or certificates")
    TRAVEL = "travel", _("travel, screening or working hours")
    EVIDENCE = "evidence", _("evidence and administration")
    RULES = "rules", _("rules of the contract or the value table")
    COOPERATION = "cooperation", _("cooperation between parties")
    OTHER = "other", _("something else")


class ObstacleStatus(models.TextChoices):
    OPEN = "open", _("open")
    PICKED_UP = "picked_up", _("picked up")
    SOLVED = "solved", _("solved")
    ACCEPTED = "accepted", _("accepted as it is")


UNENDED = (ObstacleStatus.OPEN, ObstacleStatus.PICKED_UP)


class ObstacleQuerySet(models.QuerySet["Obstacle"]):
    def visible_to(self, user: User) -> "ObstacleQuerySet":
        """Of the authorities one works for; a supplier those on contracts that it works on."""
        own = Q(supplier_id__in=user.supplier_ids) | Q(contract_id__in=user.party_contract_ids)
        return self.filter(Q(authority_id__in=user.authorities_with(*CONTRACT_ROLES)) | own)

    def unended(self) -> "ObstacleQuerySet":
        return self.filter(status__in=UNENDED)


class Obstacle(Recorded):
    """One obstacle, in a sentence; read by the parties of the contract alone (R-326)."""

    GUARD = Guard.ALL_PARTIES
    PERSONAL: ClassVar[tuple[str, ...]] = ()
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        ObstacleStatus.OPEN: frozenset(
            {ObstacleStatus.PICKED_UP, ObstacleStatus.SOLVED, ObstacleStatus.ACCEPTED}
        ),
        ObstacleStatus.PICKED_UP: frozenset({ObstacleStatus.SOLVED, ObstacleStatus.ACCEPTED}),
    }

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="obstacles")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    kind = models.CharField(_("where do you get stuck?"), max_length=12, choices=ObstacleKind)
    text = models.CharField(_("in one sentence"), max_length=300)
    status = models.CharField(
        _("status"), max_length=10, choices=ObstacleStatus, default=ObstacleStatus.OPEN
    )
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    picked_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = ObstacleQuerySet.as_manager()

    class Meta:
        ordering = ("reported_at", "pk")
        verbose_name = _("obstacle")
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=("open", "picked_up"), ended_at__isnull=True, answer="")
                | Q(status__in=("solved", "accepted"), ended_at__isnull=False) & ~Q(answer=""),
                name="ended_obstacle_has_answer",
                violation_error_message=_("Say what was done about it."),
            ),
            models.CheckConstraint(
                condition=Q(status="open", picked_up_by__isnull=True)
                | ~Q(status="open") & Q(picked_up_by__isnull=False),
                name="obstacle_is_picked_up_by_somebody",
                violation_error_message=_("Who picks it up is named."),
            ),
        )

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("network:obstacle-detail", args=[self.pk])
