"""Figures over all contracts in sight: one grouped sum over what is kept of each contract (G02)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contracts.dimensions import ALL_AWARDED, PROVINCES, Dimension, SizeClass, Without, expression
from contracts.models import Category, Code, CodeList, Contract, Regime, Signal
from contracts.rules import may_see_ledger
from reports.coverage import NO_REPORT, UNCOVERED
from reports.facts import percentage
from reports.models import Report
from sroi_portal.core.charts import Bar, BarChart
from sroi_portal.core.models import Authority, User
from sroi_portal.core.models.authority import CONTRACT_ROLES
from sroi_portal.core.money import ZERO
from sroi_portal.core.templatetags import formats
from suppliers.models import Supplier

ATTENTION = 8
URGENCY = ("turn", "-shortfall_eur", "pk")
BARS = 12  # that fit a chart; the table beside it has all
IN_ORDER = (Dimension.YEAR, Dimension.QUARTER, Dimension.SIZE)
LACKS = {
    Dimension.CATEGORY: Without.CATEGORY.value,
    Dimension.PROVINCE: Without.REGION.value,
    Dimension.REGION: Without.REGION.value,
}
NAMED: dict[Dimension, Any] = {
    Dimension.AUTHORITY: Authority,
    Dimension.CATEGORY: Category,
    Dimension.SUPPLIER: Supplier,
}
CHOSEN: dict[Dimension, Any] = {
    Dimension.REGIME: Regime,
    Dimension.SIZE: SizeClass,
}


@dataclass(frozen=True, slots=True)
class Figures:
    """Sums over whole contracts in euros, and how many contracts they are."""

    contracts: int = 0
    unreported: int = 0
    without_obligation: int = 0
    asked: int = 0  # of which the rule of the authority asks social return
    uncovered: int = 0  # asked, and nothing is owed all the same
    none: int = 0  # and the other signals: how many contracts have it
    on_course: int = 0
    talk: int = 0
    act: int = 0
    reached: int = 0
    owed_eur: Decimal = ZERO
    done_eur: Decimal = ZERO
    verified_eur: Decimal = ZERO
    submitted_eur: Decimal = ZERO
    unchecked_eur: Decimal = ZERO
    planned_eur: Decimal = ZERO
    expected_eur: Decimal = ZERO
    forecast_low_eur: Decimal = ZERO
    forecast_high_eur: Decimal = ZERO

    @property
    def percentage(self) -> Decimal | None:
        return percentage(self.done_eur, self.owed_eur)

    @property
    def verified_pct(self) -> Decimal | None:
        """Tell how much of what was reported was verified."""
        reported = self.verified_eur + self.submitted_eur + self.unchecked_eur
        return percentage(self.verified_eur, reported)

    @property
    def coverage_pct(self) -> Decimal | None:
        """Tell on how many of the contracts something is owed where the rule asks it."""
        return percentage(Decimal(self.asked - self.uncovered), Decimal(self.asked))

    @property
    def covered(self) -> int:
        return self.asked - self.uncovered

    @property
    def shortfall_eur(self) -> Decimal:
        return max(self.expected_eur - self.done_eur, ZERO)


COUNTS = ("contracts", "unreported", "without_obligation", "asked", "uncovered", *Signal.values)
AMOUNTS = tuple(field.name for field in fields(Figures) if field.name not in COUNTS)
type Cells = dict[Any, Figures]  # by what a contract counts under
COUNTED = {
    "contracts": Count("pk"),
    "unreported": Count("pk", filter=NO_REPORT),
    "without_obligation": Count("pk", filter=Q(fulfilment__owed_eur__lte=0)),
    "asked": Count("pk", filter=Q(rule_asks=True)),
    "uncovered": Count("pk", filter=UNCOVERED),
    **{code: Count("pk", filter=Q(fulfilment__signal=code)) for code in Signal.values},
}


@dataclass(frozen=True, slots=True)
class Row:
    """One part of the contracts, with a link to exactly these."""

    label: str
    url: str
    figures: Figures
    key: str = ""


@dataclass(frozen=True, slots=True)
class SignalRow:
    key: str
    label: str
    url: str
    contracts: int


@dataclass(frozen=True, slots=True)
class Portfolio:
    by: Dimension
    total: Figures
    rows: list[Row]
    signals: list[SignalRow]


def in_sight(user: User) -> QuerySet[Contract]:
    """Awarded contracts of the authorities this person works for, with figures."""
    contracts: QuerySet[Contract] = Contract.objects.visible_to(user).owing()
    return contracts.filter(
        authority_id__in=user.authorities_with(*CONTRACT_ROLES), fulfilment__isnull=False
    )


def figures_of(
    contracts: QuerySet[Contract],
    *,
    by: Dimension,
    wanted: Mapping[str, Any] | None = None,
    cells: Cells | None = None,
) -> Portfolio:
    """Sum once by what is asked, or take `cells` that are kept; `wanted` goes into each link."""
    cells = _cells(contracts, by) if cells is None else cells
    within = {**address_of(wanted or {}), "status": ALL_AWARDED}
    total = _sum(cells.values())
    named = labels(by, list(cells))
    rows = [
        Row(named[value], link(within, by, value), figures, str(value))
        for value, figures in cells.items()
    ]
    return Portfolio(by, total, sorted(rows, key=_order(by)), _signals(total, within))


def attention(contracts: QuerySet[Contract]) -> list[Contract]:
    """Find those that call for action or a talk, the largest shortfall first."""
    found = calling(contracts).select_related("authority", "supplier", "fulfilment")
    return list(found.order_by(*URGENCY)[:ATTENTION])


def calling(contracts: QuerySet[Contract]) -> QuerySet[Contract]:
    """Keep those that call for action or a talk, with how urgent that is."""
    act_first = Case(
        When(fulfilment__signal=Signal.ACT, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return contracts.filter(fulfilment__signal__in=(Signal.ACT, Signal.TALK)).annotate(
        turn=act_first,
        shortfall_eur=F("fulfilment__expected_eur") - F("fulfilment__done_eur"),
    )


def total_of(contracts: QuerySet[Contract], cells: Cells | None = None) -> Figures:
    """Sum all, or take `cells` that are kept."""
    cells = _cells(contracts, Dimension.REGIME) if cells is None else cells
    return _sum(cells.values())


def chart(shown: Portfolio) -> BarChart:
    """Draw the largest parts beside each other; what has an order of its own keeps it."""
    rows = shown.rows
    if shown.by in IN_ORDER:
        drawn = rows[-BARS:]
    else:
        drawn = sorted(rows, key=lambda row: -row.figures.owed_eur)[:BARS]
    return BarChart(
        key="portfolio",
        title=_("Owed, verified and submitted"),
        description=ngettext(
            "%(verified)s of %(owed)s was verified, over %(count)s contract.",
            "%(verified)s of %(owed)s was verified, over %(count)s contracts.",
            shown.total.contracts,
        )
        % {
            "verified": formats.euro_round(shown.total.verified_eur),
            "owed": formats.euro_round(shown.total.owed_eur),
            "count": shown.total.contracts,
        },
        bars=[
            Bar(
                label=row.label,
                owed=row.figures.owed_eur,
                verified=row.figures.verified_eur,
                submitted=row.figures.submitted_eur,
                expected=row.figures.expected_eur,
            )
            for row in drawn
        ],
    )


def address_of(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Give the filters as they stand in an address."""
    return {name: getattr(value, "pk", value) for name, value in wanted.items() if value}


def contracts_url(wanted: Mapping[str, Any]) -> str:
    """Lead to the list of exactly the contracts that a figure is made of."""
    given = {name: value for name, value in wanted.items() if value not in (None, "", [])}
    return f"{reverse('contracts:contract-list')}?{urlencode(given, doseq=True)}"


def behind(report: Report, user: User) -> list[tuple[str, str]]:
    """Lead from a report to what its figures are made of: contracts, and the ledger (G15)."""
    if contract := report.contract:
        found = [(_("The contract"), contract.get_absolute_url())]
        if may_see_ledger(user, contract):
            ledger = reverse("contracts:contract-ledger", args=[contract.pk])
            found.append((_("The ledger of this contract"), ledger))
        return found
    if report.year:  # of the contracts that ran in it: the list of contracts knows no such days
        return []
    one = report.authority_id if not report.other_authority_ids else None
    wanted = {
        "authority": one,
        "category": report.category_id,
        "supplier": report.supplier_id,
        "status": ALL_AWARDED,
    }
    return [(_("The contracts of this report"), contracts_url(wanted))]


def coverage_url(wanted: Mapping[str, Any]) -> str:
    """Lead to what is missing of the same contracts."""
    return f"{reverse('reports:missing')}?{urlencode(address_of(wanted), doseq=True)}"


def link(within: Mapping[str, Any], by: Dimension, value: Any) -> str:
    if value not in (None, ""):
        return contracts_url({**within, by.value: value})
    lacking = [*within.get("without", ()), LACKS[by]]
    return contracts_url({**within, "without": sorted(set(lacking))})


def _signals(total: Figures, within: Mapping[str, Any]) -> list[SignalRow]:
    counted = ((code, getattr(total, code)) for code in Signal.values)
    return [
        SignalRow(code, str(Signal(code).label), contracts_url({**within, "signal": code}), count)
        for code, count in counted
        if count
    ]


def summed(contracts: QuerySet[Contract], *names: str, **keys: Any) -> list[dict[str, Any]]:
    """Sum over contracts by these fields and expressions: the one statement of all figures."""
    sums = {name: Coalesce(Sum(f"fulfilment__{name}"), ZERO) for name in AMOUNTS}
    found = contracts.order_by().values(*names, **keys).annotate(**COUNTED, **sums)
    return [dict(cell) for cell in found]


def _cells(contracts: QuerySet[Contract], by: Dimension) -> Cells:
    found = summed(contracts, piece=expression(by))
    return {cell.pop("piece"): Figures(**cell) for cell in found}


def labels(by: Dimension, values: Sequence[Any]) -> dict[Any, str]:
    """Name each part as its reader knows it; one query at most."""
    known: dict[Any, str] = {None: _("no category"), "": _("no region")}
    if by in NAMED:
        found = NAMED[by]._default_manager.in_bulk(set(values) - {None})
        known |= {pk: str(named) for pk, named in found.items()}
    elif by in CHOSEN:
        known |= {code: str(label) for code, label in CHOSEN[by].choices}
    elif by == Dimension.PROVINCE:
        known |= PROVINCES
    elif by == Dimension.REGION:
        names = Code.objects.names(CodeList.NUTS, list(values))
        known |= {code: f"{name} ({code})" for code, name in names.items()}
    return {value: known.get(value, str(value)) for value in values}


def _order(by: Dimension) -> Any:
    if by == Dimension.SIZE:
        return lambda row: SizeClass.values.index(row.key)
    if by in IN_ORDER:
        return lambda row: row.key
    if by == Dimension.SUPPLIER:
        return lambda row: (-row.figures.owed_eur, row.label.casefold(), row.key)
    return lambda row: (not row.key or row.key == "None", row.label.casefold(), row.key)


def _sum(cells: Iterable[Figures]) -> Figures:
    found = list(cells)
    sums: dict[str, Any] = {name: sum(getattr(cell, name) for cell in found) for name in COUNTS}
    sums |= {name: sum((getattr(cell, name) for cell in found), ZERO) for name in AMOUNTS}
    return Figures(**sums)
