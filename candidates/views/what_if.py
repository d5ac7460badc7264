"""What would it count for: for everybody, also without an account (N11)."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from candidates.forms import TableChoiceForm, WhatIfForm
from candidates.forms.entries import MOST_LINES, Entry, read
from candidates.views.mixes import Ground, Mix
from contracts.models import Contract, Fulfilment, ValueTable
from sroi_portal.core import money
from sroi_portal.core.models import User

RULES = (
    "contract",
    "table",
    "owed_eur",
    "rule",
    "base_eur",
    "percentage",
    "nature",
    "wage_sum_eur",
)
FILLED = ("ends_on", "hours_per_week", "quantity", "amount_eur")


@login_not_required
@require_safe
def what_if(request: HttpRequest) -> HttpResponse:
    """Everything stands in the address, so that a sum can be shared; nothing is kept."""
    choice = TableChoiceForm(
        request.GET or None,
        contracts=_contracts(request),
        tables=ValueTable.objects.published(),
    )
    context: dict[str, Any] = {"choice": choice, "form": None, "receipt": None}
    if not (choice.is_bound and choice.is_valid()):
        return render(request, "candidates/what_if.html", context)
    ground = _ground(choice)
    written = request.GET.getlist("line")[:MOST_LINES]
    entries = [entry for text in written if (entry := read(text, ground.blocks))]
    mix = Mix(ground)
    mix.add(entries)
    form = _form(request, ground, mix)
    entry = form.entry()
    if entry and request.GET.get("do") == "add" and len(entries) < MOST_LINES:
        return redirect(_address(request, [*entries, entry]))
    context |= {
        "form": form,
        "contract": ground.contract,
        "offered": None if ground.contract else choice.offered(),
        "table": next(iter(ground.blocks.values())).table if ground.blocks else None,
        "receipt": mix.value(entry).receipt if entry else None,
        "mix": mix,
        "rows": _rows(request, mix),
        "unread_count": len(written) - len(entries),
        "is_full": len(entries) >= MOST_LINES,
    }
    return render(request, "candidates/what_if.html", context)


def _ground(choice: TableChoiceForm) -> Ground:
    """Take the rows once, with all that their worth follows from."""
    contract: Contract | None = choice.cleaned_data.get("contract")
    table = (contract and contract.value_table) or choice.cleaned_data["table"]
    found = ValueTable.objects.prefetch_related("bonuses").get(pk=table.pk)
    blocks = {}
    for row in found.blocks.select_related("group").order_by("position", "pk"):
        row.table = found
        blocks[row.code] = row
    owed_eur, done_eur = choice.owed(), money.ZERO
    if contract:
        standing = Fulfilment.objects.filter(contract=contract).first()
        owed_eur = standing.owed_eur if standing else None
        done_eur = standing.done_eur if standing else money.ZERO
    return Ground(blocks, contract, owed_eur, done_eur)


def _form(request: HttpRequest, ground: Ground, mix: Mix) -> WhatIfForm:
    is_filled = any(name in request.GET for name in FILLED)
    return WhatIfForm(
        request.GET if is_filled else None,
        initial={"block": request.GET.get("block", "")},
        blocks=ground.blocks,
        contract=ground.contract,
        person=mix.next_person,
    )


def _rows(request: HttpRequest, mix: Mix) -> list[dict[str, Any]]:
    """Give each line what is needed to show it, to keep it in the form and to take it out."""
    entries = [line.entry for line in mix.lines]
    return [
        {
            "line": line,
            "written": line.entry.written(),
            "without": _address(request, entries[:number] + entries[number + 1 :]),
        }
        for number, line in enumerate(mix.lines)
    ]


def _address(request: HttpRequest, entries: list[Entry]) -> str:
    asked = [(name, request.GET[name]) for name in RULES if request.GET.get(name)]
    asked += [("line", entry.written()) for entry in entries]
    return f"{reverse('candidates:what-if')}?{urlencode(asked)}"


def _contracts(request: HttpRequest) -> Any:
    if not isinstance(request.user, User):
        return Contract.objects.none()
    visible = Contract.objects.visible_to(request.user).filter(value_table__isnull=False)
    return visible.select_related("value_table").order_by("title", "pk")
