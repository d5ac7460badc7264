"""Reports: facts frozen at one position of the ledger, printed once."""

from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from contracts.models import Category, Contract
from sroi_portal.core.models import Authority, Recorded, User
from sroi_portal.core.models.authority import CONTRACT_ROLES
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier


class Definition(models.TextChoices):
    CONTRACT = "contract", _("Compliance report of a contract")
    PORTFOLIO = "portfolio", _("Compliance report of all contracts of an authority")
    SUPPLIER = "supplier", _("Statement of a supplier")
    CATEGORY = "category", _("Report of a category")
    QUALITY = "data_quality", _("Quality of the data")
    ANNUAL = "annual", _("Annual report")
    JOBS = "jobs", _("Banenafspraak beside social return")
    PILOTS = "pilots", _("Report of the pilots")


TOGETHER = (  # of several authorities
    Definition.CATEGORY,
    Definition.QUALITY,
    Definition.ANNUAL,
    Definition.JOBS,
    Definition.PILOTS,
)
ABOUT = {  # which of these columns a definition fills; the others are empty
    Definition.CONTRACT: {"contract", "supplier"},
    Definition.PORTFOLIO: set[str](),
    Definition.SUPPLIER: {"supplier"},
    Definition.CATEGORY: {"category"},
    Definition.QUALITY: set[str](),
    Definition.ANNUAL: {"year"},
    Definition.JOBS: {"year"},
    Definition.PILOTS: {"year"},
}
EITHER = {Definition.PILOTS: {"category"}}  # which it may fill


def _about(definition: Definition) -> Q:
    filled = {
        f"{name}__isnull": name not in ABOUT[definition]
        for name in ("contract", "supplier", "category", "year")
        if name not in EITHER.get(definition, set())
    }
    return Q(definition=definition.value, **filled)


class ReportStatus(models.TextChoices):
    QUEUED = "queued", _("waiting for the printer")
    PRINTING = "printing", _("being printed")
    ISSUED = "issued", _("ready")
    FAILED = "failed", _("failed")


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: User) -> "ReportQuerySet":
        """Those of which one works for every authority; a supplier those about itself (R-280)."""
        own = Q(supplier_id__in=user.supplier_ids)
        authorities = user.authorities_with(*CONTRACT_ROLES)
        all_of_them = Q(
            authority_id__in=authorities, other_authority_ids__contained_by=list(authorities)
        )
        return self.filter(all_of_them | own)


class Report(Recorded):
    """A numbered, frozen report; `facts` never change, its PDF is made from them once."""

    GUARD = Guard.AUTHORITIES_TOGETHER
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
    other_authority_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    supplier = models.ForeignKey(
        Supplier,
        models.PROTECT,
        verbose_name=_("supplier"),
        related_name="reports",
        null=True,
        blank=True,
    )
    contract = models.ForeignKey(
        Contract, models.PROTECT, related_name="reports", null=True, blank=True
    )
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        verbose_name=_("category"),
        related_name="reports",
        null=True,
        blank=True,
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, related_name="corrected_by", null=True, blank=True
    )
    reason = models.CharField(_("what was wrong"), max_length=400, blank=True)
    batch = models.ForeignKey(
        "reports.ReportBatch", models.PROTECT, related_name="reports", null=True, blank=True
    )
    schedule = models.ForeignKey(
        "reports.ReportSchedule",
        models.PROTECT,
        related_name="reports",
        null=True,
        blank=True,
    )
    quarter = models.DateField(null=True, blank=True)  # first day of the one it was issued after
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
    archive = models.FileField(upload_to="archive/", blank=True)  # none of before there were
    archive_sha256 = models.BinaryField(max_length=32, null=True, blank=True)
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
            models.UniqueConstraint(
                fields=("schedule", "quarter"),
                name="one_report_a_schedule_and_quarter",
                violation_error_message=_("The report of this quarter was issued before."),
            ),
            models.CheckConstraint(
                condition=Q(schedule__isnull=True, quarter__isnull=True)
                | Q(schedule__isnull=False, quarter__isnull=False),
                name="scheduled_report_says_its_quarter",
                violation_error_message=_("A report of a schedule says of which quarter it is."),
            ),
            models.CheckConstraint(
                condition=Q(archive="", archive_sha256__isnull=True)
                | (Q(status="issued", archive_sha256__isnull=False) & ~Q(archive="")),
                name="archive_copy_of_what_is_issued",
                violation_error_message=_("The copy for the archive is stored with its PDF."),
            ),
            models.CheckConstraint(
                condition=reduce(or_, map(_about, Definition)),
                name="report_says_what_it_is_about",
                violation_error_message=_("Say what the report is about."),
            ),
            models.CheckConstraint(
                condition=Q(definition__in=TOGETHER) | Q(other_authority_ids=[]),
                name="only_some_reports_are_of_several_authorities",
                violation_error_message=_("This report is about one authority."),
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, reason="")
                | (Q(corrects__isnull=False) & ~Q(reason="")),
                name="correction_says_what_was_wrong",
                violation_error_message=_("A correction says what was wrong."),
            ),
        )

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("reports:report-detail", args=[self.pk])

    @property
    def authority_ids(self) -> list[int]:
        return [self.authority_id, *self.other_authority_ids]

    def anew(self, reason: str) -> "Report":
        """Make the report that is to replace it; nothing is saved."""
        same = {
            name: getattr(self, name)
            for name in (
                *("definition", "authority", "other_authority_ids", "supplier", "contract"),
                *("category", "year", "language"),
            )
        }
        return Report(corrects=self, reason=reason, **same)

    def file_name(self, ending: str, *more: str) -> str:
        """Say in the language of the report what it is, so that its files can be told apart."""
        with translation.override(self.language):
            return slugify("-".join((self.get_definition_display(), self.number, *more))) + ending

    @property
    def about(self) -> str:
        """Name the one thing that a list tells this report by."""
        subject = self.contract or self.category or self.supplier or self.year
        return str(subject or self.authority)
