"""Evidence: a statement by default; a file only where its kind allows."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from candidates.models.placement import Placement
from contracts.models import EvidenceKind
from sroi_portal.core.models import Recorded, User
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier


class EvidenceResult(models.TextChoices):
    SEEN = "seen", _("seen, and in order")
    ASKED = "asked", _("asked for, not received yet")


class ScanStatus(models.TextChoices):
    """What the malware scanner said; a file is shown only when it is clean or marked."""

    NONE = "", _("no file")
    WAITING = "waiting", _("waiting for the scanner")
    CLEAN = "clean", _("scanned, nothing found")
    UNSCANNED = "unscanned", _("not scanned: this installation has no scanner")
    INFECTED = "infected", _("malware found: removed")


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: User) -> "EvidenceQuerySet":
        checked = Q(authority_ids__overlap=list(user.sees_contributions_of))
        return self.filter(Q(supplier_id__in=user.supplier_ids) | checked)


class Evidence(Recorded):
    """Who issued what, when, and who at the supplier saw it."""

    GUARD = Guard.AUTHORITIES_OR_SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ("kind", "file", "file_name")

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="evidence")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    authority_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    kind = models.ForeignKey(
        EvidenceKind, models.PROTECT, verbose_name=_("kind of evidence"), related_name="+"
    )
    result = models.CharField(
        _("result"), max_length=8, choices=EvidenceResult, default=EvidenceResult.SEEN
    )
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    seen_on = models.DateField(_("seen by us on"), null=True, blank=True)
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stated_at = models.DateTimeField()
    file = models.FileField(_("file"), upload_to="evidence/", blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    file_type = models.CharField(max_length=40, blank=True)
    file_sha256 = models.BinaryField(max_length=32, null=True, blank=True)
    scan = models.CharField(max_length=10, choices=ScanStatus, blank=True, default="")

    objects: ClassVar[Any] = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ("placement", "pk")
        verbose_name_plural = "evidence"
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(issued_on__isnull=True)
                | Q(valid_until__gte=F("issued_on")),
                name="evidence_valid_after_issue",
                violation_error_message=_("The last day of validity lies before the day of issue."),
            ),
            models.CheckConstraint(
                condition=~Q(result="seen") | Q(seen_on__isnull=False),
                name="seen_evidence_says_when",
                violation_error_message=_("Say on which day somebody at your firm saw it."),
            ),
            models.CheckConstraint(
                condition=Q(file="", scan__in=("", "infected")) | (~Q(file="") & ~Q(scan="")),
                name="scan_iff_file",
                violation_error_message=_("A file says what the scanner found."),
            ),
        )

    def __str__(self) -> str:
        return str(self.uuid)[:8]
