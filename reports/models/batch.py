"""Reports of many contracts, asked at once."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contracts.models import Category
from sroi_portal.core.models import Authority, Recorded, User
from sroi_portal.core.models.authority import CONTRACT_ROLES
from sroi_portal.core.rights import Guard


class ReportBatchQuerySet(models.QuerySet["ReportBatch"]):
    def visible_to(self, user: User) -> "ReportBatchQuerySet":
        return self.filter(authority_id__in=user.authorities_with(*CONTRACT_ROLES))


class ReportBatch(Recorded):
    """A report of each of these contracts, and one ZIP with all of them (R-286)."""

    GUARD = Guard.AUTHORITY
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("contracting authority"), related_name="+"
    )
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        verbose_name=_("category"),
        related_name="+",
        null=True,
        blank=True,
    )
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="nl")
    contract_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    job_uuid = models.UUIDField(null=True, blank=True)
    zip = models.FileField(upload_to="reports/", blank=True)
    made_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = ReportBatchQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        verbose_name_plural = "report batches"
        constraints = (
            models.CheckConstraint(
                condition=Q(zip="", made_at__isnull=True) | (~Q(zip="") & Q(made_at__isnull=False)),
                name="batch_is_made_iff_packed",
                violation_error_message=_("Reports are packed when all of them are printed."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.authority} {self.asked_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("reports:batch-detail", args=[self.pk])
