"""A report that is issued every quarter, to the same readers."""

from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contracts.models import Category, Contract
from reports.models.report import ABOUT, Definition
from sroi_portal.core.models import Authority, Recorded, User
from sroi_portal.core.models.authority import CONTRACT_ROLES
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier

QUARTERLY = tuple(each for each in Definition if "year" not in ABOUT[each])  # a year is issued once
SUBJECTS = ("contract", "supplier", "category")


def _about(definition: Definition) -> Q:
    filled = {f"{name}__isnull": name not in ABOUT[definition] for name in SUBJECTS}
    return Q(definition=definition.value, **filled)


class ScheduleStatus(models.TextChoices):
    RUNNING = "running", _("every quarter")
    PAUSED = "paused", _("paused: who set it no longer issues this report")
    STOPPED = "stopped", _("stopped")


class ReportScheduleQuerySet(models.QuerySet["ReportSchedule"]):
    def visible_to(self, user: User) -> "ReportScheduleQuerySet":
        """Those of which one works for every authority."""
        authorities = list(user.authorities_with(*CONTRACT_ROLES))
        return self.filter(
            authority_id__in=authorities, other_authority_ids__contained_by=authorities
        )


class ReportSchedule(Recorded):
    """Which report is issued after each quarter, by whom and for which readers (R-292)."""

    GUARD = Guard.AUTHORITY
    PERSONAL: ClassVar[tuple[str, ...]] = ()
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        ScheduleStatus.RUNNING: frozenset({ScheduleStatus.PAUSED, ScheduleStatus.STOPPED}),
        ScheduleStatus.PAUSED: frozenset({ScheduleStatus.RUNNING, ScheduleStatus.STOPPED}),
    }

    definition = models.CharField(
        _("kind of report"), max_length=12, choices=[(each.value, each.label) for each in QUARTERLY]
    )
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="nl")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="report_schedules")
    other_authority_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    supplier = models.ForeignKey(
        Supplier, models.PROTECT, related_name="report_schedules", null=True, blank=True
    )
    contract = models.ForeignKey(
        Contract, models.PROTECT, related_name="report_schedules", null=True, blank=True
    )
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="report_schedules", null=True, blank=True
    )
    reader_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    status = models.CharField(
        _("status"), max_length=8, choices=ScheduleStatus, default=ScheduleStatus.RUNNING
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    failed_at = models.DateTimeField(null=True, blank=True)  # until it is issued after all

    objects: ClassVar[Any] = ReportScheduleQuerySet.as_manager()

    class Meta:
        ordering = ("-set_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=reduce(or_, map(_about, QUARTERLY)),
                name="schedule_says_what_it_is_about",
                violation_error_message=_("Say what the report is about."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_definition_display()}: {self.about}"

    def get_absolute_url(self) -> str:
        return reverse("reports:schedule-list")

    @property
    def authority_ids(self) -> list[int]:
        return [self.authority_id, *self.other_authority_ids]

    @property
    def about(self) -> str:
        return str(self.contract or self.category or self.supplier or self.authority)
