"""The learning formula: steps for each role, and what people wrote about taking them (R-400)."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from contracts.models import Category, Contract
from network.models.pilot import Pilot
from sroi_portal.core.models import Recorded, User
from sroi_portal.core.rights import Guard


class LearnerRole(models.TextChoices):
    """Whose step it is; who has none of these roles reads along."""

    OFFICER = "officer", _("procurement officer")
    MANAGER = "manager", _("contract manager and coordinator")
    SUPPLIER = "supplier", _("supplier")
    ADVISER = "adviser", _("adviser")
    POLICY_MAKER = "policy_maker", _("policy maker")


class ReflectionStatus(models.TextChoices):
    DRAFT = "draft", _("for yourself")
    SHARED = "shared", _("shared")


class Effect(models.TextChoices):
    CHANGED = "changed", _("Something changed because of it")
    TOO_EARLY = "too_early", _("It is too early to say")
    UNCHANGED = "unchanged", _("Nothing changed")


class LearningStepQuerySet(models.QuerySet["LearningStep"]):
    def standing(self) -> "LearningStepQuerySet":
        return self.filter(retired_at__isnull=True)


class LearningStep(Recorded):
    """One step of the formula, in both languages; a retired one keeps its words (R-401)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    role = models.CharField(_("for whom"), max_length=12, choices=LearnerRole)
    position = models.PositiveSmallIntegerField(_("place in the order"), default=1)
    title_nl = models.CharField(_("title in Dutch"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120)
    text_nl = models.TextField(_("text in Dutch"), max_length=1000)
    text_en = models.TextField(_("text in English"), max_length=1000)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    retired_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = LearningStepQuerySet.as_manager()

    class Meta:
        ordering = ("role", "position", "pk")
        verbose_name = _("learning step")
        constraints = (
            models.UniqueConstraint(
                fields=("role", "title_nl"),
                condition=Q(retired_at__isnull=True),
                name="one_learning_step_a_role_and_title",
                violation_error_message=_("This role has a step with this title already."),
            ),
            models.CheckConstraint(
                condition=Q(retired_by__isnull=True, retired_at__isnull=True)
                | Q(retired_by__isnull=False, retired_at__isnull=False),
                name="learning_step_retired_by_iff_retired_at",
                violation_error_message=_("A step that is retired says when and by whom."),
            ),
        )

    def __str__(self) -> str:
        return self.title_en if get_language() == "en" else self.title_nl

    def get_absolute_url(self) -> str:
        return reverse("network:learning-step-detail", args=[self.pk])

    @property
    def text(self) -> str:
        return self.text_en if get_language() == "en" else self.text_nl


class ReflectionQuerySet(models.QuerySet["Reflection"]):
    def visible_to(self, user: User) -> "ReflectionQuerySet":
        """Show what is shared to all who sign in; a draft to who wrote it alone (R-402)."""
        return self.filter(Q(status=ReflectionStatus.SHARED) | Q(author=user))

    def shared(self) -> "ReflectionQuerySet":
        return self.filter(status=ReflectionStatus.SHARED)


class Reflection(Recorded):
    """What somebody did, what changed because of it, and what comes next: in the own words."""

    GUARD = Guard.SHARED_OR_AUTHOR
    PERSONAL: ClassVar[tuple[str, ...]] = ("did", "changed", "next_time")
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        ReflectionStatus.DRAFT: frozenset({ReflectionStatus.SHARED}),
        ReflectionStatus.SHARED: frozenset({ReflectionStatus.DRAFT}),
    }

    step = models.ForeignKey(
        LearningStep, models.PROTECT, verbose_name=_("step"), related_name="reflections"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reflections")
    pilot = models.ForeignKey(
        Pilot, models.PROTECT, related_name="reflections", null=True, blank=True
    )
    contract = models.ForeignKey(
        Contract, models.PROTECT, related_name="reflections", null=True, blank=True
    )
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=6, choices=ReflectionStatus, default=ReflectionStatus.DRAFT
    )
    did = models.TextField(_("what did you do?"), max_length=2000)
    effect = models.CharField(_("did something change?"), max_length=9, choices=Effect)
    changed = models.TextField(_("what changed because of it?"), max_length=2000, blank=True)
    next_time = models.TextField(_("what do you do next?"), max_length=2000, blank=True)
    shared_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = ReflectionQuerySet.as_manager()

    class Meta:
        ordering = ("-shared_at", "-pk")
        verbose_name = _("reflection")
        constraints = (
            models.CheckConstraint(
                condition=Q(pilot__isnull=False, contract__isnull=True)
                | Q(pilot__isnull=True, contract__isnull=False),
                name="reflection_on_pilot_or_contract",
                violation_error_message=_("A reflection is about one pilot or one contract."),
            ),
            models.UniqueConstraint(
                fields=("author", "step", "pilot", "contract"),
                nulls_distinct=False,
                name="one_reflection_a_step_and_place",
                violation_error_message=_(
                    "You wrote about this step here already. Go on with what you wrote."
                ),
            ),
            models.CheckConstraint(
                condition=Q(status="draft", shared_at__isnull=True)
                | Q(status="shared", shared_at__isnull=False),
                name="reflection_shared_iff_shared_at",
                violation_error_message=_("What is shared says since when."),
            ),
            models.CheckConstraint(
                condition=~Q(effect="changed") | ~Q(changed=""),
                name="reflection_says_what_changed",
                violation_error_message=_("Write down what changed because of it."),
            ),
        )

    def __str__(self) -> str:
        return str(self.step)

    def get_absolute_url(self) -> str:
        return reverse("network:reflection-detail", args=[self.pk])
