"""How each person wants to hear of things, and what waits for the weekly mail (F04)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeKind(models.TextChoices):
    """What is not here is always mailed at once: sign-in links, invitations, rejections, letters."""

    DECISION = "decision", _("Decisions about what was submitted")
    CONTRACT = "contract", _("Changes of a contract: obligation, goals, plan, turnover")
    REMINDER = "reminder", _("Reminders of what is due")
    WORK = "work", _("Work that is given to you")
    NETWORK = "network", _("Pilots, lessons and what gets stuck")


class NoticeWay(models.TextChoices):
    AT_ONCE = "at_once", _("at once, by mail")
    WEEKLY = "weekly", _("in one mail a week")
    NEVER = "never", _("not by mail; I look in the portal")


class NoticeChoice(models.Model):
    """What a person chose for one kind of notice; nothing chosen is: at once."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=10, choices=NoticeKind)
    way = models.CharField(max_length=8, choices=NoticeWay)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("user", "kind"),
                name="one_choice_a_kind_of_notice",
                violation_error_message=_("There is one choice for each kind of notice."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.way}"


class WaitingNotice(models.Model):
    """A line for the weekly mail; it is dropped when its object has moved on (F03)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="waiting_notices"
    )
    kind = models.CharField(max_length=10, choices=NoticeKind)
    subject = models.CharField(max_length=200)
    path = models.CharField(max_length=200, blank=True)
    object_kind = models.CharField(max_length=60, blank=True)
    object_uuid = models.UUIDField(null=True)
    status = models.CharField(max_length=20, blank=True)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(object_kind="", object_uuid__isnull=True)
                | (~models.Q(object_kind="") & models.Q(object_uuid__isnull=False)),
                name="waiting_notice_names_its_object_whole",
                violation_error_message=_("A notice names both the kind and the number."),
            ),
        )

    def __str__(self) -> str:
        return self.subject
