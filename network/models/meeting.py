"""Meetings of the network, and who comes (S09)."""

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.models.lesson import Lesson
from sroi_portal.core.models import Recorded, RoleName, User
from sroi_portal.core.rights import Guard

ATTENDANCE_KEPT = dt.timedelta(days=365)  # after the meeting; then who came is forgotten


class MeetingStatus(models.TextChoices):
    PROPOSED = "proposed", _("waits for an adviser")
    PLANNED = "planned", _("announced")
    DECLINED = "declined", _("not taken up")
    CANCELLED = "cancelled", _("cancelled")


ANNOUNCED = (MeetingStatus.PLANNED, MeetingStatus.CANCELLED)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: User) -> "MeetingQuerySet":
        """Show what is announced to all; a proposal to who made it and to advisers."""
        if user.has_role(RoleName.ADVISER):
            return self.all()
        own = Q(proposed_by=user) | Q(holder=user)
        return self.filter(own | Q(status__in=ANNOUNCED))

    def to_come(self, at: dt.datetime) -> "MeetingQuerySet":
        return self.filter(ends_at__gte=at).order_by("starts_at", "pk")

    def over(self, at: dt.datetime) -> "MeetingQuerySet":
        return self.filter(ends_at__lt=at).order_by("-starts_at", "-pk")


class Meeting(Recorded):
    """One meeting; an adviser announces it, others propose (R-413)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        MeetingStatus.PROPOSED: frozenset({MeetingStatus.PLANNED, MeetingStatus.DECLINED}),
        MeetingStatus.PLANNED: frozenset({MeetingStatus.CANCELLED}),
    }

    status = models.CharField(
        _("status"), max_length=9, choices=MeetingStatus, default=MeetingStatus.PROPOSED
    )
    title = models.CharField(_("title"), max_length=160)
    purpose = models.TextField(_("what for"), max_length=3000)
    for_whom = models.CharField(_("for whom"), max_length=200)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("link to take part online"), max_length=300, blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    sign_up_until = models.DateField(_("sign up until"))
    is_public = models.BooleanField(_("stands on the public timeline"), default=False)
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reminded_on = models.DateField(null=True, blank=True)
    report = models.TextField(_("what was said and agreed"), max_length=8000, blank=True)
    lessons = models.ManyToManyField(
        Lesson, verbose_name=_("lessons"), related_name="meetings", blank=True
    )
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    reported_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_at", "-pk")
        verbose_name = _("meeting of the network")
        indexes = (models.Index(fields=("starts_at",), name="meetings_by_day"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_it_begins",
                violation_error_message=_("The meeting ends before it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(place="", link=""),
                name="meeting_is_somewhere",
                violation_error_message=_(
                    "Say where it is: a place, a link to take part, or both."
                ),
            ),
            models.CheckConstraint(
                condition=Q(seats__isnull=True) | Q(seats__gte=1),
                name="meeting_has_a_seat",
                violation_error_message=_("A meeting has a seat or more, or as many as come."),
            ),
            models.CheckConstraint(
                condition=Q(reported_at__isnull=True, reported_by__isnull=True, report="")
                | Q(reported_at__isnull=False, reported_by__isnull=False) & ~Q(report=""),
                name="meeting_reported_by_iff_reported_at",
                violation_error_message=_("A report of a meeting says when and by whom."),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("network:meeting-detail", args=[self.pk])

    @property
    def day(self) -> dt.date:
        return timezone.localdate(self.starts_at)

    def is_over(self, at: dt.datetime) -> bool:
        return self.ends_at < at

    def takes_people(self, at: dt.datetime) -> bool:
        """Whether one can sign up now (R-414)."""
        is_in_time = timezone.localdate(at) <= self.sign_up_until and at < self.starts_at
        return self.status == MeetingStatus.PLANNED and is_in_time


class AttendanceStatus(models.TextChoices):
    COMING = "coming", _("comes")
    WAITING = "waiting", _("on the waiting list")
    OFF = "off", _("signed off")


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def visible_to(self, user: User) -> "AttendanceQuerySet":
        """Show one's own, and all to the holder (R-415)."""
        return self.filter(Q(user=user) | Q(meeting__holder=user))

    def in_turn(self) -> "AttendanceQuerySet":
        return self.order_by("signed_at", "pk")


class Attendance(Recorded):
    """That somebody comes, waits for a seat, or comes no longer."""

    GUARD = Guard.OF_MEETING
    PERSONAL: ClassVar[tuple[str, ...]] = ("user", "status")
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        AttendanceStatus.COMING: frozenset({AttendanceStatus.OFF}),
        AttendanceStatus.WAITING: frozenset({AttendanceStatus.COMING, AttendanceStatus.OFF}),
        AttendanceStatus.OFF: frozenset({AttendanceStatus.COMING, AttendanceStatus.WAITING}),
    }

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    status = models.CharField(
        _("status"), max_length=7, choices=AttendanceStatus, default=AttendanceStatus.OFF
    )
    signed_at = models.DateTimeField()

    objects: ClassVar[Any] = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ("meeting", "signed_at", "pk")
        verbose_name = _("attendance")
        constraints = (
            models.UniqueConstraint(
                fields=("meeting", "user"),
                name="one_attendance_a_person",
                violation_error_message=_("You are signed up for this meeting already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.user_id}"
