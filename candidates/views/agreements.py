"""Something tailored: proposed by a supplier, agreed or not by the authority (B04)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates import actions, rules
from candidates.forms.agreements import AgreeForm, AgreementForm, DeclineForm, agreed_rows
from candidates.models import Agreement, AgreementStatus
from contracts.models import Contract
from sroi_portal.core import history
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.doing import pressed
from sroi_portal.core.forms import ReasonForm
from sroi_portal.core.http import UserRequest, paginate, require
from sroi_portal.core.status import FORESEEN


@require_safe
def agreement_list(request: UserRequest) -> HttpResponse:
    """Show what waits for an answer first; with `?contract=` of that one, and how to propose."""
    rows = Agreement.objects.visible_to(request.user).select_related("contract", "supplier")
    require(bool(request.user.supplier_ids) or rules.may_see_agreements(request.user))
    contract = _asked(request)
    rows = rows.filter(contract=contract) if contract else rows
    with acting_as(DatabaseRole.WORKER):  # an adviser sees no contracts; the rows are narrowed
        page = paginate(request, rows.waiting_first())
        context: dict[str, Any] = {"page": page, "rows": list(page), "contract": contract}
    if contract:
        context["has_rows"] = bool(agreed_rows(contract))
        context["may_propose"] = rules.may_propose_agreement(request.user, contract)
    return render(request, "candidates/agreement_list.html", context)


@require_http_methods(["GET", "POST"])
def agreement_new(request: UserRequest, contract_id: int) -> HttpResponse:
    contracts = Contract.objects.visible_to(request.user).select_related("supplier")
    contract: Contract = get_object_or_404(contracts, pk=contract_id)
    require(rules.may_propose_agreement(request.user, contract))
    form = AgreementForm(request.POST or None, contract=contract)
    if form.is_valid():
        try:
            made = form.already_made() or actions.propose_agreement(
                contract, form.proposal(), by=request.user, at=timezone.now()
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("Proposed. The authority agrees with it or not."))
            return redirect(made)
    context = {"form": form, "contract": contract, "has_rows": bool(agreed_rows(contract))}
    return render(request, "candidates/agreement_new.html", context)


@require_safe
def agreement_detail(request: UserRequest, agreement_id: int) -> HttpResponse:
    agreement = _visible(request, agreement_id)
    is_open = agreement.status == AgreementStatus.PROPOSED
    context = {
        "agreement": agreement,
        "is_own": agreement.supplier_id in request.user.supplier_ids,
        "may_answer": is_open and rules.may_agree_agreement(request.user, agreement),
        "may_withdraw": AgreementStatus.WITHDRAWN in agreement.MOVES.get(agreement.status, ())
        and rules.may_withdraw_agreement(request.user, agreement),
        "events": history.of([agreement]),
    }
    return render(request, "candidates/agreement_detail.html", context)


@require_http_methods(["GET", "POST"])
def agreement_agree(request: UserRequest, agreement_id: int) -> HttpResponse:
    return _answer(request, _visible(request, agreement_id), AgreeForm)


@require_http_methods(["GET", "POST"])
def agreement_decline(request: UserRequest, agreement_id: int) -> HttpResponse:
    return _answer(request, _visible(request, agreement_id), DeclineForm)


@require_POST
def agreement_withdraw(request: UserRequest, agreement_id: int) -> HttpResponse:
    agreement = _visible(request, agreement_id)
    require(rules.may_withdraw_agreement(request.user, agreement))
    verb = partial(actions.withdraw_agreement, agreement)
    return pressed(request, verb, _("Withdrawn."), back=agreement)


def _asked(request: UserRequest) -> Contract | None:
    """Find the contract in the address, when this person sees it."""
    number = request.GET.get("contract", "")
    if not number.isdecimal():
        return None
    seen = Contract.objects.visible_to(request.user).select_related("supplier", "manager")
    found: Contract | None = seen.filter(pk=number).first()
    return found


def _visible(request: UserRequest, agreement_id: int) -> Agreement:
    """Read as the worker what the person may see: an adviser sees no other contract rows."""
    people = ("proposed_by", "agreed_by")
    seen = Agreement.objects.visible_to(request.user)
    with acting_as(DatabaseRole.WORKER):
        agreement: Agreement = get_object_or_404(
            seen.select_related("contract", "supplier", "block", *people), pk=agreement_id
        )
    return agreement


def _answer(
    request: UserRequest, agreement: Agreement, form_class: type[ReasonForm]
) -> HttpResponse:
    """Ask why, answer once; sent twice, the second finds it answered."""
    require(rules.may_agree_agreement(request.user, agreement))
    if agreement.status != AgreementStatus.PROPOSED:
        messages.info(request, _("This was answered before."))
        return redirect(agreement)
    agrees = form_class is AgreeForm
    form = form_class(request.POST or None, initial={"revision": agreement.revision})
    if form.is_valid():
        verb = actions.agree_agreement if agrees else actions.decline_agreement
        told, at = form.cleaned_data, timezone.now()
        try:
            with acting_as(DatabaseRole.WORKER):
                verb(
                    agreement,
                    by=request.user,
                    at=at,
                    reason=told["reason"],
                    revision=told["revision"],
                )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("Agreed.") if agrees else _("Not agreed."))
            return redirect(agreement)
    name = "agreement_agree" if agrees else "agreement_decline"
    return render(request, f"candidates/{name}.html", {"form": form, "agreement": agreement})
