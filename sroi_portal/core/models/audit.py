"""What happened: append-only. What was said about it: sealed and destroyed with its object."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from sroi_portal.core import personal
from sroi_portal.core.models.base import Recorded


class Remark(Recorded):
    """A question, answer or reason in free text: sealed, because it may be about a person."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("sealed",)
    SEALED: ClassVar[tuple[str, ...]] = ("sealed",)

    object_kind = models.CharField(max_length=60)
    object_uuid = models.UUIDField()
    sealed = models.BinaryField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )  # None: somebody who came by a link
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("object_uuid",), name="remarks_of_an_object"),)

    def __str__(self) -> str:
        return f"{self.object_kind} {self.object_uuid}"

    @property
    def text(self) -> str:
        return personal.unseal(bytes(self.sealed), table=self._meta.db_table, row=self.uuid)

    @text.setter
    def text(self, text: str) -> None:
        self.sealed = personal.seal(text, table=self._meta.db_table, row=self.uuid)


class AuditEvent(models.Model):
    """One verb done to one object: ids, statuses and names of fields, never their content."""

    APPEND_ONLY = True
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )  # None: the clock
    verb = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=60)
    object_uuid = models.UUIDField()
    from_status = models.CharField(max_length=20, blank=True)
    to_status = models.CharField(max_length=20, blank=True)
    changed = ArrayField(models.CharField(max_length=60), default=list)
    authority_id = models.BigIntegerField(null=True)
    supplier_id = models.BigIntegerField(null=True)
    remark_uuid = models.UUIDField(null=True)

    class Meta:
        ordering = ("pk",)
        indexes = (
            models.Index(fields=("object_uuid", "id"), name="events_of_an_object"),
            models.Index(fields=("authority_id", "id"), name="events_of_an_authority"),
        )

    def __str__(self) -> str:
        return f"{self.verb} {self.object_kind} {self.object_uuid}"


class ReadEvent(models.Model):
    """Somebody looked at what is recorded about a candidate (K06)."""

    APPEND_ONLY = True
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    candidate_uuid = models.UUIDField()
    activity = models.CharField(max_length=60)  # of the processing register
    authority_id = models.BigIntegerField(null=True)
    supplier_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("candidate_uuid", "id"), name="looks_at_a_candidate"),)

    def __str__(self) -> str:
        return f"{self.activity} {self.candidate_uuid}"


class DaySeal(models.Model):
    """A fingerprint of a day's events, chained to the day before: tampering shows."""

    APPEND_ONLY = True
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    day = models.DateField(unique=True)
    last_event_id = models.BigIntegerField()
    event_count = models.PositiveIntegerField()
    sha256 = models.BinaryField(max_length=32)

    class Meta:
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day} {bytes(self.sha256).hex()[:12]}"
