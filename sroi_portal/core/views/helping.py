"""Help by people, and what administrators tell everybody."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sroi_portal.core import actions, drafts, handbook, history, rules
from sroi_portal.core.desk_forms import (
    AnnouncementForm,
    AnswerForm,
    HelpDeskForm,
    NoticesForm,
    QuestionForm,
)
from sroi_portal.core.http import UserRequest, paginate, require
from sroi_portal.core.models import Announcement, Authority, HelpDesk, HelpQuestion
from sroi_portal.core.models.authority import TEXT_ROLES


@require_http_methods(["GET", "POST"])
@drafts.kept
def help_page(request: UserRequest) -> HttpResponse:
    """Show whom one can ask, and take a question."""
    form = QuestionForm(request.POST or None)
    if form.is_valid():
        told, by, at = form.cleaned_data, request.user, timezone.now()
        if not form.already_made():
            actions.ask_help(told["desk"], told["question"], by=by, at=at, key=form.key())
        messages.success(request, _("Your question was sent to %(desk)s.") % told)
        return redirect("core:help")
    questions = HelpQuestion.objects.visible_to(request.user).select_related("authority")
    administered = request.user.authorities_with(*TEXT_ROLES)
    context = {
        "form": form,
        "desks": HelpDesk.objects.select_related("authority").order_by("authority__name", "pk"),
        "page": paginate(request, questions.order_by("-asked_at", "-pk"), size=20),
        "administered": Authority.objects.filter(pk__in=administered),
        "books": [handbook.book(role) for role in handbook.roles_of(request.user)],
    }
    return render(request, "core/help.html", context)


@require_http_methods(["GET", "POST"])
def help_question(request: UserRequest, question_id: int) -> HttpResponse:
    seen = HelpQuestion.objects.visible_to(request.user).select_related("authority", "asked_by")
    question = get_object_or_404(seen, pk=question_id)
    may_answer = rules.may_answer_help(request.user, question)
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        require(may_answer)
        if form.is_valid():
            answer, by, at = form.cleaned_data["reason"], request.user, timezone.now()
            actions.answer_help(question, answer=answer, by=by, at=at)
            messages.success(request, _("The answer was sent."))
            return redirect(question)
    context = {
        "question": question,
        "events": history.of([question]),
        "form": form if may_answer and not question.answered_at else None,
    }
    return render(request, "core/help_question.html", context)


@require_http_methods(["GET", "POST"])
def help_desk(request: UserRequest, authority_id: int) -> HttpResponse:
    authority = get_object_or_404(Authority, pk=authority_id)
    require(rules.may_keep_help_desk(request.user, authority))
    desk = HelpDesk.objects.filter(authority=authority).first()
    form = HelpDeskForm(request.POST or None, instance=desk)
    if form.is_valid():
        actions.keep_help_desk(authority, form.facts(), by=request.user, at=timezone.now())
        messages.success(request, _("The help desk is written down."))
        return redirect("core:help")
    return render(request, "core/help_desk.html", {"form": form, "authority": authority})


@require_safe
def announcement_list(request: UserRequest) -> HttpResponse:
    require(rules.may_announce(request.user))
    found = Announcement.objects.written_for(request.user).select_related("authority")
    context = {
        "page": paginate(request, found.order_by("-starts_on", "-pk")),
        "today": timezone.localdate(),
    }
    return render(request, "core/announcement_list.html", context)


@require_http_methods(["GET", "POST"])
def announcement_new(request: UserRequest) -> HttpResponse:
    require(rules.may_announce(request.user))
    today = {"starts_on": timezone.localdate(), "ends_on": timezone.localdate()}
    form = AnnouncementForm(request.POST or None, administrator=request.user, initial=today)
    if form.is_valid():
        try:
            facts, key = form.facts(), form.key()
            form.already_made() or actions.announce(
                facts, by=request.user, at=timezone.now(), key=key
            )
        except ValidationError as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The announcement is written."))
            return redirect("core:announcement-list")
    return render(request, "core/announcement_new.html", {"form": form})


@require_POST
def announcement_end(request: UserRequest, announcement_id: int) -> HttpResponse:
    require(rules.may_announce(request.user))
    found = Announcement.objects.written_for(request.user)
    announcement = get_object_or_404(found, pk=announcement_id)
    require(rules.may_end_announcement(request.user, announcement))
    actions.end_announcement(announcement, by=request.user, at=timezone.now())
    return redirect("core:announcement-list")


@require_POST
def announcement_dismiss(request: UserRequest, announcement_id: int) -> HttpResponse:
    """Put it away for this person, and go on where one was."""
    begun = Announcement.objects.meant_for(request.user).filter(starts_on__lte=timezone.localdate())
    announcement = get_object_or_404(begun, pk=announcement_id)
    actions.dismiss_announcement(announcement, by=request.user, at=timezone.now())
    came_from = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        came_from = "/"
    return redirect(came_from)


@require_http_methods(["GET", "POST"])
def notices(request: UserRequest) -> HttpResponse:
    """Let everybody choose what is mailed, and when."""
    chosen = dict(request.user.notices.values_list("kind", "way"))
    form = NoticesForm(request.POST or None, chosen=chosen)
    if form.is_valid():
        ways, by = form.cleaned_data, request.user
        actions.choose_notices(request.user, ways, by=by, at=timezone.now())
        messages.success(request, _("Your choice is kept."))
        return redirect("core:notices")
    return render(request, "core/notices.html", {"form": form})
