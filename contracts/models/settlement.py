"""The settlement of a contract: what was owed, what was done, and what is decided of the rest."""

from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Round
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contracts.models.contract import Contract
from contracts.models.obligation import LedgerUnit
from sroi_portal.core.fields import MoneyField
from sroi_portal.core.models import Authority, Recorded, User
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier

ZERO = Decimal("0.00")


class SettlementStatus(models.TextChoices):
    PROPOSED = "proposed", _("being prepared")
    STATED = "stated", _("waits for the supplier")
    CALCULATED = "calculated", _("waits for a decision")
    SETTLED = "settled", _("settled")
    REOPENING = "reopening", _("settled; reopening is asked for")
    REOPENED = "reopened", _("reopened")


DECIDED = (SettlementStatus.SETTLED, SettlementStatus.REOPENING, SettlementStatus.REOPENED)
DIVIDED = (SettlementStatus.CALCULATED, *DECIDED)


class Reaction(models.TextChoices):
    AGREES = "agrees", _("agrees")
    DISAGREES = "disagrees", _("does not agree")


def _quantity(label: Any = "") -> "models.DecimalField[Any, Any]":
    return models.DecimalField(label, max_digits=15, decimal_places=2, default=ZERO)


class SettlementQuerySet(models.QuerySet["Settlement"]):
    def visible_to(self, user: User) -> "SettlementQuerySet":
        return self.filter(contract__in=Contract.objects.visible_to(user))

    def living(self) -> "SettlementQuerySet":
        return self.exclude(status=SettlementStatus.REOPENED)


class Settlement(Recorded):
    """One settlement of a contract, in the unit that steers it; a reopened one makes room."""

    GUARD = Guard.AUTHORITY_OR_SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ()
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        SettlementStatus.PROPOSED: frozenset({SettlementStatus.STATED}),
        SettlementStatus.STATED: frozenset({SettlementStatus.STATED, SettlementStatus.CALCULATED}),
        SettlementStatus.CALCULATED: frozenset({SettlementStatus.SETTLED, SettlementStatus.STATED}),
        SettlementStatus.SETTLED: frozenset({SettlementStatus.REOPENING}),
        SettlementStatus.REOPENING: frozenset(
            {SettlementStatus.REOPENED, SettlementStatus.SETTLED}
        ),
    }

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="settlements")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(
        _("status"), max_length=10, choices=SettlementStatus, default=SettlementStatus.PROPOSED
    )
    unit = models.CharField(max_length=8, choices=LedgerUnit, default=LedgerUnit.EURO)
    owed = _quantity(_("owed"))
    done = _quantity(_("done"))
    position = models.BigIntegerField(default=0)  # of the ledger
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    react_by_on = models.DateField(_("reaction at the latest on"), null=True, blank=True)
    reaction = models.CharField(_("reaction"), max_length=10, choices=Reaction, blank=True)
    reacted_at = models.DateTimeField(null=True, blank=True)
    reacted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    malus_part = _quantity(_("part of the shortfall that becomes a malus"))
    malus_factor = models.DecimalField(
        _("multiple"), max_digits=4, decimal_places=2, default=Decimal("1.00")
    )
    malus_before_eur = MoneyField(default=ZERO)  # decided on the way, for the same shortfall
    malus_eur = MoneyField(_("malus"), default=ZERO)
    waived = _quantity(_("waived"))
    carried = _quantity(_("carried over"))  # to another contract; below zero: from a surplus
    carried_to = models.ForeignKey(
        Contract,
        models.PROTECT,
        verbose_name=_("other contract"),
        related_name="+",
        null=True,
        blank=True,
    )
    carry_agreed_on = models.DateField(_("agreed with the supplier on"), null=True, blank=True)
    calculated_at = models.DateTimeField(null=True, blank=True)
    calculated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    reopening_at = models.DateTimeField(null=True, blank=True)
    reopening_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    objects: ClassVar[Any] = SettlementQuerySet.as_manager()

    class Meta:
        ordering = ("contract", "version")
        constraints = (
            models.UniqueConstraint(
                fields=("contract", "version"),
                name="one_settlement_a_version",
                violation_error_message=_("This settlement exists already."),
            ),
            models.UniqueConstraint(
                fields=("contract",),
                condition=~Q(status="reopened"),
                name="one_living_settlement",
                violation_error_message=_("This contract is being settled already."),
            ),
            models.CheckConstraint(
                condition=Q(status="proposed") | Q(react_by_on__isnull=False),
                name="stated_settlement_has_term",
                violation_error_message=_("A statement gives the supplier a term to react."),
            ),
            models.CheckConstraint(
                condition=Q(reaction="", reacted_at__isnull=True, reacted_by__isnull=True)
                | ~Q(reaction="") & Q(reacted_at__isnull=False, reacted_by__isnull=False),
                name="reaction_says_when_and_by_whom",
                violation_error_message=_("A reaction says when and by whom."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=DIVIDED)
                | Q(unit="own", malus_part=0, waived=0, carried=0)
                | Q(
                    done__lt=F("owed"),
                    malus_part__gte=0,
                    waived__gte=0,
                    carried__gte=0,
                    owed=F("done") + F("malus_part") + F("waived") + F("carried"),
                )
                | Q(
                    done__gte=F("owed"),
                    malus_part=0,
                    waived=0,
                    carried__lte=0,
                    carried__gte=F("owed") - F("done"),
                ),
                name="parts_add_up_to_the_shortfall",
                violation_error_message=_(
                    "Malus, waiver and carry-over add up to the shortfall; of a surplus no more "
                    "is carried over than there is."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    malus_eur=Greatest(
                        Round(F("malus_part") * F("malus_factor"), precision=2)
                        - F("malus_before_eur"),
                        ZERO,
                    ),
                ),
                name="settled_malus_is_part_times_factor",
                violation_error_message=_(
                    "A malus is its part of the shortfall times the multiple."
                ),
            ),
            models.CheckConstraint(
                condition=Q(malus_part=0) | Q(unit="eur"),
                name="malus_is_of_euros",
                violation_error_message=_("A malus is taken of a shortfall in euros."),
            ),
            models.CheckConstraint(
                condition=Q(carried=0, carried_to__isnull=True, carry_agreed_on__isnull=True)
                | ~Q(carried=0)
                & Q(carried_to__isnull=False, carry_agreed_on__isnull=False)
                & ~Q(carried_to=F("contract")),
                name="carry_over_is_agreed",
                violation_error_message=_(
                    "What is carried over names the other contract and the day of the agreement."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=DIVIDED, calculated_at__isnull=False, calculated_by__isnull=False
                )
                | ~Q(status__in=DIVIDED)
                & Q(calculated_at__isnull=True, calculated_by__isnull=True),
                name="calculated_settlement_says_by_whom",
                violation_error_message=_("What is calculated says when and by whom."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=DECIDED, decided_at__isnull=False, decided_by__isnull=False)
                | ~Q(status__in=DECIDED) & Q(decided_at__isnull=True, decided_by__isnull=True),
                name="decided_settlement_says_by_whom",
                violation_error_message=_("What is decided says when and by whom."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("calculated_by")),
                name="settlement_four_eyes",
                violation_error_message=_("Somebody else than who calculated it decides."),
            ),
            models.CheckConstraint(
                condition=Q(reopening_at__isnull=True, reopening_by__isnull=True)
                | Q(reopening_at__isnull=False, reopening_by__isnull=False),
                name="reopening_by_iff_reopening_at",
                violation_error_message=_("Who asks to reopen says when."),
            ),
            models.CheckConstraint(
                condition=Q(status="reopened", reopened_at__isnull=False, reopened_by__isnull=False)
                & ~Q(reopened_by=F("reopening_by"))
                | ~Q(status="reopened") & Q(reopened_at__isnull=True, reopened_by__isnull=True),
                name="reopening_four_eyes",
                violation_error_message=_("Two people reopen a settlement."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.contract_id} v{self.version}"

    def get_absolute_url(self) -> str:
        return reverse("contracts:settlement-detail", args=[self.pk])

    @property
    def shortfall(self) -> Decimal:
        missing: Decimal = self.owed - self.done
        return max(missing, ZERO)

    @property
    def surplus(self) -> Decimal:
        over: Decimal = self.done - self.owed
        return max(over, ZERO)

    @property
    def is_in_euros(self) -> bool:
        return self.unit == LedgerUnit.EURO


class ScoreSide(models.TextChoices):
    BUYER = "buyer", _("contracting authority")
    SUPPLIER = "supplier", _("supplier")
    PARTNER = "partner", _("partner")


class SettlementScore(Recorded):
    """How each side looks back on the result: 1 to 5, with a sentence that is sealed (E17)."""

    GUARD = Guard.AUTHORITY_OR_SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="scores")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    side = models.CharField(_("side"), max_length=8, choices=ScoreSide)
    score = models.PositiveSmallIntegerField(_("score"))
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ("settlement", "side")
        constraints = (
            models.UniqueConstraint(
                fields=("settlement", "side"),
                name="one_score_a_side",
                violation_error_message=_("This side gave its score already."),
            ),
            models.CheckConstraint(
                condition=Q(score__range=(1, 5)),
                name="score_is_one_to_five",
                violation_error_message=_("A score is 1 to 5."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.side}: {self.score}"
