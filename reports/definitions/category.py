"""The report of one procurement category, over one authority or several."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
    return CategoryFacts(
        issue=issue,
        category=str(report.category),
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
    )


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
    compare=checking.of_many,
    title=lambda found: found.category,
    chart=chart,
    template_version=2,
)
