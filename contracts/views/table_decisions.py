"""Four eyes on a value table: proposed, sent back or approved, and withdrawn."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contracts import actions, rules
from contracts.forms import WithReasonForm
from contracts.models import ValueTable, ValueTableStatus
from sroi_portal.core.doing import done
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.status import FORESEEN


@require_http_methods(["GET", "POST"])
def value_table_propose(request: UserRequest, table_id: int) -> HttpResponse:
    table = _seen(request, table_id)
    require(rules.may_propose_value_table(request.user))
    if table.status != ValueTableStatus.DRAFT:
        return _too_late(request, table)
    said = _("The table is proposed. A colleague approves it.")
    if request.method == "POST" and _done(request, table, actions.propose_value_table, said):
        return redirect(table)
    context = {"table": table, "problems": actions.missing_to_publish(table)}
    return render(request, "contracts/value_table_propose.html", context)


@require_http_methods(["GET", "POST"])
def value_table_approve(request: UserRequest, table_id: int) -> HttpResponse:
    table = _seen(request, table_id)
    require(rules.may_approve_value_table(request.user, table))
    if table.status != ValueTableStatus.PROPOSED:
        return _too_late(request, table)
    said = _("The table is published. Officers can choose it.")
    if request.method == "POST" and _done(request, table, actions.approve_value_table, said):
        return redirect(table)
    older = ValueTable.objects.published().filter(code=table.code).order_by("-valid_from", "-pk")
    context = {"table": table, "older": older.first()}
    return render(request, "contracts/value_table_approve.html", context)


@require_http_methods(["GET", "POST"])
def value_table_discard(request: UserRequest, table_id: int) -> HttpResponse:
    table = _seen(request, table_id)
    require(rules.may_discard_value_table(request.user))
    if table.status != ValueTableStatus.DRAFT:
        return _too_late(request, table)
    said = _("The draft is thrown away.")
    if request.method == "POST" and _done(request, table, actions.discard_value_table, said):
        return redirect("contracts:value-table-list")
    return render(request, "contracts/value_table_discard.html", {"table": table})


@require_http_methods(["GET", "POST"])
def value_table_return(request: UserRequest, table_id: int) -> HttpResponse:
    table = _seen(request, table_id)
    require(rules.may_return_value_table(request.user))
    if table.status != ValueTableStatus.PROPOSED:
        return _too_late(request, table)
    return _with_reason(
        request,
        table,
        actions.return_value_table,
        "contracts/value_table_return.html",
        _("What is to be looked at again?"),
    )


@require_http_methods(["GET", "POST"])
def value_table_withdraw(request: UserRequest, table_id: int) -> HttpResponse:
    table = _seen(request, table_id)
    require(rules.may_withdraw_value_table(request.user))
    if table.status != ValueTableStatus.PUBLISHED:
        return _too_late(request, table)
    return _with_reason(
        request,
        table,
        actions.withdraw_value_table,
        "contracts/value_table_withdraw.html",
        _("Why is it withdrawn?"),
    )


def _with_reason(
    request: UserRequest, table: ValueTable, verb: Callable[..., None], page: str, label: str
) -> HttpResponse:
    form = WithReasonForm(request.POST or None, revision=table.revision, label=label)
    if form.is_valid():
        facts: dict[str, Any] = {"remark": form.cleaned_data["reason"]}
        facts["revision"] = form.cleaned_data["revision"]
        try:
            verb(table, by=request.user, at=timezone.now(), **facts)
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            return redirect(table)
    return render(request, page, {"form": form, "table": table})


def _done(request: UserRequest, table: ValueTable, verb: Callable[..., None], said: str) -> bool:
    """Do what a page asked to confirm, as that page showed the table."""
    typed = request.POST.get("revision", "")
    revision = int(typed) if typed.isascii() and typed.isdigit() else -1
    now = timezone.now()
    return done(request, lambda: verb(table, by=request.user, at=now, revision=revision), said)


def _too_late(request: UserRequest, table: ValueTable) -> HttpResponse:
    """Lead to the table as it stands; a second click comes here too."""
    if request.method == "GET":
        status = table.get_status_display()
        text = _("This can no longer be done: it now has the status “%(status)s”.")
        messages.info(request, text % {"status": status})
    return redirect(table)


def _seen(request: UserRequest, table_id: int) -> ValueTable:
    seen = ValueTable.objects.visible_to(request.user).select_related("proposed_by")
    table: ValueTable = get_object_or_404(seen, pk=table_id)
    return table
