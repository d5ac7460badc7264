"""The pilots of a year: what was asked, tried and learned, and what was changed because of it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.models import Lesson, Pilot, PilotPlace
from reports.definitions.base import ReportKind, bar_chart
from reports.disclosure import TOTAL
from reports.facts import checking, gathering, kinds
from reports.models import Definition, PublishedCell, Report, TableKind
from sroi_portal.core.charts import BarChart
from sroi_portal.core.money import ZERO


@dataclass(frozen=True, slots=True)
class PilotLine:
    """One pilot; people None where the published tables hide them or do not tell yet."""

    title: str
    authority: str
    category: str
    phase: str
    starts_on: dt.date
    ends_on: dt.date
    contracts_count: int
    verified_eur: Decimal  # of its contracts as a whole
    people: int | None
    partners: str
    question: str
    tried: str
    outcome: str
    uuid: str


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A contract on which a pilot runs, as far as the report is about its authority."""

    pilot: str
    contract: str
    supplier: str
    verified_eur: Decimal
    uuid: str  # of the contract


@dataclass(frozen=True, slots=True)
class LessonLine:
    subject: str
    pilot: str
    learned: str
    differently: str
    changed: str  # which texts, tables and rules; empty when none
    published_on: dt.date


@dataclass(frozen=True, slots=True)
class YearOfPilots:
    """People of all authorities of the portal who began in a pilot in a year; None when hidden."""

    ends_in: int
    people: int | None


@dataclass(frozen=True, slots=True)
class PilotsFacts(kinds.Facts):
    issue: kinds.Issue
    year: int
    category: str  # empty when it is about all of them
    authorities: tuple[str, ...]
    pilots_count: int
    people_so_far: int  # of all authorities, as far as published
    lessons_count: int
    reached_count: int  # lessons because of which a text, table or rule was changed
    people_by_year: tuple[YearOfPilots, ...]
    total: kinds.Group
    by_category: tuple[kinds.Group, ...]
    pilots: tuple[PilotLine, ...]
    places: tuple[PlaceLine, ...]
    lessons: tuple[LessonLine, ...]
    contracts: tuple[kinds.Line, ...]
    tables: tuple[kinds.TableVersion, ...]
    quality: kinds.Quality

    @property
    def in_short(self) -> tuple[kinds.Sums, kinds.Standing]:
        return self.total.sums, self.total.standing

    @property
    def lines(self) -> tuple[kinds.Line, ...]:
        return self.contracts


def gather(report: Report, issue: kinds.Issue) -> PilotsFacts:
    """Gather pilots that ran on a day of the year, with the contracts of these authorities."""
    found = list(_pilots(report))
    places = PilotPlace.objects.filter(pilot__in=found, contract__isnull=False)
    ties = list(places.values_list("pilot_id", "contract_id", "contract__uuid"))
    awarded = gathering.awarded(report.authority_ids)
    gathered = gathering.gather(awarded.filter(pk__in=[pk for _p, pk, _u in ties]), issue)
    by_uuid = {line.terms.uuid: line for line in gathered.lines}
    of_pilot = {pilot.pk: _of(pilot, ties, by_uuid) for pilot in found}
    years = _years(issue)
    people = _people(issue)
    lessons = _lessons(found, issue)
    year = report.year
    assert year  # noqa: S101 - the database keeps it
    return PilotsFacts(
        issue=issue,
        year=year,
        category=str(report.category or ""),
        authorities=gathering.names_of(report.authority_ids),
        pilots_count=len(found),
        people_so_far=sum(each.people or 0 for each in years),
        lessons_count=len(lessons),
        reached_count=sum(bool(lesson.changed) for lesson in lessons),
        people_by_year=years,
        total=gathering.group(_("All contracts"), gathered.lines),
        by_category=gathering.by_category(gathered.lines),
        pilots=tuple(_line(pilot, of_pilot[pilot.pk], people) for pilot in found),
        places=tuple(place for pilot in found for place in of_pilot[pilot.pk]),
        lessons=lessons,
        contracts=gathered.lines,
        tables=gathered.tables,
        quality=gathered.quality,
    )


def compare(found: PilotsFacts) -> Iterator[str]:
    """Compare; what people wrote of a pilot stays as it was frozen."""
    yield from checking.of_many(found)
    by_uuid = {line.terms.uuid: line.sums.verified_eur for line in found.contracts}
    if any(place.verified_eur != by_uuid.get(place.uuid) for place in found.places):
        yield _("The contracts of the pilots differ.")
    people = _people(found.issue)
    is_same = all(line.people == people.get(line.uuid) for line in found.pilots)
    if not is_same or _years(found.issue) != found.people_by_year:
        yield _("The tables about people differ.")


def chart(found: PilotsFacts) -> BarChart:
    title = _("Owed, verified and submitted by category")
    return bar_chart("pilots", title, found.total, found.by_category)


def _title(found: PilotsFacts) -> str:
    title = _("Pilots in %(year)s") % {"year": found.year}
    return f"{title}: {found.category}" if found.category else title


def _pilots(report: Report) -> QuerySet[Pilot]:
    rows: QuerySet[Pilot] = Pilot.objects.shared().filter(
        authority_id__in=report.authority_ids,
        starts_on__lte=dt.date(report.year or 0, 12, 31),
        ends_on__gte=dt.date(report.year or 0, 1, 1),
    )
    if report.category_id:
        rows = rows.filter(category_id=report.category_id)
    named = rows.select_related("authority", "category")
    return named.prefetch_related("partners__supplier", "partners__authority").order_by(
        "title", "pk"
    )


type Ties = Sequence[tuple[int, int, object]]


def _of(pilot: Pilot, ties: Ties, lines: dict[str, kinds.Line]) -> list[PlaceLine]:
    known = [str(uuid) for pk, _contract, uuid in ties if pk == pilot.pk and str(uuid) in lines]
    return [
        PlaceLine(
            pilot=pilot.title,
            contract=lines[uuid].terms.title,
            supplier=lines[uuid].terms.supplier,
            verified_eur=lines[uuid].sums.verified_eur,
            uuid=uuid,
        )
        for uuid in known
    ]


def _line(pilot: Pilot, places: Sequence[PlaceLine], people: dict[str, int]) -> PilotLine:
    assert pilot.starts_on  # noqa: S101 - it ran in the year
    assert pilot.ends_on  # noqa: S101 - it ran in the year
    return PilotLine(
        title=pilot.title,
        authority=str(pilot.authority),
        category=str(pilot.category or _("no category")),
        phase=pilot.get_status_display(),
        starts_on=pilot.starts_on,
        ends_on=pilot.ends_on,
        contracts_count=len(places),
        verified_eur=sum((place.verified_eur for place in places), ZERO),
        people=people.get(str(pilot.uuid)),
        partners="; ".join(str(partner) for partner in pilot.partners.all()),
        question=pilot.question,
        tried=pilot.tried,
        outcome=pilot.outcome,
        uuid=str(pilot.uuid),
    )


def _lessons(pilots: Sequence[Pilot], issue: kinds.Issue) -> tuple[LessonLine, ...]:
    rows: QuerySet[Lesson] = Lesson.objects.published().filter(
        pilot__in=pilots, published_at__lte=issue.cut_off_at
    )
    rows = rows.select_related("pilot").prefetch_related("changes").defer("search")
    return tuple(
        LessonLine(
            subject=lesson.subject,
            pilot=str(lesson.pilot),
            learned=lesson.learned,
            differently=lesson.differently,
            changed="; ".join(str(change) for change in lesson.changes.all()),
            published_on=timezone.localdate(lesson.published_at),
        )
        for lesson in rows.order_by("published_at", "pk")
    )


def _cells(issue: kinds.Issue) -> QuerySet[PublishedCell]:
    """Read what was published of pilots before the cut-off: it is never made again."""
    found = PublishedCell.objects.filter(
        table__kind=TableKind.PILOTS, table__made_at__lte=issue.cut_off_at, column=TOTAL
    )
    return found.select_related("table").order_by("table__starts_on", "row")


def _years(issue: kinds.Issue) -> tuple[YearOfPilots, ...]:
    return tuple(
        YearOfPilots(cell.table.starts_on.year, cell.people)
        for cell in _cells(issue).filter(row=TOTAL)
    )


def _people(issue: kinds.Issue) -> dict[str, int]:
    """Add what was shown of each pilot over the years; one hidden year hides nothing else."""
    told: dict[str, int] = {}
    for cell in _cells(issue).exclude(row=TOTAL):
        if cell.people is not None:
            told[cell.row] = told.get(cell.row, 0) + cell.people
    return told


KIND = ReportKind(
    definition=Definition.PILOTS,
    purpose=gettext_lazy("Pilots of a year: what was tried and learned, and what was changed."),
    asks=("year", "authorities"),
    may_ask=("category",),
    facts=PilotsFacts,
    gather=gather,
    compare=compare,
    title=_title,
    chart=chart,
    template_version=2,
)
