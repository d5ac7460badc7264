"""What is owed on a contract, version after version; the old figure stays."""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy as _

from contracts.models.contract import Contract
from sroi_portal.core import money
from sroi_portal.core.fields import MoneyField, PercentageField
from sroi_portal.core.models import Authority, Recorded
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier


class BaseKind(models.TextChoices):
    CONTRACT_VALUE = "contract_value", _("contract value")
    WAGE_SUM = "wage_sum", _("wage sum")
    FIXED = "fixed", _("a fixed amount")


SHARE_BASES = (BaseKind.CONTRACT_VALUE, BaseKind.WAGE_SUM)


class LedgerUnit(models.TextChoices):
    """Units are never added together."""

    EURO = "eur", _("euros")
    HOUR = "hour", _("hours")
    PERSON = "person", _("persons")
    FTE_YEAR = "fte_year", _("full-time years")


class ObligationConcept(models.Model):
    """What a concept contract is to owe; the percentage may still be missing (EF-06)."""

    GUARD = Guard.AUTHORITY
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    contract = models.OneToOneField(
        Contract, models.PROTECT, related_name="obligation_concept", primary_key=True
    )
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    base_kind = models.CharField(_("base"), max_length=16, choices=BaseKind, blank=True)
    percentage = PercentageField(_("percentage"), null=True, blank=True)
    fixed_eur = MoneyField(_("fixed amount"), null=True, blank=True)
    reason = models.TextField(_("why this share and base"), blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(percentage__isnull=True)
                | Q(percentage__range=(Decimal(0), Decimal(100))),
                name="concept_percentage_is_a_percentage",
                violation_error_message=_("A percentage lies between 0 and 100."),
            ),
            models.CheckConstraint(
                condition=Q(fixed_eur__isnull=True) | Q(fixed_eur__gte=0),
                name="concept_amount_not_negative",
                violation_error_message=_("An obligation cannot be below zero."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.contract_id}: {self.percentage}"

    @property
    def base_eur(self) -> Decimal | None:
        """The amount that the percentage is taken of; nothing under a fixed amount."""
        bases = {
            BaseKind.CONTRACT_VALUE: self.contract.value_eur,
            BaseKind.WAGE_SUM: self.contract.wage_sum_eur,
        }
        return bases.get(BaseKind(self.base_kind)) if self.base_kind else None

    @property
    def quantity(self) -> Decimal | None:
        """What would be owed; None as long as something is missing (R-110)."""
        if self.base_kind == BaseKind.FIXED:
            fixed_eur: Decimal | None = self.fixed_eur
            return fixed_eur
        return of_base(self.base_eur, self.percentage)


def of_base(base_eur: Decimal | None, percentage: Decimal | None) -> Decimal | None:
    """Take the percentage of the base, rounded to the cent (R-110)."""
    if base_eur is None or percentage is None:
        return None
    return money.rounded(base_eur * percentage / 100)


class Obligation(Recorded):
    """One version of what a contract owes: base x percentage, rounded to the cent (R-110)."""

    GUARD = Guard.AUTHORITY_OR_SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="obligations")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(default=1)
    base_kind = models.CharField(
        _("base"), max_length=16, choices=BaseKind, default=BaseKind.CONTRACT_VALUE
    )
    base_eur = MoneyField(_("amount of the base"), null=True, blank=True)
    percentage = PercentageField(_("percentage"), null=True, blank=True)
    quantity = models.DecimalField(_("obligation"), max_digits=15, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=8, choices=LedgerUnit, default=LedgerUnit.EURO)
    reason = models.TextField(_("why this share and base"))
    holds_from = models.DateField(_("holds from"))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ("contract", "version")
        constraints = (
            models.UniqueConstraint(
                fields=("contract", "version"),
                name="one_obligation_a_version",
                violation_error_message=_("This version of the obligation exists already."),
            ),
            models.CheckConstraint(
                condition=Q(base_kind=BaseKind.FIXED, percentage__isnull=True)
                | Q(
                    base_kind__in=SHARE_BASES,
                    base_eur__isnull=False,
                    percentage__isnull=False,
                    percentage__range=(Decimal(0), Decimal(100)),
                    quantity=Round(F("base_eur") * F("percentage") / Decimal(100), precision=2),
                ),
                name="obligation_is_base_times_percentage",
                violation_error_message=_(
                    "The obligation is the base times the percentage, rounded to the cent."
                ),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=0),
                name="obligation_not_negative",
                violation_error_message=_("An obligation cannot be below zero."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.contract} v{self.version}"
