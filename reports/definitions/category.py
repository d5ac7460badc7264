"""The report of one procurement category, over one authority or several."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.definitions import lasting as lasting_work
from reports.definitions.base import ReportKind, bar_chart
from reports.facts import checking, gathering, kinds, stories
from reports.facts.stories import Story
from reports.models import Definition, Report
from sroi_portal.core.charts import BarChart


@dataclass(frozen=True, slots=True)
class CategoryFacts(kinds.Facts):
    issue: kinds.Issue
    category: str
    authorities: tuple[str, ...]  # also those without a contract of this category
    total: kinds.Group
    by_authority: tuple[kinds.Group, ...]
    by_supplier: tuple[kinds.Group, ...]
    by_year: tuple[kinds.Group, ...]
    signals: tuple[kinds.SignalCount, ...]
    attention: tuple[kinds.Line, ...]
    contracts: tuple[kinds.Line, ...]
    tables: tuple[kinds.TableVersion, ...]
    quality: kinds.Quality
    stories: tuple[Story, ...] = ()
    category_code: str = ""
    lasting: lasting_work.Lasting = lasting_work.NONE

    @property
    def in_short(self) -> tuple[kinds.Sums, kinds.Standing]:
        return self.total.sums, self.total.standing

    @property
    def lines(self) -> tuple[kinds.Line, ...]:
        return self.contracts


def gather(report: Report, issue: kinds.Issue) -> CategoryFacts:
    awarded = gathering.awarded(report.authority_ids)
    gathered = gathering.gather(awarded.filter(category=report.category), issue)
    lines = gathered.lines
    code = report.category.code if report.category else ""
    return CategoryFacts(
        issue=issue,
        category=str(report.category),
        category_code=code,
        authorities=gathering.names_of(report.authority_ids),
        total=gathering.group(_("All contracts"), lines),
        by_authority=gathering.by_authority(lines),
        by_supplier=gathering.by_supplier(lines),
        by_year=gathering.by_year(lines),
        signals=gathering.signals(lines),
        attention=gathering.attention(lines),
        contracts=lines,
        tables=gathered.tables,
        quality=gathered.quality,
        stories=stories.fitting(Q(category=report.category)),
        lasting=lasting_work.of_year(
            lasting_work.newest_year(issue.cut_off_at), issue, _wanted(code)
        ),
    )


def compare(found: CategoryFacts) -> Iterator[str]:
    yield from checking.of_many(found)
    yield from lasting_work.of_report(found, found.lasting, _wanted(found.category_code))


def _wanted(code: str) -> lasting_work.Wanted:
    return lasting_work.Wanted(columns=(code,))


def chart(found: CategoryFacts) -> BarChart:
    """Draw authorities beside each other, or suppliers when there is one authority."""
    if len(found.by_authority) > 1:
        title, groups = (
            _("Owed, verified and submitted by contracting authority"),
            found.by_authority,
        )
    else:
        title, groups = _("Owed, verified and submitted by supplier"), found.by_supplier
    return bar_chart("category", title, found.total, groups)


KIND = ReportKind(
    definition=Definition.CATEGORY,
    purpose=gettext_lazy("One category of purchases: authorities and suppliers beside each other."),
    asks=("category", "authorities"),
    facts=CategoryFacts,
    gather=gather,
    compare=compare,
    title=lambda found: found.category,
    chart=chart,
    template_version=4,
)
