"""What an authority asks, when it asks it, and by when: rules as data (domain.md, section 9)."""

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contracts import obligation_rules
from contracts.models.tender import Nature
from sroi_portal.core.fields import MoneyField, PercentageField
from sroi_portal.core.models import Authority, Recorded, RoleName, User
from sroi_portal.core.models.authority import CONTRACT_ROLES
from suppliers.models import CertificateKind


class RuleStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ThresholdOperator(models.TextChoices):
    """Whether an amount on the threshold itself is enough (A1)."""

    ABOVE = ">", _("above")
    FROM = ">=", _("from")


class RuleBase(models.TextChoices):
    """What a rule may take its percentage of."""

    CONTRACT_VALUE = "contract_value", _("contract value")
    WAGE_SUM = "wage_sum", _("wage sum")
    TURNOVER = "turnover", _("invoiced turnover")
    HOURS = "hours", _("hours of work under the contract")


class ThresholdBase(models.TextChoices):
    """Which amount is held against the threshold (A1)."""

    CONTRACT_VALUE = "contract_value", _("contract value")
    WAGE_SUM = "wage_sum", _("wage sum")


class CertificateDay(models.TextChoices):
    """When a certificate must be valid to count (E07)."""

    AWARD = "award", _("on the day of award")
    WHOLE_TERM = "whole_term", _("from the award to the last day of the contract")


RULE_ROLES = (*CONTRACT_ROLES, RoleName.ADVISER)


class ObligationRuleQuerySet(models.QuerySet["ObligationRule"]):
    def visible_to(self, user: User | None) -> "ObligationRuleQuerySet":
        """Show what was ever published to everybody, a draft to who works for its authority."""
        public = Q(status__in=(RuleStatus.PUBLISHED, RuleStatus.WITHDRAWN))
        own = user.authorities_with(*RULE_ROLES) if user else ()
        return self.filter(public | Q(authority_id__in=own))

    def matching(self, words: str) -> "ObligationRuleQuerySet":
        return self.filter(Q(name__icontains=words) | Q(publisher__icontains=words))

    def published(self) -> "ObligationRuleQuerySet":
        return self.filter(status=RuleStatus.PUBLISHED)

    def of_authority(self, authority_id: int) -> "ObligationRuleQuerySet":
        """Its own rules, and those that come with the portal."""
        return self.filter(Q(authority_id=authority_id) | Q(authority=None))

    def holding_on(self, day: dt.date) -> "ObligationRuleQuerySet":
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day))


class ObligationRule(Recorded):
    """One version of a rule: it proposes, the officer decides (R-111)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        RuleStatus.DRAFT: frozenset({RuleStatus.PUBLISHED}),
        RuleStatus.PUBLISHED: frozenset({RuleStatus.WITHDRAWN}),
    }

    authority = models.ForeignKey(
        Authority,
        models.PROTECT,
        verbose_name=_("contracting authority"),
        related_name="+",
        null=True,
        blank=True,
    )  # none: comes with the portal, for everybody
    code = models.SlugField(_("code"), max_length=40)
    version = models.CharField(_("version"), max_length=20)
    publisher = models.CharField(_("publisher"), max_length=120)
    name = models.CharField(_("name"), max_length=160)
    source = models.CharField(_("source"), max_length=300, blank=True)
    note = models.TextField(_("explanation"), blank=True)
    valid_from = models.DateField(_("valid for contracts awarded from"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=RuleStatus, default=RuleStatus.DRAFT
    )
    threshold_base = models.CharField(
        _("amount that is held against the threshold"),
        max_length=16,
        choices=ThresholdBase,
        default=ThresholdBase.CONTRACT_VALUE,
    )
    threshold_operator = models.CharField(
        _("threshold"), max_length=2, choices=ThresholdOperator, default=ThresholdOperator.ABOVE
    )
    minimum_months = models.PositiveSmallIntegerField(
        _("shortest term in months"), null=True, blank=True
    )
    floor_eur = MoneyField(_("at least"), null=True, blank=True)
    cap_eur = MoneyField(_("at most"), null=True, blank=True)
    contact_days = models.PositiveSmallIntegerField(_("days to the first contact"), default=7)
    plan_days = models.PositiveSmallIntegerField(_("days to an agreed plan"), default=42)
    report_months = models.PositiveSmallIntegerField(_("months that a report covers"), default=3)
    report_days = models.PositiveSmallIntegerField(_("days to hand in a report"), default=14)
    review_days = models.PositiveSmallIntegerField(_("days to check what came in"), default=30)
    objection_days = models.PositiveSmallIntegerField(
        _("days to object to a rejection"), default=14
    )
    counts_unchecked = models.BooleanField(
        _("what the authority did not check in time counts"), default=False
    )  # A14
    accepts_unlinked = models.BooleanField(
        _("what is done outside the contract counts"), default=False
    )  # A15
    carries_over = models.BooleanField(
        _("a surplus may go to another contract, by decision"), default=False
    )  # A12

    objects: ClassVar[Any] = ObligationRuleQuerySet.as_manager()

    class Meta:
        ordering = ("publisher", "-valid_from", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("authority", "code", "version"),
                nulls_distinct=False,
                name="one_rule_a_version",
                violation_error_message=_("This version of the rule exists already."),
            ),
            models.CheckConstraint(
                condition=Q(floor_eur__isnull=True)
                | Q(cap_eur__isnull=True)
                | Q(cap_eur__gte=F("floor_eur")),
                name="rule_cap_not_below_floor",
                violation_error_message=_("The most that can be owed lies below the least."),
            ),
            models.CheckConstraint(
                condition=Q(report_months__range=(1, 24)),
                name="rule_reports_within_two_years",
                violation_error_message=_("A report covers 1 to 24 months."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"

    def get_absolute_url(self) -> str:
        return reverse("contracts:rule-detail", args=[self.pk])

    def as_terms(self) -> obligation_rules.Rule:
        """Give what proposes, apart from the database."""
        return obligation_rules.Rule(
            threshold_base=self.threshold_base,
            is_from=self.threshold_operator == ThresholdOperator.FROM,
            minimum_months=self.minimum_months,
            floor_eur=self.floor_eur,
            cap_eur=self.cap_eur,
            lines=tuple(line.as_terms() for line in self.lines.all()),
            certificates=tuple(effect.as_terms() for effect in self.certificate_effects.all()),
        )


class ObligationRuleLine(models.Model):
    """What a rule asks of some contracts; the first line that fits is proposed."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    rule = models.ForeignKey(ObligationRule, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    natures = ArrayField(
        models.CharField(max_length=10, choices=Nature),
        verbose_name=_("nature"),
        default=list,
        blank=True,
    )  # empty: of any nature
    threshold_eur = MoneyField(_("threshold"), null=True, blank=True)
    labour_share_from_pct = PercentageField(_("share of labour from"), null=True, blank=True)
    labour_share_below_pct = PercentageField(_("share of labour below"), null=True, blank=True)
    base_kind = models.CharField(_("base"), max_length=16, choices=RuleBase)
    percentage = PercentageField(_("percentage"), null=True, blank=True)  # none: not published

    class Meta:
        ordering = ("rule", "position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("rule", "position"),
                name="one_line_a_position",
                violation_error_message=_("Two lines of a rule stand on one place."),
            ),
            models.CheckConstraint(
                condition=Q(percentage__isnull=True)
                | Q(percentage__range=(Decimal(0), Decimal(100))),
                name="rule_percentage_is_a_percentage",
                violation_error_message=_("A percentage lies between 0 and 100."),
            ),
            models.CheckConstraint(
                condition=Q(labour_share_from_pct__isnull=True)
                | Q(labour_share_below_pct__isnull=True)
                | Q(labour_share_below_pct__gt=F("labour_share_from_pct")),
                name="labour_share_bounds_in_order",
                violation_error_message=_("The upper share of labour lies above the lower one."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule} {self.position}"

    def as_terms(self) -> obligation_rules.Line:
        return obligation_rules.Line(
            natures=frozenset(self.natures),
            threshold_eur=self.threshold_eur,
            labour_share_from_pct=self.labour_share_from_pct,
            labour_share_below_pct=self.labour_share_below_pct,
            base_kind=self.base_kind,
            percentage=self.percentage,
        )


class CertificateEffect(models.Model):
    """A certificate of the supplier lowers what is owed (E07)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    rule = models.ForeignKey(ObligationRule, models.PROTECT, related_name="certificate_effects")
    kind = models.CharField(_("certificate"), max_length=20, choices=CertificateKind)
    discount_pct = PercentageField(_("less owed, in per cent"))
    valid_on = models.CharField(
        _("must be valid"), max_length=12, choices=CertificateDay, default=CertificateDay.WHOLE_TERM
    )

    class Meta:
        ordering = ("rule", "kind")
        constraints = (
            models.UniqueConstraint(
                fields=("rule", "kind"),
                name="one_effect_a_certificate",
                violation_error_message=_("This certificate has its effect already."),
            ),
            models.CheckConstraint(
                condition=Q(discount_pct__range=(Decimal(0), Decimal(100))),
                name="discount_is_a_percentage",
                violation_error_message=_("A percentage lies between 0 and 100."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule}: {self.kind}"

    def as_terms(self) -> obligation_rules.CertificateEffect:
        return obligation_rules.CertificateEffect(
            kind=self.kind,
            discount_pct=self.discount_pct,
            whole_term=self.valid_on == CertificateDay.WHOLE_TERM,
        )
