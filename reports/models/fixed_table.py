"""Tables about people: fixed, over a period that is closed, with what is too small left out."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract
from sroi_portal.core.fields import MoneyField
from sroi_portal.core.rights import Reach
from suppliers.models import Supplier


class TableKind(models.TextChoices):
    QUARTER = "quarter", _("work by ministry and category, a quarter")
    GROUPS = "groups", _("work by target group, all authorities, a year")
    ENDED = "ended", _("work that ended, a year")
    AFTER_3 = "after-3", _("lasting work, 3 months after, a year")
    AFTER_6 = "after-6", _("lasting work, 6 months after, a year")
    AFTER_12 = "after-12", _("lasting work, 12 months after, a year")
    JOBS = "jobs", _("banenafspraak beside social return, all authorities, a year")
    PILOTS = "pilots", _("people by pilot, all authorities, a year")


class FixedTable(models.Model):
    """One table as it was published; it is never made again (R-305).

    `rows` and `columns` are lists of code and names, as they were called when it was made.
    """

    APPEND_ONLY = True
    REACH = Reach.PUBLIC
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    kind = models.CharField(max_length=8, choices=TableKind)
    starts_on = models.DateField()
    ends_on = models.DateField()
    rows = models.JSONField(default=list)
    columns = models.JSONField(default=list)
    position = models.BigIntegerField()  # of the ledger, when it was made
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("kind", "-starts_on")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "starts_on"),
                name="one_table_a_period",
                violation_error_message=_("This table was published before."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on__lte=models.F("ends_on")),
                name="table_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_on}"


class PublishedCell(models.Model):
    """What everybody may read of a cell or a total, or nothing at all (R-300 to R-303).

    People are rounded, hours and euros exact; a table by target group has people alone (R-304),
    one about the banenafspraak no euros (R-348).
    An empty code of row or column means all of them.
    """

    APPEND_ONLY = True
    REACH = Reach.PUBLIC
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    table = models.ForeignKey(FixedTable, models.PROTECT, related_name="cells")
    row = models.CharField(max_length=60, blank=True)
    column = models.CharField(max_length=60, blank=True)
    is_suppressed = models.BooleanField()
    people = models.PositiveIntegerField(null=True)
    hours = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    value_eur = MoneyField(null=True)
    more = models.JSONField(default=dict, blank=True)  # of lasting work: rounded, by name

    class Meta:
        ordering = ("table", "row", "column")
        constraints = (
            models.UniqueConstraint(
                fields=("table", "row", "column"),
                name="one_cell_a_row_and_column",
                violation_error_message=_("This table already has this cell."),
            ),
            models.CheckConstraint(
                condition=Q(
                    is_suppressed=True,
                    people__isnull=True,
                    hours__isnull=True,
                    value_eur__isnull=True,
                )
                | Q(is_suppressed=False, people__isnull=False)
                & (Q(value_eur__isnull=True) | Q(hours__isnull=False)),
                name="suppressed_cell_says_nothing",
                violation_error_message=_("A cell that is left out has no figures."),
            ),
            models.CheckConstraint(
                condition=Q(is_suppressed=False) | Q(more={}),
                name="suppressed_cell_has_no_more",
                violation_error_message=_("A cell that is left out has no figures."),
            ),
            models.CheckConstraint(
                condition=Q(people__isnull=True) | Q(people=0) | Q(people__gte=10),
                name="published_people_are_none_or_ten",
                violation_error_message=_("A published cell stands on at least ten people."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.row or '*'} × {self.column or '*'}"


class WorkOfContract(models.Model):
    """What a supplier brings to a cell by one contract: exact counts, for the worker alone."""

    APPEND_ONLY = True
    REACH = Reach.WORKER
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    table = models.ForeignKey(FixedTable, models.PROTECT, related_name="+")
    row = models.CharField(max_length=60)
    column = models.CharField(max_length=60)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+", db_index=False)
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+", db_index=False)
    people = models.PositiveIntegerField(default=0)
    hours = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    value_eur = MoneyField(default=0)

    class Meta:
        ordering = ("table", "row", "column", "contract")
        verbose_name_plural = "work of contracts"
        constraints = (
            models.UniqueConstraint(
                fields=("table", "contract", "supplier", "row", "column"),
                name="one_line_a_contract_and_cell",
                violation_error_message=_("This contract was counted before in this cell."),
            ),
            models.CheckConstraint(
                condition=Q(hours__gte=0, value_eur__gte=0),
                name="work_of_a_contract_is_not_negative",
                violation_error_message=_("Hours and euros of work cannot be below zero."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.contract_id}: {self.row} × {self.column}"
