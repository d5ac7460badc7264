"""Figures over all contracts in sight: one grouped sum over what is kept of each contract (G02)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, ExtractYear
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from contracts.models import Category, Contract, Signal
from reports.facts import percentage
from sroi_portal.core.charts import Bar, BarChart
from sroi_portal.core.models import Authority
from sroi_portal.core.money import ZERO
from sroi_portal.core.templatetags import formats

ATTENTION = 8
BARS = 12  # that fit a chart; the tables beside it have all


@dataclass(frozen=True, slots=True)
class Figures:
    """Sums over whole contracts in euros, and how many contracts they are."""

    contracts: int = 0
    unreported: int = 0
    without_obligation: int = 0
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
    def shortfall_eur(self) -> Decimal:
        return max(self.expected_eur - self.done_eur, ZERO)


COUNTS = ("contracts", "unreported", "without_obligation")
AMOUNTS = tuple(field.name for field in fields(Figures) if field.name not in COUNTS)
NO_REPORT = Q(
    fulfilment__owed_eur__gt=0,
    fulfilment__verified_eur=0,
    fulfilment__submitted_eur=0,
    fulfilment__unchecked_eur=0,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One ministry, category, year or signal, with a link to its contracts."""

    label: str
    url: str
    figures: Figures
    key: str = ""


@dataclass(frozen=True, slots=True)
class Portfolio:
    total: Figures
    authorities: list[Row]
    categories: list[Row]
    years: list[Row]
    signals: list[Row]


def figures_of(contracts: QuerySet[Contract], *, within: Mapping[str, Any]) -> Portfolio:
    """Sum once by ministry, category, year and signal, then fold; `within` goes into each link."""
    cells = _cells(contracts)
    authorities = Authority.objects.in_bulk({cell["authority_id"] for cell in cells})
    categories = Category.objects.in_bulk({cell["category_id"] for cell in cells} - {None})

    def rows(
        field: str, parameter: str, label: Callable[[Any], str], order: Callable[[Row], Any]
    ) -> list[Row]:
        folded = _fold(cells, field)
        made = [
            Row(label(value), _link(within, parameter, value), figures, str(value))
            for value, figures in folded.items()
        ]
        return sorted(made, key=order)

    def by_label(row: Row) -> str:
        return row.label.casefold()

    by_signal = list(Signal.values).index
    return Portfolio(
        total=_sum(cells),
        authorities=rows("authority_id", "authority", lambda pk: authorities[pk].name, by_label),
        categories=rows(
            "category_id",
            "category",
            lambda pk: str(categories[pk]) if pk else _("no category"),
            by_label,
        ),
        years=rows("year", "year", str, by_label),
        signals=rows(
            "fulfilment__signal",
            "signal",
            lambda signal: str(Signal(signal).label),
            lambda row: by_signal(row.key),
        ),
    )


def attention(contracts: QuerySet[Contract]) -> list[Contract]:
    """Find those that call for action or a talk, the largest shortfall first."""
    act_first = Case(
        When(fulfilment__signal=Signal.ACT, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    found = (
        contracts.filter(fulfilment__signal__in=(Signal.ACT, Signal.TALK))
        .annotate(shortfall_eur=F("fulfilment__expected_eur") - F("fulfilment__done_eur"))
        .select_related("authority", "supplier", "fulfilment")
        .order_by(act_first, "-shortfall_eur", "pk")
    )
    return list(found[:ATTENTION])


def chart(shown: Portfolio) -> BarChart:
    """Draw authorities beside each other, or categories when there is one authority."""
    rows = shown.authorities if len(shown.authorities) > 1 else shown.categories
    largest = sorted(rows, key=lambda row: -row.figures.owed_eur)[:BARS]
    return BarChart(
        key="portfolio",
        title=_("Owed, verified and submitted"),
        description=_("%(verified)s of %(owed)s was verified, over %(count)s contracts.")
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
            for row in largest
        ],
    )


def contracts_url(wanted: Mapping[str, Any]) -> str:
    """Lead to the list of exactly the contracts that a figure is made of."""
    given = {name: value for name, value in wanted.items() if value not in (None, "")}
    address = reverse("contracts:contract-list")
    return f"{address}?{urlencode(given)}" if given else address


def _link(within: Mapping[str, Any], parameter: str, value: Any) -> str:
    """Give no link where the list has no such choice, as for contracts without a category."""
    return contracts_url({**within, parameter: value}) if value else ""


def _cells(contracts: QuerySet[Contract]) -> list[dict[str, Any]]:
    sums = {name: Coalesce(Sum(f"fulfilment__{name}"), ZERO) for name in AMOUNTS}
    found = (
        contracts.order_by()
        .values("authority_id", "category_id", "fulfilment__signal", year=ExtractYear("awarded_on"))
        .annotate(
            contracts=Count("pk"),
            unreported=Count("pk", filter=NO_REPORT),
            without_obligation=Count("pk", filter=Q(fulfilment__owed_eur__lte=0)),
            **sums,
        )
    )
    return [dict(cell) for cell in found]


def _fold(cells: Iterable[dict[str, Any]], field: str) -> dict[Any, Figures]:
    by_value: dict[Any, list[dict[str, Any]]] = {}
    for cell in cells:
        by_value.setdefault(cell[field], []).append(cell)
    return {value: _sum(found) for value, found in by_value.items()}


def _sum(cells: Iterable[dict[str, Any]]) -> Figures:
    found = list(cells)
    sums: dict[str, Any] = {name: sum(cell[name] for cell in found) for name in COUNTS}
    sums |= {name: sum((cell[name] for cell in found), ZERO) for name in AMOUNTS}
    return Figures(**sums)
