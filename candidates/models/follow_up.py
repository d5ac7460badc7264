"""Lasting work: what became of somebody 3, 6 and 12 months after the work that counted."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from candidates.models.placement import MOST_HOURS, ContractForm, Placement
from sroi_portal.core.models import Recorded, User
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier


class AfterMonths(models.IntegerChoices):
    """So many months after the work that counted ended."""

    THREE = 3, _("3 months after")
    SIX = 6, _("6 months after")
    TWELVE = 12, _("12 months after")


class FollowUpStatus(models.TextChoices):
    OPEN = "open", _("waits for your answer")
    ANSWERED = "answered", _("answered")
    LAPSED = "lapsed", _("not answered in time")
    WITHDRAWN = "withdrawn", _("no longer asked")


class Outcome(models.TextChoices):
    WITH_US = "with_us", _("works with us")
    ELSEWHERE = "elsewhere", _("works elsewhere")
    LEARNING = "learning", _("learns for a trade")
    NO_WORK = "no_work", _("does not work")
    UNKNOWN = "unknown", _("we do not know")


WORKING = (Outcome.WITH_US, Outcome.ELSEWHERE)


class PermanentWith(models.TextChoices):
    """Where somebody got a permanent contract (S05)."""

    SUPPLIER = "supplier", _("with us")
    STATE = "state", _("with the Rijk")
    ANOTHER = "another", _("with another employer")


class SaidBy(models.TextChoices):
    SUPPLIER = "supplier", _("the supplier")
    CANDIDATE = "candidate", _("the person")


class LastingQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, user: User) -> "LastingQuerySet":
        """Keep the supplier's own, and those of work that was submitted to be checked."""
        checked = Q(authority_ids__overlap=list(user.sees_contributions_of))
        return self.filter(Q(supplier_id__in=user.supplier_ids) | checked)

    def asked(self) -> "LastingQuerySet":
        return self.exclude(status=FollowUpStatus.WITHDRAWN)

    def with_given(self) -> "LastingQuerySet":
        """Add what the supplier says now, as a list `given` of one answer or none."""
        said = FollowUpAnswer.objects.filter(is_current=True, said_by=SaidBy.SUPPLIER)
        return self.prefetch_related(Prefetch("answers", said, to_attr="given"))


class FollowUp(Recorded):
    """One question about one placement; it is asked once its day has come (R-350)."""

    GUARD = Guard.AUTHORITIES_OR_SUPPLIER
    LINK_GUARD = Guard.OF_PLACEMENT
    PERSONAL: ClassVar[tuple[str, ...]] = ("counts_from", "falls_on")
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        FollowUpStatus.OPEN: frozenset(
            {FollowUpStatus.ANSWERED, FollowUpStatus.LAPSED, FollowUpStatus.WITHDRAWN}
        ),
        FollowUpStatus.LAPSED: frozenset({FollowUpStatus.ANSWERED, FollowUpStatus.WITHDRAWN}),
        FollowUpStatus.WITHDRAWN: frozenset({FollowUpStatus.OPEN}),
    }

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="follow_ups")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    authority_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    months = models.PositiveSmallIntegerField(_("question"), choices=AfterMonths)
    status = models.CharField(
        _("status"), max_length=10, choices=FollowUpStatus, default=FollowUpStatus.OPEN
    )
    counts_from = models.DateField(_("last day that counted"))
    falls_on = models.DateField(_("the day it is about"))
    due_on = models.DateField(_("answer at the latest on"))
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = LastingQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("placement", "months"),
                name="one_question_a_moment",
                violation_error_message=_("This was asked before."),
            ),
            models.CheckConstraint(
                condition=Q(months__in=AfterMonths.values),
                name="asked_after_3_6_or_12_months",
                violation_error_message=_("The question is asked after 3, 6 and 12 months."),
            ),
            models.CheckConstraint(
                condition=Q(falls_on__gt=F("counts_from"), due_on__gte=F("falls_on")),
                name="question_follows_the_work",
                violation_error_message=_("The question comes after the work, its term after it."),
            ),
        )
        indexes = (
            models.Index(fields=("supplier", "status", "due_on"), name="questions_to_a_firm"),
        )

    def __str__(self) -> str:
        return f"{self.placement} +{self.months}"

    def get_absolute_url(self) -> str:
        return reverse("candidates:follow-up-detail", args=[self.pk])


class FollowUpAnswer(models.Model):
    """One answer; a corrected one stays behind the newer. The person's own is seen by no firm."""

    GUARD = Guard.SAID_BY_SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = (
        "outcome",
        "hours_per_week",
        "contract_form",
        "permanent_on",
        "permanent_with",
    )

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="answers")
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    authority_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    said_by = models.CharField(max_length=9, choices=SaidBy)
    is_current = models.BooleanField(default=True)
    outcome = models.CharField(_("still in work?"), max_length=10, choices=Outcome)
    hours_per_week = models.DecimalField(
        _("hours a week"), max_digits=4, decimal_places=2, null=True, blank=True
    )
    contract_form = models.CharField(
        _("form of the work"), max_length=12, choices=ContractForm, blank=True
    )
    permanent_on = models.DateField(_("permanent contract from"), null=True, blank=True)
    permanent_with = models.CharField(
        _("permanent contract"), max_length=8, choices=PermanentWith, blank=True
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ("follow_up", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("follow_up", "said_by"),
                condition=Q(is_current=True),
                name="one_standing_answer_each",
                violation_error_message=_("This question has an answer that stands."),
            ),
            models.CheckConstraint(
                condition=Q(said_by="candidate", answered_by__isnull=True)
                | Q(said_by="supplier", answered_by__isnull=False),
                name="answer_says_who_gave_it",
                violation_error_message=_("An answer is of the supplier or of the person."),
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=[each.value for each in WORKING])
                | Q(hours_per_week__isnull=True, contract_form="", permanent_on__isnull=True),
                name="only_who_works_has_hours",
                violation_error_message=_(
                    "Hours, form and permanent contract are only of who works."
                ),
            ),
            models.CheckConstraint(
                condition=Q(permanent_on__isnull=True, permanent_with="")
                | (Q(permanent_on__isnull=False) & ~Q(permanent_with="")),
                name="permanent_step_says_with_whom",
                violation_error_message=_(
                    "Fill in the day and with whom the contract is, or none."
                ),
            ),
            models.CheckConstraint(
                condition=Q(hours_per_week__isnull=True)
                | Q(hours_per_week__gt=0, hours_per_week__lte=MOST_HOURS),
                name="hours_after_are_possible",
                violation_error_message=_("Hours a week lie between 0.25 and 60."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.follow_up_id}: {self.outcome}"
