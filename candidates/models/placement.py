"""A placement: a running fact about one candidate, with dated changes of its hours."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from candidates.models.candidate import Candidate
from contracts.models import Account, Block, Contract, LedgerEntry
from sroi_portal.core.fields import MoneyField
from sroi_portal.core.models import Recorded, User
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier

MOST_HOURS = Decimal(60)


class ContractForm(models.TextChoices):
    """In what form the candidate works."""

    TEMPORARY = "temporary", _("temporary contract")
    PERMANENT = "permanent", _("permanent contract")
    AGENCY = "agency", _("through an agency")
    SECONDED = "seconded", _("seconded from a sheltered workshop")
    LEARNING = "learning", _("learning place")
    EXPERIENCE = "experience", _("work-experience place")


class PlacementStatus(models.TextChoices):
    RUNNING = "running", _("running")
    ENDED = "ended", _("ended")
    WITHDRAWN = "withdrawn", _("withdrawn")


def _sum_of_shares(*statuses: str) -> Coalesce:
    worth = Sum(
        "contributions__shares__value_eur",
        filter=Q(contributions__shares__status__in=statuses),
    )
    return Coalesce(worth, Value(Decimal(0)), output_field=MoneyField())


class PlacementQuerySet(models.QuerySet["Placement"]):
    def visible_to(self, user: User) -> "PlacementQuerySet":
        """Keep the supplier's own, and those of which work was submitted to be checked."""
        checked = Q(authority_ids__overlap=list(user.sees_contributions_of))
        return self.filter(Q(supplier_id__in=user.supplier_ids) | checked)

    def own_of(self, user: User) -> "PlacementQuerySet":
        """Keep the firm's own, with the person and the contract."""
        return self.filter(supplier_id__in=user.supplier_ids).select_related(
            "candidate", "contract", "supplier"
        )

    def of_person(self, number: str) -> "PlacementQuerySet":
        """Keep those of one person, by the number that says nothing to others."""
        try:
            return self.filter(candidate__uuid=uuid.UUID(number))
        except ValueError:
            return self.none()

    def reading(self, status: str, day: dt.date) -> "PlacementQuerySet":
        """Keep those that read so on a day, as `Placement.status_on` says it."""
        over = Q(status=PlacementStatus.RUNNING, ends_on__lt=day)
        if status == PlacementStatus.ENDED:
            return self.filter(Q(status=status) | over)
        return self.filter(status=status).exclude(over)

    def running_on(self, day: dt.date) -> "PlacementQuerySet":
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def with_worth(self) -> "PlacementQuerySet":
        """Add what is still planned, and what was submitted and verified so far."""
        planned = LedgerEntry.objects.filter(
            source_uuid=OuterRef("uuid"), account=Account.PLANNED
        ).values("source_uuid")
        return self.annotate(
            planned_eur=Coalesce(
                Subquery(planned.annotate(total=Sum("quantity")).values("total")),
                Value(Decimal(0)),
                output_field=MoneyField(),
            ),
            submitted_eur=_sum_of_shares("submitted", "returned", "objected"),
            verified_eur=_sum_of_shares("verified"),
        )

    def with_hours_on(self, day: dt.date) -> "PlacementQuerySet":
        """Add the hours a week that hold on a day; those at the start before it begins."""
        changes = WeeklyHours.objects.filter(placement=OuterRef("pk"))
        past = changes.filter(holds_from__lte=day).order_by("-holds_from")
        return self.annotate(
            hours_now=Coalesce(
                Subquery(past.values("hours_per_week")[:1]),
                Subquery(changes.order_by("holds_from").values("hours_per_week")[:1]),
            )
        )


class Placement(Recorded):
    """A candidate works; what it counts for is planned until a period is submitted."""

    GUARD = Guard.AUTHORITIES_OR_SUPPLIER
    LINK_GUARD = Guard.OF_PERSON
    PERSONAL: ClassVar[tuple[str, ...]] = (
        "block",
        "bonus_codes",
        "starts_on",
        "ends_on",
        "permanent_on",
        "permanent_bonus_codes",
    )
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        PlacementStatus.RUNNING: frozenset({PlacementStatus.ENDED, PlacementStatus.WITHDRAWN}),
        PlacementStatus.ENDED: frozenset({PlacementStatus.RUNNING, PlacementStatus.WITHDRAWN}),
    }

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="placements")
    authority_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="placements")
    contract = models.ForeignKey(
        Contract, models.PROTECT, verbose_name=_("contract"), related_name="placements"
    )
    block = models.ForeignKey(
        Block, models.PROTECT, verbose_name=_("row of the value table"), related_name="+"
    )
    bonus_codes = ArrayField(
        models.SlugField(max_length=60), verbose_name=_("also holds"), default=list, blank=True
    )
    contract_form = models.CharField(_("form of the work"), max_length=12, choices=ContractForm)
    status = models.CharField(
        _("status"), max_length=10, choices=PlacementStatus, default=PlacementStatus.RUNNING
    )
    starts_on = models.DateField(_("first working day"))
    ends_on = models.DateField(_("last working day, if known"), null=True, blank=True)
    permanent_on = models.DateField(_("permanent contract from"), null=True, blank=True)
    permanent_bonus_codes = ArrayField(  # that hold from that day on
        models.SlugField(max_length=60), default=list, blank=True
    )
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    objects: ClassVar[Any] = PlacementQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="placement_ends_after_start",
                violation_error_message=_("The last working day lies before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(status="ended") | Q(ends_on__isnull=False),
                name="ended_placement_has_last_day",
                violation_error_message=_("A placement that ended has a last working day."),
            ),
            models.CheckConstraint(
                condition=Q(permanent_on__isnull=True, permanent_bonus_codes=[])
                | Q(permanent_on__gte=F("starts_on")),
                name="placement_is_permanent_from_a_day",
                violation_error_message=_(
                    "A permanent contract starts on or after the first working day."
                ),
            ),
        )
        indexes = (
            models.Index(fields=("supplier", "status", "-id"), name="placements_of_a_supplier"),
            models.Index(fields=("contract", "-id"), name="placements_on_a_contract"),
        )

    def __str__(self) -> str:
        return str(self.uuid)[:8]

    def get_absolute_url(self) -> str:
        return reverse("candidates:placement-detail", args=[self.pk])

    def status_on(self, day: dt.date) -> PlacementStatus:
        """Say it as it is on a day: after its last day it ended, though nobody wrote that down."""
        status = PlacementStatus(self.status)
        is_over = self.ends_on is not None and self.ends_on < day
        return PlacementStatus.ENDED if is_over and status == PlacementStatus.RUNNING else status


class WeeklyHours(models.Model):
    """Hours a week from a day on, until the next change."""

    GUARD = Guard.AUTHORITIES_OR_SUPPLIER
    LINK_GUARD = Guard.OF_PLACEMENT
    PERSONAL: ClassVar[tuple[str, ...]] = ("hours_per_week",)

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="weekly_hours")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    authority_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    holds_from = models.DateField(_("from"))
    hours_per_week = models.DecimalField(
        _("hours a week"),
        max_digits=4,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.25")), MaxValueValidator(MOST_HOURS)],
    )

    class Meta:
        ordering = ("placement", "holds_from")
        verbose_name_plural = "weekly hours"
        constraints = (
            models.UniqueConstraint(
                fields=("placement", "holds_from"),
                name="one_change_of_hours_a_day",
                violation_error_message=_("The hours already change on this day."),
            ),
            models.CheckConstraint(
                condition=Q(hours_per_week__gt=0, hours_per_week__lte=MOST_HOURS),
                name="hours_a_week_are_possible",
                violation_error_message=_("Hours a week lie between 0.25 and 60."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.holds_from}: {self.hours_per_week}"
