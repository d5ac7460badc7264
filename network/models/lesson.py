"""Lessons: what was learned on a pilot, contract or tender, and what was changed because of it."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contracts.models import Category, Contract, Tender
from network import searching
from network.models.pilot import Pilot
from sroi_portal.core.models import Recorded, RoleName, User


class LessonStatus(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    RETURNED = "returned", _("back with a question")
    REVIEWED = "reviewed", _("reviewed")
    PUBLISHED = "published", _("published")


class ChangedKind(models.TextChoices):
    """What a lesson can change; the thing itself is named by kind and UUID."""

    LETTER = "letter", _("text of a letter")
    TABLE = "table", _("value table")
    RULE = "rule", _("obligation rule")
    ENTRY_RULE = "entry_rule", _("rule for entering")
    CLAUSE = "clause", _("clause for a tender")


class LessonQuerySet(models.QuerySet["Lesson"]):
    def visible_to(self, user: User) -> "LessonQuerySet":
        """Show what is published to all; the rest to who wrote it and to advisers."""
        if user.has_role(RoleName.ADVISER):
            return self.all()
        return self.filter(Q(status=LessonStatus.PUBLISHED) | Q(proposed_by=user))

    def published(self) -> "LessonQuerySet":
        return self.filter(status=LessonStatus.PUBLISHED)


class Lesson(Recorded):
    """One lesson; who writes it does not review or publish it (R-324)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        LessonStatus.PROPOSED: frozenset({LessonStatus.REVIEWED, LessonStatus.RETURNED}),
        LessonStatus.RETURNED: frozenset({LessonStatus.PROPOSED}),
        LessonStatus.REVIEWED: frozenset(
            {LessonStatus.PUBLISHED, LessonStatus.RETURNED, LessonStatus.PROPOSED}
        ),
    }

    status = models.CharField(
        _("status"), max_length=10, choices=LessonStatus, default=LessonStatus.PROPOSED
    )
    subject = models.CharField(_("subject"), max_length=160)
    learned = models.TextField(_("what was learned"), max_length=4000)
    differently = models.TextField(_("what to do differently"), max_length=2000)
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        verbose_name=_("category"),
        related_name="+",
        null=True,
        blank=True,
    )
    pilot = models.ForeignKey(
        Pilot,
        models.PROTECT,
        verbose_name=_("pilot"),
        related_name="lessons",
        null=True,
        blank=True,
    )
    contract = models.ForeignKey(
        Contract,
        models.PROTECT,
        verbose_name=_("contract"),
        related_name="lessons",
        null=True,
        blank=True,
    )
    tender = models.ForeignKey(
        Tender,
        models.PROTECT,
        verbose_name=_("tender"),
        related_name="lessons",
        null=True,
        blank=True,
    )
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    published_at = models.DateTimeField(null=True, blank=True)
    search = searching.vector(("subject", "A"), ("learned", "B"), ("differently", "B"))

    objects: ClassVar[Any] = LessonQuerySet.as_manager()

    class Meta:
        ordering = ("-published_at", "-pk")
        verbose_name = _("lesson")
        indexes = (GinIndex(fields=("search",), name="search_of_lessons"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(pilot__isnull=False)
                | Q(contract__isnull=False)
                | Q(tender__isnull=False),
                name="lesson_is_about_something",
                violation_error_message=_("A lesson is about a pilot, a contract or a tender."),
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="lesson_reviewed_by_iff_reviewed_at",
                violation_error_message=_("A reviewed lesson says when and by whom."),
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                & ~Q(status="published")
                | Q(status="published", published_at__isnull=False, published_by__isnull=False),
                name="lesson_published_by_iff_published",
                violation_error_message=_("A published lesson says when and by whom."),
            ),
            models.CheckConstraint(
                condition=(Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("proposed_by")))
                & (Q(published_by__isnull=True) | ~Q(published_by=F("proposed_by"))),
                name="lesson_four_eyes",
                violation_error_message=_("Who wrote a lesson does not review or publish it."),
            ),
        )

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("network:lesson-detail", args=[self.pk])


class LessonChange(Recorded):
    """Something that was changed because of a lesson: which, and since which version (R-325)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="changes")
    kind = models.CharField(_("what was changed"), max_length=10, choices=ChangedKind)
    object_uuid = models.UUIDField()
    label = models.CharField(max_length=300)
    version = models.CharField(max_length=20, blank=True)
    changed_on = models.DateField(_("changed on"))

    class Meta:
        ordering = ("lesson", "changed_on", "pk")
        verbose_name = _("change because of a lesson")
        constraints = (
            models.UniqueConstraint(
                fields=("lesson", "object_uuid"),
                name="one_change_a_lesson_and_object",
                violation_error_message=_("This change stands with the lesson already."),
            ),
        )

    def __str__(self) -> str:
        return self.label
