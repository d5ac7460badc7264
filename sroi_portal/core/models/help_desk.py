"""Whom one asks for help at an authority, and what was asked (I08)."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sroi_portal.core.models.authority import Authority
from sroi_portal.core.models.base import Recorded
from sroi_portal.core.models.user import User


class HelpDesk(Recorded):
    """How an authority is reached about this portal; its administrator keeps it."""

    PERSONAL: ClassVar[tuple[str, ...]] = ("email", "phone")

    authority = models.OneToOneField(
        Authority, models.PROTECT, verbose_name=_("organisation"), related_name="help_desk"
    )
    name = models.CharField(_("name of the desk"), max_length=120)
    email = models.EmailField(_("e-mail address"), max_length=254)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    hours = models.CharField(_("when it can be reached"), max_length=120, blank=True)

    class Meta:
        ordering = ("authority__name", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(email=""),
                name="help_desk_has_an_address",
                violation_error_message=_("Questions need an address to go to."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class HelpQuestionQuerySet(models.QuerySet["HelpQuestion"]):
    def visible_to(self, user: User) -> "HelpQuestionQuerySet":
        """Keep one's own, and what was asked of an authority one works for."""
        of_mine = Q(authority_id__in={held.authority_id for held in user.roles})
        return self.filter(Q(asked_by=user) | of_mine)


class HelpQuestion(Recorded):
    """A question to a help desk; its words are a sealed remark (R-249)."""

    PERSONAL: ClassVar[tuple[str, ...]] = ()

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="help_questions")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = HelpQuestionQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="question_answered_by_iff_answered_at",
                violation_error_message=_("An answered question says by whom and when."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d} {self.uuid}"

    def get_absolute_url(self) -> str:
        return reverse("core:help-question", args=[self.pk])
