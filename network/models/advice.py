"""The advice team: questions with a clock, and answers that serve whoever asks next."""

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contracts.models import Category, Contract, Tender
from network import searching
from sroi_portal.core.models import Recorded, RoleName, User
from sroi_portal.core.rights import Guard

ANSWERED_WITHIN = 5  # working days


class AnswerStatus(models.TextChoices):
    PROPOSED = "proposed", _("waits for another adviser")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class AdviceAnswerQuerySet(models.QuerySet["AdviceAnswer"]):
    def visible_to(self, user: User) -> "AdviceAnswerQuerySet":
        if user.has_role(RoleName.ADVISER):
            return self.all()
        return self.published()

    def published(self) -> "AdviceAnswerQuerySet":
        return self.filter(status=AnswerStatus.PUBLISHED)

    def to_review_by(self, user: User) -> "AdviceAnswerQuerySet":
        return self.filter(status=AnswerStatus.PROPOSED).exclude(written_by=user)


class AdviceAnswer(Recorded):
    """An answer in general words that everybody can find; two advisers stand for it (R-391)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        AnswerStatus.PROPOSED: frozenset({AnswerStatus.PUBLISHED, AnswerStatus.WITHDRAWN}),
        AnswerStatus.PUBLISHED: frozenset({AnswerStatus.PROPOSED, AnswerStatus.WITHDRAWN}),
        AnswerStatus.WITHDRAWN: frozenset({AnswerStatus.PROPOSED}),
    }

    status = models.CharField(
        _("status"), max_length=10, choices=AnswerStatus, default=AnswerStatus.PROPOSED
    )
    title = models.CharField(_("question in general words"), max_length=200)
    text = models.TextField(_("answer"), max_length=6000)
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        verbose_name=_("category"),
        related_name="+",
        null=True,
        blank=True,
    )
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    published_at = models.DateTimeField(null=True, blank=True)
    search = searching.vector(("title", "A"), ("text", "B"))

    objects: ClassVar[Any] = AdviceAnswerQuerySet.as_manager()

    class Meta:
        ordering = ("-written_at", "-pk")
        verbose_name = _("answer of the advice team")
        indexes = (GinIndex(fields=("search",), name="search_of_answers"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(status="published", published_at__isnull=False)
                & Q(published_by__isnull=False)
                | ~Q(status="published") & Q(published_at__isnull=True, published_by__isnull=True),
                name="answer_published_iff_by_somebody",
                violation_error_message=_("A published answer says when and by whom."),
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("written_by")),
                name="answer_four_eyes",
                violation_error_message=_("Who wrote an answer does not publish it."),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("network:answer-detail", args=[self.pk])


class AdviceStatus(models.TextChoices):
    ASKED = "asked", _("waits for an adviser")
    TAKEN = "taken", _("an adviser works on it")
    ANSWERED = "answered", _("answered")
    WITHDRAWN = "withdrawn", _("no longer asked")


WAITING = (AdviceStatus.ASKED, AdviceStatus.TAKEN)


class AdviceQuestionQuerySet(models.QuerySet["AdviceQuestion"]):
    def visible_to(self, user: User) -> "AdviceQuestionQuerySet":
        """Keep one's own questions; advisers read all (R-392)."""
        return self.all() if user.has_role(RoleName.ADVISER) else self.filter(asked_by=user)

    def waiting(self) -> "AdviceQuestionQuerySet":
        return self.filter(status__in=WAITING).order_by("due_on", "pk")

    def overdue(self, today: dt.date) -> "AdviceQuestionQuerySet":
        return self.waiting().filter(due_on__lt=today)


class AdviceQuestion(Recorded):
    """One question; what is said back and forth is sealed beside its events (R-392)."""

    GUARD = Guard.ASKER_OR_EDITOR
    PERSONAL: ClassVar[tuple[str, ...]] = ()
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        AdviceStatus.ASKED: frozenset(
            {AdviceStatus.TAKEN, AdviceStatus.ANSWERED, AdviceStatus.WITHDRAWN}
        ),
        AdviceStatus.TAKEN: frozenset(
            {AdviceStatus.ASKED, AdviceStatus.ANSWERED, AdviceStatus.WITHDRAWN}
        ),
        AdviceStatus.ANSWERED: frozenset({AdviceStatus.ASKED}),
        AdviceStatus.WITHDRAWN: frozenset({AdviceStatus.ASKED}),
    }

    status = models.CharField(
        _("status"), max_length=10, choices=AdviceStatus, default=AdviceStatus.ASKED
    )
    subject = models.CharField(_("subject"), max_length=200)
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        verbose_name=_("category"),
        related_name="+",
        null=True,
        blank=True,
    )
    contract = models.ForeignKey(
        Contract, models.PROTECT, related_name="advice_questions", null=True, blank=True
    )
    tender = models.ForeignKey(
        Tender, models.PROTECT, related_name="advice_questions", null=True, blank=True
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()  # the last time
    due_on = models.DateField(_("answered at the latest on"))
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    known_answer = models.ForeignKey(
        AdviceAnswer,
        models.PROTECT,
        verbose_name=_("answer that stands already"),
        related_name="questions",
        null=True,
        blank=True,
    )
    reminded_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = AdviceQuestionQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        verbose_name = _("question to the advice team")
        indexes = (
            models.Index(
                fields=("due_on",),
                condition=Q(status__in=("asked", "taken")),
                name="advice_that_waits",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(status="answered", answered_at__isnull=False)
                & Q(answered_by__isnull=False)
                | ~Q(status="answered") & Q(answered_at__isnull=True, answered_by__isnull=True),
                name="advice_answered_iff_by_somebody",
                violation_error_message=_("An answered question says by whom and when."),
            ),
            models.CheckConstraint(
                condition=~Q(status="taken") | Q(assigned_to__isnull=False),
                name="advice_is_taken_by_somebody",
                violation_error_message=_("Say who works on the question."),
            ),
            models.CheckConstraint(
                condition=Q(contract__isnull=True) | Q(tender__isnull=True),
                name="advice_about_one_thing",
                violation_error_message=_("A question is about a tender or a contract, not both."),
            ),
        )

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("network:question-detail", args=[self.pk])
