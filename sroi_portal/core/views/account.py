"""What everybody does with the own account."""

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language as set_language_cookie

from sroi_portal.core import actions, rules, sight
from sroi_portal.core.http import UserRequest
from sroi_portal.core.models import User
from sroi_portal.core.people_forms import LanguageForm


@require_safe
def profile(request: UserRequest) -> HttpResponse:
    return render(
        request,
        "core/profile.html",
        {
            "form": LanguageForm(initial={"language": request.user.language}),
            "has_second_factor": sight.has_second_factor(request.user),
            "may_be_away": rules.may_see_absences(request.user),
        },
    )


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Keep the choice in a cookie, and with the account of who is signed in."""
    language = request.POST.get("language", "")
    if isinstance(request.user, User) and language in dict(settings.LANGUAGES):
        actions.choose_language(request.user, language=language, by=request.user, at=timezone.now())
    return set_language_cookie(request)


@require_POST
def sessions_end(request: UserRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    person = actions.end_sessions(request.user, by=request.user, at=timezone.now())
    update_session_auth_hash(request, person)
    messages.success(request, _("You are signed out on every other device."))
    return redirect("core:profile")


@require_safe
@never_cache
def keep_alive(request: UserRequest) -> HttpResponse:
    """Answer who goes on working; after signing in anew an open form needs a new token."""
    return JsonResponse({"token": get_token(request)})


@login_not_required
@require_safe
def session_ended(request: HttpRequest) -> HttpResponse:
    """Say why one is signed out, and lead back to where one was."""
    came_for = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(came_for, {request.get_host()}):
        came_for = "/"
    address = f"{reverse('account_login')}?{urlencode({'next': came_for})}"
    return render(
        request,
        "core/session_ended.html",
        {
            "login_url": address,
            "was_sending": "sent" in request.GET,
            "minutes": settings.SESSION_COOKIE_AGE // 60,
        },
    )


@require_safe
def password_set(request: UserRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Lead who has no password yet to the link by mail."""
    return redirect("account_reset_password")


@never_cache
@require_safe
@reauthentication_required(app="allauth.mfa")
def recovery_codes(request: UserRequest) -> HttpResponse:
    return render(
        request, "mfa/recovery_codes/index.html", {"unused_codes": _unused_codes(request.user)}
    )


@never_cache
@require_safe
@reauthentication_required(app="allauth.mfa")
def recovery_codes_file(request: UserRequest) -> HttpResponse:
    return HttpResponse(
        "\n".join(_unused_codes(request.user)) + "\n",
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="recovery-codes.txt"'},
    )


def _unused_codes(person: User) -> list[str]:
    stored = get_object_or_404(Authenticator, user=person, type=Authenticator.Type.RECOVERY_CODES)
    codes: list[str] = stored.wrap().get_unused_codes()
    return codes
