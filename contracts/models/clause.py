"""The library of clauses and texts, and what was copied from it into a tender (A11)."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from contracts.models.contract import LegalForm, Regime
from contracts.models.dialogue import Conclusion
from contracts.models.tender import Lot, Tender
from sroi_portal.core.models import Authority, Recorded, RoleName, User
from sroi_portal.core.rights import Guard

EDITING = (RoleName.ADVISER, RoleName.AUDITOR)


class ClauseKind(models.TextChoices):
    CLAUSE = "clause", _("clause")
    TEMPLATE = "template", _("text for tender documents")


class ClauseStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    PROPOSED = "proposed", _("waits for a second adviser")
    PUBLISHED = "published", _("published")
    SUPERSEDED = "superseded", _("replaced by a newer version")
    WITHDRAWN = "withdrawn", _("withdrawn")


OPEN_CLAUSES = (ClauseStatus.DRAFT, ClauseStatus.PROPOSED)


class ClauseQuerySet(models.QuerySet["Clause"]):
    def visible_to(self, user: User) -> "ClauseQuerySet":
        """Open to who works for an authority; what is not published yet to advisers."""
        if not user.roles:
            return self.none()
        if user.authorities_with(*EDITING):
            return self
        return self.exclude(status__in=OPEN_CLAUSES)

    def matching(self, words: str) -> "ClauseQuerySet":
        names = ("title_nl", "title_en", "text_nl", "text_en", "note")
        wanted = Q(code__icontains=words)
        for name in names:
            wanted |= Q(**{f"{name}__icontains": words})
        return self.filter(wanted)

    def published(self) -> "ClauseQuerySet":
        return self.filter(status=ClauseStatus.PUBLISHED)


class Clause(Recorded):
    """One version of a text; published by two advisers, then never changed (R-367)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        ClauseStatus.DRAFT: frozenset({ClauseStatus.PROPOSED}),
        ClauseStatus.PROPOSED: frozenset({ClauseStatus.DRAFT, ClauseStatus.PUBLISHED}),
        ClauseStatus.PUBLISHED: frozenset({ClauseStatus.SUPERSEDED, ClauseStatus.WITHDRAWN}),
    }

    code = models.SlugField(_("code"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"))
    kind = models.CharField(_("kind"), max_length=10, choices=ClauseKind)
    title_nl = models.CharField(_("title in Dutch"), max_length=160)
    title_en = models.CharField(_("title in English"), max_length=160)
    text_nl = models.TextField(_("text in Dutch"), max_length=8000)
    text_en = models.TextField(_("text in English"), max_length=8000)
    note = models.TextField(_("when to use it"), max_length=2000, blank=True)
    legal_form = models.CharField(_("legal form"), max_length=12, choices=LegalForm, blank=True)
    regime = models.CharField(_("way of working"), max_length=10, choices=Regime, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=ClauseStatus, default=ClauseStatus.DRAFT
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    proposed_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = ClauseQuerySet.as_manager()

    class Meta:
        ordering = ("code", "-version")
        constraints = (
            models.UniqueConstraint(
                fields=("code", "version"),
                name="one_clause_a_version",
                violation_error_message=_("This version of the text exists already."),
            ),
            models.UniqueConstraint(
                fields=("code",),
                condition=Q(status="published"),
                name="one_published_clause_a_code",
                violation_error_message=_("Another version of this text is published."),
            ),
            models.UniqueConstraint(
                fields=("code",),
                condition=Q(status__in=("draft", "proposed")),
                name="one_open_clause_a_code",
                violation_error_message=_("A version of this text is open already: go on with it."),
            ),
            models.CheckConstraint(
                condition=Q(proposed_by__isnull=True, proposed_at__isnull=True)
                | Q(proposed_by__isnull=False, proposed_at__isnull=False),
                name="clause_proposed_by_iff_proposed_at",
                violation_error_message=_("A proposed text says when and by whom."),
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=("draft", "proposed"),
                    approved_by__isnull=True,
                    approved_at__isnull=True,
                )
                | Q(
                    status__in=("published", "superseded", "withdrawn"),
                    approved_by__isnull=False,
                    approved_at__isnull=False,
                ),
                name="clause_approved_by_iff_published",
                violation_error_message=_("A published text says when and by whom."),
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="clause_four_eyes",
                violation_error_message=_("Somebody else than the proposer approves a text."),
            ),
        )

    def __str__(self) -> str:
        return self.title_en if get_language() == "en" else self.title_nl

    def get_absolute_url(self) -> str:
        return reverse("contracts:clause-detail", args=[self.pk])

    def in_language(self, language: str) -> tuple[str, str]:
        """Give title and text."""
        is_english = language == "en"
        return (self.title_en, self.text_en) if is_english else (self.title_nl, self.text_nl)


class TenderClause(Recorded):
    """A text as it was copied into a tender; a newer version does not change it (R-368)."""

    GUARD = Guard.AUTHORITY
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="clauses")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="copies")
    lot = models.ForeignKey(
        Lot, models.PROTECT, verbose_name=_("lot"), related_name="+", null=True, blank=True
    )
    follows_from = models.ForeignKey(
        Conclusion,
        models.PROTECT,
        verbose_name=_("this follows from"),
        related_name="clauses",
        null=True,
        blank=True,
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    title = models.CharField(max_length=160)
    text = models.TextField(max_length=8000)
    copied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    copied_at = models.DateTimeField()
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("tender", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("tender", "lot", "clause", "language"),
                condition=Q(removed_at__isnull=True),
                nulls_distinct=False,
                name="one_copy_a_tender_or_lot",
                violation_error_message=_("This text stands in the tender already."),
            ),
            models.CheckConstraint(
                condition=Q(removed_by__isnull=True, removed_at__isnull=True)
                | Q(removed_by__isnull=False, removed_at__isnull=False),
                name="copy_removed_by_iff_removed_at",
                violation_error_message=_("A text that was taken out says when and by whom."),
            ),
        )

    def __str__(self) -> str:
        return self.title
