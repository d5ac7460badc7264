"""Error pages, with the rights of the web role: the header may ask who is signed in."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import csrf, defaults

from sroi_portal.core import drafts
from sroi_portal.core.acting import DatabaseRole, acting_as

SENTENCE = 30  # letters from which a value is something somebody wrote


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - as asked
    """Say that this may not be done; who was sending gets back what was typed, to copy."""
    context = {"typed": _texts_in(request), "was_sending": request.method == "POST"}
    with acting_as(DatabaseRole.WEB):
        return render(request, "403.html", context, status=HTTPStatus.FORBIDDEN)


def old_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    with acting_as(DatabaseRole.WEB):
        return csrf.csrf_failure(request, reason)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    with acting_as(DatabaseRole.WEB):
        return defaults.page_not_found(request, exception)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)


def _texts_in(request: HttpRequest) -> list[str]:
    """Find what somebody wrote: sentences, and no passwords, choices or numbers."""
    values = (
        value.strip()
        for name, sent in request.POST.lists()
        if name not in drafts.NOT_KEPT and "password" not in name
        for value in sent
    )
    return [value for value in values if len(value) >= SENTENCE and " " in value]
