"""What a supplier states about the banenafspraak, and how a list of it is narrowed."""

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from candidates import actions
from candidates.forms.fields import DayField, why
from candidates.models import AgreedJob, HoursPer, JobStatus, PaidHours
from candidates.models.agreed_job import MOST_A_MONTH, MOST_A_WEEK
from sroi_portal.core.form_fields import HoursField
from sroi_portal.core.forms import PortalForm, PortalModelForm, revision_of

FORM_TEXT = _(
    "Whoever is hired in and works under supervision of the client counts for the government. "
    "Whoever is employed by you, or works on a service that you deliver, counts for the market."
)
KNOWN_TEXT = _(
    "The day on which the employer portal of UWV said that the person is in the register. "
    "Never send a document, and never a citizen service number."
)


class JobForm(PortalModelForm[AgreedJob]):
    """In what form the person works and how it is known; the hours only the first time."""

    hours_a_week = HoursField(
        label=_("Paid hours a week"),
        max_digits=4,
        min_value=Decimal(0),
        max_value=MOST_A_WEEK,
        help_text=why(
            _("From the first working day on, as in the payroll declaration. Changes come later.")
        ),
    )

    class Meta:
        model = AgreedJob
        fields = ("form", "known_on")
        field_classes: ClassVar[dict[str, Any]] = {"known_on": DayField}
        widgets: ClassVar[dict[str, Any]] = {"form": forms.RadioSelect}
        help_texts: ClassVar[dict[str, Any]] = {
            "form": why(FORM_TEXT),
            "known_on": why(KNOWN_TEXT),
        }

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        choosing: Any = self.fields["form"]
        choosing.choices = [each for each in choosing.choices if each[0]]
        if self.instance.pk:
            del self.fields["hours_a_week"]

    def job_facts(self) -> actions.JobFacts:
        return actions.JobFacts(**self.facts(), key=self.key())


class PaidHoursForm(PortalModelForm[PaidHours]):
    """Paid hours a week from a day on, or those of one month."""

    hours = HoursField(
        label=_("Paid hours"),
        max_digits=6,
        min_value=Decimal(0),
        max_value=MOST_A_MONTH,
        help_text=why(_("The hours of the payroll declaration (verloonde uren), also on leave.")),
    )

    class Meta:
        model = PaidHours
        fields = ("per", "starts_on", "hours")
        field_classes: ClassVar[dict[str, Any]] = {"starts_on": DayField}
        widgets: ClassVar[dict[str, Any]] = {"per": forms.RadioSelect}
        labels: ClassVar[dict[str, Any]] = {
            "starts_on": _("From this day, or any day of the month")
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "per": why(_("Hours of a whole month go before those a week.")),
        }

    def __init__(self, *args: Any, job: AgreedJob, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.job = job
        choosing: Any = self.fields["per"]
        choosing.choices = [each for each in choosing.choices if each[0]]
        self.initial.setdefault("per", HoursPer.WEEK.value)
        self.fields["revision"].initial = job.revision

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        hours, starts_on = cleaned.get("hours"), cleaned.get("starts_on")
        if cleaned.get("per") == HoursPer.MONTH:
            cleaned["starts_on"] = starts_on and starts_on.replace(day=1)
        elif hours is not None and hours > MOST_A_WEEK:
            self.add_error("hours", _("Nobody is paid for more than 60 hours a week."))
        return cleaned

    def newest_revision(self) -> int | None:
        return revision_of(self.job)


class JobFilter(PortalForm):
    """Which year the figures are of, and which placements the list has."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int, required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)

    def __init__(self, *args: Any, first: int, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        years: Any = self.fields["year"]
        years.choices = [(year, str(year)) for year in range(today.year, first - 1, -1)]
        statuses: Any = self.fields["status"]
        statuses.choices = [("", _("all")), *JobStatus.choices]

    def wanted(self) -> tuple[int, str]:
        """Give the year and the status; this year without a choice."""
        if not self.is_valid():
            return self.today.year, ""
        return self.cleaned_data["year"] or self.today.year, self.cleaned_data["status"]
