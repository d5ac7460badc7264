"""What a social enterprise says of itself in the directory (H01)."""

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sroi_portal.core.models import Recorded
from suppliers.models import Certificate, Offering, Supplier

AGREED_OFTEN = dt.timedelta(days=365)  # then who keeps it is asked whether it still holds


class EntryQuerySet(models.QuerySet["Entry"]):
    def shown_on(self, day: dt.date) -> "EntryQuerySet":
        """Keep who wants to be found and holds a certificate that is valid today (R-388)."""
        held = Certificate.objects.valid_on(day).filter(supplier=OuterRef("supplier"))
        going_on = self.filter(is_shown=True, supplier__merged_into=None)
        return going_on.filter(Exists(held), supplier__insolvent_on=None)

    def matching(self, words: str) -> "EntryQuerySet":
        """By part of the name, of what they say they do or of what they offer."""
        wanted = words.strip()
        offered = Offering.objects.standing().filter(supplier=OuterRef("supplier"))
        found = Q(supplier__name__icontains=wanted) | Q(about__icontains=wanted)
        return self.filter(found | Exists(offered.filter(text__icontains=wanted)))


class Entry(Recorded):
    """Kept by the supplier's own administrator; certificates stand in the register."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    supplier = models.OneToOneField(Supplier, models.PROTECT, related_name="entry")
    about = models.TextField(_("what you do, and for whom"), max_length=1500)
    mailbox = models.EmailField(_("mailbox of your organisation"), max_length=254)
    province = models.CharField(_("province"), max_length=4)
    is_shown = models.BooleanField(_("others may find us here"), default=True)
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()

    objects: ClassVar[Any] = EntryQuerySet.as_manager()

    class Meta:
        ordering = ("supplier__name", "pk")
        verbose_name_plural = "entries"
        constraints = (
            models.CheckConstraint(
                condition=Q(province__regex=r"^NL[0-9]{2}$"),
                name="entry_lies_in_a_province",
                violation_error_message=_("Choose a province."),
            ),
        )

    def __str__(self) -> str:
        return str(self.supplier)

    def get_absolute_url(self) -> str:
        return reverse("network:entry-detail", args=[self.pk])
