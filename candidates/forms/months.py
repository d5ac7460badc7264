"""The months of everybody on a contract, and the step to a permanent contract."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from candidates import worth
from candidates.forms.contributions import DAY
from candidates.forms.fields import BonusField, DayField, why
from candidates.forms.placements import HOURS_LIMITS
from candidates.models import Placement
from sroi_portal.core.form_fields import HoursField
from sroi_portal.core.forms import PortalForm
from sroi_portal.core.templatetags import formats


class MonthForm(PortalForm):
    """One placement in one month: with the hours that held before, unless others are filled in."""

    is_wanted = forms.BooleanField(required=False)
    hours_per_week = HoursField(max_digits=4, validators=HOURS_LIMITS)

    def __init__(
        self, *args: Any, placement: Placement, period: tuple[dt.date, dt.date], **kwargs: Any
    ) -> None:
        initial = {"is_wanted": True, "hours_per_week": hours_on(placement, period[0])}
        kwargs |= {"prefix": f"p{placement.pk}", "initial": initial}
        super().__init__(*args, **kwargs)
        self.placement, self.period = placement, period
        person = placement.candidate.reference
        self.fields["is_wanted"].label = gettext("Enter %(person)s") % {"person": person}
        self.fields["hours_per_week"].label = gettext("Hours a week of %(person)s") % {
            "person": person
        }

    @property
    def is_to_be_entered(self) -> bool:
        return bool(self.is_valid() and self.cleaned_data["is_wanted"])


def hours_on(placement: Placement, day: dt.date) -> Any:
    """Give the hours a week on a day, from what was fetched with the placement."""
    changes = sorted(placement.weekly_hours.all(), key=lambda change: change.holds_from)
    held = [each.hours_per_week for each in changes if each.holds_from <= day]
    return held[-1] if held else None


def months_of(
    placements: Any, month: dt.date, data: Any = None, *, today: dt.date
) -> Iterator[MonthForm]:
    """Give a form for each placement of which days of this month were not entered yet."""
    for placement in placements:
        period = period_in(placement, month, today=today)
        if period:
            yield MonthForm(data, placement=placement, period=period)


def period_in(
    placement: Placement, month: dt.date, *, today: dt.date
) -> tuple[dt.date, dt.date] | None:
    """Find the days of a month that are over and were not entered, up to a permanent contract."""
    contract, permanent_on = placement.contract, placement.permanent_on
    month_ends_on = (month + dt.timedelta(days=31)).replace(day=1) - DAY
    first = max(filter(None, (month, placement.starts_on, contract.starts_on)))
    last = min(filter(None, (month_ends_on, placement.ends_on, contract.ends_on, today)))
    for entered in placement.contributions.all():  # the living ones, in order of days
        if entered.starts_on <= first <= entered.ends_on:
            first = entered.ends_on + DAY
        elif entered.starts_on > first:
            last = min(last, entered.starts_on - DAY)
    if permanent_on and first < permanent_on:
        last = min(last, permanent_on - DAY)
    return (first, last) if first <= last else None


class PermanentForm(PortalForm):
    """From which day the contract is permanent, and which bonus follows."""

    permanent_on = DayField(
        label=_("Permanent contract from"),
        help_text=why(_("The bonus of the table counts from this day.")),
    )

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.placement = placement
        bonuses = worth.bonuses_of(placement.block)
        offered = [each for each in bonuses if each.code not in placement.bonus_codes]
        if offered:
            field: Any = BonusField(placement.block, label=_("Bonus of the table that follows"))
            codes = {each.code for each in offered}
            field.choices = [choice for choice in field.choices if choice[0] in codes]
            field.initial = [
                each.code
                for each in offered
                if any(name.startswith("permanent") for name in each.as_terms().conditions)
            ]
            self.fields["bonus_codes"] = field

    def clean_permanent_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["permanent_on"]
        if day < self.placement.starts_on:
            raise forms.ValidationError(
                gettext("The work begins on %(day)s. Choose that day or a later one.")
                % {"day": formats.day(self.placement.starts_on)}
            )
        return day
