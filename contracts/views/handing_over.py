"""From hand to hand: naming a manager, taking over, first contact."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from contracts import actions, rules
from contracts.forms import ContactForm, HandOverForm, RefuseForm
from contracts.views.seen import visible_contract
from sroi_portal.core.doing import pressed
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.status import FORESEEN


@require_http_methods(["GET", "POST"])
def contract_hand_over(request: UserRequest, contract_id: int) -> HttpResponse:
    contract = visible_contract(request, contract_id)
    require(rules.may_hand_over_contract(request.user, contract))
    form = HandOverForm(request.POST or None, contract=contract)
    if form.is_valid():
        facts = form.cleaned_data
        try:
            actions.hand_over_contract(contract, **facts, by=request.user, at=timezone.now())
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(
                request, _("%(name)s is asked to take over.") % {"name": facts["manager"].name}
            )
            return redirect(contract)
    context = {"form": form, "contract": contract}
    return render(request, "contracts/contract_hand_over.html", context)


@require_POST
def contract_accept(request: UserRequest, contract_id: int) -> HttpResponse:
    contract = visible_contract(request, contract_id)
    require(rules.may_accept_contract(request.user, contract))
    verb = partial(actions.accept_contract, contract)
    return pressed(request, verb, _("You now look after this contract."), back=contract)


@require_http_methods(["GET", "POST"])
def contract_refuse(request: UserRequest, contract_id: int) -> HttpResponse:
    contract = visible_contract(request, contract_id)
    require(rules.may_refuse_contract(request.user, contract))
    form = RefuseForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.refuse_contract(contract, by=request.user, at=timezone.now(), reason=reason)
        except FORESEEN as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The officer gets the contract back, with your reason."))
            return redirect(contract)
    return render(request, "contracts/contract_refuse.html", {"form": form, "contract": contract})


@require_http_methods(["GET", "POST"])
def contact_record(request: UserRequest, contract_id: int) -> HttpResponse:
    contract = visible_contract(request, contract_id)
    require(rules.may_record_contact(request.user, contract))
    form = ContactForm(request.POST or None, today=timezone.localdate())
    if form.is_valid():
        on = form.cleaned_data["contacted_on"]
        try:
            actions.record_contact(contract, on, by=request.user, at=timezone.now())
        except actions.ContactDayError as reason:
            form.add_error("contacted_on", str(reason))
        else:
            messages.success(request, _("The first contact is recorded."))
            return redirect(contract)
    return render(request, "contracts/contact_record.html", {"form": form, "contract": contract})
