"""Contracts as open data: what was agreed, and once, at the end, what became of it (R-309)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract
from sroi_portal.core.fields import MoneyField
from sroi_portal.core.rights import Reach


class PublishedContract(models.Model):
    """A release of a contract, as the worker wrote it last; the public reads it as it is."""

    REACH = Reach.PUBLIC
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    contract = models.OneToOneField(Contract, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(db_index=True)  # of the award
    release = models.JSONField()
    made_at = models.DateTimeField()  # when it last said something else

    class Meta:
        ordering = ("year", "pk")

    def __str__(self) -> str:
        return str(self.release.get("ocid", ""))


class PublishedFulfilment(models.Model):
    """What of a settled contract is known to everybody; published once and never again (R-309)."""

    APPEND_ONLY = True
    REACH = Reach.PUBLIC
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    contract = models.OneToOneField(Contract, models.PROTECT, related_name="+")
    owed_eur = MoneyField()
    waived_eur = MoneyField()
    done_eur = MoneyField()
    malus_eur = MoneyField()
    percentage = models.DecimalField(max_digits=12, decimal_places=1, null=True)
    position = models.BigIntegerField()  # of the ledger
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(percentage__isnull=True) | Q(owed_eur__gt=0),
                name="published_percentage_is_of_something",
                violation_error_message=_("Of nothing there is no percentage."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.contract_id}: {self.done_eur}"
