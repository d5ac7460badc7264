"""The report of one procurement category, over one authority or several."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.definitions.base import ReportKind, bars
from reports.facts import checking, gathering, kinds
from reports.models import Definition, Report
from sroi_portal.core.charts import BarChart
from sroi_portal.core.templatetags import formats


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
    )


def chart(found: CategoryFacts) -> BarChart:
    """Draw authorities beside each other, or suppliers when there is one authority."""
    is_of_many = len(found.by_authority) > 1
    by_authority = _("Owed, verified and submitted by contracting authority")
    return BarChart(
        key="category",
        title=by_authority if is_of_many else _("Owed, verified and submitted by supplier"),
        description=_("%(verified)s of %(owed)s was verified, over %(count)s contracts.")
        % {
            "verified": formats.euro(found.total.sums.verified_eur),
            "owed": formats.euro(found.total.standing.owed_eur),
            "count": found.total.contracts_count,
        },
        bars=bars(found.by_authority if is_of_many else found.by_supplier),
    )


KIND = ReportKind(
    definition=Definition.CATEGORY,
    purpose=gettext_lazy("One category of purchases: authorities and suppliers beside each other."),
    asks=("category", "authorities"),
    facts=CategoryFacts,
    gather=gather,
    compare=checking.of_many,
    title=lambda found: found.category,
    chart=chart,
)
