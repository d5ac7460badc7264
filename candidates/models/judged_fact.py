"""What the person says of a recorded fact: right, or not right with a word (C12, R-372)."""

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from candidates.models.personal_link import PersonalLink
from candidates.models.placement import Placement
from sroi_portal.core import personal
from sroi_portal.core.models import Recorded, User
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier


class Fact(models.TextChoices):
    PERIOD = "period", _("period of the work")
    HOURS = "hours", _("hours a week")
    FORM = "form", _("kind of contract")
    GROUP = "group", _("group for which the work counts")
    PARTIES = "parties", _("employer, contract and authority")
    OTHER = "other", _("something else")


class JudgementStatus(models.TextChoices):
    RIGHT = "right", _("right")
    WRONG = "wrong", _("not right: waits for an answer")
    ANSWERED = "answered", _("answered")
    REPLACED = "replaced", _("said anew later")


class JudgedFactQuerySet(models.QuerySet["JudgedFact"]):
    def visible_to(self, user: User) -> "JudgedFactQuerySet":
        """Keep what is not right, for the firm and its checkers: what is right is nobody's task."""
        checked = Q(authority_ids__overlap=list(user.sees_contributions_of))
        mine = self.filter(Q(supplier_id__in=user.supplier_ids) | checked)
        return mine.filter(status__in=(JudgementStatus.WRONG, JudgementStatus.ANSWERED))

    def waiting(self) -> "JudgedFactQuerySet":
        return self.filter(status=JudgementStatus.WRONG)

    def standing(self) -> "JudgedFactQuerySet":
        return self.exclude(status=JudgementStatus.REPLACED)


class JudgedFact(Recorded):
    """One answer about one fact of a placement; words are sealed and go with the details."""

    GUARD = Guard.AUTHORITIES_OR_SUPPLIER
    LINK_GUARD = Guard.OF_LINK
    PERSONAL: ClassVar[tuple[str, ...]] = (
        "placement",
        "fact",
        "status",
        "words_sealed",
        "reply_sealed",
    )
    SEALED: ClassVar[tuple[str, ...]] = ("words_sealed", "reply_sealed")
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        JudgementStatus.RIGHT: frozenset({JudgementStatus.REPLACED}),
        JudgementStatus.WRONG: frozenset({JudgementStatus.ANSWERED, JudgementStatus.REPLACED}),
        JudgementStatus.ANSWERED: frozenset({JudgementStatus.REPLACED}),
    }

    link = models.ForeignKey(PersonalLink, models.PROTECT, related_name="judged_facts")
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="judged_facts")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    authority_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    fact = models.CharField(_("about"), max_length=10, choices=Fact)
    status = models.CharField(_("status"), max_length=10, choices=JudgementStatus)
    words_sealed = models.BinaryField(default=b"", blank=True)
    judged_at = models.DateTimeField()
    due_on = models.DateField(_("answer before"), null=True, blank=True)
    reply_sealed = models.BinaryField(default=b"", blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    objects: ClassVar[Any] = JudgedFactQuerySet.as_manager()

    class Meta:
        ordering = ("-judged_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("link", "placement", "fact"),
                condition=~Q(status="replaced"),
                name="one_judgement_a_fact",
                violation_error_message=_("This was answered already."),
            ),
            models.CheckConstraint(
                condition=~Q(status="wrong") | Q(due_on__isnull=False) & ~Q(words_sealed=b""),
                name="wrong_fact_has_words_and_a_day",
                violation_error_message=_("What is not right has a word and a last day."),
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, reply_sealed=b"")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(reply_sealed=b""),
                name="answered_by_iff_answered_at",
                violation_error_message=_("An answer says what, when and by whom."),
            ),
            models.CheckConstraint(
                condition=~Q(status="answered") | Q(answered_at__isnull=False),
                name="answered_fact_says_when",
                violation_error_message=_("An answer says what, when and by whom."),
            ),
        )
        indexes = (models.Index(fields=("supplier", "status", "due_on"), name="facts_to_answer"),)

    def __str__(self) -> str:
        return f"{self.placement} {self.fact} {self.status}"

    def get_absolute_url(self) -> str:
        return reverse("candidates:fact-answer", args=[self.pk])

    def is_late(self, today: dt.date) -> bool:
        return self.status == JudgementStatus.WRONG and bool(self.due_on and self.due_on < today)

    @property
    def words(self) -> str:
        return self._opened(self.words_sealed)

    @words.setter
    def words(self, text: str) -> None:
        self.words_sealed = self._closed(text)

    @property
    def reply(self) -> str:
        return self._opened(self.reply_sealed)

    @reply.setter
    def reply(self, text: str) -> None:
        self.reply_sealed = self._closed(text)

    def _opened(self, sealed: bytes | memoryview) -> str:
        if not sealed:
            return ""
        return personal.unseal(bytes(sealed), table=self._meta.db_table, row=self.uuid)

    def _closed(self, text: str) -> bytes:
        return personal.seal(text, table=self._meta.db_table, row=self.uuid) if text else b""
