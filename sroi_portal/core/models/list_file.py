"""Lists that are too long to be made while somebody waits."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sroi_portal.core.models.base import Recorded
from sroi_portal.core.models.user import User
from sroi_portal.core.rights import Guard


class FileKind(models.TextChoices):
    XLSX = "xlsx", _("spreadsheet (XLSX)")
    CSV = "csv", _("text with separators (CSV)")


class ListFileQuerySet(models.QuerySet["ListFile"]):
    def visible_to(self, user: User) -> "ListFileQuerySet":
        return self.filter(user=user)


class ListFile(Recorded):
    """A list that a worker writes to a file, for who asked alone and for a week (R-318)."""

    GUARD = Guard.PERSON
    PERSONAL: ClassVar[tuple[str, ...]] = ("user", "address", "file")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    address = models.TextField()  # of the list, with its filters: asked again by the worker
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=4, choices=FileKind)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="nl")
    asked_at = models.DateTimeField()
    job_uuid = models.UUIDField(null=True, blank=True)
    row_count = models.PositiveIntegerField(default=0)
    file = models.FileField(upload_to="lists/", blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    seen_sha256 = models.BinaryField(max_length=32, null=True, blank=True)  # of the asker's sight

    objects: ClassVar[Any] = ListFileQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(file="", made_at__isnull=True, seen_sha256__isnull=True)
                | (~Q(file="") & Q(made_at__isnull=False, seen_sha256__isnull=False)),
                name="list_file_is_made_iff_written",
                violation_error_message=_("A file is ready when all its rows are written."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}.{self.kind}"

    def get_absolute_url(self) -> str:
        return reverse("core:list-file", args=[self.uuid])
