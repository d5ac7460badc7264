"""Periods of a contract: stated by the supplier, complete or with nothing to report."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from candidates import actions, rules
from candidates.actions.statements import figures_of, fingerprint, period_of
from candidates.forms.statements import SignForm, WithdrawForm
from candidates.models import Placement, Share, ShareStatus
from contracts import clocks
from contracts.models import Contract, PeriodFigures, PeriodStatement
from contracts.views.seen import visible_contract
from sroi_portal.core import history
from sroi_portal.core.doing import sent
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.status import FORESEEN


@dataclass(frozen=True, slots=True)
class Row:
    """A period, what was stated of it, and whether it waits or is late."""

    period: clocks.Period
    statement: PeriodStatement | None
    count: int
    value_eur: Decimal | None
    is_asked: bool
    is_late: bool


@require_safe
def period_list(request: UserRequest, contract_id: int) -> HttpResponse:
    """Show each period of the contract, with its statement and older versions."""
    contract = _with_statements(request, contract_id)
    require(rules.may_see_periods(request.user, contract))
    today = timezone.localdate()
    statements = list(contract.statements.select_related("signed_by"))
    context = {
        "contract": contract,
        "rows": _rows(request, contract, today),
        "events": history.of(statements),
        "may_sign": rules.may_sign_period(request.user, contract) and _takes_statements(contract),
        "may_see_figures": rules.may_see_figures(request.user, contract),
    }
    return render(request, "candidates/period_list.html", context)


@require_http_methods(["GET", "POST"])
def period_sign(request: UserRequest, contract_id: int, first: str) -> HttpResponse:
    """Show the figures, and freeze what the signer says of them."""
    contract = visible_contract(request, contract_id)
    require(rules.may_sign_period(request.user, contract))
    period = _period(contract, first)
    figures = figures_of(contract, period.starts_on, period.ends_on)
    form = SignForm(request.POST or None, figures=figures, sha256=fingerprint(figures).hex())
    if form.is_valid():
        if form.already_made():
            return redirect("candidates:period-list", contract.pk)
        by, at = request.user, timezone.now()
        try:
            signature, key = form.signature(), form.key()
            actions.sign_period(contract, period.starts_on, signature, by=by, at=at, key=key)
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The period is signed. You can correct it later."))
            return redirect("candidates:period-list", contract.pk)
    context = {"form": form, "contract": contract, "period": period}
    context |= {"count": figures["count"], "hours": Decimal(figures["hours"])}
    context |= {"value_eur": Decimal(figures["value_eur"])}
    return render(request, "candidates/period_sign.html", context | _open_work(contract, period))


@require_http_methods(["GET", "POST"])
def statement_withdraw(request: UserRequest, statement_id: int) -> HttpResponse:
    seen = Contract.objects.visible_to(request.user)
    statement = get_object_or_404(
        PeriodStatement.objects.filter(contract__in=seen).select_related("contract__supplier"),
        pk=statement_id,
    )
    require(rules.may_withdraw_statement(request.user, statement))
    form = WithdrawForm(request.POST or None, initial={"revision": statement.revision})
    verb = partial(actions.withdraw_statement, statement)
    if sent(request, form, verb, _("The statement is withdrawn. State the period again.")):
        return redirect("candidates:period-list", statement.contract_id)
    context = {"form": form, "statement": statement, "contract": statement.contract}
    return render(request, "candidates/statement_withdraw.html", context)


def _with_statements(request: UserRequest, contract_id: int) -> Contract:
    """Read the contract with its standing statements, whatever its status is."""
    contract = visible_contract(request, contract_id)
    if contract.is_framework:
        raise Http404
    standing = contract.statements.standing().select_related("signed_by").order_by("starts_on")
    vars(contract)["standing_statements"] = list(standing)
    return contract


def _rows(request: UserRequest, contract: Contract, today: dt.date) -> list[Row]:
    """List the periods, the newest first, up to the one that runs now."""
    stated = {each.starts_on: each for each in vars(contract)["standing_statements"]}
    facts: dict[int, dict[str, Any]] = {}
    if rules.may_see_figures(request.user, contract):
        figures = PeriodFigures.objects.filter(statement__contract=contract)
        facts = dict(figures.values_list("statement_id", "facts"))
    open_days = set()
    if _takes_statements(contract):
        open_days = {each.starts_on for each in clocks.unstated(contract, today)}
    rows = []
    for period in clocks.periods(contract, stated.values()):
        if period.starts_on > today:
            break
        statement = stated.get(period.starts_on)
        is_asked = period.starts_on in open_days
        told = facts.get(statement.pk) if statement else None
        rows.append(
            Row(
                period=period,
                statement=statement,
                count=told["count"] if told else 0,
                value_eur=Decimal(told["value_eur"]) if told and told["count"] else None,
                is_asked=is_asked,
                is_late=is_asked and period.due_on < today,
            )
        )
    return rows[::-1]


def _takes_statements(contract: Contract) -> bool:
    return contract.status in clocks.STATING


def _period(contract: Contract, first: str) -> clocks.Period:
    """Find the period that begins on the day of the address.

    :raises Http404: when none does.
    """
    try:
        period = period_of(contract, dt.date.fromisoformat(first))
    except ValueError:
        period = None
    if period is None:
        raise Http404
    return period


def _open_work(contract: Contract, period: clocks.Period) -> dict[str, Any]:
    """Tell what is not in the figures: concepts, and placements of which nothing was submitted."""
    days = (period.starts_on, period.ends_on)
    of_contract = Share.objects.filter(contract=contract, contribution__ends_on__range=days)
    sent = of_contract.exclude(status__in=actions.NOT_SENT)
    running = Placement.objects.filter(contract=contract).exclude(status="withdrawn")
    ran = running.filter(starts_on__lte=period.ends_on).exclude(ends_on__lt=period.starts_on)
    unsent = ran.exclude(pk__in=sent.values("contribution__placement"))
    return {
        "drafts": of_contract.filter(status=ShareStatus.DRAFT).count(),
        "unsent": unsent.count(),
        "is_over": period.ends_on < timezone.localdate(),
    }
