"""Signing in: by e-mail and password, slowed down for who guesses, with a second factor."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import User


class EmailBackend(AuthenticationBackend):
    def get_user(self, user_id: int) -> User | None:
        """Read with the rights of the web role: this happens before the view's transaction."""
        with acting_as(DatabaseRole.WEB):
            return User.objects.filter(pk=user_id, is_active=True).first()


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody opens an account alone: one is invited."""
        return False


class SecondFactorAdapter(DefaultMFAAdapter):
    pass
