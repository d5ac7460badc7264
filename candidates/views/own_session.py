"""A short session of a person without an account: a signed cookie for these pages only (R-371)."""

import datetime as dt
import functools
import secrets
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Concatenate

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers

from candidates import letters
from candidates.letters import Texts
from candidates.models import PersonalCode, PersonalLink
from sroi_portal.core.acting import DatabaseRole, Sight, acting_as

COOKIE, SALT, PATH = "own-page", "candidates.own_page", "/my/"
LASTS = dt.timedelta(minutes=20)

type View[**P] = Callable[Concatenate[HttpRequest, PersonalLink, Texts, P], HttpResponse]


def texts_or_404(language: str) -> Texts:
    try:
        return letters.texts(language)
    except KeyError:
        raise Http404 from None


def speaking(texts: Texts) -> Any:
    """Write numbers and names of groups in English beside English, and else in Dutch."""
    return translation.override("en" if texts.code == "en" else "nl")


def show(
    request: HttpRequest, template: str, texts: Texts, *, status: int = HTTPStatus.OK, **more: Any
) -> HttpResponse:
    """Render a page in the language of the person, kept by no browser."""
    name = more.pop("address", "candidates:own-page")
    arguments = more.pop("arguments", ())
    offered = [(each, reverse(name, args=[each.code, *arguments])) for each in letters.offered()]
    with speaking(texts):
        response = render(
            request, template, {"t": texts, "offered": offered, **more}, status=status
        )
    response["Content-Language"] = texts.code
    add_never_cache_headers(response)
    return response


def begin(response: HttpResponse, link: PersonalLink, code: PersonalCode) -> None:
    value = f"{link.pk}.{bytes(link.token_hash).hex()}.{code.stamp}"
    response.set_signed_cookie(
        COOKIE,
        value,
        salt=SALT,
        max_age=int(LASTS.total_seconds()),
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def end(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, path=PATH, samesite="Strict")


def opened_by(request: HttpRequest) -> tuple[PersonalLink, PersonalCode] | None:
    """Find the link whose code was typed less than 20 minutes ago, if it still works."""
    value = request.get_signed_cookie(COOKIE, "", salt=SALT, max_age=LASTS)
    number, _dot, rest = (value or "").partition(".")
    token_hash, _dot, stamp = rest.partition(".")
    if not stamp:
        return None
    with acting_as(DatabaseRole.LINK, Sight(link=token_hash)):
        link = PersonalLink.objects.open_at(timezone.now()).filter(pk=number).first()
    with acting_as(DatabaseRole.WORKER):
        code = PersonalCode.objects.filter(link=link).first() if link else None
    if link is None or code is None or not secrets.compare_digest(code.stamp, stamp):
        return None
    return link, code


def with_own_page[**P](
    view: View[P],
) -> Callable[..., HttpResponse]:
    """Give a view the person's link and language; without a session say how to go on."""

    @functools.wraps(view)
    def wrapper(
        request: HttpRequest, language: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        texts = texts_or_404(language)
        opened = opened_by(request)
        if opened is None:
            page = "candidates/own_page_ended.html"
            return show(request, page, texts, status=HTTPStatus.FORBIDDEN)
        with speaking(texts):
            response = view(request, opened[0], texts, *args, **kwargs)
        if COOKIE not in response.cookies:
            begin(response, *opened)
        add_never_cache_headers(response)
        return response

    return wrapper
