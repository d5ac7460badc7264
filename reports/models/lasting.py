"""Exact counts of lasting work behind a published table: for the worker alone."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract
from reports.models.fixed_table import FixedTable
from sroi_portal.core.rights import Reach
from suppliers.models import Supplier


class LastingOfContract(models.Model):
    """What a supplier brings to a cell by one contract; `counts` has the sums, by name."""

    APPEND_ONLY = True
    REACH = Reach.WORKER
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    table = models.ForeignKey(FixedTable, models.PROTECT, related_name="+")
    row = models.CharField(max_length=60)
    column = models.CharField(max_length=60)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+", db_index=False)
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+", db_index=False)
    people = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    days = ArrayField(models.PositiveIntegerField(), default=list)

    class Meta:
        ordering = ("table", "row", "column", "contract")
        verbose_name_plural = "lasting work of contracts"
        constraints = (
            models.UniqueConstraint(
                fields=("table", "contract", "supplier", "row", "column"),
                name="one_lasting_line_a_contract_and_cell",
                violation_error_message=_("This contract was counted before in this cell."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.contract_id}: {self.row} × {self.column}"
