"""The plan of a contract: its versions, and the steps between both sides."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contracts import actions, rules
from contracts.facts import plans as facts
from contracts.forms.plans import PlanCommentForm, RemarkForm, ReturnPlanForm, StepForm
from contracts.models import LineKind, Plan, PlanLine, PlanUnit
from contracts.views import plan_parts
from contracts.views.seen import visible_contract
from sroi_portal.core import drafts, history, list_files
from sroi_portal.core.doing import done, tell
from sroi_portal.core.forms import PortalForm
from sroi_portal.core.http import UserRequest, require
from sroi_portal.core.status import FORESEEN
from sroi_portal.core.table_files import Column, Sheet, words_of

COLUMNS = (
    Column(gettext_lazy("Version"), "plan__version"),
    Column(gettext_lazy("Line"), "position"),
    Column(gettext_lazy("Kind of contribution"), "kind", words_of(LineKind)),
    Column(gettext_lazy("What"), "title", is_wide=True),
    Column(gettext_lazy("Row of the value table"), "block__label_nl", is_wide=True),
    Column(gettext_lazy("Quantity"), "quantity"),
    Column(gettext_lazy("Unit"), "unit", words_of(PlanUnit)),
    Column(gettext_lazy("From"), "starts_on"),
    Column(gettext_lazy("To"), "ends_on"),
    Column(gettext_lazy("The table gives"), "proposed_eur"),
    Column(gettext_lazy("Planned value"), "value_eur"),
    Column(gettext_lazy("Where this comes from"), "origin", is_wide=True),
)


@require_POST
def plan_new(request: UserRequest, contract_id: int) -> HttpResponse:
    """Begin a version, or go on with the one that is open."""
    contract = visible_contract(request, contract_id)
    require(rules.may_draft_plan(request.user, contract))
    try:
        plan = actions.draft_plan(contract, by=request.user, at=timezone.now())
    except FORESEEN as reason:
        tell(request, reason)
        return redirect(contract)
    return redirect(plan)


@require_safe
def plan_detail(request: UserRequest, plan_id: int) -> HttpResponse:
    plan = visible_plan(request, plan_id)
    may = plan_parts.buttons(request.user, plan)
    said = list(plan.comments.select_related("written_by")) if may["see_comments"] else []
    rows = facts.rows(plan, said)
    context = {
        "plan": plan,
        "contract": plan.contract,
        "rows": rows,
        **plan_parts.sums(plan.contract, rows),
        "comments": [each for each in said if each.line_id is None],
        "versions": plan_parts.versions(plan, request.user),
        "events": history.of([plan, *(row.line for row in rows)]),
        "is_supplier": plan.supplier_id in request.user.supplier_ids,
        "may": may,
    }
    return render(request, "contracts/plan_detail.html", context)


@require_safe
def plan_compare(request: UserRequest, plan_id: int, other_id: int) -> HttpResponse:
    """Show an older version beside a newer one, line by line."""
    plan, other = visible_plan(request, plan_id), visible_plan(request, other_id)
    require(plan.contract_id == other.contract_id)
    left, right = sorted((plan, other), key=lambda each: each.version)
    context = {
        "contract": plan.contract,
        "left": left,
        "right": right,
        "pairs": facts.pairs(left, right),
        "versions": plan_parts.versions(right, request.user),
    }
    return render(request, "contracts/plan_compare.html", context)


@list_files.export
def plan_export(request: UserRequest, plan_id: int) -> Sheet:
    plan = visible_plan(request, plan_id)
    lines = PlanLine.objects.filter(plan=plan).order_by("position", "pk")
    return Sheet(_("plan"), COLUMNS, lines)


@require_http_methods(["GET", "POST"])
def plan_propose(request: UserRequest, plan_id: int) -> HttpResponse:
    plan = visible_plan(request, plan_id)
    require(rules.may_propose_plan(request.user, plan))
    form = RemarkForm(request.POST or None, plan=plan)
    done = _("Proposed. The contract manager gets a mail.")
    return _step(request, plan, form, actions.propose_plan, ("propose", done))


@require_http_methods(["GET", "POST"])
def plan_return(request: UserRequest, plan_id: int) -> HttpResponse:
    plan = visible_plan(request, plan_id)
    require(rules.may_return_plan(request.user, plan))
    form = ReturnPlanForm(request.POST or None, plan=plan)
    done = _("Sent back. The supplier gets a mail.")
    return _step(request, plan, form, actions.return_plan, ("return", done))


@require_http_methods(["GET", "POST"])
def plan_agree(request: UserRequest, plan_id: int) -> HttpResponse:
    plan = visible_plan(request, plan_id)
    require(rules.may_agree_plan(request.user, plan))
    form = StepForm(request.POST or None, plan=plan)
    done = _("The plan is agreed. What is to be expected now follows its lines.")
    return _step(request, plan, form, actions.agree_plan, ("agree", done))


@require_http_methods(["GET", "POST"])
def plan_accept(request: UserRequest, plan_id: int) -> HttpResponse:
    plan = visible_plan(request, plan_id)
    require(rules.may_accept_plan(request.user, plan))
    form = StepForm(request.POST or None, plan=plan)
    done = _("The plan is agreed. What is to be expected now follows its lines.")
    return _step(request, plan, form, actions.accept_plan, ("accept", done))


@require_POST
def plan_discard(request: UserRequest, plan_id: int) -> HttpResponse:
    plan = visible_plan(request, plan_id)
    require(rules.may_discard_plan(request.user, plan))
    verb = partial(actions.discard_plan, plan, by=request.user, at=timezone.now())
    is_gone = done(request, verb, _("The concept of the plan is thrown away."))
    return redirect(plan.contract if is_gone else plan)


@require_http_methods(["GET", "POST"])
@drafts.kept
def plan_comment(request: UserRequest, plan_id: int) -> HttpResponse:
    """Write a comment on the plan, or on the line that the address names."""
    plan = visible_plan(request, plan_id)
    require(rules.may_comment_plan(request.user, plan))
    wanted = request.GET.get("line", "")
    line = plan.lines.filter(pk=wanted).first() if wanted.isascii() and wanted.isdigit() else None
    form = PlanCommentForm(request.POST or None)
    if form.is_valid():
        text, key = form.cleaned_data["text"], form.cleaned_data["form_key"]
        try:
            if not plan.comments.filter(uuid=key).exists():
                actions.comment_plan(
                    plan, text, by=request.user, at=timezone.now(), line=line, key=key
                )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The comment stands beside the plan."))
            return redirect(plan)
    context = {"form": form, "plan": plan, "contract": plan.contract, "line": line}
    return render(request, "contracts/plan_comment.html", context)


def visible_plan(request: UserRequest, plan_id: int) -> Plan:
    seen = Plan.objects.visible_to(request.user).select_related(
        "contract__authority",
        "contract__supplier",
        "contract__manager",
        "contract__officer",
        "contract__value_table",
        "supplier_agreed_by",
        "authority_agreed_by",
    )
    plan: Plan = get_object_or_404(seen, pk=plan_id)
    return plan


def _step(
    request: UserRequest,
    plan: Plan,
    form: PortalForm,
    verb: Callable[..., None],
    told: tuple[str, str],
) -> HttpResponse:
    """Ask for what the step needs, take it, or say why it cannot be taken."""
    step, done = told
    if form.is_valid():
        facts_typed: dict[str, Any] = (
            form.facts() if isinstance(form, ReturnPlanForm) else form.cleaned_data
        )
        try:
            verb(plan, **facts_typed, by=request.user, at=timezone.now())
        except FORESEEN as reason:
            form.refuse(reason)
            plan.refresh_from_db(fields=["revision", "status"])
        else:
            messages.success(request, done)
            return redirect(plan)
    rows = facts.rows(plan)
    context = {"form": form, "plan": plan, "contract": plan.contract, "step": step, "rows": rows}
    context |= plan_parts.sums(plan.contract, rows)
    return render(request, "contracts/plan_step.html", context)
