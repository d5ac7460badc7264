"""All contracts of who leaves; who hears of missed dates."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from contracts import actions, rules
from contracts.forms.leaving import EscalationForm, LeavingForm
from contracts.views.seen import visible_contract
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.models import RoleName


@require_http_methods(["GET", "POST"])
def contracts_hand_over(request: UserRequest) -> HttpResponse:
    """Ask who leaves and who follows; what it is about is counted before it happens."""
    person = request.user
    require(person.has_role(RoleName.OFFICER) or person.has_role(RoleName.MANAGER))
    form = LeavingForm(request.POST or None, person=person)
    count = None
    if form.is_valid():
        facts = form.cleaned_data
        role, authority = RoleName(facts["role"]), facts["authority"]
        require(rules.may_hand_over_contracts(person, authority.pk))
        count = actions.contracts_of(facts["leaver"], role, authority).count()
        if "sure" in request.POST:
            try:
                count = actions.hand_over_contracts(
                    facts["leaver"], facts["successor"], role, authority,
                    by=person, at=timezone.now(),
                )  # fmt: skip
            except actions.NotSuccessorError as reason:
                form.add_error("successor", str(reason))
            else:
                messages.success(request, _handed(count))
                return redirect("contracts:contract-list")
    return render(request, "contracts/contracts_hand_over.html", {"form": form, "count": count})


@require_POST
def contracts_accept(request: UserRequest) -> HttpResponse:
    require(rules.may_accept_contracts(request.user))
    count = actions.accept_contracts(by=request.user, at=timezone.now())
    done = ngettext(
        "You now look after %(count)s contract.", "You now look after %(count)s contracts.", count
    )
    messages.success(request, done % {"count": count})
    return redirect(reverse("home"))


@require_http_methods(["GET", "POST"])
def escalation_name(request: UserRequest, contract_id: int) -> HttpResponse:
    contract = visible_contract(request, contract_id)
    require(rules.may_name_escalation(request.user, contract))
    form = EscalationForm(request.POST or None, contract=contract)
    if form.is_valid():
        person = form.cleaned_data["person"]
        actions.name_escalation(contract, person, by=request.user, at=timezone.now())
        messages.success(request, _("It is written down who hears of missed dates."))
        return redirect(contract)
    context = {"form": form, "contract": contract}
    return render(request, "contracts/escalation_name.html", context)


def _handed(count: int) -> str:
    done = ngettext(
        "%(count)s contract was handed over.", "%(count)s contracts were handed over.", count
    )
    return done % {"count": count}
