"""Reports: facts frozen at one position of the ledger, printed once."""

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


class Definition(models.TextChoices):
    CONTRACT = "contract", _("Compliance report of a contract")
    PORTFOLIO = "portfolio", _("Compliance report of all contracts of an authority")


class ReportStatus(models.TextChoices):
    QUEUED = "queued", _("waiting for the printer")
    PRINTING = "printing", _("being printed")
    ISSUED = "issued", _("ready")
    FAILED = "failed", _("failed")


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: User) -> "ReportQuerySet":
        """Those of the authorities one works for; a supplier the reports of its contracts."""
        own = Q(supplier_id__in=user.supplier_ids)
        return self.filter(Q(authority_id__in=user.authorities_with(*CONTRACT_ROLES)) | own)


class Report(Recorded):
    """A numbered, frozen report; `facts` never change, its PDF is made from them once."""

    GUARD = Guard.AUTHORITY_OR_SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ()
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        ReportStatus.QUEUED: frozenset({ReportStatus.PRINTING}),
        ReportStatus.PRINTING: frozenset({ReportStatus.ISSUED, ReportStatus.FAILED}),
        ReportStatus.FAILED: frozenset({ReportStatus.PRINTING}),
    }

    number = models.CharField(_("number"), max_length=20, unique=True)
    definition = models.CharField(_("kind of report"), max_length=12, choices=Definition)
    template_version = models.PositiveSmallIntegerField(default=1)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="nl")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="reports")
    supplier = models.ForeignKey(
        Supplier, models.PROTECT, related_name="reports", null=True, blank=True
    )
    contract = models.ForeignKey(
        Contract, models.PROTECT, related_name="reports", null=True, blank=True
    )
    status = models.CharField(
        _("status"), max_length=8, choices=ReportStatus, default=ReportStatus.QUEUED
    )
    facts = models.JSONField()
    facts_sha256 = models.BinaryField(max_length=32)
    position = models.BigIntegerField()  # of the ledger
    cut_off_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    job_uuid = models.UUIDField(null=True, blank=True)  # the printing, with its progress
    pdf = models.FileField(upload_to="reports/", blank=True)
    pdf_sha256 = models.BinaryField(max_length=32, null=True, blank=True)
    printed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = ReportQuerySet.as_manager()

    class Meta:
        ordering = ("-issued_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=(
                    Q(status="issued", pdf_sha256__isnull=False, printed_at__isnull=False)
                    & ~Q(pdf="")
                )
                | (
                    ~Q(status="issued")
                    & Q(pdf="", pdf_sha256__isnull=True, printed_at__isnull=True)
                ),
                name="issued_status_iff_printed",
                violation_error_message=_("A report is ready when its PDF is stored."),
            ),
            models.CheckConstraint(
                condition=Q(definition="portfolio", contract__isnull=True, supplier__isnull=True)
                | Q(definition="contract", contract__isnull=False, supplier__isnull=False),
                name="contract_report_has_contract",
                violation_error_message=_("Say which contract the report is about."),
            ),
        )

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("reports:report-detail", args=[self.pk])
