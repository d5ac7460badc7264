"""Signing in: by e-mail and password, slowed down for who guesses, with a second factor."""

import base64
import io
import time
import uuid
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from sroi_portal.core import audit, mail, personal, throttle
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import User
from sroi_portal.core.sessions import SIGNED_IN_AT

SECRETS = uuid.UUID(int=3)  # what the secrets of second factors are sealed for
# What allauth tells of, as verb of the audit trail and as sentence of the mail.
CHANGES = {
    "account/email/password_changed": ("change_password", _("Your password was changed.")),
    "account/email/password_reset": ("reset_password", _("You chose a new password.")),
    "mfa/email/totp_activated": ("add_second_factor", _("An authenticator app was added.")),
    "mfa/email/totp_deactivated": (
        "remove_second_factor",
        _("The authenticator app was removed."),
    ),
    "mfa/email/webauthn_added": ("add_second_factor", _("A passkey was added.")),
    "mfa/email/webauthn_removed": ("remove_second_factor", _("A passkey was removed.")),
    "mfa/email/recovery_codes_generated": (
        "renew_recovery_codes",
        _("New recovery codes were made; the old ones no longer work."),
    ),
}


class EmailBackend(ModelBackend):
    def authenticate(  # type: ignore[override]
        self,
        request: HttpRequest | None,  # noqa: ARG002 - Django's signature
        *,
        email: str = "",
        password: str = "",
        **_credentials: Any,
    ) -> User | None:
        """Take as long for an address without an account, and for one that is closed."""
        person: User | None = User.objects.filter(email=email.strip().lower()).first()
        if person is None:
            User().set_password(password)
            return None
        return person if person.check_password(password) and person.is_active else None

    def get_user(self, user_id: int) -> User | None:
        """Read with the rights of the web role: this happens before the view's transaction."""
        with acting_as(DatabaseRole.WEB):
            person: User | None = User.objects.filter(pk=user_id, is_active=True).first()
        return person


def refuse_haste(trying: throttle.Attempt) -> None:
    """Stop before the password is looked at.

    :raises ValidationError: when this account or address failed too often.
    """
    seconds = throttle.wait(trying, at=timezone.now()).total_seconds()
    if seconds <= 0:
        return
    minutes = int(seconds // 60) + 1
    raise ValidationError(
        ngettext(
            "There were too many wrong attempts. Try again in %(count)s minute.",
            "There were too many wrong attempts. Try again in %(count)s minutes.",
            minutes,
        )
        % {"count": minutes},
        code="too_many_login_attempts",
    )


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This e-mail address and password do not belong together."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": _("This code is not right, or it was used already."),
        "rate_limited": _("That were many requests at once. Wait a minute and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody opens an account alone: one is invited."""
        return False

    def attempt(self, request: HttpRequest, account: str) -> throttle.Attempt:
        return throttle.attempt(account, self.get_client_ip(request))

    def get_client_ip(self, request: HttpRequest) -> str:
        """On a Unix socket there is no address; then only the account counts."""
        return get_client_ip(request) or "unknown"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        refuse_haste(self.attempt(request, credentials["email"]))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        person: User | None = super().authenticate(request, **credentials)
        if person:
            throttle.forget(self.attempt(request, credentials["email"]))
        return person

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write as much when there is no such account as when there is."""
        at = timezone.now()
        trying = self.attempt(request, credentials["email"])
        throttle.count(trying, at=at)
        person = User.objects.filter(email=credentials["email"].lower()).first()
        nobody = User(uuid=uuid.UUID(bytes=trying.account[:16]))
        audit.record(person or nobody, "refuse_sign_in", by=None, at=at)

    def reauthenticate(self, user: User, password: str) -> bool:
        again = self.authenticate(self.request, email=user.email, password=password)
        return again is not None and again.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask the password again only when signing in was a while ago."""
        since: float = self.request.session.get(SIGNED_IN_AT, 0)
        fresh = time.time() - since < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not fresh and bool(super().is_reauthentication_required(app=app, **kwargs))

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        request.session[SIGNED_IN_AT] = int(time.time())
        audit.record(user, "sign_in", by=user, at=timezone.now())

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:  # noqa: ARG002
        messages.error(request, gettext("This account is closed. Ask your administrator."))
        return redirect("account_login")

    def get_reset_password_from_key_url(self, key: str) -> str:
        return password_link(key)

    def send_mail(
        self,
        template_prefix: str,  # noqa: ARG002 - allauth's signature
        email: str,
        context: dict[str, Any],
    ) -> None:
        """Write the one mail that allauth sends with a link."""
        with acting_as(DatabaseRole.WEB):
            mail.write(
                "core/mail/reset_password.txt",
                email,
                language=context["user"].language,
                at=timezone.now(),
                context={"name": context["user"].name, "link": context["password_reset_url"]},
            )

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,  # noqa: ARG002
        email: str | None = None,  # noqa: ARG002
    ) -> None:
        """Record a change of the account and tell its owner; runs after the commit at times."""
        at = timezone.now()
        verb, what = CHANGES[template_prefix]
        with acting_as(DatabaseRole.WEB):
            audit.record(user, verb, by=user, at=at)
            mail.send(
                "core/mail/account_changed.txt",
                to=[user],
                at=at,
                context={"name": user.name, "what": what, "at": at},
            )


def password_link(key: str) -> str:
    """Where the owner of a reset key chooses a password; on our own address, whatever was asked."""
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "U", "key": "K"})
    return settings.SITE_URL + path.replace("U-K", key)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, or it was used already."),
    }

    def encrypt(self, text: str) -> str:
        sealed = personal.seal(text, table=Authenticator._meta.db_table, row=SECRETS)
        return base64.b64encode(sealed).decode()

    def decrypt(self, encrypted_text: str) -> str:
        sealed = base64.b64decode(encrypted_text)
        return personal.unseal(sealed, table=Authenticator._meta.db_table, row=SECRETS)

    def build_totp_svg(self, url: str) -> str:
        drawn = io.BytesIO()
        segno.make(url, error="m").save(drawn, kind="svg", scale=5, border=2, light="white")
        return drawn.getvalue().decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "SROI-portaal"}

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}
