"""Naming who of the supplier's people looks after a contract."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contracts import actions, rules
from contracts.forms.delegating import DelegateForm
from contracts.views.seen import visible_contract
from sroi_portal.core.http import UserRequest, require


@require_http_methods(["GET", "POST"])
def contract_delegate(request: UserRequest, contract_id: int) -> HttpResponse:
    contract = visible_contract(request, contract_id)
    require(rules.may_delegate_contract(request.user, contract))
    form = DelegateForm(request.POST or None, contract=contract)
    if request.method == "POST" and form.is_valid():
        people, by = form.cleaned_data["people"], request.user
        try:
            actions.delegate_contract(contract, people, by=by, at=timezone.now())
        except actions.NotAColleagueError as reason:
            form.add_error("people", str(reason))
        else:
            messages.success(request, _("The names are kept."))
            return redirect(contract)
    return render(request, "contracts/contract_delegate.html", {"form": form, "contract": contract})
