"""What is owed on a contract, version after version; the old figure stays."""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy as _

from contracts.models.contract import Contract
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
