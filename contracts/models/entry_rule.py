"""What is held against work when it is submitted, and how strictly evidence is asked for."""

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contracts.models.value_table import Block, EvidenceKind
from sroi_portal.core.models import Authority, Recorded, User


class EntryCondition(models.TextChoices):
    """What can be held against a share; each with the unit of its limit in `LIMIT_UNITS`."""

    HOURS_OVER = "hours_over", _("hours a week above")
    HOURS_UNDER = "hours_under", _("hours a week below")
    MONTHS_OVER = "months_over", _("placement lasts longer than")
    ENTERED_LATE = "entered_late", _("entered later after the period than")
    PURCHASE_OVER = "purchase_over", _("purchase above")
    NOT_INFORMED = "not_informed", _("the letter was not handed over to the person")
    EVIDENCE_MISSING = "evidence_missing", _("evidence that the row asks is missing")
    WORKS_ELSEWHERE = "works_elsewhere", _("the person works on another placement as well")
    STARTS_EARLY = "starts_early", _("first working day earlier before the contract than")


LIMIT_UNITS = {
    EntryCondition.HOURS_OVER: _("hours"),
    EntryCondition.HOURS_UNDER: _("hours"),
    EntryCondition.MONTHS_OVER: _("months"),
    EntryCondition.ENTERED_LATE: _("days"),
    EntryCondition.PURCHASE_OVER: _("euros"),
    EntryCondition.STARTS_EARLY: _("days"),
}
WITH_LIMIT = tuple(each.value for each in LIMIT_UNITS)


class EntryEffect(models.TextChoices):
    WARN = "warn", _("warns")
    BLOCK = "block", _("blocks")


class EntryRuleQuerySet(models.QuerySet["EntryRule"]):
    def visible_to(self, user: User) -> "EntryRuleQuerySet":
        """Keep those of the authorities for which one works."""
        return self.filter(authority__in={held.authority_id for held in user.roles})

    def newest_on(self, authority_id: int, day: dt.date) -> "EntryRuleQuerySet":
        """Keep of each condition and effect the version that holds on a day, also when put off."""
        begun = self.filter(authority_id=authority_id, valid_from__lte=day)
        newest = begun.order_by("condition", "effect", "-valid_from", "-pk")
        return newest.distinct("condition", "effect")


class EntryRule(Recorded):
    """One version of a rule; a change is another version from a later day (R-206)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("contracting authority"), related_name="+"
    )
    condition = models.CharField(_("condition"), max_length=20, choices=EntryCondition)
    limit = models.DecimalField(_("limit"), max_digits=12, decimal_places=2, null=True, blank=True)
    effect = models.CharField(
        _("what it does"), max_length=5, choices=EntryEffect, default=EntryEffect.WARN
    )
    is_on = models.BooleanField(_("the rule is on"), default=True)
    valid_from = models.DateField(_("for what is submitted from"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    objects: ClassVar[Any] = EntryRuleQuerySet.as_manager()

    class Meta:
        ordering = ("authority", "condition", "effect", "-valid_from", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("authority", "condition", "effect", "valid_from"),
                name="one_entry_rule_a_day",
                violation_error_message=_(
                    "A version of this rule begins on that day already. Choose a later day."
                ),
            ),
            models.CheckConstraint(
                condition=Q(condition__in=WITH_LIMIT, limit__isnull=False, limit__gte=0)
                | (~Q(condition__in=WITH_LIMIT) & Q(limit__isnull=True)),
                name="entry_rule_limit_iff_measured",
                violation_error_message=_(
                    "Give a limit of zero or more where something is measured, and nowhere else."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.get_condition_display()


class DemandLevel(models.TextChoices):
    """How strictly a proof is asked for (D02)."""

    ON_REQUEST = "on_request", _("only when the coordinator asks for it")
    REQUIRED = "required", _("asked for; without it there is a warning")
    BLOCKING = "blocking", _("without it nothing can be submitted")


class EvidenceDemandQuerySet(models.QuerySet["EvidenceDemand"]):
    def visible_to(self, user: User) -> "EvidenceDemandQuerySet":
        return self.filter(authority__in={held.authority_id for held in user.roles})

    def newest_on(self, authority_id: int, day: dt.date) -> "EvidenceDemandQuerySet":
        """Keep what holds for work that begins on a day."""
        begun = self.filter(authority_id=authority_id, valid_from__lte=day)
        newest = begun.order_by("evidence_kind_id", "block_id", "row_kind", "-valid_from", "-pk")
        return newest.distinct("evidence_kind_id", "block_id", "row_kind")


class EvidenceDemand(Recorded):
    """How an authority asks for a kind of proof: of a row, of a way of fulfilling, or always."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("contracting authority"), related_name="+"
    )
    evidence_kind = models.ForeignKey(
        EvidenceKind, models.PROTECT, verbose_name=_("kind of evidence"), related_name="+"
    )
    block = models.ForeignKey(
        Block,
        models.PROTECT,
        verbose_name=_("only for this row"),
        related_name="+",
        null=True,
        blank=True,
    )
    row_kind = models.CharField(_("only for this way of fulfilling"), max_length=20, blank=True)
    level = models.CharField(
        _("how strictly"), max_length=10, choices=DemandLevel, default=DemandLevel.REQUIRED
    )
    within_days = models.PositiveSmallIntegerField(
        _("days after the first day of the work"), default=0
    )
    valid_from = models.DateField(_("for work that begins from"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    objects: ClassVar[Any] = EvidenceDemandQuerySet.as_manager()

    class Meta:
        ordering = ("authority", "evidence_kind", "-valid_from", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("authority", "evidence_kind", "block", "row_kind", "valid_from"),
                nulls_distinct=False,
                name="one_demand_a_day",
                violation_error_message=_(
                    "A version of this demand begins on that day already. Choose a later day."
                ),
            ),
            models.CheckConstraint(
                condition=Q(block__isnull=True) | Q(row_kind=""),
                name="demand_of_row_or_way",
                violation_error_message=_("Choose a row or a way of fulfilling, not both."),
            ),
            models.CheckConstraint(
                condition=Q(within_days__lte=366),
                name="demand_within_a_year",
                violation_error_message=_("Evidence is asked for within 366 days."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.evidence_kind}: {self.get_level_display()}"
