"""The magazine: its editions to read, and to make."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network import actions, magazine, public_magazine, repeating, rules
from network.forms.editions import EditionForm, ReleaseForm
from network.models import Edition, EditionStatus, PublicEdition
from sroi_portal.core import history
from sroi_portal.core.doing import pressed, sent
from sroi_portal.core.http import UserRequest, paginate, require, seen_revision
from sroi_portal.core.models import Job, User
from sroi_portal.core.status import FORESEEN

PAGE = 20


@require_safe
def edition_list(request: UserRequest) -> HttpResponse:
    rows = Edition.objects.visible_to(request.user).defer("facts").order_by("-number")
    context = {
        "page": paginate(request, rows, PAGE),
        "may_draft": rules.may_draft_edition(request.user),
    }
    return render(request, "network/edition_list.html", context)


@require_safe
def edition_detail(request: UserRequest, edition_id: int) -> HttpResponse:
    """Show the very pages of the PDF as one page to read."""
    edition, person = _edition(request, edition_id), request.user
    content = magazine.read(edition) if edition.facts else _preview(edition)
    context = {
        **magazine.context(edition, content),
        "may": _buttons(person, edition),
        "job": Job.objects.filter(uuid=edition.job_uuid).first() if edition.job_uuid else None,
        "public": PublicEdition.objects.filter(edition=edition).first(),
        "lacks_words": bool(edition.facts) and repeating.lack_words(content.quotes),
        "events": history.of([edition]) if rules.advises(person) else None,
    }
    return render(request, "network/edition_detail.html", context)


@require_safe
def edition_pdf(request: UserRequest, edition_id: int) -> HttpResponse | FileResponse:
    edition = _edition(request, edition_id)
    if not edition.pdf:
        raise Http404
    if repeating.lack_words(magazine.read(edition).quotes):
        said = _("A permission to quote was withdrawn: the edition is printed anew first.")
        messages.error(request, said)
        return redirect(edition)
    return FileResponse(
        edition.pdf.open("rb"),
        as_attachment=True,
        filename=f"maatwerk-voor-mensen-{edition.number}.pdf",
        content_type="application/pdf",
    )


@require_http_methods(["GET", "POST"])
def edition_new(request: UserRequest) -> HttpResponse:
    require(rules.may_draft_edition(request.user))
    last = Edition.objects.order_by("-number").values_list("number", flat=True).first()
    form = EditionForm(request.POST or None, initial={"number": (last or 0) + 1})
    if form.is_valid():
        try:
            made = form.already_made() or actions.draft_edition(
                form.facts(), by=request.user, at=timezone.now(), key=form.key()
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            return redirect(made)
    return render(request, "network/edition_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
def edition_edit(request: UserRequest, edition_id: int) -> HttpResponse:
    edition = _edition(request, edition_id)
    require(rules.may_change_edition(request.user))
    form = EditionForm(request.POST or None, instance=edition)
    if form.is_valid():
        facts, revision = form.facts(), form.cleaned_data["revision"]
        try:
            actions.change_edition(
                edition, facts, by=request.user, at=timezone.now(), revision=revision
            )
        except FORESEEN as reason:
            form.refuse(reason)
        else:
            messages.success(request, _("The edition is changed."))
            return redirect(edition)
    return render(request, "network/edition_edit.html", {"form": form, "edition": edition})


@require_POST
def edition_compose(request: UserRequest, edition_id: int) -> HttpResponse:
    edition = _edition(request, edition_id)
    require(rules.may_compose_edition(request.user))
    verb = partial(actions.compose_edition, edition, revision=seen_revision(request))
    said = _("The edition is composed and goes to the printer.")
    return pressed(request, verb, said, back=edition)


@require_POST
def edition_reopen(request: UserRequest, edition_id: int) -> HttpResponse:
    edition = _edition(request, edition_id)
    require(rules.may_reopen_edition(request.user))
    verb = partial(actions.reopen_edition, edition)
    return pressed(request, verb, _("You can change the edition again."), back=edition)


@require_POST
def edition_reprint(request: UserRequest, edition_id: int) -> HttpResponse:
    edition = _edition(request, edition_id)
    require(rules.may_reprint_edition(request.user))
    verb = partial(actions.reprint_edition, edition)
    return pressed(request, verb, _("The edition is printed anew."), back=edition)


@require_POST
def edition_publish(request: UserRequest, edition_id: int) -> HttpResponse:
    edition = _edition(request, edition_id)
    require(rules.may_publish_edition(request.user, edition))
    verb = partial(actions.publish_edition, edition, revision=seen_revision(request))
    return pressed(request, verb, _("The edition is published."), back=edition)


@require_http_methods(["GET", "POST"])
def edition_release(request: UserRequest, edition_id: int) -> HttpResponse:
    edition = _edition(request, edition_id)
    require(rules.may_release_edition(request.user, edition))
    form = ReleaseForm(request.POST or None, initial={"revision": edition.revision})
    said = _("The copy for everybody is printed. It appears when it is ready.")
    if sent(request, form, partial(actions.release_edition, edition), said):
        return redirect(edition)
    whole = magazine.read(edition)
    copy = public_magazine.for_everybody(whole)
    context = {
        "form": form,
        "edition": edition,
        "quotes": len(whole.quotes) - len(copy.quotes),
    }
    return render(request, "network/edition_release.html", context)


@require_http_methods(["GET", "POST"])
def edition_take_back(request: UserRequest, edition_id: int) -> HttpResponse:
    edition = _edition(request, edition_id)
    require(rules.may_take_back_edition(request.user, edition))
    form = ReleaseForm(request.POST or None, initial={"revision": edition.revision})
    verb = partial(actions.take_back_edition, edition)
    if sent(request, form, verb, _("Only who signs in reads this edition now.")):
        return redirect(edition)
    return render(request, "network/edition_take_back.html", {"form": form, "edition": edition})


def _edition(request: UserRequest, edition_id: int) -> Edition:
    seen = Edition.objects.visible_to(request.user)
    edition: Edition = get_object_or_404(seen, pk=edition_id)
    return edition


def _preview(edition: Edition) -> magazine.Content:
    return magazine.gather(edition, on=timezone.localdate())


def _buttons(person: User, edition: Edition) -> dict[str, Any]:
    """Tell what the person may do and the edition is ready for."""
    is_draft = edition.status == EditionStatus.DRAFT
    is_composed = edition.status == EditionStatus.COMPOSED
    advises = rules.advises(person)
    return {
        "change": is_draft and advises,
        "reopen": is_composed and advises,
        "reprint": not is_draft and advises,
        "release": rules.may_release_edition(person, edition),
        "take_back": rules.may_take_back_edition(person, edition),
        "publish": is_composed and edition.pdf and rules.may_publish_edition(person, edition),
    }
