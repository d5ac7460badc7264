"""People who sign in."""

from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from sroi_portal.core.models.absence import Absence
from sroi_portal.core.models.authority import (
    CHECKING_ROLES,
    PEOPLE_ROLES,
    SECOND_FACTOR_ROLES,
    RoleAssignment,
    RoleName,
)
from sroi_portal.core.models.base import Recorded


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: "User") -> "UserQuerySet":
        """Those who hold or held a role at an authority that this person administers."""
        administered = user.authorities_with(*PEOPLE_ROLES)
        theirs = RoleAssignment.objects.filter(authority__in=administered)
        return self.filter(pk__in=theirs.values("user"))

    def matching(self, words: str) -> "UserQuerySet":
        """By part of the name or of the e-mail address."""
        return self.filter(Q(name__icontains=words.strip()) | Q(email__icontains=words.strip()))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, username: str | None) -> "User":
        found: User = self.get(email=(username or "").lower())
        return found

    def create_user(self, email: str, password: str | None = None, **facts: Any) -> "User":
        user: User = self.model(email=email.strip().lower(), **facts)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save()
        return user


class User(AbstractBaseUser, Recorded):
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
    sessions_ended_count = models.PositiveIntegerField(default=0)  # each makes all sessions invalid

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

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Make sessions end when the password changes or when all are ended (ID-06)."""
        secret_of = f"{self.password}/{self.sessions_ended_count}"
        return salted_hmac(
            "sroi_portal.core.User.session", secret_of, secret=secret, algorithm="sha256"
        ).hexdigest()

    @cached_property
    def roles(self) -> list[RoleAssignment]:
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
    def standing_in(self) -> list[Absence]:
        """Colleagues whose work this person does today; one query a request (R-250)."""
        if not self.roles:
            return []
        return list(self.stands_in_for.on(timezone.localdate()).select_related("user", "authority"))

    def acts_for(self, role: RoleName, authority_id: int) -> set[int]:
        """Ids of those whose work in this role the person does: one's own, and who is away."""
        if not self.has_role(role, authority_id):
            return set()
        away = {
            each.user_id
            for each in self.standing_in
            if (each.role, each.authority_id) == (role, authority_id)
        }
        return {self.pk, *away}

    @cached_property
    def works_for(self) -> tuple[tuple[int, bool, bool], ...]:
        """Suppliers, and whether this person enters and signs for them; one query a request."""
        held = self.memberships.held()  # memberships stand in the app `suppliers`
        return tuple(held.values_list("supplier_id", "may_enter", "may_sign"))

    @property
    def supplier_ids(self) -> tuple[int, ...]:
        """Suppliers this person works for."""
        return tuple(supplier for supplier, _enters, _signs in self.works_for)

    @property
    def enters_for(self) -> tuple[int, ...]:
        """Suppliers whose work this person enters, changes and submits."""
        return tuple(supplier for supplier, enters, _signs in self.works_for if enters)

    @property
    def signs_for(self) -> tuple[int, ...]:
        """Suppliers in whose name this person signs."""
        return tuple(supplier for supplier, _enters, signs in self.works_for if signs)

    @cached_property
    def party_contract_ids(self) -> tuple[int, ...]:
        """Contracts of another supplier that one's own carries, or works on, as well (R-117)."""
        if not self.supplier_ids:
            return ()
        held = self.memberships.held().order_by()
        carried = held.values_list("supplier__carried__contract_id", flat=True)
        worked_on = held.filter(supplier__subcontracts__status="agreed").values_list(
            "supplier__subcontracts__contract_id", flat=True
        )
        return tuple(
            sorted({each for each in carried.union(worked_on).order_by() if each is not None})
        )

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
