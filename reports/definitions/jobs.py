"""The banenafspraak beside social return in one year: never added (PUB-02, N23)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candidates.agreed_jobs import norm
from reports import jobs_figures
from reports.definitions.base import ReportKind
from reports.facts import checking, gathering, kinds
from reports.models import Definition, Report
from sroi_portal.core.stacks import StackChart


@dataclass(frozen=True, slots=True)
class JobsFacts(kinds.Facts):
    issue: kinds.Issue
    year: int
    authorities: tuple[str, ...]
    norm_source: str
    jobs: jobs_figures.Jobs  # all authorities of the portal, whichever the report is about
    total: kinds.Group
    by_authority: tuple[kinds.Group, ...]
    by_category: tuple[kinds.Group, ...]
    contracts: tuple[kinds.Line, ...]  # never printed: the report can be made again from them
    tables: tuple[kinds.TableVersion, ...]
    quality: kinds.Quality

    @property
    def in_short(self) -> tuple[kinds.Sums, kinds.Standing]:
        return self.total.sums, self.total.standing

    @property
    def lines(self) -> tuple[kinds.Line, ...]:
        return self.contracts

    @property
    def this_year(self) -> jobs_figures.JobsYear | None:
        return self.jobs.of(self.year)


def gather(report: Report, issue: kinds.Issue) -> JobsFacts:
    """Contracts that ran on a day of the year stand beside what was published of the jobs."""
    year = report.year
    assert year  # noqa: S101 - the database keeps it
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    awarded = gathering.awarded(report.authority_ids)
    gathered = gathering.gather(awarded.filter(starts_on__lte=last, ends_on__gte=first), issue)
    return JobsFacts(
        issue=issue,
        year=year,
        authorities=gathering.names_of(report.authority_ids),
        norm_source=str(norm.norm_on(last).source),
        jobs=jobs_figures.published(through=year, before=issue.cut_off_at),
        total=gathering.group(_("All contracts"), gathered.lines),
        by_authority=gathering.by_authority(gathered.lines),
        by_category=gathering.by_category(gathered.lines),
        contracts=gathered.lines,
        tables=gathered.tables,
        quality=gathered.quality,
    )


def compare(found: JobsFacts) -> Iterator[str]:
    yield from checking.of_many(found)
    with translation.override(found.issue.language):
        known = jobs_figures.published(through=found.year, before=found.issue.cut_off_at)
    if known != found.jobs:
        yield _("The tables about the banenafspraak differ.")


def chart(found: JobsFacts) -> StackChart:
    return jobs_figures.chart(found.jobs)


KIND = ReportKind(
    definition=Definition.JOBS,
    purpose=gettext_lazy("One year of the banenafspraak beside social return; never added."),
    asks=("year", "authorities"),
    facts=JobsFacts,
    gather=gather,
    compare=compare,
    title=lambda found: _("Banenafspraak beside social return in %(year)s") % {"year": found.year},
    chart=chart,
    template_version=2,
)
