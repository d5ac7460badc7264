"""How far all suppliers together are: the anonymous middle of which nobody is read (R-400)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sroi_portal.core.rights import Reach


class PeerBand(models.Model):
    """The middle half of the contracts of one category or size, in whole per cents."""

    REACH = Reach.PUBLIC
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    by = models.CharField(max_length=8)  # a dimension
    part = models.CharField(max_length=20)  # what a contract counts under in it
    month = models.DateField()  # its first day
    fulfilled_low = models.PositiveIntegerField()
    fulfilled_middle = models.PositiveIntegerField()
    fulfilled_high = models.PositiveIntegerField()
    pace_low = models.PositiveIntegerField()
    pace_middle = models.PositiveIntegerField()
    pace_high = models.PositiveIntegerField()

    class Meta:
        ordering = ("by", "part")
        constraints = (
            models.UniqueConstraint(
                fields=("by", "part"),
                name="one_band_a_part",
                violation_error_message=_("There is one band for each part."),
            ),
            models.CheckConstraint(
                condition=Q(
                    fulfilled_low__lte=F("fulfilled_middle"),
                    fulfilled_middle__lte=F("fulfilled_high"),
                    pace_low__lte=F("pace_middle"),
                    pace_middle__lte=F("pace_high"),
                ),
                name="band_is_in_order",
                violation_error_message=_("A middle lies between its quarters."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.by} {self.part} {self.month}"
