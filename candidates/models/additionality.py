"""What a supplier itself says of a placement: would this have happened anyway (E16)."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from candidates.models.placement import Placement
from sroi_portal.core.models import Recorded
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier


class Told(models.TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")
    UNKNOWN = "unknown", _("we do not know")


class Additionality(Recorded):
    """It changes nothing in what a placement counts for: it weighs the estimate alone (R-357)."""

    GUARD = Guard.AUTHORITIES_OR_SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ("hired_anyway", "takes_a_place")

    placement = models.OneToOneField(
        Placement, models.PROTECT, related_name="additionality", editable=False
    )
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+", editable=False)
    authority_ids = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)
    hired_anyway = models.CharField(
        _("Would you have hired this person without social return?"), max_length=7, choices=Told
    )
    takes_a_place = models.CharField(
        _("Does this person do work that somebody else lost?"), max_length=7, choices=Told
    )
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    stated_at = models.DateTimeField(editable=False)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        verbose_name_plural = "additionality"

    def __str__(self) -> str:
        return f"{self.placement}: {self.hired_anyway}, {self.takes_a_place}"
