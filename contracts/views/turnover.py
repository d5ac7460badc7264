"""Turnover under a contract: what was reported, what is missing, what was corrected."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contracts import actions, clocks, rules, versions
from contracts.forms.turnover import CorrectionForm, TurnoverForm
from contracts.models import BaseKind, Contract, Obligation, TurnoverReport
from contracts.views.seen import visible_contract
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.status import FORESEEN


@require_safe
def turnover_list(request: UserRequest, contract_id: int) -> HttpResponse:
    contract = visible_contract(request, contract_id)
    reports = list(contract.turnover_reports.select_related("reported_by"))
    obligations = list(contract.obligations.select_related("decided_by"))
    current = obligations[-1] if obligations else None
    context = {
        "contract": contract,
        "rows": [(each, versions.amounts_of(each, obligations)) for each in reports],
        "total_eur": sum((each.amount_eur for each in reports), 0),
        "obligation": current,
        "missing": _missing(contract, current, reports),
        "may_report": current is not None
        and current.base_kind == BaseKind.TURNOVER
        and contract.accepts_contributions
        and rules.may_report_turnover(request.user, contract),
    }
    return render(request, "contracts/turnover_list.html", context)


@require_http_methods(["GET", "POST"])
def turnover_report(request: UserRequest, contract_id: int) -> HttpResponse:
    contract = visible_contract(request, contract_id)
    require(rules.may_report_turnover(request.user, contract))
    period = clocks.missing(contract, timezone.localdate())
    form = TurnoverForm(request.POST or None, period=period)
    if form.is_valid() and _report(request, contract, form):
        messages.success(request, _("The turnover is reported; the obligation has grown with it."))
        return redirect("contracts:turnover-list", contract.pk)
    context = {"form": form, "contract": contract}
    return render(request, "contracts/turnover_report.html", context)


@require_http_methods(["GET", "POST"])
def turnover_correct(request: UserRequest, report_id: int) -> HttpResponse:
    seen = Contract.objects.visible_to(request.user)
    reports = TurnoverReport.objects.filter(contract__in=seen)
    report = get_object_or_404(reports.select_related("contract"), pk=report_id)
    require(rules.may_correct_turnover(request.user, report))
    form = CorrectionForm(request.POST or None, report=report)
    if form.is_valid():
        try:
            actions.correct_turnover(
                report, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The amount is corrected; the old one stays visible."))
            return redirect("contracts:turnover-list", report.contract_id)
    context = {"form": form, "contract": report.contract, "report": report}
    return render(request, "contracts/turnover_correct.html", context)


def _missing(
    contract: Contract, current: Obligation | None, reports: list[TurnoverReport]
) -> list[clocks.Period]:
    if current is None or current.base_kind != BaseKind.TURNOVER:
        return []
    today = timezone.localdate()
    return [each for each in clocks.periods(contract, reports) if each.is_missing_on(today)]


def _report(request: UserRequest, contract: Contract, form: TurnoverForm) -> bool:
    """Report it; the same form sent twice reports once."""
    key = form.key()
    if TurnoverReport.objects.filter(uuid=key, contract=contract).exists():
        return True
    try:
        actions.report_turnover(
            contract,
            form.cleaned_data["amount_eur"],
            period=form.period(),
            by=request.user,
            at=timezone.now(),
            key=key,
        )
    except FORESEEN as reason:
        form.refuse(reason)
        return False
    return True
