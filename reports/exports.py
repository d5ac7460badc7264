"""The list of contracts as CSV and XLSX: the rows of the page (G03)."""

from typing import Any

from django.db.models import Case, Count, DecimalField, F, QuerySet, Sum, When
from django.db.models.functions import Round
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from contracts.dimensions import Dimension, expression
from contracts.models import Contract, ContractStatus, LegalForm, Signal
from reports import portfolio
from reports.sheets import IN_ITS_UNIT
from sroi_portal.core.table_files import Column, Sheet, words_of

CATEGORY = "category__name"  # in the language of who asks
COLUMNS = (
    Column(gettext_lazy("Contracting authority"), "authority__name"),
    Column(gettext_lazy("Contract number"), "reference"),
    Column(gettext_lazy("Title"), "title", is_wide=True),
    Column(gettext_lazy("Supplier"), "supplier__name"),
    Column(gettext_lazy("KvK number"), "supplier__kvk"),
    Column(gettext_lazy("Category"), CATEGORY),
    Column(gettext_lazy("Status"), "status", words_of(ContractStatus)),
    Column(gettext_lazy("Legal form"), "legal_form", words_of(LegalForm)),
    Column(gettext_lazy("Awarded on"), "awarded_on"),
    Column(gettext_lazy("First day"), "starts_on"),
    Column(gettext_lazy("Last day"), "ends_on"),
    Column(gettext_lazy("Contract value without VAT"), "value_eur"),
    Column(gettext_lazy("Owed"), "fulfilment__owed_eur"),
    Column(gettext_lazy("Verified"), "fulfilment__verified_eur"),
    Column(gettext_lazy("Submitted"), "fulfilment__submitted_eur"),
    Column(gettext_lazy("Not checked in time"), "fulfilment__unchecked_eur"),
    Column(gettext_lazy("Carried over"), "fulfilment__carried_eur"),
    Column(gettext_lazy("Planned"), "fulfilment__planned_eur"),
    Column(gettext_lazy("Fulfilled"), "fulfilment__done_eur"),
    Column(gettext_lazy("Fulfilled in per cent"), "fulfilment__percentage"),
    Column(gettext_lazy("Expected by now"), "fulfilment__expected_eur"),
    Column(gettext_lazy("Forecast, low"), "fulfilment__forecast_low_eur"),
    Column(gettext_lazy("Forecast, high"), "fulfilment__forecast_high_eur"),
    Column(gettext_lazy("Signal"), "fulfilment__signal", words_of(Signal)),
    *IN_ITS_UNIT,
)

SUMS = {
    "owed_eur": gettext_lazy("Owed"),
    "verified_eur": gettext_lazy("Verified"),
    "submitted_eur": gettext_lazy("Submitted"),
    "unchecked_eur": gettext_lazy("Not checked in time"),
    "carried_eur": gettext_lazy("Carried over"),
    "done_eur": gettext_lazy("Fulfilled"),
    "expected_eur": gettext_lazy("Expected by now"),
    "forecast_low_eur": gettext_lazy("Forecast, low"),
    "forecast_high_eur": gettext_lazy("Forecast, high"),
}
SHARE = Case(
    When(owed_eur__gt=0, then=Round(100 * F("done_eur") / F("owed_eur"), 1)),
    output_field=DecimalField(),
)

COCKPIT_COLUMNS = (
    *COLUMNS[:3],
    Column(gettext_lazy("Status"), "status", words_of(ContractStatus)),
    Column(gettext_lazy("First day"), "starts_on"),
    Column(gettext_lazy("Last day"), "ends_on"),
    Column(gettext_lazy("Owed"), "fulfilment__owed_eur"),
    Column(gettext_lazy("Verified"), "fulfilment__verified_eur"),
    Column(gettext_lazy("Carried over"), "fulfilment__carried_eur"),
    Column(gettext_lazy("Counts"), "fulfilment__done_eur"),
    Column(gettext_lazy("Waits for a decision"), "waiting_eur"),
    Column(gettext_lazy("Returned"), "returned_eur"),
    Column(gettext_lazy("Expected by now"), "fulfilment__expected_eur"),
    Column(gettext_lazy("Fulfilled in per cent"), "fulfilment__percentage"),
    Column(gettext_lazy("Signal"), "fulfilment__signal", words_of(Signal)),
    *IN_ITS_UNIT,
)


def sheet_of(contracts: QuerySet[Contract]) -> Sheet:
    return Sheet(_("contracts"), tuple(_localised(column) for column in COLUMNS), contracts)


def _localised(column: Column) -> Column:
    if column.field != CATEGORY:
        return column
    is_dutch = (get_language() or "nl").startswith("nl")
    return Column(column.heading, f"{CATEGORY}_{'nl' if is_dutch else 'en'}")


def cockpit_sheet(contracts: QuerySet[Contract]) -> Sheet:
    """Give a supplier its own contracts for its own reporting (N16)."""
    return Sheet(_("our-contracts"), COCKPIT_COLUMNS, contracts)


def figures_sheet(contracts: QuerySet[Contract], by: Dimension) -> Sheet:
    """Give the parts of a dashboard with the sums that its page shows (R-312)."""
    found = (
        contracts.order_by()
        .values(piece=expression(by))
        .annotate(number=Count("pk"), **{name: Sum(f"fulfilment__{name}") for name in SUMS})
        .annotate(share=SHARE)
        .order_by("piece")
    )

    def named() -> dict[Any, str]:
        return portfolio.labels(by, list(found.values_list("piece", flat=True)))

    columns = (
        Column(capfirst(by.label), "piece", named, is_wide=True),
        Column(gettext_lazy("Contracts"), "number"),
        *(Column(heading, name) for name, heading in SUMS.items()),
        Column(gettext_lazy("Fulfilled in per cent"), "share"),
    )
    return Sheet(_("figures"), columns, found)
