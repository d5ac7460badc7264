"""The library of clauses: searched, written, approved, and copied into tenders."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contracts.actions import clauses
from contracts.forms.clauses import ClauseFilterForm, ClauseForm, NewClauseForm, TakeClauseForm
from contracts.models import Clause, ClauseStatus, Tender, TenderClause
from contracts.rules import talking
from contracts.views.tenders import visible_tender
from sroi_portal.core import history
from sroi_portal.core.doing import pressed, sent
from sroi_portal.core.forms import ReasonForm
from sroi_portal.core.http import UserRequest, paginate, require, seen_revision
from sroi_portal.core.status import FORESEEN

PUBLIC = (ClauseStatus.PUBLISHED, ClauseStatus.SUPERSEDED, ClauseStatus.WITHDRAWN)


@require_safe
def clause_list(request: UserRequest) -> HttpResponse:
    require(bool(request.user.roles))
    form = ClauseFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = Clause.objects.visible_to(request.user)
    if words := wanted.get("q", "").strip():
        found = found.matching(words)
    for name in ("legal_form", "regime"):
        if wanted.get(name):
            found = found.filter(**{f"{name}__in": ("", wanted[name])})
    for name in ("kind", "status"):
        if wanted.get(name):
            found = found.filter(**{name: wanted[name]})
    if not wanted.get("status"):
        found = found.exclude(status__in=(ClauseStatus.SUPERSEDED, ClauseStatus.WITHDRAWN))
    rows = found.order_by("code", "-version", "pk").fetch_mode(models.FETCH_RAISE)
    context = {
        "form": form,
        "page": paginate(request, rows),
        "is_narrowed": any(wanted.values()),
        "may_draft": talking.may_draft_clause(request.user),
    }
    return render(request, "contracts/clause_list.html", context)


@require_safe
def clause_detail(request: UserRequest, clause_id: int) -> HttpResponse:
    clause = _clause(request, clause_id)
    person, status = request.user, clause.status
    is_editor = talking.may_draft_clause(person)
    seen = Tender.objects.visible_to(person).values("pk")
    used = TenderClause.objects.filter(clause__code=clause.code, removed_at=None, tender__in=seen)
    context = {
        "clause": clause,
        "versions": Clause.objects.visible_to(person).filter(code=clause.code),
        "copies": used.select_related("tender", "clause", "lot").order_by("-pk"),
        "events": history.of([clause]),
        "may_change": is_editor and status == ClauseStatus.DRAFT,
        "may_answer": is_editor and status == ClauseStatus.PROPOSED,
        "may_approve": status == ClauseStatus.PROPOSED
        and talking.may_approve_clause(person, clause),
        "may_copy": is_editor and status in PUBLIC,
        "may_withdraw": is_editor and status == ClauseStatus.PUBLISHED,
    }
    return render(request, "contracts/clause_detail.html", context)


@require_safe
def clause_text(request: UserRequest, clause_id: int, language: str) -> HttpResponse:
    """Give the text as a plain file."""
    clause = _clause(request, clause_id)
    if language not in dict(settings.LANGUAGES):
        raise Http404
    title, text = clause.in_language(language)
    name = f"{clause.code}-{clause.version}-{language}.txt"
    return _plain(f"{title}\n\n{text}\n", name)


@require_http_methods(["GET", "POST"])
def clause_new(request: UserRequest) -> HttpResponse:
    require(talking.may_draft_clause(request.user))
    form = NewClauseForm(request.POST or None)
    if form.is_valid():
        facts = form.facts()
        try:
            made = form.already_made() or clauses.draft_clause(
                facts.pop("code"), facts, by=request.user, at=timezone.now(), key=form.key()
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            return redirect(made)
    return render(request, "contracts/clause_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
def clause_edit(request: UserRequest, clause_id: int) -> HttpResponse:
    clause = _clause(request, clause_id)
    require(talking.may_change_clause(request.user))
    form = ClauseForm(request.POST or None, instance=clause)
    if form.is_valid():
        facts, revision = form.facts(), form.cleaned_data["revision"]
        stored = _clause(request, clause_id)
        try:
            clauses.change_clause(
                stored, facts, by=request.user, at=timezone.now(), revision=revision
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The draft is kept."))
            return redirect(clause)
    return render(request, "contracts/clause_edit.html", {"form": form, "clause": clause})


@require_POST
def clause_copy(request: UserRequest, clause_id: int) -> HttpResponse:
    clause = _clause(request, clause_id)
    require(talking.may_copy_clause(request.user))
    return redirect(clauses.copy_clause(clause, by=request.user, at=timezone.now()))


@require_POST
def clause_propose(request: UserRequest, clause_id: int) -> HttpResponse:
    clause = _clause(request, clause_id)
    require(talking.may_propose_clause(request.user))
    said = _("A second adviser is asked to look at it.")
    verb = partial(clauses.propose_clause, clause, revision=seen_revision(request))
    return pressed(request, verb, said, back=clause)


@require_POST
def clause_approve(request: UserRequest, clause_id: int) -> HttpResponse:
    clause = _clause(request, clause_id)
    require(talking.may_approve_clause(request.user, clause))
    verb = partial(clauses.approve_clause, clause, revision=seen_revision(request))
    return pressed(request, verb, _("The text is published."), back=clause)


@require_http_methods(["GET", "POST"])
def clause_return(request: UserRequest, clause_id: int) -> HttpResponse:
    clause = _clause(request, clause_id)
    require(talking.may_return_clause(request.user))
    form = ReasonForm(request.POST or None, initial={"revision": clause.revision})
    verb = partial(clauses.return_clause, clause)
    if sent(request, form, verb, _("The text is a draft again.")):
        return redirect(clause)
    return render(request, "contracts/clause_return.html", {"form": form, "clause": clause})


@require_http_methods(["GET", "POST"])
def clause_withdraw(request: UserRequest, clause_id: int) -> HttpResponse:
    clause = _clause(request, clause_id)
    require(talking.may_withdraw_clause(request.user))
    form = ReasonForm(request.POST or None, initial={"revision": clause.revision})
    verb = partial(clauses.withdraw_clause, clause)
    if sent(request, form, verb, _("The text is withdrawn; tenders keep what they copied.")):
        return redirect(clause)
    return render(request, "contracts/clause_withdraw.html", {"form": form, "clause": clause})


@require_http_methods(["GET", "POST"])
def clause_take(request: UserRequest, tender_id: int) -> HttpResponse:
    """Copy a text of the library into the tender."""
    tender = visible_tender(request, tender_id)
    require(talking.may_take_clause(request.user, tender))
    copied = TenderClause(tender=tender, authority=tender.authority)
    initial = {"clause": request.GET.get("clause")}
    form = TakeClauseForm(request.POST or None, instance=copied, initial=initial, tender=tender)
    if form.is_valid():
        facts = form.facts()
        try:
            form.already_made() or clauses.take_clause(
                tender,
                facts.pop("clause"),
                facts,
                by=request.user,
                at=timezone.now(),
                key=form.key(),
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The text stands in the tender."))
            return redirect(tender)
    return render(request, "contracts/clause_take.html", {"form": form, "tender": tender})


@require_POST
def clause_remove(request: UserRequest, copied_id: int) -> HttpResponse:
    seen = Tender.objects.visible_to(request.user).values("pk")
    found = TenderClause.objects.filter(tender__in=seen).select_related("tender")
    copied = get_object_or_404(found, pk=copied_id)
    require(talking.may_remove_clause(request.user, copied))
    verb = partial(clauses.remove_clause, copied)
    return pressed(request, verb, _("The text is taken out of the tender."), back=copied.tender)


@require_safe
def tender_texts(request: UserRequest, tender_id: int) -> HttpResponse:
    """Give all texts of a tender as one plain file, to paste into its documents."""
    tender = visible_tender(request, tender_id)
    copies = tender.clauses.filter(removed_at=None).select_related("clause", "lot")
    parts = [f"{each.title}\n\n{each.text}" for each in copies]
    return _plain("\n\n\n".join(parts) + "\n", f"teksten-{tender.pk}.txt")


def _plain(text: str, name: str) -> HttpResponse:
    return HttpResponse(
        text,
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _clause(request: UserRequest, clause_id: int) -> Clause:
    seen = Clause.objects.visible_to(request.user)
    clause: Clause = get_object_or_404(seen, pk=clause_id)
    return clause
