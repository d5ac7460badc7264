"""What reporting asks of suppliers and checkers, for everybody to read (N24)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sroi_portal.core.rights import Reach

FEWEST = 10  # submissions or decisions behind a figure


class BurdenQuarter(models.Model):
    """Middle values over all authorities of a quarter that is over (R-310); published once."""

    APPEND_ONLY = True
    REACH = Reach.PUBLIC
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    starts_on = models.DateField(unique=True)
    ends_on = models.DateField()
    submitted_count = models.PositiveIntegerField(null=True)  # none: too few to say
    minutes = models.DecimalField(max_digits=12, decimal_places=1, null=True)
    decided_count = models.PositiveIntegerField(null=True)
    returned_pct = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    days = models.DecimalField(max_digits=8, decimal_places=1, null=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-starts_on",)
        constraints = (
            models.CheckConstraint(
                condition=Q(submitted_count__isnull=True, minutes__isnull=True)
                | Q(
                    submitted_count__isnull=False,
                    submitted_count__gte=FEWEST,
                    minutes__isnull=False,
                ),
                name="minutes_are_of_ten_submissions",
                violation_error_message=_("Minutes stand on at least ten submissions."),
            ),
            models.CheckConstraint(
                condition=Q(
                    decided_count__isnull=True, returned_pct__isnull=True, days__isnull=True
                )
                | Q(
                    decided_count__isnull=False,
                    decided_count__gte=FEWEST,
                    returned_pct__isnull=False,
                    days__isnull=False,
                ),
                name="days_are_of_ten_decisions",
                violation_error_message=_("Days and returns stand on at least ten decisions."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on__lte=models.F("ends_on")),
                name="burden_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.starts_on}"
