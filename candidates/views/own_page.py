"""A person without an account: opens by a button, and sees and says what is about the person."""

from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates import actions, recorded, voices
from candidates.forms.own_page import (
    CodeForm,
    NewCodeForm,
    PermissionForm,
    QuestionsForm,
    StillForm,
    WrongForm,
    as_typed,
)
from candidates.letters import Texts
from candidates.models import (
    Fact,
    FollowUp,
    FollowUpAnswer,
    FollowUpStatus,
    Outcome,
    PersonalCode,
    PersonalLink,
    Placement,
    SaidBy,
    Voice,
    hashed,
)
from candidates.views import own_session
from candidates.views.letters import STYLESHEET
from candidates.views.own_session import show, with_own_page
from sroi_portal.core import pdf, throttle
from sroi_portal.core.acting import DatabaseRole, Sight, acting_as
from sroi_portal.core.signing_in import AccountAdapter
from sroi_portal.core.status import IllegalMoveError


@login_not_required
@require_http_methods(["GET", "POST"])
def own_page_open(request: HttpRequest, language: str, token: str) -> HttpResponse:
    """Show a button; nothing is opened, counted or written when an address alone is followed."""
    texts = own_session.texts_or_404(language)
    with acting_as(DatabaseRole.LINK, Sight(link=hashed(token).hex())):
        link = PersonalLink.objects.open_at(timezone.now()).first()
    if link is None:
        page = "candidates/own_page_closed.html"
        return show(request, page, texts, status=HTTPStatus.GONE)
    shown: dict[str, Any] = {"address": "candidates:own-page-open", "arguments": (token,)}
    if request.method == "GET":
        return show(request, "candidates/own_page_open.html", texts, **shown)
    with acting_as(DatabaseRole.WORKER):
        is_chosen = PersonalCode.objects.filter(link=link).exists()
    if is_chosen:
        return _type_code(request, link, texts, shown)
    return _choose_code(request, link, texts, shown)


def _choose_code(
    request: HttpRequest, link: PersonalLink, texts: Texts, shown: dict[str, Any]
) -> HttpResponse:
    form = NewCodeForm(request.POST if request.POST.get("do") == "choose" else None, texts=texts)
    if form.is_valid():
        try:
            with acting_as(DatabaseRole.WORKER):
                code = actions.choose_code(link, form.cleaned_data["code"], at=timezone.now())
        except actions.CodeRefusedError:
            form.add_error("code", texts["error_code_short"])
        else:
            return _begin(link, code, texts)
    return show(request, "candidates/own_page_choose.html", texts, form=form, **shown)


def _type_code(
    request: HttpRequest, link: PersonalLink, texts: Texts, shown: dict[str, Any]
) -> HttpResponse:
    form = CodeForm(request.POST if request.POST.get("do") == "type" else None, texts=texts)
    status = HTTPStatus.OK
    if form.is_valid():
        came_of, code = _try(request, link, form.cleaned_data["code"])
        if came_of is actions.Opening.RIGHT and code:
            return _begin(link, code, texts)
        status = HTTPStatus.FORBIDDEN
        if came_of is actions.Opening.WRONG:
            form.add_error("code", texts["error_code_wrong"])
        else:
            minutes = int(throttle.LONGEST.total_seconds() // 60)
            form.add_error("code", texts.say("error_code_later", minutes=minutes))
            status = HTTPStatus.TOO_MANY_REQUESTS
    page = "candidates/own_page_type.html"
    return show(request, page, texts, form=form, status=status, **shown)


def _try(
    request: HttpRequest, link: PersonalLink, typed: str
) -> tuple[actions.Opening, PersonalCode | None]:
    address = AccountAdapter(request).get_client_ip(request)
    with acting_as(DatabaseRole.WORKER):
        came_of = actions.try_code(link, typed, address=address, at=timezone.now())
        return came_of, PersonalCode.objects.filter(link=link).first()


def _begin(link: PersonalLink, code: PersonalCode, texts: Texts) -> HttpResponse:
    response = redirect("candidates:own-page", texts.code)
    own_session.begin(response, link, code)
    return response


@login_not_required
@require_safe
@with_own_page
def own_page(request: HttpRequest, link: PersonalLink, texts: Texts) -> HttpResponse:
    return _page(request, link, texts)


@login_not_required
@require_POST
@with_own_page
def own_fact(
    request: HttpRequest, link: PersonalLink, texts: Texts, placement_id: int, fact: str
) -> HttpResponse:
    placement = _own(link, Placement, placement_id)
    if fact not in Fact.values:
        raise Http404
    words = ""
    if request.POST.get("do") != "right" or fact == Fact.OTHER:
        form = WrongForm(request.POST, texts=texts)
        if not form.is_valid():
            at = f"{placement_id}-{fact}"
            complaints = [(f"id_words{at}", form.errors["words"][0])]
            return _page(request, link, texts, complaints=complaints, wrong=form, wrong_at=at)
        words = form.cleaned_data["words"]
    with acting_as(DatabaseRole.WORKER):
        actions.judge_fact(link, placement, fact, at=timezone.now(), words=words)
    return _saved(texts, f"fact-{placement_id}-{fact}")


@login_not_required
@require_http_methods(["GET", "POST"])
@with_own_page
def own_questions(request: HttpRequest, link: PersonalLink, texts: Texts) -> HttpResponse:
    placement = _own(link, Placement, link.placement_id)
    moment = voices.asked_on(placement, timezone.localdate())
    if moment is None:
        raise Http404
    with acting_as(DatabaseRole.LINK, recorded.sight_of(link)):
        before = list(Voice.objects.filter(placement=placement, moment=moment))
    typed = request.POST if request.method == "POST" else None
    form = QuestionsForm(typed, texts=texts, initial=as_typed(before))
    if form.is_valid():
        said = form.said()
        if not said:
            return redirect("candidates:own-page", texts.code)
        with acting_as(DatabaseRole.WORKER):
            actions.say_voice(link, moment, said, at=timezone.now())
        return _saved(texts, "voices")
    asked = texts[f"moment_{moment}"]
    page = "candidates/own_questions.html"
    address = "candidates:own-questions"
    return show(request, page, texts, form=form, moment=asked, address=address)


@login_not_required
@require_POST
@with_own_page
def own_permission(
    request: HttpRequest, link: PersonalLink, texts: Texts, voice_id: int
) -> HttpResponse:
    voice = _own(link, Voice, voice_id)
    form = PermissionForm(request.POST, texts=texts)
    form.is_valid()
    with acting_as(DatabaseRole.WORKER):
        actions.change_permission(voice, at=timezone.now(), **form.cleaned_data)
    return _saved(texts, f"voice-{voice_id}")


@login_not_required
@require_POST
@with_own_page
def own_still(
    request: HttpRequest, link: PersonalLink, texts: Texts, follow_up_id: int
) -> HttpResponse:
    """Keep whether there is still work: an answer that no firm sees (R-352)."""
    follow_up = _own(link, FollowUp, follow_up_id)
    form = StillForm(request.POST, texts=texts)
    if not form.is_valid():
        complaints = [(f"still-{follow_up_id}-{Outcome.values[0]}", texts["error_choose"])]
        return _page(request, link, texts, complaints=complaints, still_at=follow_up_id)
    answer = actions.Answer(outcome=form.cleaned_data["outcome"])
    try:
        with acting_as(DatabaseRole.WORKER):
            actions.answer_follow_up(follow_up, answer, by=None, at=timezone.now())
    except IllegalMoveError:
        raise Http404 from None
    return _saved(texts, f"still-{follow_up_id}")


@login_not_required
@require_POST
@with_own_page
def own_earlier(
    request: HttpRequest,  # noqa: ARG001 - as every view
    link: PersonalLink,
    texts: Texts,
) -> HttpResponse:
    with acting_as(DatabaseRole.WORKER):
        actions.withdraw_permissions(link, at=timezone.now())
    return _saved(texts, "earlier")


@login_not_required
@require_safe
@with_own_page
def own_copy(request: HttpRequest, link: PersonalLink, texts: Texts) -> HttpResponse:
    """Print all of it; nothing is kept (K07)."""
    context = {**_told(link, texts), "t": texts, "now": timezone.now()}
    context["made"] = texts.say("copy_made", day=timezone.localdate())
    page = render_to_string("candidates/own_copy.html", context, request)
    return HttpResponse(
        pdf.render(page, stylesheet=STYLESHEET),
        content_type="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="sroi-portaal.pdf"'},
    )


@login_not_required
@require_POST
@with_own_page
def own_leave(
    request: HttpRequest,  # noqa: ARG001 - as every view
    link: PersonalLink,  # noqa: ARG001
    texts: Texts,
) -> HttpResponse:
    response = redirect("candidates:own-page", texts.code)
    own_session.end(response)
    return response


def _page(request: HttpRequest, link: PersonalLink, texts: Texts, **more: Any) -> HttpResponse:
    placement, today = _own(link, Placement, link.placement_id), timezone.localdate()
    asked, next_on = voices.asked_on(placement, today), voices.next_on(placement, today)
    told = _told(link, texts)
    answered = {(each.placement_id, each.moment) for each in told["told"].voices}
    context = {
        **told,
        "asked": asked,
        "is_answered": (placement.pk, asked) in answered,
        "still": _still(told["told"].follow_ups, texts),
        "next": texts.say("questions_next", day=next_on) if next_on else "",
        "saved": request.GET.get("saved", ""),
        "has_errors": "complaints" in more,
        **more,
    }
    return show(request, "candidates/own_page.html", texts, **context)


def _still(follow_ups: list[FollowUp], texts: Texts) -> list[dict[str, Any]]:
    """List what is asked about later, with what the person said: still at work, months after."""
    asked = [each for each in follow_ups if each.status != FollowUpStatus.WITHDRAWN]
    with acting_as(DatabaseRole.WORKER):
        rows = FollowUpAnswer.objects.filter(
            follow_up__in=asked, said_by=SaidBy.CANDIDATE, is_current=True
        )
        said = {each.follow_up_id: each for each in rows}
    return [
        {
            "pk": each.pk,
            "anchor": f"still-{each.pk}",
            "lead": texts.say("still_lead", day=each.falls_on),
            "choices": [(one, texts[f"still_{one}"]) for one in Outcome.values],
            **_said_before(said.get(each.pk), texts),
        }
        for each in asked
    ]


def _said_before(answer: FollowUpAnswer | None, texts: Texts) -> dict[str, str]:
    if answer is None:
        return {}
    day, told = timezone.localdate(answer.answered_at), texts[f"still_{answer.outcome}"]
    return {"said": texts.say("still_said", day=day, answer=told), "outcome": answer.outcome}


def _told(link: PersonalLink, texts: Texts) -> dict[str, Any]:
    told = recorded.of(link, texts)
    said = [
        {
            "voice": voice,
            "number": str(voice.pk),
            "moment": texts[f"moment_{voice.moment}"],
            "question": texts[f"question_{voice.question}"],
            "answer": texts[f"answer_{voice.question}_{voice.answer}"],
        }
        for voice in told.voices
    ]
    return {"told": told, "said": said}


def _own[M: (FollowUp, Placement, Voice)](link: PersonalLink, model: type[M], number: int) -> M:
    """Read a row as the link, which sees no row of another person.

    :raises Http404: when it is none of this person.
    """
    with acting_as(DatabaseRole.LINK, recorded.sight_of(link)):
        found: M | None = model._default_manager.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _saved(texts: Texts, anchor: str) -> HttpResponse:
    return redirect(f"{reverse('candidates:own-page', args=[texts.code])}?saved={anchor}#{anchor}")
