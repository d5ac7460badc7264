"""A placement is entered: contract, person, work, row, what the row asks; its worth first."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from candidates import actions, rules, worth
from candidates.forms import ContractChoiceForm, EvidenceForms, PlacementForm
from candidates.models import Placement
from candidates.views.receipts import Receipt, receipt
from contracts import parties
from contracts.models import Contract, Subcontract
from contracts.models.contract import ACCEPTING
from sroi_portal.core import drafts, uploads
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.models import User

if TYPE_CHECKING:
    from django.db.models import QuerySet


@require_http_methods(["GET", "POST"])
@drafts.kept
def placement_new(request: UserRequest) -> HttpResponse:
    """Show what it would count for before it is saved; works in steps without JavaScript."""
    contracts = open_contracts(request.user)
    require(bool(request.user.supplier_ids))
    contract = _chosen(request, contracts)
    if contract is None:
        return _ask_contract(request, contracts)
    require(rules.may_enter_placement(request.user, contract))
    form = PlacementForm(request.POST or None, contract=contract)
    evidence = EvidenceForms(
        form.chosen,
        contract,
        today=timezone.localdate(),
        data=request.POST or None,
        files=request.FILES,
    )
    if request.POST.get("do") == "save" and all([form.is_valid(), evidence.are_valid()]):
        placement = _enter(request, form, evidence)
        if placement:
            return redirect(placement)
    context = {
        "form": form,
        "contract": contract,
        "has_choice": len(contracts) > 1,
        "evidence": evidence,
        "preview": _preview(form, request.user),
        "is_step": request.POST.get("do") == "next",
        "has_errors": bool(form.errors) or any(each.errors for each in evidence),
    }
    return render(request, "candidates/placement_new.html", context)


def open_contracts(user: User) -> "QuerySet[Contract, Contract]":
    """Find the contracts on which this person may enter work."""
    worked_on = Subcontract.objects.of_people(user).values("contract")
    own: QuerySet[Contract, Contract] = Contract.objects.visible_to(user).filter(
        Q(supplier_id__in=user.enters_for) | Q(pk__in=worked_on),
        status__in=ACCEPTING,
        value_table__isnull=False,
        is_framework=False,
    )
    return own.select_related("authority", "supplier", "value_table").order_by("title", "pk")


def _chosen(request: UserRequest, contracts: "QuerySet[Contract, Contract]") -> Contract | None:
    wanted = request.GET.get("contract", "")
    if not wanted and len(contracts) == 1:
        return contracts[0]
    return next((each for each in contracts if str(each.pk) == wanted), None)


def _ask_contract(request: UserRequest, contracts: "QuerySet[Contract, Contract]") -> HttpResponse:
    form = ContractChoiceForm(request.GET if "next" in request.GET else None, contracts=contracts)
    context = {"choice": form, "has_contracts": bool(contracts), "has_errors": bool(form.errors)}
    return render(request, "candidates/placement_new.html", context)


def _enter(request: UserRequest, form: PlacementForm, evidence: EvidenceForms) -> Placement | None:
    """Enter the placement with its statements, all or nothing; sent twice it is entered once."""
    at = timezone.now()
    if made := form.already_made():
        return made
    try:
        with transaction.atomic():
            placement = actions.enter_placement(
                form.contract, form.placement_facts(), by=request.user, at=at
            )
            _state(placement, evidence, by=request.user, at=at)
    except (actions.ContractClosedError, actions.NotInTableError, ValidationError) as reason:
        form.refuse(reason)
        return None
    except _StatementRefusedError:
        return None
    messages.success(request, _("The placement is entered. What it will count for is planned."))
    return placement


class _StatementRefusedError(Exception):
    """A statement was refused; its form says why."""


def _state(placement: Placement, evidence: EvidenceForms, *, by: User, at: dt.datetime) -> None:
    for form in evidence.stated():
        try:
            actions.state_evidence(placement, form.evidence_facts(), by=by, at=at)
        except uploads.UploadRefusedError as reason:
            form.add_error("file", str(reason))
            raise _StatementRefusedError from reason


def _preview(form: PlacementForm, person: User) -> dict[str, Any] | None:
    """Value the work from its first day to the end of the contract, beside what counts already."""
    if not form.is_bound:
        return None
    form.is_valid()
    job = form.job()
    if job is None:
        return None
    contract = form.contract
    ends = (form.cleaned_data.get("ends_on"), contract.ends_on)
    period = (
        max(filter(None, (job.starts_on, contract.starts_on))),
        min(filter(None, ends), default=job.starts_on),
    )
    if period[1] < period[0]:
        return None
    reference = form.cleaned_data.get("reference", "")
    supplier = parties.working_for(contract, person)
    used = worth.used_by_reference(contract, supplier, reference, job.block)
    told: Receipt | None = receipt(worth.of_job(job, period, used=used))
    return {"receipt": told, "starts_on": period[0], "ends_on": period[1]}
