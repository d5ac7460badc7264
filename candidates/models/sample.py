"""A sample of shares, drawn by lot from a stored seed, heavier where the risk is."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from candidates.models.share import Share
from sroi_portal.core.models import Authority, Recorded, RoleName, User
from sroi_portal.core.rights import Guard

SAMPLE_ROLES = (RoleName.COORDINATOR, RoleName.MANAGER, RoleName.AUDITOR)


class SampleOf(models.TextChoices):
    SUBMITTED = "submitted", _("to be checked")
    VERIFIED = "verified", _("verified")


class RiskReason(models.TextChoices):
    """Why a share is more likely to be drawn; what each adds stands in `candidates.risks`."""

    NEW_SUPPLIER = "new_supplier", _("the supplier is new here")
    EARLIER_REJECTIONS = "rejections", _("something of this supplier was rejected before")
    MISSING_EVIDENCE = "evidence", _("evidence that is asked for is missing")
    HIGH_AMOUNT = "amount", _("it belongs to the highest amounts")
    LATE_ENTRY = "late", _("it was submitted long after the period")


class SampleOutcome(models.TextChoices):
    IN_ORDER = "in_order", _("in order")
    CORRECTED = "corrected", _("in order after a correction")
    NOT_IN_ORDER = "not_in_order", _("not in order")


class SampleQuerySet(models.QuerySet["Sample"]):
    def visible_to(self, user: User) -> "SampleQuerySet":
        """Keep those of the authorities one checks or audits for."""
        return self.filter(authority_id__in=user.authorities_with(*SAMPLE_ROLES))


class Sample(Recorded):
    """One drawing: from the seed and the list of candidates anybody gets the same sample (R-211)."""

    GUARD = Guard.AUTHORITY
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("contracting authority"), related_name="+"
    )
    of = models.CharField(
        _("drawn from what is"), max_length=10, choices=SampleOf, default=SampleOf.SUBMITTED
    )
    starts_on = models.DateField(_("submitted from"))
    ends_on = models.DateField(_("submitted until"))
    size = models.PositiveSmallIntegerField(_("how many"))
    seed = models.CharField(max_length=64)
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()

    objects: ClassVar[Any] = SampleQuerySet.as_manager()

    class Meta:
        ordering = ("-drawn_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="sample_ends_after_start",
                violation_error_message=_("The last day of the period lies before the first."),
            ),
            models.CheckConstraint(
                condition=Q(size__range=(1, 1000)),
                name="sample_has_a_size",
                violation_error_message=_("A sample has 1 to 1,000 contributions."),
            ),
        )

    def __str__(self) -> str:
        return str(self.uuid)[:8]

    def get_absolute_url(self) -> str:
        return reverse("candidates:sample-detail", args=[self.pk])


class SampleShare(Recorded):
    """A share from which is drawn: with its weight and why; in the sample when it has a place."""

    GUARD = Guard.AUTHORITY
    PERSONAL: ClassVar[tuple[str, ...]] = ("reasons", "weight")

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="shares")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    share = models.ForeignKey(Share, models.PROTECT, related_name="samples")
    share_uuid = models.UUIDField()
    weight = models.PositiveSmallIntegerField()
    reasons = ArrayField(models.CharField(max_length=12, choices=RiskReason), default=list)
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=SampleOutcome, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ("sample", "place", "share_uuid")
        constraints = (
            models.UniqueConstraint(
                fields=("sample", "share"),
                name="one_chance_a_share",
                violation_error_message=_("This contribution is on the list already."),
            ),
            models.UniqueConstraint(
                fields=("sample", "place"),
                name="one_share_a_place",
                violation_error_message=_("This place in the sample is taken."),
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=1),
                name="every_share_has_a_chance",
                violation_error_message=_("Every contribution has a chance to be drawn."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="", recorded_at__isnull=True, recorded_by__isnull=True)
                | (
                    ~Q(outcome="")
                    & Q(recorded_at__isnull=False, recorded_by__isnull=False, place__isnull=False)
                ),
                name="outcome_of_a_drawn_share",
                violation_error_message=_("An outcome says when and by whom, of what was drawn."),
            ),
        )

    def __str__(self) -> str:
        return str(self.share_uuid)[:8]
