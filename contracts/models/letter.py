"""Letters to a supplier: texts that an adviser writes, and what was sent of them, frozen."""

import hashlib
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contracts.models.contract import Contract
from contracts.models.follow_up import FollowUp
from contracts.models.settlement import Settlement
from sroi_portal.core import personal
from sroi_portal.core.models import Authority, Recorded, User
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier


class LetterKind(models.TextChoices):
    TALK = "talk", _("what was said in a talk")
    RECOVERY = "recovery", _("request for a recovery plan")
    DEFERRAL = "deferral", _("deferral")
    NOTICE = "notice", _("notice of default")
    MALUS = "malus", _("decision on a malus")
    STATEMENT = "statement", _("statement of settlement")
    DECISION = "decision", _("decision on the settlement")
    INVITATION = "invitation", _("invitation to a talk about a tender")
    SUMMARY = "summary", _("summary of a talk about a tender")


class LetterTemplateQuerySet(models.QuerySet["LetterTemplate"]):
    def current(self, authority: Authority, kind: str, language: str) -> "LetterTemplate | None":
        """Find the newest version of this authority; None where the shipped text holds."""
        own = self.filter(authority=authority, kind=kind, language=language)
        return own.order_by("-version").first()


class LetterTemplate(Recorded):
    """A version of an authority's own text; a change is a new version (R-226)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="letter_templates")
    kind = models.CharField(_("letter"), max_length=10, choices=LetterKind)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    version = models.PositiveSmallIntegerField(_("version"))
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"), max_length=8000)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    objects: ClassVar[Any] = LetterTemplateQuerySet.as_manager()

    class Meta:
        ordering = ("authority", "kind", "language", "-version")
        constraints = (
            models.UniqueConstraint(
                fields=("authority", "kind", "language", "version"),
                name="one_letter_template_a_version",
                violation_error_message=_("This version of the letter exists already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.language} {self.version}"


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, user: User) -> "LetterQuerySet":
        """Those of contracts in sight; a supplier once they were sent."""
        found = self.filter(contract__in=Contract.objects.visible_to(user))
        officials = Q(authority_id__in=[held.authority_id for held in user.roles])
        return found.filter(officials | Q(sent_on__isnull=False))


class Letter(Recorded):
    """What an authority writes to a supplier: the text never changes, and is printed from it."""

    GUARD = Guard.AUTHORITY_OR_SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ("sealed",)
    SEALED: ClassVar[tuple[str, ...]] = ("sealed",)

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="letters")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    step = models.ForeignKey(
        FollowUp, models.PROTECT, related_name="letters", null=True, blank=True
    )
    settlement = models.ForeignKey(
        Settlement, models.PROTECT, related_name="letters", null=True, blank=True
    )
    kind = models.CharField(_("letter"), max_length=10, choices=LetterKind)
    number = models.CharField(_("number"), max_length=24, unique=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    template_version = models.PositiveSmallIntegerField()  # 0: the text that comes with the portal
    layout_version = models.PositiveSmallIntegerField(default=1)
    subject = models.CharField(_("subject"), max_length=400)
    sealed = models.BinaryField()
    sha256 = models.BinaryField(max_length=32)  # of the text
    written_on = models.DateField(_("written on"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    objects: ClassVar[Any] = LetterQuerySet.as_manager()

    class Meta:
        ordering = ("-written_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True, sent_by__isnull=True)
                | Q(sent_on__isnull=False, sent_by__isnull=False),
                name="letter_sent_by_iff_sent_on",
                violation_error_message=_("A letter that was sent says when and by whom."),
            ),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True) | Q(sent_on__gte=models.F("written_on")),
                name="letter_sent_after_written",
                violation_error_message=_("A letter is sent after it was written."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("contracts:letter-detail", args=[self.pk])

    @property
    def text(self) -> str:
        return personal.unseal(bytes(self.sealed), table=self._meta.db_table, row=self.uuid)

    @text.setter
    def text(self, text: str) -> None:
        self.sealed = personal.seal(text, table=self._meta.db_table, row=self.uuid)
        self.sha256 = hashlib.sha256(text.encode()).digest()
