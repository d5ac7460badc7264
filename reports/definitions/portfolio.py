"""The compliance report of all contracts of one authority."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reports.definitions import lasting as lasting_work
from reports.definitions.base import ReportKind, bars
from reports.facts import checking, gathering, kinds, stories
from reports.facts.stories import Story
from reports.models import Definition, Report
from sroi_portal.core.charts import BarChart
from sroi_portal.core.templatetags import formats


@dataclass(frozen=True, slots=True)
class PortfolioFacts(kinds.Facts):
    issue: kinds.Issue
    total: kinds.Group
    by_category: tuple[kinds.Group, ...]
    by_year: tuple[kinds.Group, ...]
    signals: tuple[kinds.SignalCount, ...]
    attention: tuple[kinds.Line, ...]
    contracts: tuple[kinds.Line, ...]
    tables: tuple[kinds.TableVersion, ...]
    quality: kinds.Quality
    stories: tuple[Story, ...] = ()
    authority_code: str = ""
    lasting: lasting_work.Lasting = lasting_work.NONE

    @property
    def in_short(self) -> tuple[kinds.Sums, kinds.Standing]:
        return self.total.sums, self.total.standing

    @property
    def lines(self) -> tuple[kinds.Line, ...]:
        return self.contracts


def gather(report: Report, issue: kinds.Issue) -> PortfolioFacts:
    awarded = gathering.awarded([report.authority_id])
    gathered = gathering.gather(awarded, issue)
    lines = gathered.lines
    code = report.authority.code
    return PortfolioFacts(
        issue=issue,
        total=gathering.group(_("All contracts"), lines),
        by_category=gathering.by_category(lines),
        by_year=gathering.by_year(lines),
        signals=gathering.signals(lines),
        attention=gathering.attention(lines),
        contracts=lines,
        tables=gathered.tables,
        quality=gathered.quality,
        stories=stories.fitting(
            Q(contract__in=awarded), Q(category__in=awarded.values("category"))
        ),
        authority_code=code,
        lasting=lasting_work.of_year(
            lasting_work.newest_year(issue.cut_off_at), issue, _wanted(code)
        ),
    )


def compare(found: PortfolioFacts) -> Iterator[str]:
    yield from checking.of_many(found)
    yield from lasting_work.of_report(found, found.lasting, _wanted(found.authority_code))


def _wanted(code: str) -> lasting_work.Wanted:
    return lasting_work.Wanted(rows=(code,))


def chart(found: PortfolioFacts) -> BarChart:
    return BarChart(
        key="categories",
        title=_("Owed, verified and submitted by category"),
        description=ngettext(
            "%(verified)s of %(owed)s was verified, over %(count)s category.",
            "%(verified)s of %(owed)s was verified, over %(count)s categories.",
            len(found.by_category),
        )
        % {
            "verified": formats.euro(found.total.sums.verified_eur),
            "owed": formats.euro(found.total.standing.owed_eur),
            "count": len(found.by_category),
        },
        bars=bars(found.by_category),
    )


KIND = ReportKind(
    definition=Definition.PORTFOLIO,
    purpose=gettext_lazy("All contracts of one authority, what is owed and what is fulfilled."),
    asks=("authority",),
    facts=PortfolioFacts,
    gather=gather,
    compare=compare,
    title=lambda found: found.issue.authority,
    chart=chart,
    template_version=4,
)
