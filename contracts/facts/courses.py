"""Charts of one contract: where it stands, and how it went month by month."""

import datetime as dt
from decimal import Decimal
from functools import partial

from django.utils.translation import gettext as _

from contracts.facts.figures import Figures
from contracts.ledger import month_of
from contracts.models import LedgerUnit
from contracts.templatetags.standing_words import steered
from sroi_portal.core import money
from sroi_portal.core.charts import Band, Bar, BarChart, CourseChart, Line
from sroi_portal.core.templatetags import formats


def bar(figures: Figures) -> BarChart:
    """Draw what is owed, verified, submitted and expected."""
    contract, standing = figures.contract, figures.standing
    is_euro = standing.unit == LedgerUnit.EURO
    return BarChart(
        key=f"contract-{contract.pk}",
        title=_("Where the contract stands"),
        description=_("What is verified and submitted beside what is owed."),
        bars=[
            Bar(
                label=contract.title,
                owed=standing.owed,
                verified=standing.done,
                submitted=standing.submitted,
                expected=standing.expected,
            )
        ],
        show=formats.euro_round if is_euro else partial(steered, unit=standing.unit),
        done_label=_done_label(figures),
    )


def course(figures: Figures) -> CourseChart | None:
    """Draw what was owed, to be expected, verified and submitted, and where the pace leads to."""
    days = sorted(figures.parts)
    if len(days) < 2:
        return None
    standing = figures.standing
    is_euro = standing.unit == LedgerUnit.EURO
    return CourseChart(
        key=f"course-{figures.contract.pk}",
        title=_title(standing.unit),
        description=_(
            "What was verified and submitted, beside what was owed and to be expected to date."
        ),
        lines=_lines(figures, days),
        show=formats.euro_round if is_euro else formats.number,
        band=_band(figures),
    )


def _done_label(figures: Figures) -> str:
    """Name what is done; with what was carried over it is another sum than what is verified."""
    return _("Counts in all") if figures.standing.carried else _("Verified")


def _title(unit: str) -> str:
    if unit == LedgerUnit.EURO:
        return _("How it went")
    counted = _("goals") if unit == LedgerUnit.OWN else LedgerUnit(unit).label
    return _("How it went, in %(unit)s") % {"unit": counted}


def _lines(figures: Figures, days: list[dt.date]) -> list[Line]:
    """Give a course for each; from today on nothing is done yet."""
    sums, standing = figures.series, figures.standing
    past = [day for day in days if day <= figures.today] or days[:1]
    points = {day: sums.upto(day) for day in days}
    # work of a month counts from its end on; today everything counts that is known
    done = {day: points[day] for day in past}
    done[days[0]] = sums.before(month_of(days[0]))
    done[past[-1]] = sums.latest
    owed = {day: points[day].owed for day in days} | {past[-1]: sums.latest.owed}
    owed |= {day: sums.latest.owed for day in days if day > past[-1]}
    lines = [
        Line(_done_label(figures), [(day, point.done) for day, point in done.items()]),
        Line(_("With submitted"), [(day, point.reached) for day, point in done.items()]),
        Line(
            _("Expected"),
            [(day, money.rounded(owed[day] * figures.parts[day])) for day in days],
        ),
        Line(_("Owed"), sorted(owed.items()), is_stepped=True),
    ]
    if standing.planned > 0 and figures.today < days[-1]:
        ahead = _ahead(figures, standing.with_planned)
        lines.append(Line(_("With planned"), ahead))
    return lines


def _band(figures: Figures) -> Band | None:
    if figures.outlook is None:
        return None
    band = figures.outlook.band
    return Band(
        label=_("At this pace"),
        low=Line(_("At this pace, low"), _ahead(figures, band.low)),
        high=Line(_("At this pace, high"), _ahead(figures, band.high)),
    )


def _ahead(figures: Figures, at_the_end: Decimal) -> list[tuple[dt.date, Decimal]]:
    """Go straight on from what is reached today to the last day."""
    last = max(figures.parts)
    start = max(figures.today, min(figures.parts))
    return [(start, figures.standing.reached), (last, at_the_end)]
