"""Suppliers together, and call-offs of a framework."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contracts import actions, rules
from contracts.forms.consortia import CallOffForm, MembersForm
from contracts.models import Contract
from contracts.views.seen import visible_contract
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.status import ChangedMeanwhileError


@require_http_methods(["GET", "POST"])
def members_set(request: UserRequest, contract_id: int) -> HttpResponse:
    """Lay the parts of all members down at once."""
    contract = visible_contract(request, contract_id)
    require(rules.may_set_members(request.user, contract))
    form = MembersForm(request.POST or None, contract=contract)
    if form.is_valid() and _set(request, contract, form):
        messages.success(request, _("The parts of the consortium are laid down."))
        return redirect(contract)
    return render(request, "contracts/members_set.html", {"form": form, "contract": contract})


@require_http_methods(["GET", "POST"])
def call_off_log(request: UserRequest, contract_id: int) -> HttpResponse:
    """Begin a call-off with what its framework says."""
    framework = visible_contract(request, contract_id)
    require(rules.may_log_call_off(request.user, framework))
    form = CallOffForm(request.POST or None, framework=framework)
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("title", "reference")}
        key, at = form.key(), timezone.now()
        try:
            made = Contract.objects.filter(
                uuid=key, framework=framework
            ).first() or actions.log_call_off(framework, facts, by=request.user, at=at, key=key)
        except actions.NotAFrameworkError as reason:
            messages.error(request, str(reason))
            return redirect(framework)
        return redirect("contracts:contract-edit", made.pk)
    context = {"form": form, "contract": framework}
    return render(request, "contracts/call_off_log.html", context)


def _set(request: UserRequest, contract: Contract, form: MembersForm) -> bool:
    at, shares = timezone.now(), form.shares()
    if form.has_new():
        shares[form.picked(by=request.user, at=at)] = form.cleaned_data["new_share"]
    try:
        actions.set_members(
            contract, shares, by=request.user, at=at, revision=form.cleaned_data["revision"]
        )
    except (actions.MembersError, ChangedMeanwhileError, ValidationError) as reason:
        form.refuse(reason)
        return False
    return True
