"""Lessons: looked for, read, written, judged, and what was changed because of them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from contracts.models import Contract, Tender
from network import actions, changing, rules, searching
from network.forms.lessons import ChangeForm, JudgeForm, LessonFilterForm, LessonForm
from network.models import Lesson, LessonChange, LessonStatus
from sroi_portal.core import history
from sroi_portal.core.doing import sent
from sroi_portal.core.http import UserRequest, paginate, require
from sroi_portal.core.status import FORESEEN, texts_of

JUDGED: dict[str, Callable[..., Lesson]] = {
    LessonStatus.REVIEWED: actions.review_lesson,
    LessonStatus.RETURNED: actions.return_lesson,
    LessonStatus.PUBLISHED: actions.publish_lesson,
}
JUDGED_WORDS: dict[str, Any] = {
    LessonStatus.REVIEWED: gettext_lazy("The lesson is marked as reviewed."),
    LessonStatus.RETURNED: gettext_lazy("The lesson is back with who wrote it."),
    LessonStatus.PUBLISHED: gettext_lazy(
        "The lesson is published: everybody who signs in reads it."
    ),
}


@require_safe
def lesson_list(request: UserRequest) -> HttpResponse:
    form = LessonFilterForm(request.GET, person=request.user)
    wanted = form.cleaned_data if form.is_valid() else {}
    rows: Any = Lesson.objects.visible_to(request.user)
    chosen = {name: wanted[name] for name in ("category", "status") if wanted.get(name)}
    rows, order = rows.filter(**chosen), ("-published_at", "-pk")
    if wanted.get("changed"):
        changes = LessonChange.objects.filter(kind=wanted["changed"])
        rows = rows.filter(pk__in=changes.values("lesson"))
    if wanted.get("q"):
        rows, order = searching.matching(rows, wanted["q"], shown="learned"), ("-rank", "-pk")
    rows = rows.select_related("category", "pilot").prefetch_related("changes").order_by(*order)
    context = {
        "form": form,
        "page": paginate(request, rows.defer("search"), 20),
        "is_narrowed": any(wanted.values()),
        "may_propose": rules.may_propose_lesson(request.user),
    }
    return render(request, "network/lesson_list.html", context)


@require_safe
def lesson_detail(request: UserRequest, lesson_id: int) -> HttpResponse:
    lesson = _lesson(request, lesson_id)
    context = {
        "lesson": lesson,
        "contract": _seen(request, Contract, lesson.contract_id),
        "tender": _seen(request, Tender, lesson.tender_id),
        "changes": changing.pages(lesson.changes.all(), request.user),
        "steps": _steps(request, lesson),
        "may_change": rules.may_change_lesson(request.user, lesson),
        "may_name": rules.may_name_change(request.user, lesson),
        "events": history.of([lesson]),
    }
    return render(request, "network/lesson_detail.html", context)


@require_http_methods(["GET", "POST"])
def lesson_new(request: UserRequest) -> HttpResponse:
    require(rules.may_propose_lesson(request.user))
    about = {name: request.GET.get(name) for name in ("pilot", "contract", "tender")}
    form = LessonForm(request.POST or None, person=request.user, initial=about)
    if form.is_valid():
        try:
            made = form.already_made() or actions.propose_lesson(
                form.facts(), by=request.user, at=timezone.now(), key=form.key()
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("Thank you. An adviser looks at it first."))
            return redirect(made)
    return render(request, "network/lesson_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
def lesson_edit(request: UserRequest, lesson_id: int) -> HttpResponse:
    lesson = _lesson(request, lesson_id)
    require(rules.may_change_lesson(request.user, lesson))
    form = LessonForm(request.POST or None, instance=lesson, person=request.user)
    if form.is_valid():
        facts, revision = form.facts(), form.cleaned_data["revision"]
        try:
            actions.change_lesson(
                lesson, facts, by=request.user, at=timezone.now(), revision=revision
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The lesson is changed."))
            return redirect(lesson)
    return render(request, "network/lesson_edit.html", {"form": form, "lesson": lesson})


@require_http_methods(["GET", "POST"])
def lesson_judge(request: UserRequest, lesson_id: int, to: str) -> HttpResponse:
    lesson = _lesson(request, lesson_id)
    require(rules.may_review_lesson(request.user, lesson))
    if to not in JUDGED:
        raise Http404
    is_return = to == LessonStatus.RETURNED
    seen = {"revision": lesson.revision}
    form = JudgeForm(request.POST or None, is_return=is_return, initial=seen)
    if sent(request, form, partial(JUDGED[to], lesson), JUDGED_WORDS[to]):
        return redirect(lesson)
    return render(request, "network/lesson_judge.html", {"form": form, "lesson": lesson, "to": to})


@require_http_methods(["GET", "POST"])
def change_name(request: UserRequest, lesson_id: int) -> HttpResponse:
    """Say which text, table or rule was changed because of the lesson."""
    lesson = _lesson(request, lesson_id)
    require(rules.may_name_change(request.user, lesson))
    form = ChangeForm(request.POST or None, initial={"changed_on": timezone.localdate()})
    if form.is_valid():
        try:
            actions.name_change(lesson, form.facts(), by=request.user, at=timezone.now())
        except FORESEEN as reason:
            for text in texts_of(reason):
                form.add_error("thing", text)
        else:
            messages.success(request, _("The change stands with the lesson."))
            return redirect(lesson)
    return render(request, "network/change_name.html", {"form": form, "lesson": lesson})


def _lesson(request: UserRequest, lesson_id: int) -> Lesson:
    seen = Lesson.objects.visible_to(request.user).select_related(
        "pilot", "category", "proposed_by", "reviewed_by", "published_by"
    )
    lesson: Lesson = get_object_or_404(seen.defer("search"), pk=lesson_id)
    return lesson


def _seen(request: UserRequest, model: Any, pk: int | None) -> Any:
    """Give the contract or tender it is about, when this person may see that."""
    return model.objects.visible_to(request.user).filter(pk=pk).first() if pk else None


def _steps(request: UserRequest, lesson: Lesson) -> list[str]:
    if not rules.may_review_lesson(request.user, lesson):
        return []
    follow = Lesson.MOVES.get(lesson.status, frozenset())
    return [to.value for to in LessonStatus if to in follow and to in JUDGED]
