"""Many contributions verified in one go: which were asked for, and which were refused why."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sroi_portal.core.models import Recorded, User

MOST = 1_000


class BulkCheckQuerySet(models.QuerySet["BulkCheck"]):
    def visible_to(self, user: User) -> "BulkCheckQuerySet":
        return self.filter(asked_by=user)


class BulkCheck(Recorded):
    """Holds numbers of shares and sentences about their status, nothing about a person."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    share_ids = ArrayField(models.BigIntegerField())
    verified_count = models.PositiveIntegerField(default=0)
    refusals = models.JSONField(default=dict, blank=True)  # why not, by number of the share
    job_uuid = models.UUIDField()

    objects: ClassVar[Any] = BulkCheckQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(share_ids__len__gte=1, share_ids__len__lte=MOST),
                name="bulk_check_of_at_most_a_thousand",
                violation_error_message=_("Choose 1 to 1,000 contributions."),
            ),
        )

    def __str__(self) -> str:
        return f"{len(self.share_ids)} · {self.asked_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("candidates:bulk-check", args=[self.pk])
