"""The statement of one supplier: its contracts with one authority."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contracts import consortia
from contracts.models import ConsortiumMember
from reports.definitions.base import ReportKind, bar_chart
from reports.facts import checking, gathering, kinds, stories
from reports.facts.stories import Story
from reports.models import Definition, Report
from sroi_portal.core.charts import BarChart


@dataclass(frozen=True, slots=True)
class Part:
    """What the supplier carries of a contract that it has together with others (R-117)."""

    contract: str
    is_lead: bool
    share_pct: Decimal
    owed_eur: Decimal
    verified_eur: Decimal


@dataclass(frozen=True, slots=True)
class SupplierFacts(kinds.Facts):
    issue: kinds.Issue
    supplier: str
    supplier_kvk: str
    total: kinds.Group
    by_category: tuple[kinds.Group, ...]
    by_year: tuple[kinds.Group, ...]
    periods: tuple[kinds.Period, ...]
    parts: tuple[Part, ...]
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


def gather(report: Report, issue: kinds.Issue) -> SupplierFacts:
    """Contracts that it leads; what it carries of others' stands apart and is in no sum."""
    supplier = report.supplier
    assert supplier  # noqa: S101 - the database keeps it
    awarded = gathering.awarded([report.authority_id])
    led = awarded.filter(supplier=supplier)
    gathered = gathering.gather(led, issue)
    lines = gathered.lines
    return SupplierFacts(
        issue=issue,
        supplier=supplier.name,
        supplier_kvk=supplier.kvk,
        total=gathering.group(_("All contracts"), lines),
        by_category=gathering.by_category(lines),
        by_year=gathering.by_year(lines),
        periods=_periods(lines, issue),
        parts=_parts(report, issue),
        contracts=lines,
        tables=gathered.tables,
        quality=gathered.quality,
        stories=stories.fitting(Q(contract__in=led)),
    )


def compare(found: SupplierFacts) -> Iterator[str]:
    yield from checking.of_many(found)
    if _periods(found.contracts, found.issue) != found.periods:
        yield _("The periods differ.")


def chart(found: SupplierFacts) -> BarChart:
    each = tuple(gathering.group(line.terms.title, [line]) for line in found.contracts)
    title = _("Owed, verified and submitted by contract")
    return bar_chart("contracts", title, found.total, each)


def _periods(lines: tuple[kinds.Line, ...], issue: kinds.Issue) -> tuple[kinds.Period, ...]:
    ids = checking.ids_of(line.terms.uuid for line in lines)
    return gathering.periods_of(ids, lines, issue)


def _parts(report: Report, issue: kinds.Issue) -> tuple[Part, ...]:
    """Divide each contract that the supplier carries with others; three queries."""
    awarded = gathering.awarded([report.authority_id])
    carried = ConsortiumMember.objects.filter(
        Q(supplier=report.supplier) | Q(contract__supplier=report.supplier)
    )
    together = awarded.filter(pk__in=carried.values("contract"))
    contracts = {
        str(each.uuid): each
        for each in together.select_related("supplier").prefetch_related("members__supplier")
    }
    found: list[Part] = []
    for line in gathering.gather(together, issue).lines if contracts else ():
        contract = contracts[line.terms.uuid]
        members = list(contract.members.all())
        divided = consortia.parts(
            contract, members, owed_eur=line.standing.owed_eur, verified_eur=line.sums.verified_eur
        )
        carriers = [contract.supplier_id, *(member.supplier_id for member in members)]
        found += [
            Part(line.terms.title, part.is_lead, part.share_pct, part.owed_eur, part.verified_eur)
            for carrier, part in zip(carriers, divided, strict=True)
            if carrier == report.supplier_id
        ]
    return tuple(found)


KIND = ReportKind(
    definition=Definition.SUPPLIER,
    purpose=gettext_lazy("All contracts of one supplier with one authority; it gets it as well."),
    asks=("authority", "supplier"),
    facts=SupplierFacts,
    gather=gather,
    compare=compare,
    title=lambda found: found.supplier,
    chart=chart,
    template_version=3,
)
