"""Steps towards a supplier that stays behind: a talk first, a malus last (F08, S18)."""

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contracts.models.contract import Contract
from sroi_portal.core.fields import MoneyField
from sroi_portal.core.models import Authority, Recorded, User
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier


class StepKind(models.TextChoices):
    """In the order that is advised; a deferral may come at any time."""

    TALK = "talk", pgettext_lazy("step", "talk")
    RECOVERY = "recovery", _("recovery plan")
    DEFERRAL = "deferral", _("deferral")
    NOTICE = "notice", _("notice of default")
    MALUS = "malus", _("malus")


class StepStatus(models.TextChoices):
    OPEN = "open", _("under way")
    HANDED_IN = "handed_in", _("handed in")
    AGREED = "agreed", _("agreed")
    CALCULATED = "calculated", _("waits for a decision")
    DONE = "done", _("concluded")
    DROPPED = "dropped", _("dropped")


class StepOption(models.TextChoices):
    PERSON = "person", _("a person")
    PURCHASE = "purchase", _("a purchase")
    PARTNER = "partner", _("a partner")
    OTHER = "other", _("something else")


class StepOutcome(models.TextChoices):
    AGREED = "agreed", _("agreed on what happens")
    SOLVED = "solved", _("back on course")
    NOT_ENOUGH = "not_enough", _("not enough came of it")
    NO_ANSWER = "no_answer", _("no answer")
    GRANTED = "granted", _("decided")
    REFUSED = "refused", _("decided against")


LIVING = (StepStatus.OPEN, StepStatus.HANDED_IN, StepStatus.AGREED, StepStatus.CALCULATED)
WATCHED = (StepStatus.OPEN, StepStatus.HANDED_IN, StepStatus.AGREED)


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, user: User) -> "FollowUpQuerySet":
        return self.filter(contract__in=Contract.objects.visible_to(user))

    def matching(self, words: str) -> "FollowUpQuerySet":
        return self.filter(contract__in=Contract.objects.matching(words))

    def living(self) -> "FollowUpQuerySet":
        return self.filter(status__in=LIVING)

    def due_on(self, day: dt.date) -> "FollowUpQuerySet":
        """Keep what asks to be done by this day, what waits longest first."""
        return self.filter(status__in=LIVING, next_on__lte=day).order_by("next_on", "pk")


class FollowUp(Recorded):
    """One step: when, by whom, until when, and what came of it; what was said is sealed."""

    GUARD = Guard.AUTHORITY_OR_SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ()
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        StepStatus.OPEN: frozenset({StepStatus.HANDED_IN, StepStatus.DONE, StepStatus.DROPPED}),
        StepStatus.HANDED_IN: frozenset({StepStatus.OPEN, StepStatus.AGREED, StepStatus.DROPPED}),
        StepStatus.AGREED: frozenset({StepStatus.DONE, StepStatus.DROPPED}),
        StepStatus.CALCULATED: frozenset({StepStatus.DONE, StepStatus.DROPPED}),
    }

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="follow_ups")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    kind = models.CharField(_("step"), max_length=10, choices=StepKind)
    status = models.CharField(
        _("status"), max_length=10, choices=StepStatus, default=StepStatus.OPEN
    )
    taken_on = models.DateField(_("day"))
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    offered = models.JSONField(default=dict, blank=True)  # the options, as they were then
    option = models.CharField(_("chosen"), max_length=10, choices=StepOption, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True)  # cure, deferral, recovery
    next_on = models.DateField(_("next day to act"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=StepOutcome, blank=True)
    shortfall_eur = MoneyField(_("shortfall"), null=True, blank=True)
    factor = models.DecimalField(
        _("multiple"), max_digits=4, decimal_places=2, null=True, blank=True
    )
    amount_eur = MoneyField(_("malus"), null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    objects: ClassVar[Any] = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ("contract", "taken_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=("done", "dropped")) & ~Q(outcome="")
                | ~Q(status__in=("done", "dropped")) & Q(outcome=""),
                name="step_outcome_iff_concluded",
                violation_error_message=_("A step that is concluded says what came of it."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=WATCHED) | Q(next_on__isnull=False),
                name="step_under_way_has_next_day",
                violation_error_message=_("Say when you look at it again."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=("deferral", "notice")) | Q(until_on__gt=F("taken_on")),
                name="step_has_time",
                violation_error_message=_("The new day lies after the day of the step."),
            ),
            models.CheckConstraint(
                condition=Q(
                    kind="malus",
                    shortfall_eur__gt=0,
                    factor__gt=0,
                    amount_eur=Round(F("shortfall_eur") * F("factor"), precision=2),
                )
                | ~Q(kind="malus")
                & Q(shortfall_eur__isnull=True, factor__isnull=True, amount_eur__isnull=True),
                name="malus_is_shortfall_times_factor",
                violation_error_message=_("A malus is the shortfall times its multiple."),
            ),
            models.CheckConstraint(
                condition=Q(kind="talk") | Q(option=""),
                name="options_belong_to_a_talk",
                violation_error_message=_("An option is chosen in a talk."),
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="step_decided_by_iff_decided_at",
                violation_error_message=_("What is decided says when and by whom."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="malus")
                | Q(status="calculated")
                | Q(decided_by__isnull=False) & ~Q(decided_by=F("taken_by")),
                name="malus_four_eyes",
                violation_error_message=_("Somebody else than who calculated it decides."),
            ),
            models.UniqueConstraint(
                fields=("contract", "kind"),
                condition=Q(status__in=LIVING),
                name="one_living_step_a_kind",
                violation_error_message=_("Such a step is under way already."),
            ),
        )
        indexes = (
            models.Index(
                fields=("authority", "next_on"),
                condition=Q(status__in=LIVING),
                name="steps_due",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.taken_on}"

    def get_absolute_url(self) -> str:
        return reverse("contracts:follow-up", args=[self.contract_id]) + f"#step-{self.pk}"

    @property
    def is_living(self) -> bool:
        return self.status in LIVING


class SettlingTerms(Recorded):
    """Terms of an authority for those who stay behind; without a row the defaults hold."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    authority = models.OneToOneField(Authority, models.PROTECT, related_name="settling_terms")
    cure_days = models.PositiveSmallIntegerField(_("days to cure a default"), default=30)
    reaction_days = models.PositiveSmallIntegerField(
        _("days to react to a statement of settlement"), default=14
    )
    malus_factor = models.DecimalField(
        _("malus as a multiple of the shortfall"), max_digits=4, decimal_places=2, default=1
    )

    class Meta:
        ordering = ("authority",)
        verbose_name_plural = "settling terms"
        constraints = (
            models.CheckConstraint(
                condition=Q(cure_days__range=(1, 365), reaction_days__range=(1, 365)),
                name="terms_within_a_year",
                violation_error_message=_("A term is 1 to 365 days."),
            ),
            models.CheckConstraint(
                condition=Q(malus_factor__range=(0, 3)),
                name="usual_malus_factor_is_modest",
                violation_error_message=_("A malus is 0 to 3 times what is missing."),
            ),
        )

    def __str__(self) -> str:
        return str(self.authority)
