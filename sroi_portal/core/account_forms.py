"""The forms of allauth in our words, without placeholders, slowed down for who guesses."""

from collections.abc import Callable
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as codes
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sroi_portal.core import mail, signing_in, throttle
from sroi_portal.core.models import User

PASSWORD_HELP = _(
    "At least 12 characters. A short sentence of your own is easy to remember and hard to guess."
)
NEW_PASSWORD = {
    "password1": (_("New password"), PASSWORD_HELP),
    "password2": (_("New password once more"), ""),
}
CODE_HELP = _("Six digits from your authenticator app, or one of your recovery codes.")
CODE_VALID_SECONDS = 120  # longer than the app shows one, so that nobody uses it a second time


class InOurWords(forms.BaseForm):
    """Labels and help of our own; a placeholder is no label."""

    error_title = _("That is not right yet")
    WORDS: ClassVar[dict[str, tuple[Any, Any]]] = {}  # field: label and help, translated later

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, help_text) in self.WORDS.items():
            field = self.fields[name]
            field.label, field.help_text = label, help_text
            field.widget.attrs.pop("placeholder", None)


class SignInForm(InOurWords, account.LoginForm):
    error_title = _("Signing in did not work")
    WORDS = {"login": (_("E-mail address"), ""), "password": (_("Password"), "")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    WORDS = {"oldpassword": (_("Present password"), ""), **NEW_PASSWORD}


class ResetPasswordForm(InOurWords, account.ResetPasswordForm):
    WORDS = {"email": (_("E-mail address"), _("The address with which you sign in."))}

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Send one mail whether the account exists or not: the answer takes as long."""
        email: str = self.cleaned_data["email"]
        if self.users:
            return str(super().save(request, **kwargs))
        language, at = get_language() or "nl", timezone.now()
        mail.write("core/mail/unknown_account.txt", email, language=language, at=at, context={})
        return email


class NewPasswordForm(InOurWords, account.ResetPasswordKeyForm):
    WORDS = NEW_PASSWORD


class ReauthenticateForm(InOurWords, account.ReauthenticateForm):
    WORDS = {"password": (_("Password"), "")}


class CodeForm(InOurWords, codes.AuthenticateForm):
    WORDS = {"code": (_("Code"), CODE_HELP)}

    def clean_code(self) -> str:
        return guarded(self.user, super().clean_code)


class ReauthenticateCodeForm(InOurWords, codes.ReauthenticateForm):
    WORDS = {"code": (_("Code"), CODE_HELP)}

    def clean_code(self) -> str:
        return guarded(self.user, super().clean_code)


class AddAppForm(InOurWords, ActivateTOTPForm):
    WORDS = {"code": (_("Code from the app"), _("Six digits; the app shows new ones every 30 s."))}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class AddPasskeyForm(InOurWords, AddWebAuthnForm):
    WORDS = {
        "name": (_("Name"), _("So that you recognise it later, for example “work phone”.")),
        "passwordless": (
            _("Sign in with this passkey alone, without my password"),
            _("Your device then asks for your fingerprint, face or PIN."),
        ),
    }


class RenamePasskeyForm(InOurWords, EditWebAuthnForm):
    WORDS = {"name": (_("Name"), "")}


def guarded(person: User, check: Callable[[], str]) -> str:
    """Check a code of the second factor: slowed down, and good for one time."""
    adapter = get_adapter()
    trying = adapter.attempt(adapter.request, f"second factor of {person.uuid}")
    signing_in.refuse_haste(trying)
    try:
        code = check()
        if not cache.add(f"second-factor:{person.pk}:{code}", 1, timeout=CODE_VALID_SECONDS):
            raise adapter.validation_error("incorrect_code")
    except ValidationError:
        throttle.count(trying, at=timezone.now())
        raise
    throttle.forget(trying)
    return code
