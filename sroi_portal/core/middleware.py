"""The innermost middleware: one request is one transaction with the rights of one person."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import SimpleTemplateResponse
from django.utils import translation
from django.utils.translation import gettext as _

from sroi_portal.core import sight
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import User

SIGNED_IN_AT = "signed_in_at"
WITHOUT_SECOND_FACTOR = ("account_logout", "set_language", "account_reauthenticate")


class ActingMiddleware:
    """Run the view, rendering included, inside `acting_as`; an exception rolls back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponseBase:
        with acting_as(DatabaseRole.WEB):
            person = request.user if isinstance(request.user, User) else None
            sees = sight.of(person)
        with acting_as(DatabaseRole.WEB, sees):
            response = self._before(request, person) or view(request, *args, **kwargs)
            if isinstance(response, SimpleTemplateResponse):
                response.render()
        return response

    def _before(self, request: HttpRequest, person: User | None) -> HttpResponseBase | None:
        """What stands between a person and the page: an old session, a missing second factor."""
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
