"""Terms for the end of a contract, and a contract that is broken off."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from contracts import actions, rules
from contracts.forms.settling import BreakOffForm, FactorForm
from contracts.views.asking import Ask, asked
from contracts.views.seen import visible_contract
from sroi_portal.core.http import UserRequest, require


@require_http_methods(["GET", "POST"])
def malus_factor_set(request: UserRequest, contract_id: int) -> HttpResponse:
    contract = visible_contract(request, contract_id)
    require(rules.may_set_malus_factor(request.user, contract))
    form = FactorForm(request.POST or None, contract=contract)
    ask = Ask(
        title=_("Malus of the contract"),
        lead=_("What the contract says about a shortfall at the end."),
        submit=_("Save"),
        done=_("The multiple is recorded."),
        back=contract.get_absolute_url(),
    )
    return asked(
        request,
        contract,
        form,
        ask,
        lambda: actions.set_malus_factor(
            contract,
            form.cleaned_data["factor"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        ),
    )


@require_http_methods(["GET", "POST"])
def contract_break_off(request: UserRequest, contract_id: int) -> HttpResponse:
    contract = visible_contract(request, contract_id)
    require(rules.may_break_off_contract(request.user, contract))
    form = BreakOffForm(request.POST or None)
    ask = Ask(
        title=_("Break the contract off"),
        lead=_("What was checked stays; what waits is closed; what is planned goes."),
        submit=_("Break off"),
        done=_("The contract is broken off."),
        back=contract.get_absolute_url(),
        danger=True,
    )
    return asked(
        request,
        contract,
        form,
        ask,
        lambda: actions.break_off_contract(
            contract, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
        ),
    )
