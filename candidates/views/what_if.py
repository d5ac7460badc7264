"""What would it count for: for everybody, also without an account (N11)."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from candidates.forms import TableChoiceForm, WhatIfForm
from candidates.views.receipts import receipt
from contracts.models import Contract, ValueTable
from sroi_portal.core.models import User


@login_not_required
@require_safe
def what_if(request: HttpRequest) -> HttpResponse:
    """Everything stands in the address, so that a sum can be shared; nothing is kept."""
    contracts = _contracts(request)
    choice = TableChoiceForm(
        request.GET or None, contracts=contracts, tables=ValueTable.objects.published()
    )
    context: dict[str, Any] = {"choice": choice, "form": None, "receipt": None}
    chosen = choice.cleaned_data if choice.is_valid() else {}
    contract = chosen.get("contract")
    table = contract.value_table if contract else chosen.get("table")
    if table:
        is_filled = "hours_per_week" in request.GET
        form = WhatIfForm(request.GET if is_filled else None, table=table, contract=contract)
        context |= {"form": form, "contract": contract, "table": table}
        context["receipt"] = receipt(form.worth())
    return render(request, "candidates/what_if.html", context)


def _contracts(request: HttpRequest) -> Any:
    if not isinstance(request.user, User):
        return Contract.objects.none()
    visible = Contract.objects.visible_to(request.user).filter(value_table__isnull=False)
    return visible.select_related("value_table").order_by("title", "pk")
