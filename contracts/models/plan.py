"""Plans of approach: what a supplier will do for its obligation, agreed version by version."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contracts.models.contract import Contract
from contracts.models.dialogue import Conclusion
from contracts.models.value_table import Block
from sroi_portal.core import personal
from sroi_portal.core.fields import MoneyField
from sroi_portal.core.models import Authority, Recorded, User
from sroi_portal.core.models.authority import CONTRACT_ROLES
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier


class PlanStatus(models.TextChoices):
    """How the authority reads a status; what the supplier reads stands in `PLAN_READS`."""

    DRAFT = "draft", _("concept")
    PROPOSED = "proposed", _("waits for an answer")
    RETURNED = "returned", _("back with the supplier")
    AGREED = "agreed", _("agreed")
    SUPERSEDED = "superseded", _("replaced by a newer version")


PLAN_READS = {
    PlanStatus.PROPOSED: _("waits for the authority"),
    PlanStatus.RETURNED: _("back with you"),
}
OPEN_PLANS = (PlanStatus.DRAFT, PlanStatus.PROPOSED, PlanStatus.RETURNED)


class LineKind(models.TextChoices):
    PLACEMENT = "placement", _("placement")
    LEARNING = "learning", _("learning place")
    EXPERIENCE = "experience", _("work-experience place")
    PURCHASE = "purchase", _("social purchase")
    ACTIVITY = "activity", _("activity or knowledge")
    TRAINING = "training", _("training cost")
    TAILORED = "tailored", _("tailored contribution")


class PlanUnit(models.TextChoices):
    """In what the quantity of a line is counted; it is never added up."""

    JOB = "job", _("full-time jobs")
    HOUR = "hour", _("hours")
    DAY = "day", _("days")
    EURO = "eur", _("euros without VAT")
    TIMES = "times", _("times")


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: User) -> "PlanQuerySet":
        """Of the authorities one works for, but no concepts; a supplier sees its own."""
        theirs = Q(authority_id__in=user.authorities_with(*CONTRACT_ROLES))
        return self.filter(
            Q(supplier_id__in=user.supplier_ids) | theirs & ~Q(status=PlanStatus.DRAFT)
        )

    def is_open(self) -> "PlanQuerySet":
        return self.filter(status__in=OPEN_PLANS)

    def agreed(self) -> "PlanQuerySet":
        return self.filter(status=PlanStatus.AGREED)

    def to_answer(self) -> "PlanQuerySet":
        """Keep what waits for an authority, the longest first."""
        return self.filter(status=PlanStatus.PROPOSED).order_by("proposed_at", "pk")

    def to_go_on(self) -> "PlanQuerySet":
        """Keep what waits for a supplier: begun, or back with comments."""
        return self.filter(status__in=(PlanStatus.DRAFT, PlanStatus.RETURNED))


class Plan(Recorded):
    """One version; agreed by one of each side it never changes, a newer one replaces it (R-190)."""

    GUARD = Guard.AUTHORITY_OR_SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ()
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        PlanStatus.DRAFT: frozenset({PlanStatus.PROPOSED}),
        PlanStatus.PROPOSED: frozenset({PlanStatus.RETURNED, PlanStatus.AGREED}),
        PlanStatus.RETURNED: frozenset({PlanStatus.PROPOSED, PlanStatus.AGREED}),
        PlanStatus.AGREED: frozenset({PlanStatus.SUPERSEDED}),
    }

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="plans")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(_("version"))
    status = models.CharField(
        _("status"), max_length=10, choices=PlanStatus, default=PlanStatus.DRAFT
    )
    proposed_at = models.DateTimeField(null=True, blank=True)  # the last time
    supplier_agreed_at = models.DateTimeField(null=True, blank=True)
    supplier_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    authority_agreed_at = models.DateTimeField(null=True, blank=True)
    authority_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    objects: ClassVar[Any] = PlanQuerySet.as_manager()

    class Meta:
        ordering = ("contract", "version")
        constraints = (
            models.UniqueConstraint(
                fields=("contract", "version"),
                name="one_plan_a_version",
                violation_error_message=_("This version of the plan exists already."),
            ),
            models.UniqueConstraint(
                fields=("contract",),
                condition=Q(status__in=OPEN_PLANS),
                name="one_open_plan_a_contract",
                violation_error_message=_("A version of the plan is open already: go on with it."),
            ),
            models.UniqueConstraint(
                fields=("contract",),
                condition=Q(status="agreed"),
                name="one_agreed_plan_a_contract",
                violation_error_message=_("A contract has one agreed plan at a time."),
            ),
            models.CheckConstraint(
                condition=Q(supplier_agreed_at__isnull=True, supplier_agreed_by__isnull=True)
                | Q(supplier_agreed_at__isnull=False, supplier_agreed_by__isnull=False),
                name="supplier_agreed_by_iff_supplier_agreed_at",
                violation_error_message=_("What the supplier agreed to says when and by whom."),
            ),
            models.CheckConstraint(
                condition=Q(authority_agreed_at__isnull=True, authority_agreed_by__isnull=True)
                | Q(authority_agreed_at__isnull=False, authority_agreed_by__isnull=False),
                name="authority_agreed_by_iff_authority_agreed_at",
                violation_error_message=_("What the authority agreed to says when and by whom."),
            ),
            models.CheckConstraint(
                condition=Q(supplier_agreed_by__isnull=True)
                | Q(authority_agreed_by__isnull=True)
                | ~Q(supplier_agreed_by=F("authority_agreed_by")),
                name="plan_four_eyes",
                violation_error_message=_("Nobody agrees to a plan for both sides."),
            ),
            models.CheckConstraint(
                condition=Q(
                    status="draft",
                    supplier_agreed_at__isnull=True,
                    authority_agreed_at__isnull=True,
                )
                | Q(status="proposed", authority_agreed_at__isnull=True)
                | Q(status="returned", supplier_agreed_at__isnull=True)
                | Q(
                    status__in=("agreed", "superseded"),
                    supplier_agreed_at__isnull=False,
                    authority_agreed_at__isnull=False,
                ),
                name="plan_is_agreed_by_both",
                violation_error_message=_("An agreed plan is agreed to by both sides."),
            ),
        )

    def __str__(self) -> str:
        return str(_("version %(number)s") % {"number": self.version})

    def get_absolute_url(self) -> str:
        return reverse("contracts:plan-detail", args=[self.pk])

    @property
    def is_of_supplier(self) -> bool:
        """Whether it is the supplier's turn."""
        return self.status in (PlanStatus.DRAFT, PlanStatus.RETURNED)

    @property
    def is_of_authority(self) -> bool:
        return self.status == PlanStatus.PROPOSED

    @property
    def is_changed_by_authority(self) -> bool:
        """Whether the supplier has yet to accept what the authority wrote (R-191)."""
        return (self.is_of_authority and self.supplier_agreed_at is None) or (
            self.status == PlanStatus.RETURNED and self.authority_agreed_at is not None
        )


class PlanLine(Recorded):
    """One promise: what, how much, when, and what both sides think it is worth."""

    GUARD = Guard.AUTHORITY_OR_SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="lines")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    thread = models.UUIDField(default=uuid.uuid4, editable=False)  # the promise in all versions
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind of contribution"), max_length=12, choices=LineKind)
    block = models.ForeignKey(
        Block,
        models.PROTECT,
        verbose_name=_("row of the value table"),
        related_name="+",
        null=True,
        blank=True,
    )
    title = models.CharField(_("what you will do"), max_length=200)
    quantity = models.DecimalField(_("how much"), max_digits=12, decimal_places=2)
    unit = models.CharField(_("counted in"), max_length=8, choices=PlanUnit)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    proposed_eur = MoneyField(null=True, blank=True)  # what the table gives
    value_eur = MoneyField(_("planned value"))
    origin = models.TextField(_("where this comes from"), max_length=500, blank=True)
    follows_from = models.ForeignKey(
        Conclusion,
        models.PROTECT,
        verbose_name=_("this follows from"),
        related_name="plan_lines",
        null=True,
        blank=True,
    )

    class Meta:
        ordering = ("plan", "position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "thread"),
                name="one_promise_a_plan",
                violation_error_message=_("This line stands in the plan already."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="plan_line_ends_after_start",
                violation_error_message=_("The last day of a line lies before the first."),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0),
                name="plan_line_is_more_than_nothing",
                violation_error_message=_("A line is about more than zero."),
            ),
            models.CheckConstraint(
                condition=Q(value_eur__gte=0),
                name="plan_line_value_not_negative",
                violation_error_message=_("The planned value cannot be below zero."),
            ),
        )

    def __str__(self) -> str:
        return self.title


class PlanComment(Recorded):
    """What one side says of a plan, or of one of its lines: sealed, never changed."""

    GUARD = Guard.AUTHORITY_OR_SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ("sealed",)
    SEALED: ClassVar[tuple[str, ...]] = ("sealed",)

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="comments")
    line = models.ForeignKey(
        PlanLine, models.PROTECT, related_name="comments", null=True, blank=True
    )
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("plan", "pk")

    def __str__(self) -> str:
        return f"{self.plan_id} {self.written_at:%Y-%m-%d}"

    @property
    def text(self) -> str:
        return personal.unseal(bytes(self.sealed), table=self._meta.db_table, row=self.uuid)

    @text.setter
    def text(self, text: str) -> None:
        self.sealed = personal.seal(text, table=self._meta.db_table, row=self.uuid)


class PlanTie(Recorded):
    """Which promise a contribution keeps: by its number in the ledger, whatever made it (R-194)."""

    GUARD = Guard.AUTHORITY_OR_SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="plan_ties")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    line = models.ForeignKey(PlanLine, models.PROTECT, related_name="ties")
    source_kind = models.CharField(max_length=60)
    source_uuid = models.UUIDField()

    class Meta:
        ordering = ("contract", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("source_uuid",),
                name="one_tie_a_source",
                violation_error_message=_("This is tied to a line of the plan already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.source_kind} {self.source_uuid}"
