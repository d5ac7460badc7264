"""The 30 per cent check of article 2.82: what was seen, until when it holds, and how it is read."""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from contracts.models.contract import Contract
from contracts.models.tender import Lot
from sroi_portal.core.fields import PercentageField
from sroi_portal.core.models import Authority, Recorded
from sroi_portal.core.rights import Guard
from suppliers.models import Certificate, Supplier


class Proof(models.TextChoices):
    CERTIFICATE = "certificate", _("certificate in the register of this portal")
    ACCOUNTANT = "accountant", _("statement of an accountant")
    VISIT = "visit", _("seen on location")
    OWN = "own", _("statement of the organisation itself")


class ReservedCheck(Recorded):
    """One check, of a lot before the award or of a contract; a later one does not change it."""

    GUARD = Guard.AUTHORITY
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(
        Supplier, models.PROTECT, verbose_name=_("supplier"), related_name="+"
    )
    contract = models.ForeignKey(
        Contract, models.PROTECT, related_name="reserved_checks", null=True, blank=True
    )
    lot = models.ForeignKey(
        Lot, models.PROTECT, related_name="reserved_checks", null=True, blank=True
    )
    share_pct = PercentageField(_("share of workers who are disabled or disadvantaged"))
    proof = models.CharField(_("kind of proof"), max_length=12, choices=Proof)
    certificate = models.ForeignKey(
        Certificate,
        models.PROTECT,
        verbose_name=_("certificate"),
        related_name="+",
        null=True,
        blank=True,
    )
    seen_on = models.DateField(_("seen on"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    least_share_pct = PercentageField()  # as the authority read it on that day
    share_is_above = models.BooleanField()
    is_enough = models.BooleanField()
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()

    class Meta:
        ordering = ("-seen_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(contract__isnull=True, lot__isnull=False)
                | Q(contract__isnull=False, lot__isnull=True),
                name="checked_of_a_lot_or_a_contract",
                violation_error_message=_("A check is of a lot or of a contract."),
            ),
            models.CheckConstraint(
                condition=Q(share_pct__range=(Decimal(0), Decimal(100))),
                name="checked_share_is_a_percentage",
                violation_error_message=_("A share lies between 0 and 100 per cent."),
            ),
            models.CheckConstraint(
                condition=~Q(proof="certificate") | Q(certificate__isnull=False),
                name="certificate_is_named_as_proof",
                violation_error_message=_("Choose the certificate that was seen."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("seen_on")),
                name="proof_is_valid_when_seen",
                violation_error_message=_("The proof was no longer valid on the day it was seen."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.supplier}: {self.share_pct}"
