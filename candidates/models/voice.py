"""What the person says at week 6, month 3 and month 12, and who may read it (N27, S19, R-373)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from candidates.models.personal_link import PersonalLink
from candidates.models.placement import Placement
from sroi_portal.core import personal
from sroi_portal.core.models import Authority, Recorded, User
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier


class Moment(models.TextChoices):
    WEEK_6 = "week_6", _("after 6 weeks")
    MONTH_3 = "month_3", _("after 3 months")
    MONTH_12 = "month_12", _("after 12 months")


class VoiceQuestion(models.TextChoices):
    GOING = "going", _("How is it going at work?")
    LEARNING = "learning", _("Do you learn something, or do you get support?")
    STAYING = "staying", _("Do you want to go on working here?")


class VoiceAnswer(models.TextChoices):
    YES = "yes", _("yes, well")
    PARTLY = "partly", _("partly, or not known")
    NO = "no", _("no, not well")


MEANING = {  # what an answer says to its question, in the words that the person chose
    (VoiceQuestion.GOING, VoiceAnswer.YES): _("well"),
    (VoiceQuestion.GOING, VoiceAnswer.PARTLY): _("so-so"),
    (VoiceQuestion.GOING, VoiceAnswer.NO): _("not well"),
    (VoiceQuestion.LEARNING, VoiceAnswer.YES): _("yes"),
    (VoiceQuestion.LEARNING, VoiceAnswer.PARTLY): _("a little"),
    (VoiceQuestion.LEARNING, VoiceAnswer.NO): _("no"),
    (VoiceQuestion.STAYING, VoiceAnswer.YES): _("yes"),
    (VoiceQuestion.STAYING, VoiceAnswer.PARTLY): _("the person does not know"),
    (VoiceQuestion.STAYING, VoiceAnswer.NO): _("no"),
}


class VoiceQuerySet(models.QuerySet["Voice"]):
    def visible_to(self, user: User) -> "VoiceQuerySet":
        """Keep what the person lets the employer read; officials see none of them."""
        return self.filter(supplier_id__in=user.supplier_ids, is_for_employer=True)

    def quotable(self) -> "VoiceQuerySet":
        """Keep words that may be quoted as of now; a withdrawn permission is none."""
        return self.filter(quotable_at__isnull=False, withdrawn_at__isnull=True)


class Voice(Recorded):
    """An answer to one question at one moment, with what is permitted of it.

    Once the details are removed only words that may be quoted stay, of nobody in particular.
    """

    GUARD = Guard.PERMITTED
    LINK_GUARD = Guard.OF_LINK
    PERSONAL: ClassVar[tuple[str, ...]] = ("link", "placement", "answer", "words_sealed")
    SEALED: ClassVar[tuple[str, ...]] = ("words_sealed",)

    link = models.ForeignKey(
        PersonalLink, models.PROTECT, related_name="voices", null=True, blank=True
    )
    placement = models.ForeignKey(
        Placement, models.PROTECT, related_name="voices", null=True, blank=True
    )
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    moment = models.CharField(max_length=10, choices=Moment)
    question = models.CharField(max_length=10, choices=VoiceQuestion)
    answer = models.CharField(max_length=10, choices=VoiceAnswer)
    words_sealed = models.BinaryField(default=b"", blank=True)
    said_at = models.DateTimeField()
    is_for_employer = models.BooleanField(default=False)
    quotable_at = models.DateTimeField(null=True, blank=True)  # since when it may be quoted
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # and until when

    objects: ClassVar[Any] = VoiceQuerySet.as_manager()

    class Meta:
        ordering = ("said_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("link", "placement", "moment", "question"),
                name="one_answer_a_question",
                violation_error_message=_("This question was answered already."),
            ),
            models.CheckConstraint(
                condition=Q(quotable_at__isnull=True) | ~Q(words_sealed=b""),
                name="only_words_are_quoted",
                violation_error_message=_("Only words can be quoted."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(quotable_at__lte=F("withdrawn_at")),
                name="quote_withdrawn_after_permission",
                violation_error_message=_("Only a permission that was given is withdrawn."),
            ),
            models.CheckConstraint(
                condition=Q(link__isnull=False, placement__isnull=False)
                | Q(
                    link__isnull=True,
                    placement__isnull=True,
                    is_for_employer=False,
                    quotable_at__isnull=False,
                    withdrawn_at__isnull=True,
                ),
                name="voice_of_nobody_is_quotable",
                violation_error_message=_("Only words that may be quoted stay without a person."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.moment} {self.question}"

    @property
    def answer_label(self) -> str:
        return str(MEANING[VoiceQuestion(self.question), VoiceAnswer(self.answer)])

    @property
    def words(self) -> str:
        if not self.words_sealed:
            return ""
        sealed = bytes(self.words_sealed)
        return personal.unseal(sealed, table=self._meta.db_table, row=self.uuid)

    @words.setter
    def words(self, text: str) -> None:
        table = self._meta.db_table
        self.words_sealed = personal.seal(text, table=table, row=self.uuid) if text else b""

    @property
    def is_quotable(self) -> bool:
        return self.quotable_at is not None and self.withdrawn_at is None
