"""Questions to the advice team, from asking to the answer."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contracts.models import Contract, Tender
from network import actions, rules, searching
from network.forms.advice import (
    AdviceSearchForm,
    AnswerAdviceForm,
    AskAgainForm,
    AskOnForm,
    QuestionFilterForm,
    QuestionForm,
    WithdrawAdviceForm,
)
from network.models import AdviceAnswer, AdviceQuestion, AdviceStatus
from sroi_portal.core import history
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.doing import pressed, sent
from sroi_portal.core.http import UserRequest, paginate, require, seen_revision

FOUND = 5  # answers that are offered while somebody types
BEST: tuple[str, ...] = ("-rank", "-pk")
FEWEST = 3  # letters before we look


@require_safe
def advice(request: UserRequest) -> HttpResponse:
    """Look for an answer first; below it one's own questions."""
    form = AdviceSearchForm(request.GET)
    wanted = form.wanted()
    answers: Any = AdviceAnswer.objects.visible_to(request.user).select_related("category")
    if "category" in wanted:
        answers = answers.filter(category=wanted["category"])
    if "q" in wanted:
        answers = searching.matching(answers, wanted["q"], shown="text").order_by(*BEST)
    else:
        answers = answers.order_by("-written_at", "-pk")
    own = AdviceQuestion.objects.filter(asked_by=request.user).order_by("-asked_at", "-pk")
    context = {
        "form": form,
        "page": paginate(request, answers.defer("search")),
        "is_narrowed": bool(wanted),
        "own": list(own[:20]),
        "waiting": AdviceQuestion.objects.waiting().count() if rules.advises(request.user) else 0,
        "may_ask": rules.may_ask_advice(request.user),
        "may_write": rules.may_write_answer(request.user),
    }
    return render(request, "network/advice.html", context)


@require_safe
def question_list(request: UserRequest) -> HttpResponse:
    require(rules.advises(request.user))
    form, today = QuestionFilterForm(request.GET), timezone.localdate()
    rows = {
        "": AdviceQuestion.objects.waiting(),
        "mine": AdviceQuestion.objects.waiting().filter(assigned_to=request.user),
        "late": AdviceQuestion.objects.overdue(today),
        "answered": AdviceQuestion.objects.filter(status=AdviceStatus.ANSWERED).order_by(
            "-answered_at", "-pk"
        ),
    }[form.wanted()]
    context = {
        "form": form,
        "page": paginate(request, rows.select_related("asked_by", "assigned_to", "category")),
        "is_narrowed": bool(form.wanted()),
        "today": today,
    }
    return render(request, "network/question_list.html", context)


@require_http_methods(["GET", "POST"])
def question_new(request: UserRequest) -> HttpResponse:
    require(rules.may_ask_advice(request.user))
    about = {name: request.GET.get(name) for name in ("contract", "tender", "subject")}
    form = QuestionForm(request.POST or None, person=request.user, initial=about)
    if form.is_valid():
        facts, at = form.facts(), timezone.now()
        made = form.already_made() or actions.ask_advice(
            facts, facts.pop("text"), by=request.user, at=at, key=form.key()
        )
        messages.success(request, _("Your question is with the advice team."))
        return redirect(made)
    subject = request.POST.get("subject") or request.GET.get("subject") or ""
    context = {"form": form, "answers": _fitting(subject)}
    return render(request, "network/question_new.html", context)


@require_safe
def answers_found(request: UserRequest) -> HttpResponse:
    """Offer answers while somebody types; a part of a page."""
    answers = _fitting(request.GET.get("subject", ""))
    return render(request, "network/parts/answers_found.html", {"answers": answers})


@require_safe
def question_detail(request: UserRequest, question_id: int) -> HttpResponse:
    question, person = _question(request, question_id), request.user
    known = question.known_answer
    is_seen = known and (rules.advises(person) or known.published_at)
    context = {
        "question": question,
        "known": known if is_seen else None,
        "contract": _named(request, Contract, question.contract_id),
        "tender": _named(request, Tender, question.tender_id),
        "events": history.of([question]),
        "may": {
            "take": rules.may_take_advice(person, question),
            "give_back": rules.may_give_back_advice(person, question),
            "answer": rules.may_answer_advice(person, question),
            "ask_on": rules.may_ask_on(person, question),
            "ask_again": rules.may_ask_again(person, question),
            "withdraw": rules.may_withdraw_advice(person, question),
            "write": rules.may_write_answer(person) and question.answered_at and not known,
        },
        "today": timezone.localdate(),
    }
    return render(request, "network/question_detail.html", context)


@require_POST
def question_take(request: UserRequest, question_id: int) -> HttpResponse:
    question = _question(request, question_id)
    require(rules.may_take_advice(request.user, question))
    verb = partial(actions.take_advice, question, revision=seen_revision(request))
    return pressed(request, verb, _("You work on this question now."), back=question)


@require_POST
def question_give_back(request: UserRequest, question_id: int) -> HttpResponse:
    question = _question(request, question_id)
    require(rules.may_give_back_advice(request.user, question))
    verb = partial(actions.give_back_advice, question, revision=seen_revision(request))
    return pressed(request, verb, _("A colleague can take it now."), back=question)


@require_http_methods(["GET", "POST"])
def question_withdraw(request: UserRequest, question_id: int) -> HttpResponse:
    question = _question(request, question_id)
    require(rules.may_withdraw_advice(request.user, question))
    form = WithdrawAdviceForm(request.POST or None, initial={"revision": question.revision})
    verb = partial(actions.withdraw_advice, question)
    if sent(request, form, verb, _("The team does not look any more.")):
        return redirect(question)
    return render(request, "network/question_withdraw.html", {"form": form, "question": question})


@require_http_methods(["GET", "POST"])
def question_again(request: UserRequest, question_id: int) -> HttpResponse:
    question = _question(request, question_id)
    require(rules.may_ask_again(request.user, question))
    form = AskAgainForm(request.POST or None, initial={"revision": question.revision})
    verb = partial(actions.ask_again, question)
    if sent(request, form, verb, _("Your question is with the advice team.")):
        return redirect(question)
    return render(request, "network/question_again.html", {"form": form, "question": question})


@require_http_methods(["GET", "POST"])
def question_answer(request: UserRequest, question_id: int) -> HttpResponse:
    question = _question(request, question_id)
    require(rules.may_answer_advice(request.user, question))
    initial = {"revision": question.revision, "known": question.known_answer}
    form = AnswerAdviceForm(request.POST or None, initial=initial)
    if sent(request, form, partial(actions.answer_advice, question), _("The answer is sent.")):
        return redirect(question)
    context = {"form": form, "question": question, "events": history.of([question])}
    return render(request, "network/question_answer.html", context)


@require_http_methods(["GET", "POST"])
def question_on(request: UserRequest, question_id: int) -> HttpResponse:
    question = _question(request, question_id)
    require(rules.may_ask_on(request.user, question))
    form = AskOnForm(request.POST or None)
    verb = partial(actions.ask_on, question)
    if sent(request, form, verb, _("Your question is with the advice team.")):
        return redirect(question)
    return render(request, "network/question_on.html", {"form": form, "question": question})


def _question(request: UserRequest, question_id: int) -> AdviceQuestion:
    shown = AdviceQuestion.objects.visible_to(request.user).select_related(
        *("asked_by", "assigned_to", "category", "known_answer")
    )
    return get_object_or_404(shown, pk=question_id)


def _named(request: UserRequest, model: Any, pk: int | None) -> tuple[str, str] | None:
    """Name what it is about, with its address for who sees that; an adviser reads the title."""
    if pk is None:
        return None
    seen = model.objects.visible_to(request.user).filter(pk=pk).first()
    if seen:
        return seen.title, seen.get_absolute_url()
    with acting_as(DatabaseRole.WORKER):
        return model.objects.values_list("title", flat=True).get(pk=pk), ""


def _fitting(subject: str) -> list[AdviceAnswer]:
    """Find the published answers that answer to these words; the best first."""
    if len(subject) < FEWEST:
        return []
    published = AdviceAnswer.objects.published()
    found = searching.matching(published, subject[:120], shown="text")
    return list(found.order_by(*BEST).defer("search")[:FOUND])
