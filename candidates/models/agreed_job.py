"""A placement that counts for the banenafspraak too: kept beside social return, never added (R-340)."""

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from candidates.models.placement import Placement
from sroi_portal.core.models import Recorded, User
from sroi_portal.core.rights import Guard, Reach
from suppliers.models import Supplier

MOST_A_WEEK, MOST_A_MONTH = Decimal(60), Decimal(266)  # 60 hours, 31 days


class JobForm(models.TextChoices):
    """By whom somebody is employed, and under whose supervision the work is."""

    EMPLOYED = "employed", _("employed by the supplier")
    SERVICE = "service", _("works on a service that the supplier delivers")
    HIRED_IN = "hired_in", _("hired in, under supervision of the client")


class JobSector(models.TextChoices):
    GOVERNMENT = "government", _("government")
    MARKET = "market", _("market")


SECTORS = {  # who is hired in counts at the hirer, what is bought counts at the supplier
    JobForm.EMPLOYED: JobSector.MARKET,
    JobForm.SERVICE: JobSector.MARKET,
    JobForm.HIRED_IN: JobSector.GOVERNMENT,
}


class JobStatus(models.TextChoices):
    STATED = "stated", _("stated")
    CONFIRMED = "confirmed", _("checked")
    DECLINED = "declined", _("not confirmed")
    WITHDRAWN = "withdrawn", _("withdrawn")


class HoursPer(models.TextChoices):
    WEEK = "week", _("a week, from this day on")
    MONTH = "month", _("in this whole month")


class JobAccount(models.TextChoices):
    STATED = "stated", _("stated")
    CHECKED = "checked", _("checked")


class AgreedJobQuerySet(models.QuerySet["AgreedJob"]):
    def visible_to(self, user: User) -> "AgreedJobQuerySet":
        """Keep the supplier's own, and those of work that was submitted to be checked."""
        checked = Q(authority_ids__overlap=list(user.sees_contributions_of))
        return self.filter(Q(supplier_id__in=user.supplier_ids) | checked)

    def standing(self) -> "AgreedJobQuerySet":
        return self.exclude(status=JobStatus.WITHDRAWN)

    def waiting_first(self) -> "AgreedJobQuerySet":
        """Put what waits for a check first, the oldest on top."""
        waits = models.Case(models.When(status=JobStatus.STATED, then=0), default=1)
        return self.order_by(waits, "stated_at", "pk")


class AgreedJob(Recorded):
    """Says of a placement that the person is in the register of the banenafspraak.

    That is about health (GDPR, article 9): the ground is the day on which the employer portal
    answered yes, never a document.
    """

    GUARD = Guard.AUTHORITIES_OR_SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ("placement", "form", "known_on", "status")
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        JobStatus.STATED: frozenset({JobStatus.CONFIRMED, JobStatus.DECLINED, JobStatus.WITHDRAWN}),
        JobStatus.CONFIRMED: frozenset({JobStatus.DECLINED, JobStatus.WITHDRAWN, JobStatus.STATED}),
        JobStatus.DECLINED: frozenset({JobStatus.WITHDRAWN, JobStatus.STATED}),
        JobStatus.WITHDRAWN: frozenset({JobStatus.STATED}),
    }

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    authority_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    placement = models.OneToOneField(Placement, models.PROTECT, related_name="agreed_job")
    form = models.CharField(_("in what form the person works"), max_length=8, choices=JobForm)
    known_on = models.DateField(_("the employer portal answered yes on"))
    status = models.CharField(
        _("status"), max_length=9, choices=JobStatus, default=JobStatus.STATED
    )
    posted_through = models.DateField(null=True, blank=True)  # first day of the last month
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stated_at = models.DateTimeField()
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    checked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = AgreedJobQuerySet.as_manager()

    class Meta:
        ordering = ("-stated_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("stated_by")),
                name="agreed_job_four_eyes",
                violation_error_message=_("Somebody else than who stated it checks it."),
            ),
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True, checked_by__isnull=True)
                | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="agreed_job_checked_by_iff_checked_at",
                violation_error_message=_("A check says when and by whom."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=("confirmed", "declined"), checked_at__isnull=False)
                | Q(status__in=("stated", "withdrawn"), checked_at__isnull=True),
                name="agreed_job_checked_iff_decided",
                violation_error_message=_("A check says when and by whom."),
            ),
            models.CheckConstraint(
                condition=Q(posted_through__isnull=True) | Q(posted_through__day=1),
                name="agreed_job_posted_month_is_first_day",
                violation_error_message=_("An entry belongs to the first day of a month."),
            ),
        )
        indexes = (
            models.Index(fields=("supplier", "status"), name="agreed_jobs_of_a_supplier"),
            models.Index(
                fields=("posted_through",),
                condition=~Q(status="withdrawn"),
                name="agreed_jobs_to_post",
            ),
        )

    def __str__(self) -> str:
        return str(self.uuid)[:8]

    def get_absolute_url(self) -> str:
        return reverse("candidates:job-detail", args=[self.placement_id])

    @property
    def sector(self) -> JobSector:
        return SECTORS[JobForm(self.form)]


class PaidHours(models.Model):
    """Paid hours: a week from a day on until the next change, or of one whole month."""

    GUARD = Guard.AUTHORITIES_OR_SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ("starts_on", "per", "hours")

    job = models.ForeignKey(AgreedJob, models.PROTECT, related_name="paid_hours")
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    authority_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    per = models.CharField(_("these hours are"), max_length=5, choices=HoursPer)
    starts_on = models.DateField(_("from"))
    hours = models.DecimalField(_("paid hours"), max_digits=6, decimal_places=2)

    class Meta:
        ordering = ("job", "per", "starts_on")
        verbose_name_plural = "paid hours"
        constraints = (
            models.UniqueConstraint(
                fields=("job", "per", "starts_on"),
                name="one_number_of_paid_hours_a_day",
                violation_error_message=_("The paid hours already change on this day."),
            ),
            models.CheckConstraint(
                condition=Q(per="week", hours__gte=0, hours__lte=MOST_A_WEEK)
                | Q(per="month", hours__gte=0, hours__lte=MOST_A_MONTH),
                name="paid_hours_are_possible",
                violation_error_message=_(
                    "Paid hours lie between 0 and 60 a week, or 0 and 266 a month."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(per="month") | Q(starts_on__day=1),
                name="paid_month_starts_on_its_first_day",
                violation_error_message=_("A month begins on its first day."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.starts_on}: {self.hours} / {self.per}"


def _follows() -> Q:
    found = Q()
    for form, sector in SECTORS.items():
        found |= Q(form=form.value, sector=sector.value)
    return found


class JobEntry(models.Model):
    """Signed paid hours of a month; never updated or deleted, and in no sum of euros (R-343).

    The worker alone reads and writes it: one entry tells that somebody is in the register.
    """

    APPEND_ONLY = True
    REACH = Reach.WORKER
    PERSONAL: ClassVar[tuple[str, ...]] = ("form", "sector", "hours")

    source_uuid = models.UUIDField()  # of an AgreedJob; it outlives its details
    account = models.CharField(max_length=7, choices=JobAccount)
    form = models.CharField(max_length=8, choices=JobForm)
    sector = models.CharField(max_length=10, choices=JobSector)
    month = models.DateField()
    hours = models.DecimalField(max_digits=9, decimal_places=4)
    posting_no = models.PositiveIntegerField()
    posted_at = models.DateTimeField()
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, db_index=False
    )

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "job entries"
        constraints = (
            models.UniqueConstraint(
                fields=("source_uuid", "posting_no", "account", "form", "month"),
                name="one_job_entry_a_posting",
                violation_error_message=_("This was posted before."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="job_entry_month_is_first_day",
                violation_error_message=_("An entry belongs to the first day of a month."),
            ),
            models.CheckConstraint(
                condition=~Q(hours=0),
                name="job_entry_is_not_zero",
                violation_error_message=_("An entry of zero says nothing."),
            ),
            models.CheckConstraint(
                condition=_follows(),
                name="sector_follows_from_form",
                violation_error_message=_("The sector follows from the form of the work."),
            ),
        )
        indexes = (models.Index(fields=("month", "account"), name="job_entries_of_a_month"),)

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.account} {self.hours}"

    @classmethod
    def sums(cls, source_uuids: list[Any]) -> dict[Any, dict[tuple[str, str, dt.date], Decimal]]:
        """Sum what each source stands for, by account, form and month."""
        found: dict[Any, dict[tuple[str, str, dt.date], Decimal]] = {}
        rows = (
            cls.objects.filter(source_uuid__in=source_uuids)
            .values_list("source_uuid", "account", "form", "month")
            .annotate(total=models.Sum("hours"))
            .order_by()
        )
        for source, account, form, month, total in rows:
            found.setdefault(source, {})[account, form, month] = total
        return found
