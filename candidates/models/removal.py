"""Details of people that go after a contract: announced first, then gone, and accounted for (K02)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract
from sroi_portal.core.models import Authority, Recorded, User
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier


class RemovalPart(models.TextChoices):
    """What goes together, because it has the same term (R-420)."""

    SAID = "said", _("letters, codes and answers of people")
    WORK = "work", _("what was stated for the banenafspraak")
    LASTING = "lasting", _("what became of people")
    PEOPLE = "people", _("people, their group and what shows their work")


class RemovalStatus(models.TextChoices):
    ANNOUNCED = "announced", _("announced")
    DONE = "done", _("removed")


class RemovalQuerySet(models.QuerySet["Removal"]):
    def visible_to(self, user: User) -> "RemovalQuerySet":
        return self.filter(contract__in=Contract.objects.visible_to(user))

    def announced(self) -> "RemovalQuerySet":
        return self.filter(status=RemovalStatus.ANNOUNCED)


class Removal(Recorded):
    """The warning, and afterwards the account of it: how many rows of each kind went."""

    GUARD = Guard.ALL_PARTIES
    PERSONAL: ClassVar[tuple[str, ...]] = ()
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        RemovalStatus.ANNOUNCED: frozenset({RemovalStatus.DONE}),
    }

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="removals")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    part = models.CharField(_("what goes"), max_length=8, choices=RemovalPart)
    status = models.CharField(
        _("status"), max_length=10, choices=RemovalStatus, default=RemovalStatus.ANNOUNCED
    )
    due_on = models.DateField(_("goes on"))
    announced_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True)  # how many rows, by the name of the table

    objects: ClassVar[Any] = RemovalQuerySet.as_manager()

    class Meta:
        ordering = ("-due_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("contract", "part"),
                condition=Q(status="announced"),
                name="one_announced_removal_a_part",
                violation_error_message=_("This removal was announced already."),
            ),
            models.CheckConstraint(
                condition=Q(status="announced", done_at__isnull=True)
                | Q(status="done", done_at__isnull=False),
                name="removal_done_iff_done_at",
                violation_error_message=_("What was removed says when."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.contract} {self.part} {self.due_on}"

    def get_absolute_url(self) -> str:
        return reverse("candidates:removal-detail", args=[self.pk])

    @property
    def total(self) -> int:
        return sum(self.counts.values())
