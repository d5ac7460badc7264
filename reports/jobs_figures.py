"""Read the published tables about the banenafspraak: the same on page, in report and in files."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from candidates.agreed_jobs import norm
from candidates.models import SECTORS, JobForm
from reports.disclosure import TOTAL
from reports.jobs_tables import BOTH, ONLY, SOCIAL, TOGETHER, WAITING
from reports.models import FixedTable, PublishedCell, TableKind
from sroi_portal.core.stacks import Stack, StackChart
from sroi_portal.core.templatetags import formats


@dataclass(frozen=True, slots=True)
class Counted:
    """People, paid hours and jobs of one line; None where the table hides them."""

    label: str
    sector: str
    people: int | None
    hours: Decimal | None
    jobs: Decimal | None


@dataclass(frozen=True, slots=True)
class JobsYear:
    """One year as it was published: by form, and beside social return."""

    year: int
    social_return_only: int | None  # people
    both: Counted | None  # None when the parts are hidden
    jobs_only: Counted | None
    forms: tuple[Counted, ...]
    total: Counted
    waiting: Counted  # stated, and not checked when the table was made
    goal_government: int | None
    goal_market: int | None

    @property
    def is_divided(self) -> bool:
        return self.both is not None

    @property
    def checked_pct(self) -> Decimal | None:
        """Say which part of the stated hours was checked, when both may be read."""
        if self.total.hours is None or self.waiting.hours is None:
            return None
        stated = self.total.hours + self.waiting.hours
        return (100 * self.total.hours / stated).quantize(Decimal("0.1")) if stated else None


@dataclass(frozen=True, slots=True)
class Jobs:
    """All authorities of the portal together, the newest year first."""

    years: tuple[JobsYear, ...]

    def of(self, year: int) -> JobsYear | None:
        return next((each for each in self.years if each.year == year), None)


def published(*, through: int | None = None, before: dt.datetime | None = None) -> Jobs:
    """Read every year, or those up to a year that were published before a moment."""
    tables = FixedTable.objects.filter(kind=TableKind.JOBS).order_by("-starts_on")
    if through:
        tables = tables.filter(starts_on__year__lte=through)
    if before:
        tables = tables.filter(made_at__lte=before)
    found = list(tables)
    cells: dict[int, dict[tuple[str, str], PublishedCell]] = {}
    for cell in PublishedCell.objects.filter(table__in=found):
        cells.setdefault(cell.table_id, {})[cell.row, cell.column] = cell
    return Jobs(tuple(_year(table.starts_on.year, cells[table.pk]) for table in found))


def chart(jobs: Jobs) -> StackChart:
    """Draw for each year who counts for what; a year that hides its parts is left out."""
    bars = [
        Stack(str(each.year), (each.social_return_only or 0, both.people or 0, only.people or 0))
        for each in jobs.years
        if (both := each.both) and (only := each.jobs_only)
    ]
    return StackChart(
        key="jobs",
        title=_("People who count for social return, the banenafspraak, or both"),
        description=_(
            "All authorities together; who counts for both is drawn once, in the middle."
        ),
        labels=(_("social return only"), _("both"), _("banenafspraak only")),
        stacks=bars,
        show=formats.count,
    )


def _year(year: int, cells: Mapping[tuple[str, str], PublishedCell]) -> JobsYear:
    def counted(label: str, row: str, column: str, sector: str = "") -> Counted:
        cell = cells[row, column]
        jobs = None if cell.hours is None else norm.jobs_in(cell.hours, year)
        return Counted(label, sector, cell.people, cell.hours, jobs)

    is_divided = (TOGETHER, TOTAL) not in cells
    goal = norm.goal_of(year)
    social = cells.get((SOCIAL, TOTAL))
    return JobsYear(
        year=year,
        social_return_only=social.people if social else None,
        both=counted(_("both"), BOTH, TOTAL) if is_divided else None,
        jobs_only=counted(_("banenafspraak only"), ONLY, TOTAL) if is_divided else None,
        forms=tuple(
            counted(str(form.label), TOTAL, form.value, str(SECTORS[form].label))
            for form in JobForm
        ),
        total=counted(_("total"), TOTAL, TOTAL),
        waiting=counted(_("not checked yet"), WAITING, TOTAL),
        goal_government=goal.government if goal else None,
        goal_market=goal.market if goal else None,
    )
