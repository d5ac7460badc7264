"""What is agreed about the end of a contract: until when it may be fulfilled, and its malus."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

MOST_MALUS = Decimal(3)  # times the shortfall
ENDING_RULES = (
    models.CheckConstraint(
        condition=Q(malus_factor__range=(Decimal(0), MOST_MALUS)),
        name="malus_factor_is_modest",
        violation_error_message=_("A malus is 0 to 3 times what is missing."),
    ),
    models.CheckConstraint(
        condition=Q(fulfil_by_on__isnull=True) | Q(fulfil_by_on__gt=F("ends_on")),
        name="deferral_ends_after_contract",
        violation_error_message=_("A deferral ends after the last day of the contract."),
    ),
)


class Ending(models.Model):
    """Terms of a contract that matter when it ends."""

    malus_factor = models.DecimalField(
        _("malus as a multiple of the shortfall"),
        max_digits=4,
        decimal_places=2,
        default=Decimal("1.00"),
    )
    fulfil_by_on = models.DateField(_("deferred until"), null=True, blank=True)

    class Meta:
        abstract = True
