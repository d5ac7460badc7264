"""Pages for everybody, without an account."""

import datetime as dt
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sroi_portal.core import texts
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.http import acts_itself

SECURITY_TXT_VALID = dt.timedelta(days=180)


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "core/privacy.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "core/accessibility.html")


@login_not_required
@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    return render(request, "core/contact.html")


@login_not_required
@require_safe
def changelog(request: HttpRequest) -> HttpResponse:
    _title, text = texts.read(settings.BASE_DIR / "CHANGELOG.md")
    return render(request, "core/changelog.html", {"text": texts.html(text)})


@login_not_required
@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    _title, text = texts.read(settings.BASE_DIR / "docs" / "domain.md")
    return render(request, "core/glossary.html", {"groups": list(_words(text))})


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return HttpResponse("User-agent: *\nAllow: /open/\nDisallow: /\n", content_type="text/plain")


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Say where a weakness is reported (RFC 9116, SEC-02)."""
    expires = (timezone.now() + SECURITY_TXT_VALID).replace(hour=0, minute=0, second=0)
    contact_page = settings.SITE_URL + reverse("core:contact")
    mail = f"mailto:{settings.CONTACT_EMAIL}" if settings.CONTACT_EMAIL else contact_page
    lines = {
        "Contact": mail,
        "Expires": f"{expires:%Y-%m-%dT%H:%M:%SZ}",
        "Policy": f"{contact_page}#security",
        "Preferred-Languages": "nl, en",
        "Canonical": settings.SITE_URL + reverse("core:security-txt"),
    }
    text = "".join(f"{name}: {value}\n" for name, value in lines.items())
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@acts_itself
@login_not_required
@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Tell a machine whether the site can work; without Redis it can, more slowly."""
    database = _database_answers()
    state = {"database": _word(works=database), "redis": _word(works=_redis_answers())}
    status = HTTPStatus.OK if database else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse(state, status=status)


def _word(*, works: bool) -> str:
    return "ok" if works else "unreachable"


def _database_answers() -> bool:
    try:
        with acting_as(DatabaseRole.WEB):
            return True
    except DatabaseError:
        return False


def _redis_answers() -> bool:
    try:
        return bool(redis.from_url(settings.REDIS_URL, socket_timeout=2).ping())
    except (redis.RedisError, OSError):
        return False


def _words(text: str) -> Iterator[dict[str, Any]]:
    """Read the words under each heading: Dutch, English, and what it means in both."""
    for group in text.split("\n## ")[1:]:
        heading, _, rest = group.partition("\n")
        lines = rest.replace("`", "").splitlines()
        rows = [line.strip("| ").split(" | ") for line in lines if " | " in line]
        names = ("dutch", "english", "uitleg", "explanation")
        yield {
            "title": heading.split(" / "),
            "words": [dict(zip(names, row, strict=True)) for row in rows[1:]],
        }
