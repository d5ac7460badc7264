"""Writing a contract down: concept, award, and what is computed on the way."""

from functools import partial
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contracts import actions, rules
from contracts.facts import reserved, tendered
from contracts.forms import CancelForm, ContractForm, ContractStartForm, OwedForm, SupplierForm
from contracts.models import Contract, ContractStatus, Tender
from contracts.views import taking
from contracts.views.seen import visible_contract
from sroi_portal.core.doing import pressed
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.status import FORESEEN


@require_http_methods(["GET", "POST"])
def contract_new(request: UserRequest) -> HttpResponse:
    """Say with whom and what; the concept that follows keeps the rest as it is typed."""
    require(rules.may_log_contract(request.user))
    initial = _of_tender(request)
    form = ContractStartForm(request.POST or None, officer=request.user, initial=initial)
    if form.is_valid():
        made = form.already_made() or _log(request, form)
        return redirect("contracts:contract-edit", made.pk)
    return render(request, "contracts/contract_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
def contract_edit(request: UserRequest, contract_id: int) -> HttpResponse:
    contract = visible_contract(request, contract_id)
    require(rules.may_change_contract(request.user, contract))
    if contract.status != ContractStatus.DRAFT:
        messages.info(request, _("This contract is awarded; it is no longer a concept."))
        return redirect(contract)
    concept = actions.concept_of(contract)
    typed = taking.filled_in(request.POST, contract) if "take" in request.POST else request.POST
    form = ContractForm(
        typed or None, instance=contract, concept=concept, today=timezone.localdate()
    )
    is_kept = request.method == "POST" and "compute" not in request.POST and _keep(request, form)
    if request.headers.get("X-Requested-With") == "autosave":
        return _autosaved(form, is_kept=is_kept)
    if is_kept:
        return _after_keeping(request, contract)
    context = {"form": form, "contract": contract, **_shown(typed, contract, form)}
    return render(request, "contracts/contract_edit.html", context)


@require_http_methods(["GET", "POST"])
def contract_supplier(request: UserRequest, contract_id: int) -> HttpResponse:
    """Choose another supplier for a concept, as after a notice with a wrong number."""
    contract = visible_contract(request, contract_id)
    require(rules.may_change_contract(request.user, contract))
    initial = {"supplier": contract.supplier_id}
    form = SupplierForm(request.POST or None, initial=initial)
    if form.is_valid():
        supplier = form.picked(by=request.user, at=timezone.now())
        try:
            actions.change_contract(
                contract, {"supplier": supplier}, by=request.user, at=timezone.now()
            )
        except actions.NotAConceptError as reason:
            messages.error(request, str(reason))
        return redirect("contracts:contract-edit", contract.pk)
    context = {"form": form, "contract": contract}
    return render(request, "contracts/contract_supplier.html", context)


@require_http_methods(["GET", "POST"])
def contract_award(request: UserRequest, contract_id: int) -> HttpResponse:
    """Show what will stand for good, then log it."""
    contract = visible_contract(request, contract_id)
    require(rules.may_award_contract(request.user, contract))
    concept = actions.concept_of(contract)
    if request.method == "POST":
        verb = partial(actions.award_contract, contract, revision=_revision(request))
        said = _("The contract is logged. Hand it over to who manages it.")
        return pressed(request, verb, said, back=contract)
    context = {
        "contract": contract,
        "missing": actions.missing_for_award(contract),
        "asks_share": reserved.asks_share(contract),
        "check_url": reverse("contracts:reserved-record", args=[contract.pk]),
        **taking.shown(concept),
    }
    return render(request, "contracts/contract_award.html", context)


@require_http_methods(["GET", "POST"])
def contract_cancel(request: UserRequest, contract_id: int) -> HttpResponse:
    contract = visible_contract(request, contract_id)
    require(rules.may_cancel_contract(request.user, contract))
    form = CancelForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.cancel_contract(contract, by=request.user, at=timezone.now(), reason=reason)
        except FORESEEN as refusal:
            form.refuse(refusal)
        else:
            return redirect(contract)
    return render(request, "contracts/contract_cancel.html", {"form": form, "contract": contract})


@require_safe
def obligation_preview(request: UserRequest) -> HttpResponse:
    """Compute the obligation while it is typed."""
    require(rules.may_log_contract(request.user))
    number = request.GET.get("contract", "")
    contract = visible_contract(request, int(number)) if number.isdecimal() else None
    concept = OwedForm(request.GET, contract=contract).concept()
    context = taking.shown(concept) if contract else {"concept": concept}
    return render(request, "contracts/contract_edit.html#preview", context)


def _log(request: UserRequest, form: ContractStartForm) -> Contract:
    at = timezone.now()
    facts = form.facts() | {"supplier": form.picked(by=request.user, at=at)}
    known = tendered.known_of(facts["tender"]) if facts.get("tender") else {}
    return actions.log_contract(known | facts, by=request.user, at=at, key=form.key())


def _keep(request: UserRequest, form: ContractForm) -> bool:
    """Change the concept by what was typed, or say in the form why not."""
    if not form.is_valid():
        return False
    facts, revision = form.facts(), form.cleaned_data["revision"]
    try:
        kept = actions.change_contract(
            form.instance, facts, by=request.user, at=timezone.now(), revision=revision
        )
    except FORESEEN as reason:
        form.refuse(reason)
        return False
    form.instance.revision = kept.revision
    return True


def _shown(typed: Any, contract: Contract, form: ContractForm) -> dict[str, Any]:
    """Say what is proposed and what it comes to, of what was typed or what stands there."""
    if typed:
        return taking.shown(OwedForm(typed, contract=contract).concept())
    concept = actions.concept_of(contract)
    concept.rule = form.initial["rule"]
    return taking.shown(concept)


def _autosaved(form: ContractForm, *, is_kept: bool) -> HttpResponse:
    if not is_kept:
        return HttpResponse(status=HTTPStatus.UNPROCESSABLE_ENTITY)
    revision = str(form.instance.revision)
    return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"X-Revision": revision})


def _after_keeping(request: UserRequest, contract: Contract) -> HttpResponse:
    if "award" in request.POST:
        return redirect("contracts:contract-award", contract.pk)
    if "take" in request.POST:
        return redirect("contracts:contract-edit", contract.pk)
    messages.success(request, _("The concept is kept."))
    return redirect(contract)


def _of_tender(request: UserRequest) -> dict[str, object]:
    """Take over what the tender says when one comes from its page."""
    number = request.GET.get("tender", "")
    tender: Tender | None = None
    if number.isdecimal():
        tender = Tender.objects.visible_to(request.user).filter(pk=number).first()
    if tender is None:
        return {}
    return {"tender": tender.pk, "authority": tender.authority_id, "title": tender.title}


def _revision(request: UserRequest) -> int | None:
    number = request.POST.get("revision", "")
    return int(number) if number.isdecimal() else None
