"""What was invoiced under a contract whose obligation grows with its turnover."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from contracts.models.contract import Contract
from sroi_portal.core.fields import MoneyField
from sroi_portal.core.models import Authority, Recorded
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier


class TurnoverReport(Recorded):
    """What was invoiced in a period, VAT left out; the obligation grows with it (R-113)."""

    GUARD = Guard.AUTHORITY_OR_SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="turnover_reports")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    amount_eur = MoneyField(_("invoiced, without VAT"))
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()

    class Meta:
        ordering = ("contract", "starts_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="turnover_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=Q(amount_eur__gte=0),
                name="turnover_not_negative",
                violation_error_message=_("Turnover cannot be below zero."),
            ),
            ExclusionConstraint(
                name="turnover_periods_never_overlap",
                expressions=[
                    (F("contract"), RangeOperators.EQUAL),
                    (
                        Func(F("starts_on"), F("ends_on"), Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("Turnover of these days was reported already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.contract_id} {self.starts_on} {self.amount_eur}"
