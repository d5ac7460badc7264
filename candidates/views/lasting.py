"""Lasting work: one list of questions to answer, one page a question, and what is really added."""

import re
from typing import Any

from django.contrib import messages
from django.db import models, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from candidates import actions, rules
from candidates.forms.lasting import (
    AdditionalityForm,
    FollowUpFilter,
    FollowUpForm,
    forms_of,
)
from candidates.models import Additionality, FollowUp, FollowUpStatus, Placement, SaidBy
from candidates.views import looking
from contracts.models import Contract
from sroi_portal.core.http import PAGE_SIZE, UserRequest, paginate, require
from sroi_portal.core.status import FORESEEN, ChangedMeanwhileError

SHOWN = {
    FollowUpFilter.ANSWERED: (FollowUpStatus.ANSWERED,),
    FollowUpFilter.ALL: (FollowUpStatus.OPEN, FollowUpStatus.ANSWERED, FollowUpStatus.LAPSED),
}
WAITING = (FollowUpStatus.OPEN, FollowUpStatus.LAPSED)
LINE = re.compile(r"f(\d{1,18})-outcome")


@require_http_methods(["GET", "POST"])
def follow_up_list(request: UserRequest) -> HttpResponse:
    """Show one line a person; what is filled in is answered, the rest waits (C09)."""
    user = request.user
    require(bool(user.supplier_ids))
    contracts = Contract.objects.visible_to(user).filter(placements__supplier__in=user.supplier_ids)
    filters = FollowUpFilter(request.GET, contracts=contracts.distinct().order_by("title", "pk"))
    wanted = filters.wanted()
    page = paginate(request, _narrowed(user.supplier_ids, wanted).fetch_mode(models.FETCH_RAISE))
    forms = forms_of(page)
    may_answer = bool(user.enters_for)
    if request.method == "POST":
        require(may_answer)
        forms = forms_of(_sent(request, wanted).fetch_mode(models.FETCH_RAISE), request.POST)
        kept = _answer_all(request, forms)
        if not any(form.errors for form in forms):
            return redirect(request.get_full_path())
        forms = [form for form in forms if form not in kept]
    people = [form.follow_up.placement for form in forms]
    looking.look_as_supplier(people, "list-follow-ups", by=user, at=timezone.now())
    context = {
        "filters": filters,
        "is_narrowed": any(wanted.get(name) for name in ("months", "contract", "show")),
        "page": page,
        "forms": forms,
        "today": timezone.localdate(),
        "may_answer": may_answer,
        "enters_for": user.enters_for,
        "has_errors": any(form.is_bound and form.errors for form in forms),
    }
    return render(request, "candidates/follow_up_list.html", context)


@require_http_methods(["GET", "POST"])
def follow_up_detail(request: UserRequest, follow_up_id: int) -> HttpResponse:
    """Show one question with every answer that was given; the firm corrects it here."""
    rows = FollowUp.objects.visible_to(request.user).with_given()
    found = rows.select_related("placement__contract")  # the person is the firm's alone
    follow_up: FollowUp = get_object_or_404(found, pk=follow_up_id)
    is_own = follow_up.supplier_id in request.user.supplier_ids
    may_answer = rules.may_answer_follow_up(request.user, follow_up)
    form = FollowUpForm(request.POST or None, follow_up=follow_up)
    if request.method == "POST":
        require(may_answer)
        if form.is_valid() and _answer(request, form):
            messages.success(request, _("Your answer is kept."))
            return redirect(follow_up)
    placement, at = follow_up.placement, timezone.now()
    looking.look_at_placement(placement, "open-follow-up", by=request.user, at=at)
    context = {
        "follow_up": follow_up,
        "is_own": is_own,
        "form": form if may_answer and follow_up.status != FollowUpStatus.WITHDRAWN else None,
        "answers": follow_up.answers.filter(said_by=SaidBy.SUPPLIER).order_by("-pk"),
    }
    return render(request, "candidates/follow_up_detail.html", context)


@require_http_methods(["GET", "POST"])
def additionality_state(request: UserRequest, placement_id: int) -> HttpResponse:
    """Ask the firm whether this would have happened anyway (E16)."""
    seen = Placement.objects.visible_to(request.user).select_related("contract")
    placement: Placement = get_object_or_404(seen, pk=placement_id)
    require(rules.may_state_additionality(request.user, placement))
    stated = Additionality.objects.filter(placement=placement).first()
    form = AdditionalityForm(request.POST or None, instance=stated)
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in AdditionalityForm.Meta.fields}
        revision, at = form.cleaned_data.get("revision"), timezone.now()
        try:
            actions.state_additionality(placement, told, by=request.user, at=at, revision=revision)
        except ChangedMeanwhileError as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("Your statement is kept."))
            return redirect(placement)
    context = {"form": form, "placement": placement}
    return render(request, "candidates/additionality_state.html", context)


def _narrowed(suppliers: tuple[int, ...], wanted: dict[str, Any]) -> Any:
    statuses = SHOWN.get(wanted.get("show") or "", WAITING)
    rows = FollowUp.objects.filter(supplier_id__in=suppliers, status__in=statuses)
    if wanted.get("months"):
        rows = rows.filter(months=wanted["months"])
    if wanted.get("contract"):
        rows = rows.filter(placement__contract=wanted["contract"])
    return _complete(rows, wanted)


def _sent(request: UserRequest, wanted: dict[str, Any]) -> Any:
    """Find the lines of the page as it was: a colleague may have answered one since."""
    sent = [int(found[1]) for name in request.POST if (found := LINE.fullmatch(name))]
    own = FollowUp.objects.filter(supplier_id__in=request.user.supplier_ids)
    return _complete(own.filter(pk__in=sent[:PAGE_SIZE]), wanted)


def _complete(rows: Any, wanted: dict[str, Any]) -> Any:
    order = ("-due_on", "-pk") if wanted.get("sort") else ("due_on", "pk")
    whole = rows.order_by(*order).select_related("placement__candidate", "placement__contract")
    return whole.with_given()


def _answer_all(request: UserRequest, forms: list[FollowUpForm]) -> list[FollowUpForm]:
    """Answer each line that was filled in; one that is refused leaves the others."""
    valid = [form for form in forms if form.is_valid()]
    given = [form for form in valid if form.is_given and form.has_changed()]
    kept = [form for form in given if _answer(request, form)]
    if kept:
        text = ngettext("%(count)s answer is kept.", "%(count)s answers are kept.", len(kept))
        messages.success(request, text % {"count": len(kept)})
    elif not any(form.errors for form in forms):
        messages.info(request, _("Nothing was filled in, so nothing is kept."))
    return kept


def _answer(request: UserRequest, form: FollowUpForm) -> bool:
    require(rules.may_answer_follow_up(request.user, form.follow_up))
    revision, at = form.cleaned_data.get("revision"), timezone.now()
    try:
        with transaction.atomic():
            actions.answer_follow_up(
                form.follow_up, form.answer(), by=request.user, at=at, revision=revision
            )
    except FORESEEN as reason:
        form.refuse(reason)
        return False
    return True
