"""The ledger of a contract: every line behind its figures, narrowed by the address (G15)."""

from typing import Any

from django.db import models
from django.db.models import Count, OuterRef, Subquery, Sum, TextField
from django.db.models.functions import Cast
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from contracts import facts, rules
from contracts.forms import LedgerFilterForm
from contracts.models import Account, Contract, Goal, LedgerUnit
from contracts.models.ledger import LedgerEntryQuerySet
from contracts.views.seen import visible_contract
from sroi_portal.core import list_files
from sroi_portal.core.http import UserRequest, paginate, require
from sroi_portal.core.table_files import Column, Sheet, words_of

SORTS = {
    "posted": ("posted_at", "pk"),
    "month": ("month", "pk"),
    "account": ("account", "month", "pk"),
    "quantity": ("unit", "quantity", "pk"),
}
NEWEST = ("-posted_at", "-pk")
GOAL_TITLE = Subquery(Goal.objects.filter(uuid=OuterRef("goal")).values("title")[:1])
GOAL_UNIT = Subquery(Goal.objects.filter(uuid=OuterRef("goal")).values("unit_name")[:1])
COLUMNS = (
    Column(gettext_lazy("Line"), "pk"),
    Column(gettext_lazy("Posted"), "posted_at"),
    Column(gettext_lazy("Posted by"), "posted_by__name"),
    Column(gettext_lazy("Ledger account"), "account", words_of(Account)),
    Column(gettext_lazy("Month"), "month"),
    Column(gettext_lazy("Quantity"), "quantity"),
    Column(gettext_lazy("Unit"), "unit", words_of(LedgerUnit)),
    Column(gettext_lazy("Goal"), "goal_title", is_wide=True),
    Column(
        gettext_lazy("Caused by"),
        "source_kind",
        lambda: {kind: str(label) for kind, label in facts.KINDS.items()},
    ),
    Column(gettext_lazy("Number of the cause"), "source_uuid_text", is_wide=True),
    Column(gettext_lazy("Posting of this cause"), "posting_no"),
)


@require_safe
def contract_ledger(request: UserRequest, contract_id: int) -> HttpResponse:
    contract = _contract(request, contract_id)
    form = _form(request, contract)
    lines = form.narrowed(contract.entries.all())
    page = paginate(request, _listed(request, lines).fetch_mode(models.FETCH_RAISE))
    causes = facts.causes(contract, page.object_list, request.user)
    shown = {
        "contract": contract,
        "form": form,
        "known_on": form.day,
        "is_narrowed": any(request.GET.get(name) for name in form.fields),
        "sort": request.GET.get("sort", ""),
        "page": page,
        "lines": [(line, causes[line.source_uuid]) for line in page],
        "sums": _sums(lines),
    }
    return render(request, "contracts/contract_ledger.html", shown)


@list_files.export
def ledger_export(request: UserRequest, contract_id: int) -> Sheet:
    """Send the lines of the page as a file, with the same filters."""
    contract = _contract(request, contract_id)
    lines = _listed(request, _form(request, contract).narrowed(contract.entries.all()))
    return Sheet(_("ledger"), COLUMNS, lines)


def _contract(request: UserRequest, contract_id: int) -> Contract:
    contract = visible_contract(request, contract_id)
    require(rules.may_see_ledger(request.user, contract))
    return contract


def _form(request: UserRequest, contract: Contract) -> LedgerFilterForm:
    return LedgerFilterForm(request.GET, contract=contract, today=timezone.localdate())


def _listed(request: UserRequest, lines: LedgerEntryQuerySet) -> Any:
    named = lines.select_related("posted_by").annotate(
        goal_title=GOAL_TITLE,
        goal_unit=GOAL_UNIT,
        source_uuid_text=Cast("source_uuid", TextField()),
    )
    sort = request.GET.get("sort", "")
    order = SORTS.get(sort.removeprefix("-"))
    if order is None:
        return named.order_by(*NEWEST)
    return named.order_by(*([f"-{field}" for field in order] if sort[:1] == "-" else order))


def _sums(lines: LedgerEntryQuerySet) -> list[dict[str, Any]]:
    """Add up the selection, units and goals apart: they are never added together."""
    found = (
        lines.order_by()
        .values("unit", "goal", "account")
        .annotate(total=Sum("quantity"), count=Count("pk"))
        .annotate(goal_title=GOAL_TITLE, goal_unit=GOAL_UNIT)
    )
    places = {account: place for place, account in enumerate(Account)}
    return sorted(
        ({**row, "label": Account(row["account"]).label} for row in found),
        key=lambda row: (row["unit"], row["goal_title"] or "", places[row["account"]]),
    )
