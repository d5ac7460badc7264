"""What is claimed for a period that is over."""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from candidates.models.agreement import Agreement
from candidates.models.kinds import CONSTRAINTS, ContributionKind
from candidates.models.placement import Placement
from sroi_portal.core.fields import MoneyField, PercentageField
from sroi_portal.core.models import Recorded
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier


class Contribution(Recorded):
    """What was done or bought in a period that is over, both days included (R-160)."""

    GUARD = Guard.AUTHORITIES_OR_SUPPLIER
    LINK_GUARD = Guard.OF_WORK
    PERSONAL: ClassVar[tuple[str, ...]] = ("starts_on", "ends_on", "title", "for_placement")

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="contributions")
    authority_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    kind = models.CharField(
        max_length=12, choices=ContributionKind, default=ContributionKind.PLACEMENT
    )
    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="contributions", null=True, blank=True
    )
    starts_on = models.DateField(_("first day of the period"))
    ends_on = models.DateField(_("last day of the period"))
    title = models.CharField(_("what it was"), max_length=120, blank=True)
    partner = models.ForeignKey(
        Supplier,
        models.PROTECT,
        verbose_name=_("bought from"),
        related_name="+",
        null=True,
        blank=True,
    )
    invoice_number = models.CharField(_("number of the invoice"), max_length=60, blank=True)
    invoice_key = models.GeneratedField(  # by which the same invoice is found
        expression=Upper(
            Func(
                F("invoice_number"),
                Value("[^0-9A-Za-z]"),
                Value(""),
                Value("g"),
                function="regexp_replace",
            )
        ),
        output_field=models.CharField(max_length=60),
        db_persist=True,
    )
    invoiced_on = models.DateField(_("date of the invoice"), null=True, blank=True)
    amount_eur = MoneyField(_("amount"), null=True, blank=True)  # with VAT when vat_pct says so
    vat_pct = PercentageField(_("VAT in this amount"), null=True, blank=True)
    people = models.PositiveIntegerField(_("number of people"), null=True, blank=True)
    quantity = models.DecimalField(  # hours for each of the people; days; times
        _("number"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    days = models.DecimalField(
        _("on how many days"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    for_placement = models.ForeignKey(
        Placement,
        models.PROTECT,
        verbose_name=_("for the person of"),
        related_name="trainings",
        null=True,
        blank=True,
    )
    agreement = models.ForeignKey(
        Agreement,
        models.PROTECT,
        verbose_name=_("what was agreed"),
        related_name="contributions",
        null=True,
        blank=True,
    )
    is_live = models.BooleanField(default=True)  # until withdrawn or finally rejected
    removed_at = models.DateTimeField(null=True, blank=True)  # the person, after the contract
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ("-starts_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="contribution_ends_after_start",
                violation_error_message=_("The last day of the period lies before the first."),
            ),
            *CONSTRAINTS,
            ExclusionConstraint(
                name="contributions_of_a_placement_never_overlap",
                expressions=[
                    (F("placement"), RangeOperators.EQUAL),
                    (
                        Func(
                            F("starts_on"),
                            F("ends_on"),
                            Value("[]"),
                            function="daterange",
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(is_live=True, placement__isnull=False),
                violation_error_message=_(
                    "Part of this period was entered before for this placement. "
                    "Choose days that were not entered yet."
                ),
            ),
        )
        indexes = (
            models.Index(
                fields=("partner", "invoice_key"),
                condition=Q(is_live=True, partner__isnull=False),
                name="invoices_of_a_partner",
            ),
            models.Index(
                fields=("supplier", "ends_on"),
                condition=Q(is_live=True) & ~Q(title=""),
                name="activities_of_a_supplier",
            ),
        )

    def __str__(self) -> str:
        return f"{self.starts_on} - {self.ends_on}"

    @property
    def told_quantity(self) -> Decimal | None:
        """Give the hours of all people together, or the days or times."""
        if self.quantity is None or self.people is None:
            return self.quantity
        return self.quantity * self.people

    @property
    def person_of(self) -> Placement | None:
        """Give the placement of the person it is about, if it is about one."""
        return self.placement or self.for_placement

    @property
    def label(self) -> str:
        """Name it in a few words, without the person."""
        if self.agreement:
            return self.agreement.title
        return self.title or self.invoice_number or str(self.get_kind_display())
