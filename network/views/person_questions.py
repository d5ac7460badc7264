"""Questions from one person to another, and the answers."""

import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from network import actions, rules
from network.forms.people import AnswerPersonForm, AskPersonForm
from network.models import ASKED_KEPT, PersonQuestion, Professional
from sroi_portal.core import history
from sroi_portal.core.doing import sent
from sroi_portal.core.http import UserRequest, paginate, require
from sroi_portal.core.status import FORESEEN


@require_safe
def person_question_list(request: UserRequest) -> HttpResponse:
    """Show what was asked of somebody and what this person asked, the newest first."""
    shown: Any = PersonQuestion.objects.visible_to(request.user)
    rows = shown.select_related("asked_by", "asked_of").order_by("-asked_at", "-pk")
    return render(request, "network/person_question_list.html", {"page": paginate(request, rows)})


@require_http_methods(["GET", "POST"])
def person_question_new(request: UserRequest, professional_id: int) -> HttpResponse:
    shown = Professional.objects.visible_to(request.user).select_related("user")
    page = get_object_or_404(shown, pk=professional_id)
    require(rules.may_ask_person(request.user, page))
    form = AskPersonForm(request.POST or None, initial={"form_key": uuid.uuid4()})
    if form.is_valid():
        key, text = form.cleaned_data["form_key"], form.cleaned_data["text"]
        made = PersonQuestion.objects.visible_to(request.user).filter(uuid=key).first()
        try:
            made = made or actions.ask_person(
                page, text, by=request.user, at=timezone.now(), key=key
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("Your question is sent. The answer comes here."))
            return redirect(made)
    return render(request, "network/person_question_new.html", {"form": form, "page": page})


@require_http_methods(["GET", "POST"])
def person_question_detail(request: UserRequest, question_id: int) -> HttpResponse:
    """Show what was said; who was asked answers below it."""
    shown = PersonQuestion.objects.visible_to(request.user)
    wide = shown.select_related("asked_by", "asked_of")
    question: PersonQuestion = get_object_or_404(wide, pk=question_id)
    may_answer = rules.may_answer_person(request.user, question)
    require(may_answer or request.method != "POST")
    form = AnswerPersonForm(request.POST or None, initial={"revision": question.revision})
    if sent(request, form, partial(actions.answer_person, question), _("The answer is sent.")):
        return redirect(question)
    context = {
        "question": question,
        "events": history.of([question]),
        "form": form if may_answer else None,
        "erased_on": timezone.localdate(question.asked_at + ASKED_KEPT),
    }
    return render(request, "network/person_question_detail.html", context)
