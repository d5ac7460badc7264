"""The magazine: editions composed from examples, quotes, pilots and figures."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network.models.example import GoodExample
from network.models.pilot import Pilot
from network.models.quote import Quote
from sroi_portal.core.models import Recorded, RoleName, User


class EditionStatus(models.TextChoices):
    DRAFT = "draft", _("being made")
    COMPOSED = "composed", _("ready to publish")
    PUBLISHED = "published", _("published")


class EditionQuerySet(models.QuerySet["Edition"]):
    def visible_to(self, user: User) -> "EditionQuerySet":
        """Show what is published to all; the rest to advisers."""
        if user.has_role(RoleName.ADVISER):
            return self.all()
        return self.filter(status=EditionStatus.PUBLISHED)


class Edition(Recorded):
    """One edition; frozen when it is composed, published by another (R-338, R-339)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        EditionStatus.DRAFT: frozenset({EditionStatus.COMPOSED}),
        EditionStatus.COMPOSED: frozenset({EditionStatus.DRAFT, EditionStatus.PUBLISHED}),
    }

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    status = models.CharField(
        _("status"), max_length=9, choices=EditionStatus, default=EditionStatus.DRAFT
    )
    title = models.CharField(_("title"), max_length=90)
    foreword = models.TextField(_("foreword"), max_length=2500)
    figures = models.JSONField(_("figures"), default=list, blank=True)
    examples = models.ManyToManyField(
        GoodExample, through="network.EditionArticle", related_name="editions"
    )
    quotes = models.ManyToManyField(Quote, related_name="editions", blank=True)
    pilots = models.ManyToManyField(Pilot, related_name="editions", blank=True)
    facts = models.JSONField(null=True, blank=True)  # what is printed, frozen when it is composed
    composed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    composed_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    published_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    released_at = models.DateTimeField(null=True, blank=True)  # for everybody, without an account
    job_uuid = models.UUIDField(null=True, blank=True)  # the printing, with its progress
    pdf = models.FileField(upload_to="editions/", blank=True)

    objects: ClassVar[Any] = EditionQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.CheckConstraint(
                condition=Q(composed_at__isnull=True, composed_by__isnull=True, facts__isnull=True)
                | Q(composed_at__isnull=False, composed_by__isnull=False, facts__isnull=False),
                name="edition_composed_by_iff_composed_at",
                violation_error_message=_("A composed edition says when and by whom."),
            ),
            models.CheckConstraint(
                condition=Q(status="draft", composed_at__isnull=True)
                | ~Q(status="draft") & Q(composed_at__isnull=False),
                name="edition_is_composed_or_draft",
                violation_error_message=_("An edition is frozen when it is composed."),
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="edition_published_by_iff_published_at",
                violation_error_message=_("A published edition says when and by whom."),
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | (Q(published_at__isnull=False) & ~Q(pdf="")),
                name="published_edition_is_printed",
                violation_error_message=_("An edition is published when its PDF is there."),
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by__isnull=True)
                | Q(released_at__isnull=False, released_by__isnull=False, status="published"),
                name="edition_released_by_iff_released_at",
                violation_error_message=_(
                    "Only a published edition is for everybody; it says when and by whom."
                ),
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("composed_by")),
                name="edition_four_eyes",
                violation_error_message=_("Who composed an edition does not publish it."),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("network:edition-detail", args=[self.pk])

    @property
    def is_published(self) -> bool:
        return self.status == EditionStatus.PUBLISHED


class EditionArticle(models.Model):
    """An example in an edition, at its place."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="articles")
    example = models.ForeignKey(GoodExample, models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("edition", "place", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "example"),
                name="one_article_an_example",
                violation_error_message=_("This example stands in the edition already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.edition_id} {self.place}"
