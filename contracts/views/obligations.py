"""Changing an obligation after the award: looked at first, then laid down."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contracts import actions, notices, rules
from contracts.actions.taken_over import CONTRACT, of
from contracts.forms.obligations import ObligationChangeForm
from contracts.models import Contract, Notice, NoticeStatus, Obligation
from contracts.notices.contract_facts import awards
from contracts.views.seen import visible_contract
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.status import FORESEEN

FROM_NOTICE = ("value_eur", "ends_on")


@require_http_methods(["GET", "POST"])
def obligation_change(request: UserRequest, contract_id: int) -> HttpResponse:
    """Show the old figure, the new one and the difference; a second button lays it down."""
    contract = visible_contract(request, contract_id)
    require(rules.may_change_obligation(request.user, contract))
    if contract.is_framework or contract.status not in actions.CHANGING:
        messages.info(request, _("The obligation of this contract can no longer be changed."))
        return redirect(contract)
    notice, standing = _notice(request, contract), actions.current_obligation(contract)
    form = ObligationChangeForm(
        request.POST or None,
        contract=contract,
        standing=standing,
        notice=notice,
        today=timezone.localdate(),
        said=_said(notice, contract) if notice else None,
    )
    preview = _preview(request, form) if form.is_valid() else {}
    if preview and request.POST.get("shown") == preview["state"] and _lay_down(request, form):
        messages.success(request, _("The new version of the obligation stands."))
        return redirect(contract)
    if form.errors:
        preview = {}
    context = {"form": form, "contract": contract, "standing": standing, "notice": notice}
    return render(request, "contracts/obligation_change.html", context | preview)


def modifications(contract: Contract) -> "list[Notice]":
    """Find notices that say the contract was modified, and on which nobody decided yet."""
    if contract.tender_id is None:
        return []
    decided = contract.obligations.filter(notice__isnull=False).values("notice")
    return list(
        Notice.objects.filter(
            tender=contract.tender_id,
            status=NoticeStatus.IMPORTED,
            facts__modification__isnull=False,
        )
        .exclude(facts__modification=None)
        .exclude(pk__in=decided)
    )


def _notice(request: UserRequest, contract: Contract) -> Notice | None:
    """Take the modification that the officer came from; it changes nothing by itself (R-114)."""
    wanted = request.GET.get("notice", "")
    return next((each for each in modifications(contract) if str(each.pk) == wanted), None)


def _said(notice: Notice, contract: Contract) -> dict[str, Any]:
    """Read what the notice says of this very contract."""
    read = notices.read(bytes(notice.raw))
    said: dict[str, Any] = {}
    for award in awards(read):
        number = ((award.contract and award.contract.identifier) or award.id)[:120]
        if number == contract.notice_contract:
            about = f"contract:{award.id}"
            of_award = [each for each in notices.proposals(read) if each.about == about]
            said = of(CONTRACT, of_award)
    lots = set(contract.lots.values_list("identifier", flat=True))
    last = [lot.end_date for lot in read.lots if lot.end_date and lot.id[:20] in lots]
    said |= {"ends_on": max(last)} if last else {}
    told = {name: said[name] for name in FROM_NOTICE if name in said}
    why = read.modification.descriptions if read.modification else ()
    return told | {"reason": "\n".join(why)[:2000]}


def _preview(request: UserRequest, form: ObligationChangeForm) -> dict[str, Any]:
    """Compute what the change makes of the obligation, without keeping anything."""
    try:
        before, version = actions.proposed_obligation(
            form.contract, form.change(), by=request.user, at=timezone.now()
        )
    except actions.ObligationStandsError as reason:
        form.refuse(reason)
        return {}
    if version and not version.deviation and actions.deviates(version):
        form.add_error("deviation", _("This differs from the rule. Say why."))
        return {}
    is_same = before is not None and version is not None and before.unit == version.unit
    difference = version.quantity - before.quantity if before and version and is_same else None
    return {
        "before": before,
        "version": version,
        "difference": difference,
        "state": _state(form, version),
    }


def _state(form: ObligationChangeForm, version: Obligation | None) -> str:
    """Name what was shown, so that nothing else is laid down."""
    owed = f"{version.quantity} {version.unit}" if version else ""
    facts = form.change().of_contract(form.contract)
    return f"{owed} {form.cleaned_data['holds_from']} {facts}"


def _lay_down(request: UserRequest, form: ObligationChangeForm) -> bool:
    try:
        actions.change_obligation(
            form.contract,
            form.change(),
            by=request.user,
            at=timezone.now(),
            revision=form.cleaned_data["revision"],
        )
    except FORESEEN as reason:
        form.refuse(reason)
        return False
    return True
