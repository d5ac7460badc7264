"""Looking at contracts: the list, and one contract with the same figures for both sides."""

from typing import Any

from django.db import models
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from contracts import actions, dimensions, rules
from contracts.facts import talks
from contracts.forms import ContractFilterForm, KnownOnForm
from contracts.models import Contract, ContractStatus
from contracts.views import contract_parts, plan_parts
from contracts.views.contract_figures import figures_of
from contracts.views.obligations import modifications
from contracts.views.seen import visible_contract
from sroi_portal.core.http import UserRequest, paginate, require
from sroi_portal.core.models import User

SORTS = {
    "title": F("title").asc(),
    "supplier": F("supplier__name").asc(),
    "value": F("value_eur").asc(nulls_first=True),
    "owed": F("fulfilment__owed_eur").asc(nulls_first=True),
    "percentage": F("fulfilment__percentage").asc(nulls_first=True),
    "ends": F("ends_on").asc(nulls_last=True),
}


@require_safe
def contract_list(request: UserRequest) -> HttpResponse:
    require(rules.may_see_contracts(request.user))
    form = ContractFilterForm(request.GET, person=request.user)
    wanted = form.wanted()
    sort = request.GET.get("sort", "")
    rows = (
        listed(request.user, form, sort)
        .with_names()
        .with_fulfilment()
        .fetch_mode(models.FETCH_RAISE)
    )
    context = {
        "form": form,
        "page": paginate(request, rows),
        "sort": sort,
        "is_narrowed": any(wanted.values()),
        "only_of": wanted.get("supplier"),
        "may_log": rules.may_log_contract(request.user),
        "is_supplier": not request.user.roles,
    }
    return render(request, "contracts/contract_list.html", context)


def listed(person: User, form: ContractFilterForm, sort: str) -> Any:
    """Find the contracts of the list, narrowed and sorted; the export has the same rows."""
    wanted = form.wanted()
    return _sorted(_narrowed(Contract.objects.visible_to(person), person, wanted), sort)


@require_safe
def contract_detail(request: UserRequest, contract_id: int) -> HttpResponse:
    contract = visible_contract(request, contract_id)
    obligations = list(contract.obligations.select_related("decided_by", "notice"))
    is_supplier = contract.supplier_id in request.user.supplier_ids
    known_form = KnownOnForm(request.GET, today=timezone.localdate())
    figures = figures_of(contract, request.user, known_on=known_form.day)
    parts = contract_parts.parts_of(
        contract,
        obligations,
        figures["fulfilment"],
        person=request.user,
        today=timezone.localdate(),
    )
    context = {
        "contract": contract,
        "obligation": obligations[-1] if obligations else None,
        "lots": list(contract.lots.all()),
        "events": contract_parts.events(
            contract,
            parts,
            is_supplier=is_supplier or rules.is_party(request.user, contract),
        ),
        "is_supplier": is_supplier,
        "may_enter": contract.supplier_id in request.user.enters_for,
        "is_party": rules.is_party(request.user, contract),
        "may_see_contributions": is_supplier
        or contract.authority_id in request.user.sees_contributions_of,
        "may": _buttons(request.user, contract),
        "modifications": [] if is_supplier else modifications(contract),
        **_concept(contract),
        "known_form": known_form,
        **figures,
        **parts,
        **plan_parts.of_contract(contract, request.user),
        "may_message": rules.may_read_messages(request.user, contract),
        "unread_messages": talks.talk(contract, request.user).unread_count,
    }
    return render(request, "contracts/contract_detail.html", context)


@require_safe
def contract_fulfilment(request: UserRequest, contract_id: int) -> HttpResponse:
    """Answer a page that asks whether the figures moved; 204 when they did not."""
    contract = visible_contract(request, contract_id)
    context = figures_of(contract, request.user)
    fulfilment = context.get("fulfilment")
    if fulfilment is None or request.GET.get("state") == context["state"]:
        return HttpResponse(status=204)
    context |= {"contract": contract}
    return render(request, "contracts/contract_figures.html", context)


def _narrowed(
    found: "QuerySet[Contract]", person: User, wanted: dict[str, Any]
) -> "QuerySet[Contract]":
    if wanted.get("q"):
        found = found.matching(wanted["q"])  # type: ignore[attr-defined]
    found = dimensions.narrowed(found, wanted)
    if wanted.get("own"):
        found = found.filter(models.Q(officer=person) | models.Q(manager=person))
    return found


def _sorted(found: "QuerySet[Contract]", sort: str) -> Any:
    order = SORTS.get(sort.removeprefix("-"))
    if order is None:
        return found.order_by(F("awarded_on").desc(nulls_first=True), "-pk")
    if sort.startswith("-"):
        order = order.copy()
        order.reverse_ordering()
    return found.order_by(order, "-pk")


def _concept(contract: Contract) -> dict[str, Any]:
    if contract.status != ContractStatus.DRAFT:
        return {}
    return {
        "concept": actions.concept_of(contract),
        "missing": actions.missing_for_award(contract),
    }


def _buttons(person: User, contract: Contract) -> dict[str, bool]:
    """Tell what the person may do and the contract is ready for."""
    status = contract.status
    is_draft, is_waiting = status == ContractStatus.DRAFT, status == ContractStatus.HANDED_OVER
    is_looked_after = status in (ContractStatus.HANDED_OVER, ContractStatus.ACTIVE)
    return {
        "change": is_draft and rules.may_change_contract(person, contract),
        "hand_over": status in (ContractStatus.AWARDED, ContractStatus.ACTIVE)
        and rules.may_hand_over_contract(person, contract),
        "accept": is_waiting and rules.may_accept_contract(person, contract),
        "contact": is_looked_after
        and contract.contacted_on is None
        and rules.may_record_contact(person, contract),
        "reserved": contract.is_reserved
        and (is_looked_after or status == ContractStatus.AWARDED)
        and rules.may_record_reserved_share(person, contract),
    }
