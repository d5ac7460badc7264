"""What is to be done, as rows: work with progress, and mail. A message to a worker is a hint."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class JobStatus(models.TextChoices):
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("ready")
    FAILED = "failed", _("failed")


class Job(models.Model):
    """Long work with progress; `task` is the name of what a worker calls with `args`."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    task = models.CharField(max_length=80)
    args = models.JSONField(default=list)
    status = models.CharField(max_length=8, choices=JobStatus, default=JobStatus.QUEUED)
    done_count = models.PositiveIntegerField(default=0)
    total_count = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=("done", "failed"), ended_at__isnull=False)
                | Q(status__in=("queued", "running"), ended_at__isnull=True),
                name="job_ended_iff_ended_at",
                violation_error_message=_("Work that ended says when."),
            ),
        )
        indexes = (
            models.Index(
                fields=("due_at",),
                condition=Q(status__in=("queued", "running")),
                name="jobs_to_do",
            ),
        )

    def __str__(self) -> str:
        return f"{self.task} {self.uuid}"

    @property
    def progress_pct(self) -> int:
        return 100 * self.done_count // self.total_count if self.total_count else 0


class Outgoing(models.Model):
    """A mail to be sent: without personal data of candidates, with a link to what it is about."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("to_address",)

    to_address = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("pk",)
        indexes = (
            models.Index(
                fields=("written_at",), condition=Q(sent_at__isnull=True), name="mail_to_send"
            ),
        )

    def __str__(self) -> str:
        return self.subject
