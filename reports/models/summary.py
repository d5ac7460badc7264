"""Sums over contracts, kept so that a dashboard opens at once however many contracts there are."""

from typing import ClassVar

from django.db import models

from contracts.models import Category, Contract
from sroi_portal.core.fields import MoneyField
from sroi_portal.core.models import Authority
from sroi_portal.core.rights import Guard


class FiguresSum(models.Model):
    """The contracts of one authority and category that share a part of one dimension (R-315)."""

    GUARD = Guard.AUTHORITY
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+", db_index=False)
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="+", null=True, db_index=False
    )
    by = models.CharField(max_length=8)  # a dimension
    part = models.CharField(max_length=20, blank=True)  # what a contract counts under in it
    contracts = models.PositiveIntegerField(default=0)
    unreported = models.PositiveIntegerField(default=0)
    without_obligation = models.PositiveIntegerField(default=0)
    asked = models.PositiveIntegerField(default=0)
    uncovered = models.PositiveIntegerField(default=0)
    none = models.PositiveIntegerField(default=0)
    on_course = models.PositiveIntegerField(default=0)
    talk = models.PositiveIntegerField(default=0)
    act = models.PositiveIntegerField(default=0)
    reached = models.PositiveIntegerField(default=0)
    owed_eur = MoneyField(default=0)
    done_eur = MoneyField(default=0)
    verified_eur = MoneyField(default=0)
    submitted_eur = MoneyField(default=0)
    unchecked_eur = MoneyField(default=0)
    planned_eur = MoneyField(default=0)
    expected_eur = MoneyField(default=0)
    forecast_low_eur = MoneyField(default=0)
    forecast_high_eur = MoneyField(default=0)

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("by", "authority", "category"), name="figures_by"),)

    def __str__(self) -> str:
        return f"{self.authority_id} {self.by} {self.part}"


class QuarterSum(models.Model):
    """What was posted for the work of one quarter on the contracts of an authority and category."""

    GUARD = Guard.AUTHORITY
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="+", null=True, db_index=False
    )
    quarter = models.DateField()  # its first day
    owed_eur = MoneyField(default=0)
    verified_eur = MoneyField(default=0)
    submitted_eur = MoneyField(default=0)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.authority_id} {self.quarter}"


class Calling(models.Model):
    """One of the few contracts of an authority and category that call loudest for attention."""

    GUARD = Guard.AUTHORITY
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="+", null=True, db_index=False
    )
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "calling"

    def __str__(self) -> str:
        return f"{self.authority_id} {self.contract_id}"


class Touched(models.Model):
    """An authority whose sums are to be made again: written by triggers, one row a statement."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "touched"

    def __str__(self) -> str:
        return str(self.authority_id)
