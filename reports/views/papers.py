"""Forms of a placement, a contract or a year: what they are filled with, and their print."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from candidates.views import looking
from reports import papers
from reports.papers import placing
from sroi_portal.core import pdf
from sroi_portal.core.http import UserRequest

STYLESHEET = "css/paper.css"


@require_safe
@never_cache
def paper_list(request: UserRequest, about: str, number: int) -> HttpResponse:
    """Show each form of an object, what is known, and what is still empty (R-432)."""
    folder = _folder(request, about, number)
    _write_look(request, about, number, "list-forms")
    context = {
        "folder": folder,
        "about": about,
        "number": number,
        "languages": settings.LANGUAGES,
    }
    return render(request, "reports/paper_list.html", context)


@require_safe
@never_cache
def paper_print(
    request: UserRequest, about: str, number: int, key: str, language: str
) -> HttpResponse:
    """Print a form in the request; nothing of it is kept (R-433)."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with translation.override(language):
        paper = _folder(request, about, number).paper(key)
        if paper is None or paper.waits:
            raise Http404
        context = {"paper": paper, "language": language, "now": timezone.now()}
        page = render_to_string("reports/papers/paper_print.html", context)
        which = "" if paper.about in paper.title else paper.about
        name = slugify(f"{paper.title} {paper.issuer} {which}")
    _write_look(request, about, number, "print-form")
    return HttpResponse(
        pdf.render(page, stylesheet=STYLESHEET),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"'},
    )


def _folder(request: UserRequest, about: str, number: int) -> papers.Folder:
    folder = papers.find(request.user, about, number, timezone.localdate())
    if folder is None:
        raise Http404
    return folder


def _write_look(request: UserRequest, about: str, number: int, activity: str) -> None:
    """Write down a look at the work of a person."""
    placement = placing.placement_of(request.user, number) if about == "placement" else None
    if placement:
        looking.look_at_placement(placement, activity, by=request.user, at=timezone.now())
