"""The timeline of the way of working: what is typed, and what everybody reads (S07)."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from network.models.pilot import Pilot
from sroi_portal.core.models import Recorded, User
from sroi_portal.core.rights import Reach


class MilestoneStatus(models.TextChoices):
    PROPOSED = "proposed", _("waits for another adviser")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("taken away")


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    def published(self) -> "MilestoneQuerySet":
        return self.filter(status=MilestoneStatus.PUBLISHED)

    def to_review_by(self, user: User) -> "MilestoneQuerySet":
        return self.filter(status=MilestoneStatus.PROPOSED).exclude(written_by=user)


class Milestone(Recorded):
    """A moment that an adviser writes down; another one publishes it (R-416)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        MilestoneStatus.PROPOSED: frozenset({MilestoneStatus.PUBLISHED, MilestoneStatus.WITHDRAWN}),
        MilestoneStatus.PUBLISHED: frozenset({MilestoneStatus.PROPOSED, MilestoneStatus.WITHDRAWN}),
        MilestoneStatus.WITHDRAWN: frozenset({MilestoneStatus.PROPOSED}),
    }

    status = models.CharField(
        _("status"), max_length=9, choices=MilestoneStatus, default=MilestoneStatus.PROPOSED
    )
    on = models.DateField(_("day"))
    title = models.CharField(_("title"), max_length=160)
    words = models.TextField(_("what happened"), max_length=1500)
    link = models.URLField(_("link to read more"), max_length=300, blank=True)
    pilot = models.ForeignKey(
        Pilot, models.PROTECT, related_name="milestones", null=True, blank=True
    )  # whose end it tells
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    published_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = MilestoneQuerySet.as_manager()

    class Meta:
        ordering = ("-on", "-pk")
        verbose_name = _("milestone")
        constraints = (
            models.CheckConstraint(
                condition=Q(status="published", published_at__isnull=False)
                & Q(published_by__isnull=False)
                | ~Q(status="published") & Q(published_at__isnull=True, published_by__isnull=True),
                name="milestone_published_iff_by_somebody",
                violation_error_message=_("A published milestone says when and by whom."),
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("written_by")),
                name="milestone_four_eyes",
                violation_error_message=_("Who wrote a milestone does not publish it."),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("network:milestone-detail", args=[self.pk])


class MomentKind(models.TextChoices):
    MILESTONE = "milestone", _("milestone")
    MEETING = "meeting", _("meeting")
    PILOT_BEGUN = "begun", _("pilot begun")
    PILOT_ENDED = "ended", _("pilot finished")
    EDITION = "edition", _("magazine")
    EXAMPLE = "example", _("good example")
    FIGURES = "figures", _("figures")


class TimelineMoment(models.Model):
    """One moment as everybody reads it; the worker's role writes it, the public reads it (R-417)."""

    REACH = Reach.PUBLIC
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    key = models.CharField(max_length=80, unique=True)  # of what it tells
    kind = models.CharField(max_length=9, choices=MomentKind)
    on = models.DateField()
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)  # where it is ours to say
    words = models.TextField(blank=True)
    address = models.CharField(max_length=300, blank=True)
    is_open = models.BooleanField(default=False)  # the address, for everybody

    class Meta:
        ordering = ("-on", "-pk")

    def __str__(self) -> str:
        return self.key
