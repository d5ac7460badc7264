"""Answers in general words: written, read by another adviser, found by everybody."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network import actions, rules
from network.forms.advice import AnswerForm, WithdrawAnswerForm
from network.models import AdviceAnswer, AdviceQuestion
from sroi_portal.core import history
from sroi_portal.core.doing import done, sent
from sroi_portal.core.http import UserRequest, require, seen_revision
from sroi_portal.core.status import FORESEEN


@require_safe
def answer_detail(request: UserRequest, answer_id: int) -> HttpResponse:
    answer, person = _answer(request, answer_id), request.user
    context = {
        "answer": answer,
        "events": history.of([answer]) if rules.advises(person) else None,
        "may_ask": rules.may_ask_advice(person),
        "may": {
            "change": rules.may_change_answer(person),
            "publish": rules.may_publish_answer(person, answer),
            "withdraw": rules.may_withdraw_answer(person, answer),
        },
    }
    return render(request, "network/answer_detail.html", context)


@require_http_methods(["GET", "POST"])
def answer_new(request: UserRequest) -> HttpResponse:
    require(rules.may_write_answer(request.user))
    question = _came_from(request)
    initial = {"title": question.subject, "category": question.category} if question else {}
    form = AnswerForm(request.POST or None, initial=initial)
    if form.is_valid():
        made = form.already_made() or actions.write_answer(
            form.facts(), by=request.user, at=timezone.now(), key=form.key(), question=question
        )
        messages.success(request, _("Another adviser reads it; then everybody can find it."))
        return redirect(made)
    return render(request, "network/answer_edit.html", {"form": form, "question": question})


@require_http_methods(["GET", "POST"])
def answer_edit(request: UserRequest, answer_id: int) -> HttpResponse:
    answer = _answer(request, answer_id)
    require(rules.may_change_answer(request.user))
    form = AnswerForm(request.POST or None, instance=answer)
    if form.is_valid():
        facts, revision = form.facts(), form.cleaned_data["revision"]
        try:
            actions.change_answer(
                answer, facts, by=request.user, at=timezone.now(), revision=revision
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("Another adviser reads it; then everybody can find it."))
            return redirect(answer)
    return render(request, "network/answer_edit.html", {"form": form, "answer": answer})


@require_POST
def answer_publish(request: UserRequest, answer_id: int) -> HttpResponse:
    answer = _answer(request, answer_id)
    require(rules.may_publish_answer(request.user, answer))
    revision = seen_revision(request)
    done(
        request,
        lambda: actions.publish_answer(
            answer, by=request.user, at=timezone.now(), revision=revision
        ),
        _("Everybody can find this answer now."),
    )
    return redirect(answer)


@require_http_methods(["GET", "POST"])
def answer_withdraw(request: UserRequest, answer_id: int) -> HttpResponse:
    answer = _answer(request, answer_id)
    require(rules.may_withdraw_answer(request.user, answer))
    form = WithdrawAnswerForm(request.POST or None, initial={"revision": answer.revision})
    verb = partial(actions.withdraw_answer, answer)
    if sent(request, form, verb, _("The answer is taken away.")):
        return redirect(answer)
    return render(request, "network/answer_withdraw.html", {"form": form, "answer": answer})


def _answer(request: UserRequest, answer_id: int) -> AdviceAnswer:
    shown = AdviceAnswer.objects.visible_to(request.user).select_related("category", "written_by")
    return get_object_or_404(shown.defer("search"), pk=answer_id)


def _came_from(request: UserRequest) -> AdviceQuestion | None:
    """Find the question that the address names, when it has no general answer yet."""
    asked = request.GET.get("question", "")
    if not asked.isdecimal():
        return None
    shown = AdviceQuestion.objects.visible_to(request.user)
    return get_object_or_404(shown.filter(known_answer__isnull=True), pk=asked)
