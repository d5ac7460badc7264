"""Who is away, and who stands in: for one role at one authority, from day to day."""

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from sroi_portal.core.models.authority import Authority, RoleName
from sroi_portal.core.models.base import Recorded

REPLACED_ROLES = (RoleName.OFFICER, RoleName.MANAGER, RoleName.COORDINATOR)


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def standing(self) -> "AbsenceQuerySet":
        return self.filter(withdrawn_at__isnull=True)

    def on(self, day: dt.date) -> "AbsenceQuerySet":
        """Keep those that hold on a day, both ends included."""
        return self.standing().filter(starts_on__lte=day, ends_on__gte=day)


class Absence(Recorded):
    """Somebody is away; a colleague with the same role there may do the work (R-250)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="absences")
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("who stands in"),
        related_name="stands_in_for",
    )
    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("organisation"), related_name="+"
    )
    role = models.CharField(_("role"), max_length=16, choices=RoleName)
    starts_on = models.DateField(_("first day away"))
    ends_on = models.DateField(_("last day away"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="absence_ends_after_start",
                violation_error_message=_("The last day away lies before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(deputy=F("user")),
                name="nobody_stands_in_for_oneself",
                violation_error_message=_("Choose a colleague to stand in."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="absence_withdrawn_by_iff_withdrawn_at",
                violation_error_message=_("An absence that is taken back says when and by whom."),
            ),
            ExclusionConstraint(
                name="one_deputy_a_day",
                expressions=[
                    (F("user"), RangeOperators.EQUAL),
                    (F("authority"), RangeOperators.EQUAL),
                    (F("role"), RangeOperators.EQUAL),
                    (
                        Func(F("starts_on"), F("ends_on"), Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message=_("Somebody already stands in on one of these days."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.authority}"
