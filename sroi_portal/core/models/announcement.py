"""What an administrator tells everybody for some days (I07)."""

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sroi_portal.core.models.authority import TEXT_ROLES, Authority
from sroi_portal.core.models.base import Recorded
from sroi_portal.core.models.user import User


class Audience(models.TextChoices):
    EVERYBODY = "everybody", _("colleagues and suppliers")
    OFFICIALS = "officials", _("colleagues of the authority")
    SUPPLIERS = "suppliers", _("suppliers with a contract of the authority")


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def written_for(self, user: User) -> "AnnouncementQuerySet":
        """Keep those of the authorities that this person administers."""
        return self.filter(authority_id__in=user.authorities_with(*TEXT_ROLES))

    def meant_for(self, user: User) -> "AnnouncementQuerySet":
        """Keep those of one's own authorities, and of those that one's supplier works for."""
        own = {held.authority_id for held in user.roles}
        meant = Q(audience__in=(Audience.EVERYBODY, Audience.OFFICIALS), authority__in=own)
        if user.supplier_ids:
            clients = Authority.objects.filter(contracts__supplier__in=user.supplier_ids)
            to_suppliers = (Audience.EVERYBODY, Audience.SUPPLIERS)
            meant |= Q(audience__in=to_suppliers, authority__in=clients.values("pk"))
        return self.filter(meant)

    def shown_to(self, user: User, day: dt.date) -> "AnnouncementQuerySet":
        """Keep what this person should read on a day."""
        found = self.meant_for(user).filter(starts_on__lte=day, ends_on__gte=day)
        return found.exclude(dismissals__user=user).select_related("authority")


class Announcement(Recorded):
    """A text in two languages, from day to day, for colleagues, suppliers or both (R-248)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("organisation"), related_name="announcements"
    )
    audience = models.CharField(
        _("for whom"), max_length=10, choices=Audience, default=Audience.EVERYBODY
    )
    text_nl = models.TextField(_("text in Dutch"), max_length=600)
    text_en = models.TextField(_("text in English"), max_length=600)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects: ClassVar[Any] = AnnouncementQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="announcement_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(text_nl="") & ~Q(text_en=""),
                name="announcement_has_both_languages",
                violation_error_message=_("Write the text in Dutch and in English."),
            ),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return self.text_nl if (get_language() or "nl").startswith("nl") else self.text_en


class Dismissal(models.Model):
    """A person has read an announcement and does not want to see it any more."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    announcement = models.ForeignKey(Announcement, models.PROTECT, related_name="dismissals")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dismissed_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("announcement", "user"),
                name="one_dismissal_a_person",
                violation_error_message=_("You have read this already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.announcement_id} {self.user_id}"
