"""A supplier's own spreadsheet: sent, its columns confirmed, checked, entered, undone."""

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from candidates.models.contribution import Contribution
from candidates.models.placement import ContractForm, Placement
from contracts.models import Contract
from sroi_portal.core import personal
from sroi_portal.core.models import Recorded, User
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier

KEPT = dt.timedelta(days=30)  # the file, what was wrong in it, and the way back


class ImportStatus(models.TextChoices):
    SENT = "sent", _("columns to be confirmed")
    CHECKING = "checking", _("being checked")
    CHECKED = "checked", _("checked, nothing entered yet")
    WRITING = "writing", _("being entered")
    WRITTEN = "written", _("entered")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")
    FAILED = "failed", _("stopped by a fault")
    DISCARDED = "discarded", _("not used")


class SheetKind(models.TextChoices):
    XLSX = "xlsx", "XLSX"
    ODS = "ods", "ODS"
    CSV = "csv", "CSV"


class SheetField(models.TextChoices):
    """What a column of a supplier's spreadsheet can say."""

    REFERENCE = "reference", _("own reference of the person")
    CONTRACT = "contract", _("contract: number or title")
    BLOCK = "block", _("row of the value table (group)")
    HOURS = "hours_per_week", _("hours a week")
    STARTS_ON = "starts_on", _("first working day")
    ENDS_ON = "ends_on", _("last working day")
    FORM = "contract_form", _("form of the work")
    INFORMED_ON = "informed_on", _("letter handed over on")
    PERIOD_FROM = "period_from", _("first day of a period to claim")
    PERIOD_UNTIL = "period_until", _("last day of a period to claim")
    BONUSES = "bonuses", _("bonuses that also hold")
    PLAN_LINE = "plan_line", _("line of the plan for the period")


class Claiming(models.TextChoices):
    DRAFT = "draft", _("as a concept: you submit it later")
    SUBMIT = "submit", _("submitted at once")


class ImportQuerySet(models.QuerySet["ImportBatch"]):
    def visible_to(self, user: User) -> "ImportQuerySet":
        return self.filter(supplier_id__in=user.supplier_ids)

    def of_before(self, moment: dt.datetime) -> "ImportQuerySet":
        """Keep those whose content is to go, unless a worker is busy with it."""
        busy = (ImportStatus.CHECKING, ImportStatus.WRITING, ImportStatus.UNDOING)
        return self.filter(sent_at__lt=moment, has_content=True).exclude(status__in=busy)


class ImportBatch(Recorded):
    """One spreadsheet of one supplier, and how far it has come."""

    GUARD = Guard.SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ("complaints",)
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        ImportStatus.SENT: frozenset({ImportStatus.CHECKING, ImportStatus.DISCARDED}),
        ImportStatus.CHECKING: frozenset({ImportStatus.CHECKED, ImportStatus.FAILED}),
        ImportStatus.CHECKED: frozenset(
            {ImportStatus.CHECKING, ImportStatus.WRITING, ImportStatus.DISCARDED}
        ),
        ImportStatus.WRITING: frozenset({ImportStatus.WRITTEN, ImportStatus.FAILED}),
        ImportStatus.WRITTEN: frozenset({ImportStatus.UNDOING}),
        ImportStatus.UNDOING: frozenset({ImportStatus.UNDONE, ImportStatus.FAILED}),
        ImportStatus.FAILED: frozenset(
            {
                ImportStatus.CHECKING,
                ImportStatus.WRITING,
                ImportStatus.UNDOING,
                ImportStatus.DISCARDED,
            }
        ),
    }

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="imports")
    title = models.CharField(_("file"), max_length=120)
    kind = models.CharField(max_length=4, choices=SheetKind)
    status = models.CharField(
        _("status"), max_length=10, choices=ImportStatus, default=ImportStatus.SENT
    )
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    language = models.CharField(max_length=2, default="nl")  # of the sentences that go back
    sheet = models.CharField(max_length=120, blank=True)
    heading_row = models.PositiveIntegerField(default=1)
    columns = models.JSONField(default=dict, blank=True)  # SheetField: number of the column, from 0
    contract = models.ForeignKey(
        Contract, models.PROTECT, related_name="+", null=True, blank=True
    )  # of every row, when no column says it
    contract_form = models.CharField(max_length=12, choices=ContractForm, blank=True)
    claiming = models.CharField(max_length=6, choices=Claiming, default=Claiming.DRAFT)
    job_uuid = models.UUIDField(null=True, blank=True)
    row_count = models.PositiveIntegerField(default=0)
    good_count = models.PositiveIntegerField(default=0)
    known_count = models.PositiveIntegerField(default=0)  # entered before: nothing happens
    wrong_count = models.PositiveIntegerField(default=0)
    claim_count = models.PositiveIntegerField(default=0)
    written_count = models.PositiveIntegerField(default=0)
    written_through = models.PositiveIntegerField(default=0)  # row of the sheet
    complaints = models.JSONField(
        default=list, blank=True
    )  # the first: row, field, code, what was typed
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    has_content = models.BooleanField(default=True)  # until it has expired

    objects: ClassVar[Any] = ImportQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        verbose_name_plural = "import batches"
        constraints = (
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="import_confirmed_by_iff_confirmed_at",
                violation_error_message=_("What is confirmed says when and by whom."),
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="import_undone_by_iff_undone_at",
                violation_error_message=_("What is undone says when and by whom."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("writing", "written", "undoing", "undone"))
                | Q(confirmed_at__isnull=False),
                name="import_entered_after_confirmation",
                violation_error_message=_("Rows are entered after somebody confirmed them."),
            ),
        )
        indexes = (models.Index(fields=("supplier", "-id"), name="imports_of_a_supplier"),)

    def __str__(self) -> str:
        return str(self.uuid)[:8]

    def get_absolute_url(self) -> str:
        return reverse("candidates:import-detail", args=[self.pk])

    @property
    def is_busy(self) -> bool:
        return self.status in {ImportStatus.CHECKING, ImportStatus.WRITING, ImportStatus.UNDOING}


class ImportPart(models.TextChoices):
    SENT = "sent", _("as it was sent")
    ANSWER = "answer", _("with what is wrong")


class ImportFile(Recorded):
    """A spreadsheet with people's references, sealed like them."""

    GUARD = Guard.SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ("sealed",)
    SEALED: ClassVar[tuple[str, ...]] = ("sealed",)

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="files")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    part = models.CharField(max_length=6, choices=ImportPart)
    kind = models.CharField(max_length=4, choices=SheetKind)
    sealed = models.BinaryField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("batch", "part"),
                name="one_file_a_part",
                violation_error_message=_("This part is kept already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.part} {self.uuid}"

    @property
    def content(self) -> bytes:
        table = self._meta.db_table
        return personal.unseal_bytes(bytes(self.sealed), table=table, row=self.uuid)

    @content.setter
    def content(self, content: bytes) -> None:
        table = self._meta.db_table
        self.sealed = personal.seal_bytes(content, table=table, row=self.uuid)


class ImportedRow(models.Model):
    """What a row of the spreadsheet became: the way back, until it has expired."""

    GUARD = Guard.SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="rows")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+", db_index=False)
    row_no = models.PositiveIntegerField()
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="+")
    is_new = models.BooleanField()  # the placement was entered by this very row
    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ("batch", "row_no")
        constraints = (
            models.UniqueConstraint(
                fields=("batch", "row_no"),
                name="one_outcome_a_row",
                violation_error_message=_("This row was entered before."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.row_no}"


class RememberedHeading(models.Model):
    """What a supplier said that a heading means; no field: the column is not used."""

    GUARD = Guard.SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+", db_index=False)
    heading = models.CharField(max_length=120)
    field = models.CharField(max_length=16, choices=SheetField, blank=True)

    class Meta:
        ordering = ("supplier", "heading")
        constraints = (
            models.UniqueConstraint(
                fields=("supplier", "heading"),
                name="one_meaning_a_heading",
                violation_error_message=_("This heading has a meaning already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.heading}: {self.field}"
