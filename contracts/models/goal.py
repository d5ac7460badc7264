"""Goals that were agreed instead of a percentage, and how far they are reached."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contracts.models.contract import Contract
from contracts.models.dialogue import Conclusion
from contracts.models.obligation import LedgerUnit
from sroi_portal.core.fields import MoneyField
from sroi_portal.core.models import Authority, Recorded
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier


class GoalKind(models.TextChoices):
    WORK = "work", _("work for people with a distance to the labour market")
    LEARNING = "learning", _("learning on the job")
    PURCHASE = "purchase", _("social purchasing")
    ACTIVITY = "activity", _("activities and knowledge")
    OTHER = "other", _("something else")


class Goal(Recorded):
    """What is agreed under a tailored plan, in its own unit (R-118)."""

    GUARD = Guard.ALL_PARTIES
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="goals")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=GoalKind)
    title = models.CharField(_("goal in words"), max_length=200)
    quantity = models.DecimalField(_("how much"), max_digits=12, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=8, choices=LedgerUnit)
    unit_name = models.CharField(_("name of the unit"), max_length=60, blank=True)
    due_on = models.DateField(_("reached at the latest on"))
    worth_eur = MoneyField(_("worth in euros"), null=True, blank=True)
    agreed_on = models.DateField(_("agreed on"))
    ended_on = models.DateField(_("given up on"), null=True, blank=True)
    follows_from = models.ForeignKey(
        Conclusion,
        models.PROTECT,
        verbose_name=_("this follows from"),
        related_name="goals",
        null=True,
        blank=True,
    )

    class Meta:
        ordering = ("contract", "due_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(quantity__gt=0),
                name="goal_is_more_than_nothing",
                violation_error_message=_("A goal is more than zero."),
            ),
            models.CheckConstraint(
                condition=Q(worth_eur__isnull=True) | Q(worth_eur__gte=0),
                name="goal_worth_not_negative",
                violation_error_message=_("The worth of a goal cannot be below zero."),
            ),
            models.CheckConstraint(
                condition=Q(unit=LedgerUnit.OWN) & ~Q(unit_name="")
                | ~Q(unit=LedgerUnit.OWN) & Q(unit_name=""),
                name="own_unit_has_a_name",
                violation_error_message=_("Name the unit, and only a unit of its own."),
            ),
        )

    def __str__(self) -> str:
        return self.title


class GoalProgress(Recorded):
    """What was reached of a goal, told in a number and in words."""

    GUARD = Guard.BY_GOAL
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="progress")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    reached_on = models.DateField(_("reached on"))
    quantity = models.DecimalField(_("how much"), max_digits=12, decimal_places=2)
    story = models.TextField(_("what happened"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("goal", "reached_on", "pk")
        verbose_name_plural = "progress of goals"
        constraints = (
            models.CheckConstraint(
                condition=~Q(quantity=0),
                name="progress_is_not_zero",
                violation_error_message=_("Progress of zero says nothing."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.goal_id} {self.quantity}"
