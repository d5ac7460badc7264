"""Thresholds of the adviser for the choice, and what an officer chose for a tender (N02)."""

from dataclasses import fields
from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contracts import advice
from contracts.models.tender import Lot, Tender
from sroi_portal.core.fields import MoneyField, PercentageField
from sroi_portal.core.models import Authority, Recorded
from sroi_portal.core.rights import Guard


class Advised(models.TextChoices):
    """In the words of a choice; the same codes as `contracts.advice.Advised`."""

    WHOLE = "whole", _("reserve the whole (article 2.82)")
    LOT = "lot", _("reserve a lot (article 2.82)")
    PARTNERSHIPS = "partnerships", _("ask for partnerships")
    CLAUSE = "clause", _("ask a clause")
    NOTHING = "nothing", _("ask nothing")


class AdviceTermsQuerySet(models.QuerySet["AdviceTerms"]):
    def current(self, authority: Authority) -> "AdviceTerms":
        """Find the newest version; without one the defaults hold (version 0)."""
        newest = self.filter(authority=authority).order_by("-version").first()
        return newest or AdviceTerms(authority=authority, version=0)


class AdviceTerms(Recorded):
    """A version of an authority's thresholds; a change is a new version (R-365)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="advice_terms")
    version = models.PositiveSmallIntegerField(_("version"))
    least_share_pct = PercentageField(
        _("share of workers that makes a social enterprise"), default=Decimal(30)
    )
    share_is_above = models.BooleanField(
        _("the share must be more than this, not at least this"), default=False
    )
    fewest_for_whole = models.PositiveSmallIntegerField(
        _("social enterprises that can carry the whole, to reserve it"), default=3
    )
    fewest_for_lot = models.PositiveSmallIntegerField(
        _("social enterprises that can carry a lot, to reserve it"), default=3
    )
    fewest_for_partnership = models.PositiveSmallIntegerField(
        _("social enterprises in the region, to ask for partnerships"), default=1
    )
    part_pct = PercentageField(_("part that could be a lot of its own"), default=Decimal(20))
    least_labour_pct = PercentageField(_("least share of labour"), default=Decimal(30))
    least_value_eur = MoneyField(_("least value"), default=Decimal(250_000))
    least_months = models.PositiveSmallIntegerField(_("shortest term in months"), default=6)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    objects: ClassVar[Any] = AdviceTermsQuerySet.as_manager()

    class Meta:
        ordering = ("authority", "-version")
        verbose_name_plural = "advice terms"
        constraints = (
            models.UniqueConstraint(
                fields=("authority", "version"),
                name="one_version_of_advice_terms",
                violation_error_message=_("This version of the thresholds exists already."),
            ),
            models.CheckConstraint(
                condition=Q(
                    fewest_for_whole__gte=1, fewest_for_lot__gte=1, fewest_for_partnership__gte=1
                ),
                name="advice_counts_from_one",
                violation_error_message=_("A number of social enterprises is at least one."),
            ),
            models.CheckConstraint(
                condition=Q(
                    least_share_pct__range=(Decimal(0), Decimal(100)),
                    part_pct__range=(Decimal(0), Decimal(100)),
                    least_labour_pct__range=(Decimal(0), Decimal(100)),
                ),
                name="advice_shares_are_percentages",
                violation_error_message=_("A percentage lies between 0 and 100."),
            ),
            models.CheckConstraint(
                condition=Q(least_value_eur__gte=0),
                name="least_value_not_negative",
                violation_error_message=_("The least value cannot be below zero."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.authority} {self.version}"

    def as_terms(self) -> advice.Terms:
        names = [each.name for each in fields(advice.Terms)]
        return advice.Terms(**{name: getattr(self, name) for name in names})


class TenderAdvice(Recorded):
    """What was asked, what was advised by which thresholds, and what the officer chose (R-365)."""

    GUARD = Guard.AUTHORITY
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="advices")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    terms_version = models.PositiveSmallIntegerField()  # 0: the defaults
    division = models.CharField(_("kind of work (CPV division)"), max_length=2)
    region = models.CharField(_("region (NUTS)"), max_length=5, blank=True)
    value_eur = MoneyField(_("estimated value"))
    months = models.PositiveSmallIntegerField(_("term in months"))
    labour_pct = PercentageField(_("share of labour"))
    known = models.PositiveIntegerField()
    near = models.PositiveIntegerField()
    fit = models.PositiveIntegerField()
    able = models.PositiveIntegerField()
    reasons = models.JSONField(default=list)  # of `advice.Reason`
    advised = models.CharField(_("advice"), max_length=12, choices=Advised)
    advised_lot = models.CharField(max_length=420, blank=True)
    chosen = models.CharField(_("your choice"), max_length=12, choices=Advised)
    lot = models.ForeignKey(
        Lot, models.PROTECT, verbose_name=_("lot"), related_name="+", null=True, blank=True
    )
    deviation = models.TextField(_("why you choose something else"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ("tender", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(chosen=F("advised")) | ~Q(deviation=""),
                name="other_choice_says_why",
                violation_error_message=_("This differs from the advice. Say why."),
            ),
            models.CheckConstraint(
                condition=Q(labour_pct__range=(Decimal(0), Decimal(100))),
                name="labour_share_is_a_percentage",
                violation_error_message=_("A percentage lies between 0 and 100."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.tender}: {self.get_chosen_display()}"
