"""Public bodies, and who does what for them."""

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sroi_portal.core.models.base import Recorded


class RoleName(models.TextChoices):
    """Who sees and does what stands in design.md section 5 and in the rules of each app."""

    OFFICER = "officer", _("procurement officer")
    MANAGER = "manager", _("contract manager")
    COORDINATOR = "coordinator", _("coordinator")
    POLICY_MAKER = "policy_maker", _("policy maker")
    ADVISER = "adviser", _("adviser")
    AUDITOR = "auditor", _("auditor")
    ADMINISTRATOR = "administrator", _("administrator")
    PEOPLE_ADMINISTRATOR = "people_admin", _("administrator of people")
    TEXT_ADMINISTRATOR = "text_admin", _("administrator of texts")


CHECKING_ROLES = (RoleName.COORDINATOR, RoleName.MANAGER)
CONTRACT_ROLES = (
    RoleName.OFFICER,
    RoleName.MANAGER,
    RoleName.COORDINATOR,
    RoleName.POLICY_MAKER,
    RoleName.AUDITOR,
)
PEOPLE_ROLES = (RoleName.ADMINISTRATOR, RoleName.PEOPLE_ADMINISTRATOR)
TEXT_ROLES = (RoleName.ADMINISTRATOR, RoleName.TEXT_ADMINISTRATOR)
ADMINISTRATOR_ROLES = (
    RoleName.ADMINISTRATOR,
    RoleName.PEOPLE_ADMINISTRATOR,
    RoleName.TEXT_ADMINISTRATOR,
)
SECOND_FACTOR_ROLES = (*CHECKING_ROLES, RoleName.AUDITOR, *ADMINISTRATOR_ROLES)


class Authority(Recorded):
    """A contracting authority: a ministry, an agency, any public body."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    code = models.CharField(_("abbreviation"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=160)
    kvk = models.CharField(_("KvK number"), max_length=8, blank=True)
    second_factor_required = models.BooleanField(
        _("everybody signs in with a second factor"), default=False
    )
    escalates_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("hears when a date was missed for two weeks"),
        related_name="+",
        null=True,
        blank=True,
    )
    starts_on = models.DateField(_("exists from"), null=True, blank=True)
    ends_on = models.DateField(_("existed until"), null=True, blank=True)

    class Meta:
        ordering = ("name", "pk")
        verbose_name_plural = "authorities"
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=models.F("starts_on")),
                name="authority_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    def held(self) -> "RoleAssignmentQuerySet":
        return self.filter(taken_at__isnull=True)


class RoleAssignment(Recorded):
    """A role given to a person for one authority, until it is taken."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="role_assignments"
    )
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="role_assignments")
    role = models.CharField(_("role"), max_length=16, choices=RoleName)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    given_at = models.DateTimeField()
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    taken_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = RoleAssignmentQuerySet.as_manager()

    class Meta:
        ordering = ("authority", "role", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "authority", "role"),
                condition=Q(taken_at__isnull=True),
                name="one_role_once",
                violation_error_message=_("This person already has this role."),
            ),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True, taken_by__isnull=True)
                | Q(taken_at__isnull=False, taken_by__isnull=False),
                name="role_taken_by_iff_taken_at",
                violation_error_message=_("A role that is taken says by whom and when."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.authority}"

    def held_at(self, moment: dt.datetime) -> bool:
        return self.given_at <= moment and (self.taken_at is None or moment < self.taken_at)
