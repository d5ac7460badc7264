"""The annual report of the Rijk: what was agreed and realised, by authority and category (PUB-01)."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.definitions import lasting as lasting_work
from reports.definitions import people, together
from reports.definitions.base import ReportKind, bar_chart
from reports.facts import checking, gathering, kinds, stories, sums
from reports.facts.stories import Story
from reports.models import Definition, Report
from sroi_portal.core.charts import BarChart
from sroi_portal.core.models import Authority
from sroi_portal.core.money import ZERO

LASTING = lasting_work.Wanted(is_every=True, has_social=True)

type Amounts = Mapping[str, Decimal]  # by uuid of the contract
type Label = Callable[[kinds.Line], str]


@dataclass(frozen=True, slots=True)
class InYear:
    """What was awarded and what was verified of the work of one year."""

    label: str
    contracts_count: int
    awarded_count: int
    awarded_eur: Decimal  # owed on what was awarded in the year
    verified_eur: Decimal
    purchase_eur: Decimal  # of which social purchase


@dataclass(frozen=True, slots=True)
class AnnualFacts(kinds.Facts):
    issue: kinds.Issue
    year: int
    authorities: tuple[str, ...]
    absent: tuple[str, ...]  # authorities of the portal of which the report knows nothing
    total: kinds.Group
    by_authority: tuple[kinds.Group, ...]
    by_category: tuple[kinds.Group, ...]
    year_total: InYear
    year_by_authority: tuple[InYear, ...]
    year_by_category: tuple[InYear, ...]
    people: people.People
    contracts: tuple[kinds.Line, ...]  # never printed: the report can be made again from them
    tables: tuple[kinds.TableVersion, ...]
    quality: kinds.Quality
    joined_authorities: tuple[str, ...] = ()  # in one row
    joined_categories: tuple[str, ...] = ()
    stories: tuple[Story, ...] = ()
    lasting: lasting_work.Lasting = lasting_work.NONE

    @property
    def in_short(self) -> tuple[kinds.Sums, kinds.Standing]:
        return self.total.sums, self.total.standing

    @property
    def lines(self) -> tuple[kinds.Line, ...]:
        return self.contracts

    @property
    def joined(self) -> together.Together:
        return together.Together(self.joined_authorities, self.joined_categories)

    @property
    def is_of_all(self) -> bool:
        return not self.absent


def gather(report: Report, issue: kinds.Issue) -> AnnualFacts:
    """Contracts that ran on a day of the year; what was done on them before counts as well."""
    year = report.year
    assert year  # noqa: S101 - the database keeps it
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    awarded = gathering.awarded(report.authority_ids)
    gathered = gathering.gather(awarded.filter(starts_on__lte=last, ends_on__gte=first), issue)
    lines = gathered.lines
    joined = together.of_year(lines, year)
    shown = joined.within(lines)
    verified, purchases = _verified(lines, year, issue), _purchases(lines, year, issue)
    all_contracts = _("All contracts")
    return AnnualFacts(
        issue=issue,
        year=year,
        authorities=gathering.names_of(report.authority_ids),
        absent=_absent(report.authority_ids, first, last),
        total=gathering.group(all_contracts, lines),
        by_authority=gathering.by_authority(shown),
        by_category=gathering.by_category(shown),
        year_total=_in_year(all_contracts, lines, year, verified, purchases),
        year_by_authority=_rows(shown, _authority, year, verified, purchases),
        year_by_category=_rows(shown, _category, year, verified, purchases),
        people=people.of_year(year, issue),
        contracts=lines,
        tables=gathered.tables,
        quality=gathered.quality,
        joined_authorities=joined.authorities,
        joined_categories=joined.categories,
        stories=stories.fitting(Q(year=year)),
        lasting=lasting_work.of_year(year, issue, LASTING),
    )


def compare(found: AnnualFacts) -> Iterator[str]:
    """Compare; which work was social purchase is no part of the ledger, so that stays."""
    made, year = checking.again(found.contracts, found.issue), found.year
    with translation.override(found.issue.language):
        lines = found.joined.within(found.contracts)
        again = found.joined.within(made.lines)
    yield from checking.of_lines(found.contracts, made)
    yield from checking.of_quality(found.quality, found.contracts, made)
    yield from checking.of_groups(found, replace(made, lines=again))
    verified = _verified(lines, year, found.issue)
    rows = (
        (_in_year(found.year_total.label, lines, year, verified, {}),),
        _rows(lines, _authority, year, verified, {}),
        _rows(lines, _category, year, verified, {}),
    )
    frozen = ((found.year_total,), found.year_by_authority, found.year_by_category)
    for before, now in zip(frozen, rows, strict=True):
        if tuple(replace(row, purchase_eur=ZERO) for row in before) != now:
            yield _("What was done in the year differs.")
    with translation.override(found.issue.language):
        known = people.of_year(year, found.issue)
    if known != found.people:
        yield _("The tables about people differ.")
    yield from lasting_work.of_report(found, found.lasting, LASTING)


def chart(found: AnnualFacts) -> BarChart:
    """Draw authorities beside each other, or categories when there is one authority."""
    if len(found.by_authority) > 1:
        title, groups = (
            _("Owed, verified and submitted by contracting authority"),
            found.by_authority,
        )
    else:
        title, groups = _("Owed, verified and submitted by category"), found.by_category
    return bar_chart("annual", title, found.total, groups)


def _title(found: AnnualFacts) -> str:
    return _("Social return in %(year)s") % {"year": found.year}


def _authority(line: kinds.Line) -> str:
    return line.terms.authority


def _category(line: kinds.Line) -> str:
    return line.terms.category


def _absent(authority_ids: Sequence[int], first: dt.date, last: dt.date) -> tuple[str, ...]:
    """Name who existed in the year and is left out: the report says so itself (R-282)."""
    existed = Authority.objects.filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=last),
        Q(ends_on__isnull=True) | Q(ends_on__gte=first),
    ).exclude(pk__in=authority_ids)
    return tuple(existed.order_by("name", "pk").values_list("name", flat=True))


def _verified(lines: Sequence[kinds.Line], year: int, issue: kinds.Issue) -> Amounts:
    ids = checking.ids_of(line.terms.uuid for line in lines)
    return _by_uuid(lines, ids, sums.verified_in(ids, year=year, position=issue.position))


def _purchases(lines: Sequence[kinds.Line], year: int, issue: kinds.Issue) -> Amounts:
    ids = checking.ids_of(line.terms.uuid for line in lines)
    return _by_uuid(lines, ids, people.purchases_in(ids, year=year, position=issue.position))


def _by_uuid(
    lines: Sequence[kinds.Line], ids: Sequence[int], amounts: Mapping[int, Decimal]
) -> Amounts:
    return {line.terms.uuid: amounts.get(pk, ZERO) for line, pk in zip(lines, ids, strict=True)}


def _rows(
    lines: Sequence[kinds.Line], label: Label, year: int, verified: Amounts, purchases: Amounts
) -> tuple[InYear, ...]:
    by_label: dict[str, list[kinds.Line]] = {}
    for line in lines:
        by_label.setdefault(label(line), []).append(line)
    return tuple(
        _in_year(name, by_label[name], year, verified, purchases)
        for name in sorted(by_label, key=str.casefold)
    )


def _in_year(
    label: str, lines: Sequence[kinds.Line], year: int, verified: Amounts, purchases: Amounts
) -> InYear:
    awarded = [
        line for line in lines if line.terms.awarded_on and line.terms.awarded_on.year == year
    ]
    return InYear(
        label=label,
        contracts_count=len(lines),
        awarded_count=len(awarded),
        awarded_eur=sum((line.standing.owed_eur for line in awarded), ZERO),
        verified_eur=sum((verified.get(line.terms.uuid, ZERO) for line in lines), ZERO),
        purchase_eur=sum((purchases.get(line.terms.uuid, ZERO) for line in lines), ZERO),
    )


KIND = ReportKind(
    definition=Definition.ANNUAL,
    purpose=gettext_lazy("One year of social return, by authority and category; for publication."),
    asks=("year", "authorities"),
    facts=AnnualFacts,
    gather=gather,
    compare=compare,
    title=_title,
    chart=chart,
    template_version=4,
)
