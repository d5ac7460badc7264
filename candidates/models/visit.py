"""A visit on location: what was seen, held against what was reported."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from candidates.models.placement import Placement
from contracts.models import Contract
from sroi_portal.core.models import Authority, Recorded, User
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier


class Seen(models.TextChoices):
    AGREES = "agrees", _("as reported")
    DIFFERS = "differs", _("not as reported")
    NOT_LOOKED = "not_looked", _("not looked at")


class Conclusion(models.TextChoices):
    IN_ORDER = "in_order", _("in order")
    QUESTIONS = "questions", _("there are questions")
    NOT_IN_ORDER = "not_in_order", _("not in order")


class VisitQuerySet(models.QuerySet["Visit"]):
    def visible_to(self, user: User) -> "VisitQuerySet":
        """Keep those of the authorities one checks for, and of the own firm (D16)."""
        checked = models.Q(authority_id__in=user.sees_contributions_of)
        return self.filter(checked | models.Q(supplier_id__in=user.supplier_ids))


class Visit(Recorded):
    """Somebody of the authority went and looked; what was said stands sealed beside the event."""

    GUARD = Guard.CHECKING_OR_SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ("persons", "work", "hours", "conclusion")

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="visits")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    placement = models.ForeignKey(
        Placement,
        models.PROTECT,
        verbose_name=_("placement"),
        related_name="visits",
        null=True,
        blank=True,
    )
    visited_on = models.DateField(_("day of the visit"))
    persons = models.CharField(_("persons present"), max_length=10, choices=Seen)
    work = models.CharField(_("the work that is done"), max_length=10, choices=Seen)
    hours = models.CharField(_("the hours"), max_length=10, choices=Seen)
    conclusion = models.CharField(_("conclusion"), max_length=12, choices=Conclusion)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects: ClassVar[Any] = VisitQuerySet.as_manager()

    class Meta:
        ordering = ("-visited_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(conclusion="in_order")
                | (
                    ~models.Q(persons="differs")
                    & ~models.Q(work="differs")
                    & ~models.Q(hours="differs")
                ),
                name="visit_in_order_agrees",
                violation_error_message=_(
                    "Something is not as reported: the conclusion cannot be “in order”."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.visited_on}"

    def get_absolute_url(self) -> str:
        return reverse("candidates:visit-detail", args=[self.pk])
