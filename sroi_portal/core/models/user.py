"""People who sign in."""

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from sroi_portal.core.models.authority import CHECKING_ROLES, SECOND_FACTOR_ROLES, RoleName

if TYPE_CHECKING:
    from sroi_portal.core.models.authority import RoleAssignment


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())

    def create_user(self, email: str, password: str | None = None, **facts: Any) -> "User":
        user = self.model(email=email.strip().lower(), **facts)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save()
        return user


class User(AbstractBaseUser):
    """One person; what he or she may do stands in roles and memberships."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("email", "name")
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    email = models.EmailField(
        _("e-mail address"),
        max_length=254,
        unique=True,
        error_messages={"unique": _("Somebody already has an account with this address.")},
    )
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="nl"
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="address_in_small_letters",
                violation_error_message=_("Write the e-mail address in small letters."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @cached_property
    def roles(self) -> "list[RoleAssignment]":
        """The roles held now, with their authority; one query a request."""
        return list(self.role_assignments.held().select_related("authority"))

    def has_role(self, role: RoleName, authority_id: int | None = None) -> bool:
        """Whether the role is held, for this authority or (None) for any."""
        return any(
            held.role == role and authority_id in (None, held.authority_id) for held in self.roles
        )

    def authorities_with(self, *roles: RoleName) -> tuple[int, ...]:
        """Ids of the authorities where one of these roles is held."""
        return tuple(sorted({held.authority_id for held in self.roles if held.role in roles}))

    @cached_property
    def supplier_ids(self) -> tuple[int, ...]:
        """Suppliers this person works for; memberships stand in the app `suppliers`."""
        return tuple(self.memberships.held().values_list("supplier_id", flat=True))

    @property
    def must_have_second_factor(self) -> bool:
        """Those who check or administer, and everybody of an authority that asks it (K05)."""
        return any(
            held.role in SECOND_FACTOR_ROLES or held.authority.second_factor_required
            for held in self.roles
        )

    @property
    def sees_contributions_of(self) -> tuple[int, ...]:
        return self.authorities_with(*CHECKING_ROLES)


class SignInFailure(models.Model):
    """One refused sign-in; counted to slow down who guesses (VS-05)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    email_hash = models.BinaryField(max_length=32)
    address_hash = models.BinaryField(max_length=32)
    failed_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("email_hash", "failed_at"), name="failures_of_an_account"),)

    def __str__(self) -> str:
        return f"{self.failed_at:%Y-%m-%d %H:%M}"

    @classmethod
    def recent(cls, email_hash: bytes, since: dt.datetime) -> "models.QuerySet[SignInFailure]":
        return cls.objects.filter(email_hash=email_hash, failed_at__gte=since)
