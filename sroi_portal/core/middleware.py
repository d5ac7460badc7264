"""The innermost middleware: one request is one transaction with the rights of one person."""

import time
from collections.abc import Callable
from typing import Any

from allauth.account.middleware import AccountMiddleware
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from sroi_portal.core import sight
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import User
from sroi_portal.core.sessions import SIGNED_IN_AT

WITHOUT_SECOND_FACTOR = {
    "account_logout",
    "account_reauthenticate",
    "set_language",
    *(
        f"core:{page}"
        for page in ("accessibility", "contact", "keep-alive", "mailbox", "privacy", "security-txt")
    ),
}


class IdleSessionMiddleware(SessionMiddleware):
    """A page that asks whether something is ready is not somebody at work: the session runs out."""

    POLLS = (
        "candidates:import-progress",
        "contracts:contract-fulfilment",
        "core:job-progress",
        "core:list-file",
        "reports:report-progress",
    )

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        polled = request.resolver_match and request.resolver_match.view_name in self.POLLS
        if polled and not request.session.modified:
            return response
        return super().process_response(request, response)


class SignInMiddleware(LoginRequiredMiddleware):
    """Closed by default; whoever had a session reads that it ended, and comes back here."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        had_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if not (had_session and request.session.is_empty()):
            return super().handle_no_permission(request, view_func)
        came_for = request.get_full_path() if request.method == "GET" else "/"
        asked = {"next": came_for} | ({} if request.method == "GET" else {"sent": "1"})
        address = f"{reverse('core:session-ended')}?{urlencode(asked)}"
        if "HX-Request" in request.headers:
            return HttpResponse(status=204, headers={"HX-Redirect": address})
        return redirect(address)


class ActingMiddleware:
    """Run the view, rendering included, inside `acting_as`; an exception rolls back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.answer_interruption = AccountMiddleware(get_response).process_exception

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        if getattr(view, "acts_itself", False):
            return None
        with acting_as(DatabaseRole.WEB):
            person = request.user if isinstance(request.user, User) else None
            sees = sight.of(person)
        is_public = person is None and getattr(view, "reads_published", False)
        with acting_as(DatabaseRole.PUBLIC if is_public else DatabaseRole.WEB, sees):
            response = self._before(request, person)
            response = response or self._answer(request, view, args, kwargs)
            if isinstance(response, SimpleTemplateResponse):
                response.render()
        return response

    def _answer(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponseBase:
        """Call the view; allauth interrupts one by an exception when it asks a password first."""
        try:
            return view(request, *args, **kwargs)
        except (ImmediateHttpResponse, ReauthenticationRequired) as interruption:
            answer: HttpResponseBase = self.answer_interruption(request, interruption)
            return answer

    def _before(self, request: HttpRequest, person: User | None) -> HttpResponseBase | None:
        """Stop at what stands before the page: an old session, a missing second factor."""
        if person is None:
            return None
        since = request.session.setdefault(SIGNED_IN_AT, int(time.time()))
        if time.time() - since > settings.SESSION_ABSOLUTE_AGE:
            logout(request)
            messages.info(request, _("You were signed in for a long time. Please sign in again."))
            return redirect(settings.LOGIN_URL)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(person.language)
        return self._second_factor(request, person)

    def _second_factor(self, request: HttpRequest, person: User) -> HttpResponseBase | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name.startswith("mfa_") or name in WITHOUT_SECOND_FACTOR:
            return None
        if person.must_have_second_factor and not sight.has_second_factor(person):
            return redirect("mfa_index")
        return None
