"""Evidence: a statement by default; a file only where its kind allows."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from candidates.models.contribution import Contribution
from candidates.models.placement import Placement
from candidates.models.share import (
    UNDECIDED,
    Share,
    ShareQuerySet,
    ShareStatus,
)
from candidates.models.visit import Visit
from contracts.models import ACCEPTING, EvidenceKind
from sroi_portal.core.models import Recorded, User
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier


class EvidenceResult(models.TextChoices):
    SEEN = "seen", _("seen, and in order")
    SEEN_BY_US = "seen_by_us", _("seen by the authority on location")
    ASKED = "asked", _("asked for, not received yet")


IS_SEEN = (EvidenceResult.SEEN, EvidenceResult.SEEN_BY_US)


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

    def current(self) -> "EvidenceQuerySet":
        """Leave out what a later statement took the place of (R-203)."""
        return self.filter(renewed_by__isnull=True)

    def of_open_claims(self, shares: ShareQuerySet | None = None) -> "EvidenceQuerySet":
        """Keep that of claims without a placement that are not decided on, where work goes on."""
        open_ones = (Share.objects.all() if shares is None else shares).filter(
            contribution=OuterRef("contribution"),
            status__in=(ShareStatus.DRAFT, *UNDECIDED),
            contract__status__in=ACCEPTING,
        )
        return self.filter(Exists(open_ones), contribution__isnull=False)

    def waiting_for_scanner(self) -> "EvidenceQuerySet":
        return self.filter(scan=ScanStatus.WAITING).order_by("pk")


class Evidence(Recorded):
    """Who issued what, when, and who at the supplier saw it."""

    GUARD = Guard.AUTHORITIES_OR_SUPPLIER
    LINK_GUARD = Guard.OF_PLACEMENT
    PERSONAL: ClassVar[tuple[str, ...]] = ("kind", "file", "file_name")

    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="evidence", null=True, blank=True
    )
    contribution = models.ForeignKey(
        Contribution, models.PROTECT, related_name="evidence", null=True, blank=True
    )  # of what is done without a placement, as a purchase
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    authority_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    kind = models.ForeignKey(
        EvidenceKind, models.PROTECT, verbose_name=_("kind of evidence"), related_name="+"
    )
    result = models.CharField(
        _("result"), max_length=12, choices=EvidenceResult, default=EvidenceResult.SEEN
    )
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    seen_on = models.DateField(_("seen by us on"), null=True, blank=True)
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stated_at = models.DateTimeField()
    renews = models.OneToOneField(
        "self", models.PROTECT, related_name="renewed_by", null=True, blank=True
    )
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="evidence", null=True, blank=True)
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
                condition=Q(placement__isnull=False, contribution__isnull=True)
                | Q(placement__isnull=True, contribution__isnull=False),
                name="evidence_of_placement_or_contribution",
                violation_error_message=_(
                    "Evidence belongs to a placement or to a contribution without one."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(result="seen_by_us") | Q(visit__isnull=False, file=""),
                name="seen_by_us_on_a_visit",
                violation_error_message=_("What the authority saw itself was seen on a visit."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(issued_on__isnull=True)
                | Q(valid_until__gte=F("issued_on")),
                name="evidence_valid_after_issue",
                violation_error_message=_("The last day of validity lies before the day of issue."),
            ),
            models.CheckConstraint(
                condition=~Q(result__in=("seen", "seen_by_us")) | Q(seen_on__isnull=False),
                name="seen_evidence_says_when",
                violation_error_message=_("Say on which day somebody at your firm saw it."),
            ),
            models.CheckConstraint(
                condition=Q(file="", scan__in=("", "infected")) | (~Q(file="") & ~Q(scan="")),
                name="scan_iff_file",
                violation_error_message=_("A file says what the scanner found."),
            ),
        )
        indexes = (
            models.Index(
                fields=("valid_until",),
                condition=Q(valid_until__isnull=False),
                name="evidence_that_ends",
            ),
            models.Index(
                fields=("id",), condition=Q(scan="waiting"), name="evidence_waiting_for_scanner"
            ),
        )

    def __str__(self) -> str:
        return str(self.uuid)[:8]
