"""What is owed on a contract, version after version; the old figure stays."""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least, Round
from django.utils.translation import gettext_lazy as _

from contracts.models.contract import Contract
from contracts.models.dialogue import Conclusion
from contracts.models.obligation_rule import ObligationRule
from contracts.models.tender import Notice
from sroi_portal.core import money
from sroi_portal.core.fields import MoneyField, PercentageField
from sroi_portal.core.models import Authority, Recorded
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier

NOTHING = Decimal(0)


class BaseKind(models.TextChoices):
    CONTRACT_VALUE = "contract_value", _("contract value")
    WAGE_SUM = "wage_sum", _("wage sum")
    TURNOVER = "turnover", _("invoiced turnover")
    HOURS = "hours", _("hours of work under the contract")
    FIXED = "fixed", _("a fixed amount")
    FIXED_HOURS = "fixed_hours", _("a fixed number of hours")
    PERSONS = "persons", _("a number of persons")
    FTE_YEARS = "fte_years", _("a number of full-time years")


SHARE_BASES = (BaseKind.CONTRACT_VALUE, BaseKind.WAGE_SUM, BaseKind.TURNOVER, BaseKind.HOURS)
EURO_BASES = (BaseKind.CONTRACT_VALUE, BaseKind.WAGE_SUM, BaseKind.TURNOVER, BaseKind.FIXED)
BOUNDED_BASES = (BaseKind.CONTRACT_VALUE, BaseKind.WAGE_SUM, BaseKind.TURNOVER)  # in euros
FIXED_BASES = (BaseKind.FIXED, BaseKind.FIXED_HOURS, BaseKind.PERSONS, BaseKind.FTE_YEARS)


class LedgerUnit(models.TextChoices):
    """Units are never added together."""

    EURO = "eur", _("euros")
    HOUR = "hour", _("hours")
    PERSON = "person", _("persons")
    FTE_YEAR = "fte_year", _("full-time years")
    OWN = "own", _("a unit of its own")


UNITS = {
    BaseKind.HOURS: LedgerUnit.HOUR,
    BaseKind.FIXED_HOURS: LedgerUnit.HOUR,
    BaseKind.PERSONS: LedgerUnit.PERSON,
    BaseKind.FTE_YEARS: LedgerUnit.FTE_YEAR,
}


class ObligationCause(models.TextChoices):
    """Why a version of an obligation came to be (A05)."""

    AWARD = "award", _("award")
    VALUE = "value", _("another contract value")
    EXTENSION = "extension", _("another term")
    TURNOVER = "turnover", _("turnover was reported")
    NOTICE = "notice", _("a published modification")
    DECISION = "decision", _("a decision")


class ExemptReason(models.TextChoices):
    """Why nothing is asked where the rule of the authority asks something (R-313)."""

    LABOUR = "labour", _("there is hardly any labour in it")
    NATURE = "nature", _("the nature of the work leaves no room for it")
    SHORT = "short", _("the term is too short for it")
    RESERVED = "reserved", _("the contract itself is social return (reserved)")
    ABROAD = "abroad", _("the work is done abroad")
    SECURITY = "security", _("security or screening of who does the work")
    OTHER = "other", _("another reason, in words")


class OwedTerms(models.Model):
    """What an obligation is computed from, in a concept and in each version."""

    rule = models.ForeignKey(
        ObligationRule,
        models.PROTECT,
        verbose_name=_("obligation rule"),
        related_name="+",
        null=True,
        blank=True,
    )
    percentage = PercentageField(_("percentage"), null=True, blank=True)
    floor_eur = MoneyField(_("at least"), null=True, blank=True)
    cap_eur = MoneyField(_("at most"), null=True, blank=True)
    discount_pct = PercentageField(_("less for a certificate"), default=Decimal(0))
    deviation = models.TextField(_("why it differs from the rule"), blank=True)
    exempt_reason = models.CharField(
        _("why nothing is asked"), max_length=8, choices=ExemptReason, blank=True
    )
    follows_from = models.ForeignKey(
        Conclusion,
        models.PROTECT,
        verbose_name=_("this follows from"),
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        abstract = True


class ObligationConcept(OwedTerms):
    """What a concept contract is to owe; the percentage may still be missing (EF-06)."""

    GUARD = Guard.AUTHORITY
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    contract = models.OneToOneField(
        Contract, models.PROTECT, related_name="obligation_concept", primary_key=True
    )
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    base_kind = models.CharField(_("base"), max_length=16, choices=BaseKind, blank=True)
    fixed_eur = MoneyField(_("fixed amount"), null=True, blank=True)
    fixed_quantity = models.DecimalField(
        _("fixed number"), max_digits=12, decimal_places=2, null=True, blank=True
    )
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
            models.CheckConstraint(
                condition=Q(fixed_quantity__isnull=True) | Q(fixed_quantity__gte=0),
                name="concept_number_not_negative",
                violation_error_message=_("An obligation cannot be below zero."),
            ),
            models.CheckConstraint(
                condition=Q(floor_eur__isnull=True)
                | Q(cap_eur__isnull=True)
                | Q(cap_eur__gte=F("floor_eur")),
                name="concept_cap_not_below_floor",
                violation_error_message=_("The most that can be owed lies below the least."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.contract_id}: {self.percentage}"

    @property
    def base(self) -> Decimal | None:
        """What the percentage is taken of, in its own unit; nothing under a fixed number."""
        bases = {
            BaseKind.CONTRACT_VALUE: self.contract.value_eur,
            BaseKind.WAGE_SUM: self.contract.wage_sum_eur,
            BaseKind.TURNOVER: Decimal("0.00"),  # grows with each report
            BaseKind.HOURS: self.contract.hours,
        }
        return bases.get(BaseKind(self.base_kind)) if self.base_kind else None

    @property
    def unit(self) -> str:
        return unit_of(self.base_kind)

    @property
    def asks_nothing(self) -> bool:
        """Nothing is owed, however large the base becomes."""
        return self.percentage == 0 or self.fixed_eur == 0 or self.fixed_quantity == 0

    @property
    def quantity(self) -> Decimal | None:
        """What would be owed, in its unit; None as long as something is missing (R-110)."""
        if self.base_kind in FIXED_BASES:
            is_amount = self.base_kind == BaseKind.FIXED
            fixed: Decimal | None = self.fixed_eur if is_amount else self.fixed_quantity
            return fixed
        return of_base(
            self.base,
            self.percentage,
            floor=self.floor_eur,
            cap=self.cap_eur,
            discount_pct=self.discount_pct,
        )


def unit_of(base_kind: str) -> LedgerUnit:
    """In what an obligation on this base is counted."""
    return UNITS.get(BaseKind(base_kind), LedgerUnit.EURO) if base_kind else LedgerUnit.EURO


def of_base(
    base: Decimal | None,
    percentage: Decimal | None,
    *,
    floor: Decimal | None = None,
    cap: Decimal | None = None,
    discount_pct: Decimal = NOTHING,
) -> Decimal | None:
    """Take the percentage of the base, less the discount, to the cent and within its bounds.

    The discount comes first, then the least, then the most (R-110, R-112).
    """
    if base is None or percentage is None:
        return None
    owed = money.rounded(base * percentage * (100 - discount_pct) / 10_000)
    owed = owed if floor is None else max(owed, floor)
    return owed if cap is None else min(owed, cap)


class Obligation(Recorded, OwedTerms):
    """One version of what a contract owes: base x percentage, within its bounds (R-110, R-112)."""

    GUARD = Guard.ALL_PARTIES
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="obligations")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(default=1)
    base_kind = models.CharField(
        _("base"), max_length=16, choices=BaseKind, default=BaseKind.CONTRACT_VALUE
    )
    base = models.DecimalField(
        _("base"), max_digits=15, decimal_places=2, null=True, blank=True
    )  # in euros, or in hours
    quantity = models.DecimalField(_("obligation"), max_digits=15, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=8, choices=LedgerUnit, default=LedgerUnit.EURO)
    cause = models.CharField(
        _("cause"), max_length=10, choices=ObligationCause, default=ObligationCause.AWARD
    )
    notice = models.ForeignKey(
        Notice, models.PROTECT, verbose_name=_("notice"), related_name="+", null=True, blank=True
    )
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
                condition=Q(base_kind__in=FIXED_BASES, percentage__isnull=True)
                | Q(
                    base_kind__in=SHARE_BASES,
                    base__isnull=False,
                    percentage__isnull=False,
                    percentage__range=(Decimal(0), Decimal(100)),
                    quantity=Least(
                        Greatest(
                            Round(
                                F("base")
                                * F("percentage")
                                * (Decimal(100) - F("discount_pct"))
                                / Decimal(10_000),
                                precision=2,
                            ),
                            F("floor_eur"),
                        ),
                        F("cap_eur"),
                    ),
                ),
                name="obligation_is_base_times_percentage",
                violation_error_message=_(
                    "The obligation is the base times the percentage, within its least and most."
                ),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=0),
                name="obligation_not_negative",
                violation_error_message=_("An obligation cannot be below zero."),
            ),
            models.CheckConstraint(
                condition=Q(base_kind__in=EURO_BASES, unit=LedgerUnit.EURO)
                | Q(base_kind__in=("hours", "fixed_hours"), unit=LedgerUnit.HOUR)
                | Q(base_kind=BaseKind.PERSONS, unit=LedgerUnit.PERSON)
                | Q(base_kind=BaseKind.FTE_YEARS, unit=LedgerUnit.FTE_YEAR),
                name="obligation_unit_fits_base",
                violation_error_message=_("The unit of an obligation follows from its base."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.contract} v{self.version}"
