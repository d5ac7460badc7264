"""People of the network who choose to be found (S09)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from network import actions, regions, rules
from network.forms.people import ProfessionalFilterForm, ProfessionalForm, RemovePageForm
from network.models import AdviceAnswer, GoodExample, Lesson, Meeting, PersonQuestion, Professional
from sroi_portal.core.http import UserRequest, paginate, require
from sroi_portal.core.models import User
from sroi_portal.core.status import FORESEEN

SHARED = 10  # of each kind


@require_safe
def professional_list(request: UserRequest) -> HttpResponse:
    form, person = ProfessionalFilterForm(request.GET), request.user
    wanted = form.wanted()
    rows = _narrowed(Professional.objects.visible_to(person), wanted)
    found = rows.select_related("user", "authority", "supplier").order_by("user__name", "pk")
    context = {
        "form": form,
        "page": paginate(request, found),
        "is_narrowed": bool(wanted),
        "own": Professional.objects.filter(user=person).first(),
        "may_keep": rules.may_keep_page(person),
        "waiting": PersonQuestion.objects.waiting_for(person).count(),
    }
    return render(request, "network/professional_list.html", context)


@require_safe
def professional_detail(request: UserRequest, professional_id: int) -> HttpResponse:
    page, person = _page(request, professional_id), request.user
    context = {
        "page": page,
        "categories": list(page.categories.all()),
        "places": [regions.name_of(each) for each in page.regions],
        "shared": _shared(page.user) if page.shows_shared else {},
        "is_own": page.user_id == person.pk,
        "may_ask": rules.may_ask_person(person, page),
    }
    return render(request, "network/professional_detail.html", context)


@require_http_methods(["GET", "POST"])
def professional_keep(request: UserRequest) -> HttpResponse:
    person = request.user
    require(rules.may_keep_page(person))
    known = Professional.objects.filter(user=person).first()
    form = ProfessionalForm(request.POST or None, instance=known, person=person)
    if form.is_valid():
        facts, revision = form.facts(), form.cleaned_data["revision"]
        by, at, key = person, timezone.now(), form.key()
        try:
            page = actions.keep_page(facts, by=by, at=at, key=key, revision=revision)
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("Saved. This is what others in the network read."))
            return redirect(page)
    return render(request, "network/professional_keep.html", {"form": form, "known": known})


@require_http_methods(["GET", "POST"])
def professional_remove(request: UserRequest, professional_id: int) -> HttpResponse:
    page = _page(request, professional_id)
    require(rules.may_remove_page(request.user, page))
    form = RemovePageForm(request.POST or None, initial={"revision": page.revision})
    if form.is_valid():
        actions.remove_page(page, by=request.user, at=timezone.now())
        messages.success(request, _("Your page is gone. You can write a new one at any time."))
        return redirect("network:professional-list")
    return render(request, "network/professional_remove.html", {"form": form, "page": page})


def _page(request: UserRequest, professional_id: int) -> Professional:
    shown = Professional.objects.visible_to(request.user)
    seen = shown | Professional.objects.filter(user=request.user)
    wide = seen.select_related("user", "authority", "supplier")
    page: Professional = get_object_or_404(wide, pk=professional_id)
    return page


def _narrowed(rows: Any, wanted: dict[str, Any]) -> Any:
    if "q" in wanted:
        rows = rows.matching(wanted["q"])
    if "subject" in wanted:
        rows = rows.filter(subjects__contains=[wanted["subject"]])
    if "kind" in wanted:
        rows = rows.filter(kind=wanted["kind"])
    if "province" in wanted:  # who works in the whole country works there too
        rows = rows.filter(regions__contains=[wanted["province"]]) | rows.filter(regions=[])
    if "category" in wanted:
        own = rows.filter(categories=wanted["category"])
        rows = rows.filter(pk__in=own.values("pk")) | rows.filter(categories__isnull=True)
    return rows.distinct() if "category" in wanted else rows


def _shared(person: User) -> dict[str, list[Any]]:
    """Gather what stands for everybody and this person made; four queries."""
    examples = GoodExample.objects.published().filter(proposed_by=person)
    lessons = Lesson.objects.published().filter(proposed_by=person)
    answers = AdviceAnswer.objects.published().filter(written_by=person)
    meetings = Meeting.objects.filter(holder=person, status="planned")
    return {
        "examples": list(examples.order_by("-published_at", "-pk").defer("search")[:SHARED]),
        "lessons": list(lessons.order_by("-published_at", "-pk").defer("search")[:SHARED]),
        "answers": list(answers.order_by("-published_at", "-pk").defer("search")[:SHARED]),
        "meetings": list(meetings.order_by("-starts_at", "-pk")[:SHARED]),
    }
