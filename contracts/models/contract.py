"""Contracts: what was awarded, to whom, under which rules, and who looks after it."""

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce, Round
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contracts.models.category import Category
from contracts.models.ending import ENDING_RULES, Ending
from contracts.models.tender import Lot, Nature, Tender
from contracts.models.value_table import ValueTable
from sroi_portal.core.fields import MoneyField, PercentageField
from sroi_portal.core.models import Absence, Authority, Recorded, RoleName, User
from sroi_portal.core.models.authority import CONTRACT_ROLES
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier


class Regime(models.TextChoices):
    CLASSIC = "classic", _("classic: a share of the contract")
    TAILORED = "tailored", _("tailored: goals agreed together")


class LegalForm(models.TextChoices):
    REQUIREMENT = "requirement", _("minimum requirement")
    CONDITION = "condition", _("performance condition")
    CRITERION = "criterion", _("award criterion: what the winner offered")
    RESERVED = "reserved", _("reserved contract (article 2.82)")


class ContractStatus(models.TextChoices):
    DRAFT = "draft", _("concept")
    AWARDED = "awarded", _("awarded")
    HANDED_OVER = "handed_over", _("waiting for the contract manager")
    ACTIVE = "active", _("running")
    SETTLING = "settling", _("being settled")
    SETTLED = "settled", _("settled")
    CANCELLED = "cancelled", _("cancelled")


OWING = (
    ContractStatus.AWARDED,
    ContractStatus.HANDED_OVER,
    ContractStatus.ACTIVE,
    ContractStatus.SETTLING,
    ContractStatus.SETTLED,
)
RESERVED_LEAST_PCT = Decimal(30)
ACCEPTING = (ContractStatus.AWARDED, ContractStatus.HANDED_OVER, ContractStatus.ACTIVE)


def _stood_in(user: User, person: str, role: RoleName, day: dt.date) -> Exists:
    """Tell whether the user stands in that day for the person of the contract, there."""
    return Exists(
        Absence.objects.on(day).filter(
            deputy=user, role=role, user=OuterRef(person), authority=OuterRef("authority")
        )
    )


class ContractQuerySet(models.QuerySet["Contract"]):
    def visible_to(self, user: User) -> "ContractQuerySet":
        """Of the authorities one works for; a supplier sees its own, never a concept."""
        own = Q(supplier_id__in=user.supplier_ids)
        if user.party_contract_ids:
            own |= Q(pk__in=user.party_contract_ids)
        own &= ~Q(status=ContractStatus.DRAFT)
        return self.filter(Q(authority_id__in=user.authorities_with(*CONTRACT_ROLES)) | own)

    def with_fulfilment(self) -> "ContractQuerySet":
        return self.select_related("fulfilment")

    def with_names(self) -> "ContractQuerySet":
        return self.select_related("authority", "supplier", "category", "manager")

    def owing(self) -> "ContractQuerySet":
        return self.filter(status__in=OWING)

    def matching(self, words: str) -> "ContractQuerySet":
        """By title, number or supplier."""
        suppliers = Supplier.objects.matching(words).values("pk")
        wanted = Q(title__icontains=words) | Q(reference__icontains=words)
        return self.filter(wanted | Q(supplier_id__in=suppliers))

    def looked_after_by(self, user: User, day: dt.date) -> "ContractQuerySet":
        """Keep those of the manager, and of whom he or she stands in for on a day (R-250)."""
        return self.filter(Q(manager=user) | _stood_in(user, "manager", RoleName.MANAGER, day))

    def bought_by(self, user: User, day: dt.date) -> "ContractQuerySet":
        """Keep those of the officer, and of whom he or she stands in for on a day."""
        return self.filter(Q(officer=user) | _stood_in(user, "officer", RoleName.OFFICER, day))

    def running_on(self, day: dt.date) -> "ContractQuerySet":
        return (
            self.filter(starts_on__lte=day)
            .annotate(last_day=Coalesce("ends_on", F("starts_on")))
            .filter(last_day__gte=day)
        )


class Contract(Recorded, Ending):
    """One account of social return between an authority and a supplier."""

    GUARD = Guard.CONTRACT
    PERSONAL: ClassVar[tuple[str, ...]] = ()
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        ContractStatus.DRAFT: frozenset({ContractStatus.AWARDED, ContractStatus.CANCELLED}),
        ContractStatus.AWARDED: frozenset({ContractStatus.HANDED_OVER, ContractStatus.CANCELLED}),
        ContractStatus.HANDED_OVER: frozenset(
            {ContractStatus.ACTIVE, ContractStatus.AWARDED, ContractStatus.CANCELLED}
        ),
        ContractStatus.ACTIVE: frozenset(
            {ContractStatus.SETTLING, ContractStatus.HANDED_OVER, ContractStatus.CANCELLED}
        ),
        ContractStatus.SETTLING: frozenset({ContractStatus.SETTLED, ContractStatus.ACTIVE}),
        ContractStatus.SETTLED: frozenset({ContractStatus.SETTLING}),
    }

    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("contracting authority"), related_name="contracts"
    )
    supplier = models.ForeignKey(
        Supplier, models.PROTECT, verbose_name=_("supplier"), related_name="contracts"
    )
    tender = models.ForeignKey(
        Tender,
        models.PROTECT,
        verbose_name=_("tender"),
        related_name="contracts",
        null=True,
        blank=True,
    )
    lots = models.ManyToManyField(Lot, verbose_name=_("lots"), related_name="contracts", blank=True)
    notice_contract = models.CharField(max_length=120, blank=True)  # BT-150 or the notice's CON id
    status = models.CharField(
        _("status"), max_length=12, choices=ContractStatus, default=ContractStatus.DRAFT
    )
    title = models.CharField(_("title"), max_length=400)
    reference = models.CharField(_("contract number"), max_length=80, blank=True)
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        verbose_name=_("category"),
        related_name="contracts",
        null=True,
        blank=True,
    )
    nature = models.CharField(_("nature"), max_length=10, choices=Nature, blank=True)
    place = models.CharField(_("region (NUTS-3)"), max_length=5, blank=True)
    value_eur = MoneyField(_("contract value without VAT"), null=True, blank=True)
    wage_sum_eur = MoneyField(_("wage sum"), null=True, blank=True)
    hours = models.DecimalField(
        _("hours of work under the contract"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
    )
    foreign_value = models.DecimalField(
        _("value in another currency"), max_digits=17, decimal_places=2, null=True, blank=True
    )
    foreign_currency = models.CharField(_("currency"), max_length=3, blank=True)
    exchange_rate = models.DecimalField(
        _("euros for one unit"), max_digits=14, decimal_places=6, null=True, blank=True
    )
    rate_on = models.DateField(_("day of the exchange rate"), null=True, blank=True)
    is_framework = models.BooleanField(_("framework agreement with call-offs"), default=False)
    framework = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("framework agreement"),
        related_name="call_offs",
        null=True,
        blank=True,
    )
    awarded_on = models.DateField(_("day of award"), null=True, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    rule_asks = models.BooleanField(
        _("the rule of the authority asks social return"), null=True, blank=True
    )  # judged at the award; None: awarded before it was judged
    regime = models.CharField(
        _("way of working"), max_length=10, choices=Regime, default=Regime.CLASSIC
    )
    legal_form = models.CharField(
        _("legal form"), max_length=12, choices=LegalForm, default=LegalForm.CONDITION
    )
    value_table = models.ForeignKey(
        ValueTable,
        models.PROTECT,
        verbose_name=_("value table"),
        related_name="contracts",
        null=True,
        blank=True,
    )
    counts_unchecked = models.BooleanField(
        _("what the authority did not check in time counts"), default=False
    )
    accepts_unlinked = models.BooleanField(
        _("what is done outside the contract counts"), default=False
    )  # A15
    is_reserved = models.BooleanField(_("reserved contract (article 2.82)"), default=False)
    reserved_share_pct = PercentageField(
        _("share of workers who are disabled or disadvantaged"), null=True, blank=True
    )
    reserved_checked_on = models.DateField(_("share checked on"), null=True, blank=True)
    reserved_checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("contract manager"),
        related_name="managed_contracts",
        null=True,
        blank=True,
    )  # named at hand-over; looks after the contract once accepted
    escalates_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("hears when a date was missed for two weeks"),
        related_name="+",
        null=True,
        blank=True,
    )  # None: the person whom the authority named
    handed_over_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    contact_due_on = models.DateField(_("first contact at the latest on"), null=True, blank=True)
    contacted_on = models.DateField(_("first contact on"), null=True, blank=True)
    plan_due_on = models.DateField(_("plan agreed at the latest on"), null=True, blank=True)
    plan_agreed_on = models.DateField(_("plan agreed on"), null=True, blank=True)  # the first
    report_months = models.PositiveSmallIntegerField(_("months that a report covers"), default=3)
    report_days = models.PositiveSmallIntegerField(_("days to hand in a report"), default=14)
    review_days = models.PositiveSmallIntegerField(_("days to check what came in"), default=30)
    objection_days = models.PositiveSmallIntegerField(
        _("days to object to a rejection"), default=14
    )

    objects: ClassVar[Any] = ContractQuerySet.as_manager()

    class Meta:
        ordering = ("-awarded_on", "-pk")
        constraints = (
            *ENDING_RULES,
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="contract_ends_after_start",
                violation_error_message=_("The last day of the contract lies before the first."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=("draft", "cancelled"))
                | Q(
                    value_eur__isnull=False,
                    awarded_on__isnull=False,
                    starts_on__isnull=False,
                    ends_on__isnull=False,
                    value_table__isnull=False,
                ),
                name="awarded_contract_is_complete",
                violation_error_message=_(
                    "An awarded contract has a value, the day of award, a first and last day, "
                    "and a value table."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("active", "settling", "settled"))
                | Q(manager__isnull=False, accepted_at__isnull=False),
                name="running_contract_has_manager",
                violation_error_message=_(
                    "A contract runs only after a named contract manager has accepted it."
                ),
            ),
            models.CheckConstraint(
                condition=Q(value_eur__isnull=True) | Q(value_eur__gte=0),
                name="contract_value_not_negative",
                violation_error_message=_("The contract value cannot be below zero."),
            ),
            models.CheckConstraint(
                condition=Q(wage_sum_eur__isnull=True) | Q(wage_sum_eur__gte=0),
                name="wage_sum_not_negative",
                violation_error_message=_("The wage sum cannot be below zero."),
            ),
            models.CheckConstraint(
                condition=Q(reserved_checked_on__isnull=True, reserved_checked_by__isnull=True)
                | Q(
                    reserved_checked_on__isnull=False,
                    reserved_checked_by__isnull=False,
                    reserved_share_pct__isnull=False,
                ),
                name="reserved_share_checked_by_iff_checked",
                violation_error_message=_("A checked share says how much, when and by whom."),
            ),
            models.CheckConstraint(
                condition=Q(reserved_share_pct__isnull=True)
                | Q(reserved_share_pct__range=(Decimal(0), Decimal(100))),
                name="reserved_share_is_a_percentage",
                violation_error_message=_("A share lies between 0 and 100 per cent."),
            ),
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__gte=0),
                name="contract_hours_not_negative",
                violation_error_message=_("The hours cannot be below zero."),
            ),
            models.CheckConstraint(
                condition=Q(
                    foreign_value__isnull=True,
                    foreign_currency="",
                    exchange_rate__isnull=True,
                    rate_on__isnull=True,
                )
                | Q(
                    ~Q(foreign_currency__in=("", "EUR")),
                    foreign_value__isnull=False,
                    exchange_rate__gt=0,
                    rate_on__isnull=False,
                    value_eur=Round(F("foreign_value") * F("exchange_rate"), precision=2),
                ),
                name="foreign_value_is_converted",
                violation_error_message=_(
                    "A value in another currency has a rate and its day, and becomes the value in "
                    "euros, rounded to the cent."
                ),
            ),
            models.CheckConstraint(
                condition=Q(is_framework=False) | Q(framework__isnull=True),
                name="framework_is_no_call_off",
                violation_error_message=_("A framework agreement is no call-off of another one."),
            ),
            models.CheckConstraint(
                condition=Q(report_months__range=(1, 24)),
                name="contract_reports_within_two_years",
                violation_error_message=_("A report covers 1 to 24 months."),
            ),
            models.UniqueConstraint(
                fields=("tender", "notice_contract"),
                condition=~Q(notice_contract=""),
                name="one_contract_a_notice_contract",
                violation_error_message=_("This contract was read from the notice before."),
            ),
        )
        indexes = (
            models.Index(fields=("authority", "status", "-id"), name="contracts_of_an_authority"),
            models.Index(fields=("supplier", "status", "-id"), name="contracts_of_a_supplier"),
            GinIndex(fields=("title",), name="contract_title", opclasses=("gin_trgm_ops",)),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("contracts:contract-detail", args=[self.pk])

    @property
    def is_reserved_enough(self) -> bool:
        """At least 30 per cent, as article 2.82 asks (R-131)."""
        return (self.reserved_share_pct or 0) >= RESERVED_LEAST_PCT

    @property
    def closes_on(self) -> dt.date | None:
        """The last day on which it may be fulfilled: a deferral moves it (R-223)."""
        return self.fulfil_by_on or self.ends_on

    @property
    def owed_unit(self) -> str:
        """In what the newest version of the obligation is counted; euros as long as there is none."""
        newest = self.obligations.order_by("-version").values_list("unit", flat=True).first()
        return newest or "eur"

    @property
    def named_person(self) -> User | None:
        """Who hears when a date was missed again and again (R-252)."""
        named: User | None = self.escalates_to or self.authority.escalates_to
        return named

    @property
    def accepts_contributions(self) -> bool:
        """A framework carries nothing itself: its call-offs do (R-116)."""
        return self.status in ACCEPTING and not self.is_framework
