"""Shared paths of suppliers: the plan, who agreed, and each one's own person (C10, N14)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates import actions, rules
from candidates.forms.paths import TieForm, steps_form, steps_of
from candidates.models import Candidate, PathPerson, PathPlan, PathPlanStatus, SharedPath
from sroi_portal.core import history
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.doing import pressed
from sroi_portal.core.forms import ReasonForm
from sroi_portal.core.http import UserRequest, paginate, require
from sroi_portal.core.status import FORESEEN, texts_of
from suppliers.models import Supplier


@require_safe
def path_list(request: UserRequest) -> HttpResponse:
    require(bool(request.user.supplier_ids))
    page = paginate(request, SharedPath.objects.visible_to(request.user))
    firms = {pk for path in page for pk in path.supplier_ids}
    names = dict(Supplier.objects.filter(pk__in=firms).values_list("pk", "name"))
    rows = [(path, [names[pk] for pk in dict.fromkeys(path.supplier_ids)]) for path in page]
    return render(request, "candidates/path_list.html", {"page": page, "rows": rows})


@require_safe
def path_detail(request: UserRequest, path_id: int) -> HttpResponse:
    path, user = _visible(request, path_id), request.user
    plans = list(path.plans.prefetch_related("steps__supplier", "consents__supplier"))
    agreed = _with_status(plans, PathPlanStatus.AGREED)
    proposed = _with_status(plans, PathPlanStatus.PROPOSED)
    own = path.people.filter(supplier__in=user.supplier_ids).first()
    with acting_as(DatabaseRole.WORKER):  # who is tied, not whom
        tied = set(path.people.values_list("supplier", flat=True))
    context = {
        "path": path,
        "agreed": agreed,
        "proposed": proposed,
        "suppliers": [
            (each, each.pk in tied)
            for each in Supplier.objects.filter(pk__in=path.supplier_ids).order_by("name", "pk")
        ],
        "own": own,
        "is_first": not tied,
        "may_act": rules.may_propose_path_plan(user, path),
        "may_agree": proposed is not None and _waits_for(proposed, user.enters_for),
        "may_tie": agreed is not None and own is None and rules.may_tie_person(user, path),
        "events": history.of([path, *plans]),
    }
    return render(request, "candidates/path_detail.html", context)


def _with_status(plans: list[PathPlan], status: str) -> PathPlan | None:
    return next((each for each in plans if each.status == status), None)


def _waits_for(plan: PathPlan, mine: tuple[int, ...]) -> bool:
    done = {each.supplier_id for each in plan.consents.all()}
    return any(each in mine and each not in done for each in plan.supplier_ids)


@require_http_methods(["GET", "POST"])
def path_plan(request: UserRequest, path_id: int) -> HttpResponse:
    """Plan the steps and their parts; saving proposes them to the others."""
    path = _visible(request, path_id)
    require(rules.may_propose_path_plan(request.user, path))
    steps = steps_form(request.POST or None, path)
    refused: list[str] = []
    if request.method == "POST" and steps.is_valid():
        try:
            actions.propose_path_plan(path, steps_of(steps), by=request.user, at=timezone.now())
        except FORESEEN as reason:
            refused = texts_of(reason)
        else:
            messages.success(request, _("Proposed. It holds when all have agreed."))
            return redirect(path)
    context = {"path": path, "steps": steps, "refused": refused}
    return render(request, "candidates/path_plan.html", context)


@require_POST
def path_agree(request: UserRequest, plan_id: int) -> HttpResponse:
    plan = _plan(request, plan_id)
    require(rules.may_agree_path_plan(request.user, plan))
    verb = partial(actions.agree_path_plan, plan)
    return pressed(request, verb, _("Agreed."), back=plan.path)


@require_http_methods(["GET", "POST"])
def path_drop(request: UserRequest, plan_id: int) -> HttpResponse:
    plan = _plan(request, plan_id)
    require(rules.may_drop_path_plan(request.user, plan))
    form = ReasonForm(request.POST or None, initial={"revision": plan.revision})
    if form.is_valid():
        told: dict[str, Any] = form.cleaned_data
        by, at = request.user, timezone.now()
        try:
            actions.drop_path_plan(plan, told["reason"], by=by, at=at, revision=told["revision"])
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The others read why. Propose another plan together."))
            return redirect(plan.path)
    return render(request, "candidates/path_drop.html", {"form": form, "path": plan.path})


@require_http_methods(["GET", "POST"])
def path_tie(request: UserRequest, path_id: int) -> HttpResponse:
    """Tie one's own person; whoever comes second shows the code of who came first."""
    path = _visible(request, path_id)
    require(rules.may_tie_person(request.user, path))
    with acting_as(DatabaseRole.WORKER):
        asks_code = path.people.exists()
    form = TieForm(request.POST or None, asks_code=asks_code)
    if form.is_valid():
        told, by, at = form.cleaned_data, request.user, timezone.now()
        candidate = _candidate(request, path, told["reference"])
        try:
            if candidate is None:
                raise actions.NotOnPathError(_("You have no person with this reference."))
            actions.tie_person(path, candidate, by=by, at=at, code=told.get("code", ""))
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("Your person is tied to this path."))
            return redirect(path)
    return render(request, "candidates/path_tie.html", {"form": form, "path": path})


@require_POST
@never_cache
def path_code(request: UserRequest, path_id: int) -> HttpResponse:
    """Make a new code and show it on this page only."""
    path = _visible(request, path_id)
    tie = _own_tie(request, path)
    require(rules.may_give_path_code(request.user, tie))
    code = actions.give_path_code(tie, by=request.user, at=timezone.now())
    context = {"path": path, "code": code, "days": actions.CODE_HOLDS.days}
    return render(request, "candidates/path_code.html", context)


@require_http_methods(["GET", "POST"])
def path_untie(request: UserRequest, path_id: int) -> HttpResponse:
    """Let one's own person go from the path, with why."""
    path = _visible(request, path_id)
    tie = _own_tie(request, path)
    require(rules.may_untie_person(request.user, tie))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.untie_person(tie, reason, by=request.user, at=timezone.now())
        except FORESEEN as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Your person is no longer tied to this path."))
            return redirect(path)
    return render(request, "candidates/path_untie.html", {"form": form, "path": path})


def _own_tie(request: UserRequest, path: SharedPath) -> PathPerson:
    ties = PathPerson.objects.filter(path=path, supplier__in=request.user.supplier_ids)
    return get_object_or_404(ties.filter(is_joined=False))


def _candidate(request: UserRequest, path: SharedPath, reference: str) -> Candidate | None:
    mine = [each for each in path.supplier_ids if each in request.user.enters_for]
    firms = Supplier.objects.filter(pk__in=mine)
    found = (Candidate.objects.with_reference(firm, reference).first() for firm in firms)
    return next(filter(None, found), None)


def _visible(request: UserRequest, path_id: int) -> SharedPath:
    path: SharedPath = get_object_or_404(SharedPath.objects.visible_to(request.user), pk=path_id)
    return path


def _plan(request: UserRequest, plan_id: int) -> PathPlan:
    paths = SharedPath.objects.visible_to(request.user)
    return get_object_or_404(PathPlan.objects.select_related("path"), pk=plan_id, path__in=paths)
