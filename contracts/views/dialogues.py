"""Talks about a tender: planned, held, concluded, with an invitation and a summary."""

from functools import partial

from django.contrib import messages
from django.db import models
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contracts import letters, rules
from contracts.actions import dialogue_letters, dialogues
from contracts.forms.dialogues import ConclusionForm, DialogueFilterForm, DialogueForm
from contracts.models import Conclusion, Dialogue, DialogueStatus, LetterKind, TenderStatus
from contracts.rules import talking
from contracts.views.tenders import visible_tender
from sroi_portal.core import history
from sroi_portal.core.doing import sent
from sroi_portal.core.forms import ReasonForm
from sroi_portal.core.http import UserRequest, paginate, require
from sroi_portal.core.status import FORESEEN

SORTS = ("topic", "-topic", "held_on", "-held_on", "tender__title", "-tender__title")


@require_safe
def dialogue_list(request: UserRequest) -> HttpResponse:
    require(rules.may_see_tenders(request.user))
    form = DialogueFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = Dialogue.objects.visible_to(request.user)
    if words := wanted.get("q", "").strip():
        found = found.filter(
            Q(topic__icontains=words)
            | Q(said__icontains=words)
            | Q(tender__title__icontains=words)
            | Q(pk__in=Conclusion.objects.filter(sentence__icontains=words).values("dialogue"))
            | Q(pk__in=Dialogue.objects.filter(parties__name__icontains=words).values("pk"))
        )
    for name in ("kind", "status"):
        if wanted.get(name):
            found = found.filter(**{name: wanted[name]})
    sort = request.GET.get("sort", "")
    standing = Count("conclusions", filter=Q(conclusions__withdrawn_at__isnull=True))
    rows = found.select_related("tender").annotate(conclusion_count=standing)
    rows = rows.order_by(sort if sort in SORTS else "-held_on", "-pk")
    context = {
        "form": form,
        "page": paginate(request, rows.fetch_mode(models.FETCH_RAISE)),
        "sort": sort,
        "is_narrowed": any(wanted.values()),
    }
    return render(request, "contracts/dialogue_list.html", context)


@require_safe
def dialogue_detail(request: UserRequest, dialogue_id: int) -> HttpResponse:
    dialogue = visible_dialogue(request, dialogue_id)
    conclusions = list(dialogue.conclusions.select_related("lot"))
    is_open = (
        dialogue.status != DialogueStatus.WITHDRAWN
        and dialogue.tender.status != TenderStatus.AWARDED
    )
    is_officer = talking.may_change_dialogue(request.user, dialogue)
    context = {
        "dialogue": dialogue,
        "parties": list(dialogue.parties.select_related("supplier")),
        "conclusions": conclusions,
        "events": history.of([dialogue, *conclusions]),
        "may_change": is_officer and is_open,
        "may_add": is_officer and dialogue.status == DialogueStatus.HELD,
        "letter": _letter_of(dialogue) if is_officer else None,
    }
    return render(request, "contracts/dialogue_detail.html", context)


@require_http_methods(["GET", "POST"])
def dialogue_new(request: UserRequest, tender_id: int) -> HttpResponse:
    tender = visible_tender(request, tender_id)
    require(talking.may_log_dialogue(request.user, tender))
    form = DialogueForm(request.POST or None, initial={"held_on": timezone.localdate()})
    if form.is_valid():
        try:
            made = form.already_made() or _log(request, form, tender_id)
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The talk is written down."))
            return redirect(made)
    return render(request, "contracts/dialogue_new.html", {"form": form, "tender": tender})


@require_http_methods(["GET", "POST"])
def dialogue_edit(request: UserRequest, dialogue_id: int) -> HttpResponse:
    dialogue = visible_dialogue(request, dialogue_id)
    require(talking.may_change_dialogue(request.user, dialogue))
    if request.method == "GET" and dialogue.status == DialogueStatus.WITHDRAWN:
        return redirect(dialogue)
    form = DialogueForm(request.POST or None, instance=dialogue)
    if form.is_valid():
        stored = visible_dialogue(request, dialogue_id)
        facts, parties = form.facts(), form.cleaned_data["parties"]
        revision = form.cleaned_data["revision"]
        try:
            dialogues.change_dialogue(
                stored, facts, parties, by=request.user, at=timezone.now(), revision=revision
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The talk is changed."))
            return redirect(dialogue)
    context = {"form": form, "dialogue": dialogue, "tender": dialogue.tender}
    return render(request, "contracts/dialogue_edit.html", context)


@require_http_methods(["GET", "POST"])
def dialogue_withdraw(request: UserRequest, dialogue_id: int) -> HttpResponse:
    dialogue = visible_dialogue(request, dialogue_id)
    require(talking.may_withdraw_dialogue(request.user, dialogue))
    form = ReasonForm(request.POST or None, initial={"revision": dialogue.revision})
    verb = partial(dialogues.withdraw_dialogue, dialogue)
    if sent(request, form, verb, _("The talk is taken back; it can still be read.")):
        return redirect(dialogue)
    context = {"form": form, "dialogue": dialogue}
    return render(request, "contracts/dialogue_withdraw.html", context)


@require_http_methods(["GET", "POST"])
def conclusion_add(request: UserRequest, dialogue_id: int) -> HttpResponse:
    dialogue = visible_dialogue(request, dialogue_id)
    require(talking.may_add_conclusion(request.user, dialogue))
    form = ConclusionForm(request.POST or None, tender=dialogue.tender)
    if form.is_valid():
        try:
            form.already_made() or dialogues.add_conclusion(
                dialogue, form.facts(), by=request.user, at=timezone.now(), key=form.key()
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The conclusion is added."))
            return redirect(dialogue)
    context = {"form": form, "dialogue": dialogue}
    return render(request, "contracts/conclusion_add.html", context)


@require_http_methods(["GET", "POST"])
def conclusion_change(request: UserRequest, conclusion_id: int) -> HttpResponse:
    conclusion = visible_conclusion(request, conclusion_id)
    require(talking.may_change_conclusion(request.user, conclusion))
    dialogue = conclusion.dialogue
    form = ConclusionForm(request.POST or None, instance=conclusion, tender=dialogue.tender)
    if form.is_valid():
        facts, revision = form.facts(), form.cleaned_data["revision"]
        stored = visible_conclusion(request, conclusion_id)
        try:
            dialogues.change_conclusion(
                stored, facts, by=request.user, at=timezone.now(), revision=revision
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The conclusion is changed."))
            return redirect(dialogue)
    context = {"form": form, "dialogue": dialogue, "conclusion": conclusion}
    return render(request, "contracts/conclusion_change.html", context)


@require_http_methods(["GET", "POST"])
def conclusion_withdraw(request: UserRequest, conclusion_id: int) -> HttpResponse:
    conclusion = visible_conclusion(request, conclusion_id)
    require(talking.may_withdraw_conclusion(request.user, conclusion))
    form = ReasonForm(request.POST or None, initial={"revision": conclusion.revision})
    verb = partial(dialogues.withdraw_conclusion, conclusion)
    if sent(request, form, verb, _("The conclusion is taken back; its number stays.")):
        return redirect(conclusion.dialogue)
    context = {"form": form, "conclusion": conclusion, "dialogue": conclusion.dialogue}
    return render(request, "contracts/conclusion_withdraw.html", context)


@require_safe
def dialogue_letter(request: UserRequest, dialogue_id: int, kind: str) -> HttpResponse:
    """Show the letter before it goes out."""
    dialogue = visible_dialogue(request, dialogue_id)
    require(talking.may_invite_to_dialogue(request.user, dialogue))
    language = request.user.language
    today = letters.dated(dialogue, _kind(kind), today=timezone.localdate())
    written = letters.about_talk(dialogue, kind, language, today=today)
    context = {
        "dialogue": dialogue,
        "kind": LetterKind(kind),
        "subject": written.subject,
        "parts": list(letters.parts(written.text)),
        "people": dialogue_letters.reached(dialogue),
        "may_send": kind == _letter_of(dialogue),
    }
    return render(request, "contracts/dialogue_letter.html", context)


@require_safe
def dialogue_letter_pdf(request: UserRequest, dialogue_id: int, kind: str) -> HttpResponse:
    dialogue = visible_dialogue(request, dialogue_id)
    require(talking.may_invite_to_dialogue(request.user, dialogue))
    today = letters.dated(dialogue, _kind(kind), today=timezone.localdate())
    printed = letters.talk_as_pdf(dialogue, kind, request.user.language, today=today)
    is_invitation = kind == LetterKind.INVITATION
    named = slugify(_("invitation") if is_invitation else _("summary"))
    name = f'inline; filename="{named}-{str(dialogue.uuid)[:8]}.pdf"'
    return HttpResponse(
        printed, content_type="application/pdf", headers={"Content-Disposition": name}
    )


@require_POST
def dialogue_letter_send(request: UserRequest, dialogue_id: int, kind: str) -> HttpResponse:
    dialogue = visible_dialogue(request, dialogue_id)
    require(talking.may_sum_up_dialogue(request.user, dialogue))
    is_invitation = _kind(kind) == LetterKind.INVITATION
    verb = (
        dialogue_letters.invite_to_dialogue if is_invitation else dialogue_letters.sum_up_dialogue
    )
    try:
        count = verb(dialogue, by=request.user, at=timezone.now())
    except dialogues.DialogueStandsError as reason:
        messages.error(request, str(reason))
    else:
        said = ngettext("Mailed to %(count)s person.", "Mailed to %(count)s people.", count)
        messages.success(request, said % {"count": count})
    return redirect(dialogue)


def visible_dialogue(request: UserRequest, dialogue_id: int) -> Dialogue:
    seen = Dialogue.objects.visible_to(request.user)
    seen = seen.select_related("authority", "tender__authority", "tender__officer")
    dialogue: Dialogue = get_object_or_404(seen, pk=dialogue_id)
    return dialogue


def visible_conclusion(request: UserRequest, conclusion_id: int) -> Conclusion:
    talks = Dialogue.objects.visible_to(request.user).values("pk")
    seen = Conclusion.objects.filter(dialogue__in=talks).select_related("dialogue__tender")
    return get_object_or_404(seen, pk=conclusion_id)


def _log(request: UserRequest, form: DialogueForm, tender_id: int) -> Dialogue:
    by, at = request.user, timezone.now()
    tender, typed = visible_tender(request, tender_id), form.cleaned_data
    made = dialogues.log_dialogue(
        tender, form.facts(), typed["parties"], by=by, at=at, key=form.key()
    )
    for sentence in typed["conclusions"]:
        dialogues.add_conclusion(made, {"sentence": sentence}, by=by, at=at)
    return made


def _letter_of(dialogue: Dialogue) -> str | None:
    """Name the letter that fits now: before the talk an invitation, after it a summary."""
    if dialogue.status == DialogueStatus.PLANNED:
        return LetterKind.INVITATION
    return LetterKind.SUMMARY if dialogue.status == DialogueStatus.HELD else None


def _kind(kind: str) -> str:
    if kind not in letters.TALKS:
        raise Http404
    return kind
