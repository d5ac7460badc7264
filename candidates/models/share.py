"""The part of a contribution claimed on one contract, with its worth and its decision."""

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from candidates.models.contribution import Contribution
from candidates.models.deciding import FREED, of_decisions
from contracts.models import Block, Contract
from sroi_portal.core.fields import MoneyField, PercentageField
from sroi_portal.core.models import Authority, Recorded, User
from sroi_portal.core.rights import Guard
from sroi_portal.core.status import RefusedError
from sroi_portal.core.templatetags import formats
from suppliers.models import Supplier


class ShareStatus(models.TextChoices):
    """How the authority reads a status; what the supplier reads stands in `SUPPLIER_READS`."""

    DRAFT = "draft", _("concept")
    SUBMITTED = "submitted", _("to be checked")
    RETURNED = "returned", _("returned with a question")
    VERIFIED = "verified", _("verified")
    REJECTED = "rejected", _("rejected")
    UNCHECKED = "unchecked", _("not checked in time")
    OBJECTED = "objected", _("objection")
    UPHELD = "upheld", _("rejection upheld")
    REVOKED = "revoked", _("verification revoked")
    WITHDRAWN = "withdrawn", _("withdrawn")


SUPPLIER_READS = {
    ShareStatus.SUBMITTED: _("waiting for the coordinator"),
    ShareStatus.RETURNED: _("a question for you"),
    ShareStatus.VERIFIED: _("counts"),
    ShareStatus.REJECTED: _("does not count"),
    ShareStatus.OBJECTED: _("your objection waits"),
    ShareStatus.UPHELD: _("does not count, after your objection"),
}
CHANGEABLE = (ShareStatus.DRAFT, ShareStatus.RETURNED)
CHECKABLE = (ShareStatus.SUBMITTED, ShareStatus.OBJECTED)  # with a last day
OBJECTION = (ShareStatus.OBJECTED, ShareStatus.UNCHECKED)
WAITING = (ShareStatus.SUBMITTED, ShareStatus.RETURNED, ShareStatus.OBJECTED)
UNDECIDED = (*WAITING, ShareStatus.UNCHECKED)


class ShareQuerySet(models.QuerySet["Share"]):
    def visible_to(self, user: User) -> "ShareQuerySet":
        """Keep the supplier's own, and what is submitted to an authority one checks for."""
        checked = Q(authority_id__in=user.sees_contributions_of) & ~Q(status=ShareStatus.DRAFT)
        return self.filter(Q(supplier_id__in=user.supplier_ids) | checked)

    def verified(self) -> "ShareQuerySet":
        return self.filter(status=ShareStatus.VERIFIED)

    def to_check(self) -> "ShareQuerySet":
        """Keep what waits for the authority, oldest first."""
        return self.filter(status=ShareStatus.SUBMITTED).order_by("submitted_at", "pk")

    def missed(self, today: dt.date) -> "ShareQuerySet":
        """Keep what the authority did not decide on in time."""
        return self.filter(status__in=CHECKABLE, due_on__lt=today).order_by("due_on", "pk")

    def with_facts(self) -> "ShareQuerySet":
        return self.select_related(
            "contract",
            "contract__authority",
            "supplier",
            "block",
            "contribution__placement",
            "contribution__for_placement",
            "contribution__partner",
            "contribution__agreement",
        )


class DetailsGoneError(RefusedError):
    """What is asked needs details of a person that were removed."""


class Share(Recorded):
    """The part of a contribution claimed on one contract, with its worth and its decision."""

    GUARD = Guard.SUBMITTED_OR_SUPPLIER
    LINK_GUARD = Guard.OF_CONTRIBUTION
    PERSONAL: ClassVar[tuple[str, ...]] = ("block", "value_eur", "valuation")
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        ShareStatus.DRAFT: frozenset({ShareStatus.SUBMITTED, ShareStatus.WITHDRAWN}),
        ShareStatus.SUBMITTED: frozenset(
            {
                ShareStatus.RETURNED,
                ShareStatus.VERIFIED,
                ShareStatus.REJECTED,
                ShareStatus.UNCHECKED,
                ShareStatus.WITHDRAWN,
            }
        ),
        ShareStatus.RETURNED: frozenset({ShareStatus.SUBMITTED, ShareStatus.WITHDRAWN}),
        ShareStatus.UNCHECKED: frozenset(
            {ShareStatus.VERIFIED, ShareStatus.REJECTED, ShareStatus.UPHELD}
        ),
        ShareStatus.REJECTED: frozenset({ShareStatus.OBJECTED}),
        ShareStatus.OBJECTED: frozenset(
            {ShareStatus.VERIFIED, ShareStatus.UPHELD, ShareStatus.UNCHECKED}
        ),
        ShareStatus.VERIFIED: frozenset({ShareStatus.REVOKED}),
    }

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="shares")
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="shares")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="shares")
    block = models.ForeignKey(  # none once the details of the person are gone
        Block, models.PROTECT, related_name="+", null=True
    )
    status = models.CharField(
        _("status"), max_length=10, choices=ShareStatus, default=ShareStatus.DRAFT
    )
    from_pct = PercentageField(default=0)  # where this part begins: parts never overlap
    pct = PercentageField(
        _("part for this contract"), default=100, validators=[MaxValueValidator(Decimal(100))]
    )
    valuation = models.JSONField(null=True, blank=True)  # with its inputs; for good once verified
    value_eur = MoneyField(default=0)
    hours = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    due_on = models.DateField(_("to be checked at the latest on"), null=True, blank=True)
    rejected_at = models.DateTimeField(null=True, blank=True)
    rejected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    object_until = models.DateField(_("objection possible until"), null=True, blank=True)
    objected_at = models.DateTimeField(null=True, blank=True)
    objected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    objects: ClassVar[Any] = ShareQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True)
                | Q(submitted_by__isnull=True)
                | ~Q(verified_by=F("submitted_by")),
                name="four_eyes",
                violation_error_message=_("Somebody else than the submitter verifies."),
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=("verified", "revoked"),
                    verified_at__isnull=False,
                    verified_by__isnull=False,
                )
                | (
                    ~Q(status__in=("verified", "revoked"))
                    & Q(verified_at__isnull=True, verified_by__isnull=True)
                ),
                name="verified_status_iff_verified_at",
                violation_error_message=_("What is verified says when and by whom."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=("draft", "returned", "withdrawn"))
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="submitted_share_says_when_and_by_whom",
                violation_error_message=_("What is submitted says when and by whom."),
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="decided_by_iff_decided_at",
                violation_error_message=_("What is decided says when and by whom."),
            ),
            *of_decisions(),
            models.CheckConstraint(
                condition=Q(status__in=("draft", "withdrawn"))
                | Q(valuation__isnull=False)
                | Q(block__isnull=True),
                name="submitted_share_has_valuation",
                violation_error_message=_("What is submitted has a worth."),
            ),
            models.CheckConstraint(
                condition=Q(block__isnull=False)
                | (
                    Q(valuation__isnull=True) & ~Q(status__in=("submitted", "returned", "objected"))
                ),
                name="share_without_row_tells_nothing",
                violation_error_message=_(
                    "What a part was worth goes with its row, and not while it waits."
                ),
            ),
            models.CheckConstraint(
                condition=Q(from_pct__gte=0, pct__gt=0) & Q(from_pct__lte=Decimal(100) - F("pct")),
                name="share_lies_between_0_and_100",
                violation_error_message=_("The parts of one contribution never exceed 100 %."),
            ),
            models.UniqueConstraint(
                fields=("contribution", "contract"),
                condition=~Q(status__in=FREED),
                name="one_share_a_contract",
                violation_error_message=_("This contract already has a part of it."),
            ),
            ExclusionConstraint(
                name="parts_of_a_contribution_never_exceed_100",
                expressions=[
                    (F("contribution"), RangeOperators.EQUAL),
                    (
                        Func(
                            F("from_pct"),
                            F("from_pct") + F("pct"),
                            Value("[)"),
                            function="numrange",
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=~Q(status__in=FREED),
                deferrable=models.Deferrable.IMMEDIATE,
                violation_error_message=_("The parts of one contribution never exceed 100 %."),
            ),
        )
        indexes = (
            models.Index(
                fields=("authority", "submitted_at", "id"),
                condition=Q(status="submitted"),
                name="shares_to_check",
            ),
            models.Index(
                fields=("authority", "status", "due_on", "id"),
                condition=Q(status__in=("submitted", "returned", "objected", "unchecked")),
                name="shares_that_wait",
            ),
            models.Index(
                fields=("due_on",),
                condition=Q(status__in=("submitted", "objected")),
                name="shares_with_a_date",
            ),
            models.Index(fields=("contract", "status", "-id"), name="shares_of_a_contract"),
            models.Index(fields=("supplier", "status", "-id"), name="shares_of_a_supplier"),
        )

    def __str__(self) -> str:
        return f"{formats.pct(self.pct)} · {self.get_status_display()}"

    @property
    def known_block(self) -> Block:
        """Give the row of the value table that measures it.

        :raises DetailsGoneError: when the details of the person were removed (R-426).
        """
        if self.block is None:
            raise DetailsGoneError(
                _("The details behind this contribution were removed: it stays as it is.")
            )
        return self.block

    def require_details(self) -> None:
        """Refuse what would value it anew.

        :raises DetailsGoneError: when the details of the person were removed (R-426).
        """
        self.known_block  # noqa: B018 - for what it raises

    @property
    def is_changeable(self) -> bool:
        """Whether its supplier may still correct it."""
        return self.status in CHANGEABLE

    @property
    def is_objection(self) -> bool:
        """Whether a decision is one on the supplier's objection."""
        return self.objected_at is not None and self.status in OBJECTION

    def get_absolute_url(self) -> str:
        return reverse("candidates:share-detail", args=[self.pk])
