"""The report on the quality of the data: what was checked, what waits, what is missing (N21)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contracts.models import Contract
from reports import coverage
from reports.definitions.base import ReportKind, bars
from reports.facts import checking, gathering, kinds, percentage, sums
from reports.models import Definition, Report
from sroi_portal.core.charts import BarChart
from sroi_portal.core.templatetags import formats


@dataclass(frozen=True, slots=True)
class QualityRow:
    """How far the figures of one authority, category or contract can be trusted."""

    label: str
    quality: kinds.Quality


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """A contract of which something waits too long, was not reported or is not owed."""

    line: kinds.Line
    quality: kinds.Quality


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A contract on which nothing is owed though the rule asks it, and why (R-313)."""

    title: str
    supplier: str
    authority: str
    value_eur: Decimal | None
    why: str
    in_words: str
    uuid: str


@dataclass(frozen=True, slots=True)
class QualityFacts(kinds.Facts):
    issue: kinds.Issue
    authorities: tuple[str, ...]
    total: kinds.Group
    quality: kinds.Quality
    quality_by_authority: tuple[QualityRow, ...]
    quality_by_category: tuple[QualityRow, ...]
    by_authority: tuple[kinds.Group, ...]
    late: tuple[CheckedLine, ...]
    unreported: tuple[kinds.Line, ...]
    without_obligation: tuple[kinds.Line, ...]
    silent_suppliers: tuple[str, ...]  # reported nothing on any contract on which they owe
    contracts: tuple[kinds.Line, ...]
    tables: tuple[kinds.TableVersion, ...]
    asked_count: int = 0  # contracts of which the rule asks social return
    uncovered: tuple[Uncovered, ...] = ()  # not in what was issued before

    @property
    def covered_count(self) -> int:
        return self.asked_count - len(self.uncovered)

    @property
    def coverage_pct(self) -> Decimal | None:
        return percentage(Decimal(self.covered_count), Decimal(self.asked_count))

    @property
    def in_short(self) -> tuple[kinds.Sums, kinds.Standing]:
        return self.total.sums, self.total.standing

    @property
    def lines(self) -> tuple[kinds.Line, ...]:
        return self.contracts


def gather(report: Report, issue: kinds.Issue) -> QualityFacts:
    awarded = gathering.awarded(report.authority_ids)
    gathered = gathering.gather(awarded, issue)
    lines, ledgered = gathered.lines, gathered.ledgered
    return QualityFacts(
        issue=issue,
        authorities=gathering.names_of(report.authority_ids),
        total=gathering.group(_("All contracts"), lines),
        quality=gathered.quality,
        quality_by_authority=_rows(gathered, _authority),
        quality_by_category=_rows(gathered, _category),
        by_authority=gathering.by_authority(lines),
        late=_late(lines, ledgered),
        unreported=_unreported(lines, ledgered),
        without_obligation=_without_obligation(lines),
        silent_suppliers=_silent(lines, ledgered),
        contracts=lines,
        tables=gathered.tables,
        asked_count=awarded.filter(rule_asks=True).count(),
        uncovered=_uncovered(awarded, issue),
    )


def compare(found: QualityFacts) -> Iterator[str]:
    yield from checking.of_many(found)
    made = checking.again(found.contracts, found.issue)
    lists = (
        (found.late, _late(found.contracts, made.ledgered)),
        (found.unreported, _unreported(found.contracts, made.ledgered)),
        (found.without_obligation, _without_obligation(found.contracts)),
        (found.silent_suppliers, _silent(found.contracts, made.ledgered)),
    )
    if any(before != now for before, now in lists):
        yield _("The lists of contracts differ.")
    for rows, label in (
        (found.quality_by_authority, _authority),
        (found.quality_by_category, _category),
    ):
        if any(row != _again(row, found, made, label) for row in rows):
            yield _("The quality of the parts differs.")


def chart(found: QualityFacts) -> BarChart:
    return BarChart(
        key="quality",
        title=_("Owed, verified and submitted by contracting authority"),
        description=_("%(verified)s was verified, %(waiting)s waits and %(late)s waits too long.")
        % {
            "verified": formats.euro(found.quality.verified_eur),
            "waiting": formats.euro(found.quality.waiting_eur),
            "late": formats.euro(found.quality.late_eur),
        },
        bars=bars(found.by_authority),
    )


def _authority(line: kinds.Line) -> str:
    return line.terms.authority


def _category(line: kinds.Line) -> str:
    return line.terms.category


def _rows(
    gathered: gathering.Gathered, label: Callable[[kinds.Line], str]
) -> tuple[QualityRow, ...]:
    places: dict[str, list[int]] = {}
    for place, line in enumerate(gathered.lines):
        places.setdefault(label(line), []).append(place)
    return tuple(
        QualityRow(
            name,
            gathering.quality(
                [gathered.lines[place] for place in places[name]],
                [gathered.ledgered[place] for place in places[name]],
                unstated=sum(gathered.unstated[place] for place in places[name]),
            ),
        )
        for name in sorted(places, key=str.casefold)
    )


def _again(
    row: QualityRow,
    found: QualityFacts,
    made: checking.Again,
    label: Callable[[kinds.Line], str],
) -> QualityRow:
    places = [place for place, line in enumerate(found.contracts) if label(line) == row.label]
    again = gathering.quality(
        [found.contracts[place] for place in places],
        [made.ledgered[place] for place in places],
        unstated=row.quality.unstated_count,
    )
    return QualityRow(row.label, again)


def _late(
    lines: Sequence[kinds.Line], ledgered: Sequence[sums.Ledgered]
) -> tuple[CheckedLine, ...]:
    """Those of which something waits too long, the largest amount first."""
    rows = [
        CheckedLine(line, gathering.quality([line], [account], unstated=None))
        for line, account in zip(lines, ledgered, strict=True)
        if account.late_count
    ]
    return tuple(sorted(rows, key=lambda row: -row.quality.late_eur))


def _unreported(
    lines: Sequence[kinds.Line], ledgered: Sequence[sums.Ledgered]
) -> tuple[kinds.Line, ...]:
    """Those that owe and of which nothing was reported, the largest debt first."""
    rows = [
        line
        for line, account in zip(lines, ledgered, strict=True)
        if line.standing.owed_eur > 0 and not account.is_reported
    ]
    return tuple(sorted(rows, key=lambda line: -line.standing.owed_eur))


def _without_obligation(lines: Sequence[kinds.Line]) -> tuple[kinds.Line, ...]:
    """Those that owe nothing in euros, the largest contract first."""
    rows = [line for line in lines if line.standing.owed_eur <= 0]
    return tuple(sorted(rows, key=lambda line: -(line.terms.value_eur or 0)))


def _uncovered(awarded: QuerySet[Contract], issue: kinds.Issue) -> tuple[Uncovered, ...]:
    """Name those that the page of what is missing names, the largest contract first."""
    words = dict(coverage.REASONS)
    found = coverage.missing(awarded, coverage.EXEMPT, timezone.localdate(issue.cut_off_at))
    return tuple(
        Uncovered(
            title=each.title,
            supplier=str(each.supplier),
            authority=each.authority.name,
            value_eur=each.value_eur,
            why=str(words[each.why]),
            in_words=each.in_words,
            uuid=str(each.uuid),
        )
        for each in found.select_related("supplier", "authority")
    )


def _silent(lines: Sequence[kinds.Line], ledgered: Sequence[sums.Ledgered]) -> tuple[str, ...]:
    silent = {line.terms.supplier for line in _unreported(lines, ledgered)}
    heard = {
        line.terms.supplier
        for line, account in zip(lines, ledgered, strict=True)
        if account.is_reported
    }
    return tuple(sorted(silent - heard, key=str.casefold))


KIND = ReportKind(
    definition=Definition.QUALITY,
    purpose=gettext_lazy("What was checked, what waits too long and who reported nothing."),
    asks=("authorities",),
    facts=QualityFacts,
    gather=gather,
    compare=compare,
    title=lambda found: found.issue.authority,
    chart=chart,
    template_version=2,
)
