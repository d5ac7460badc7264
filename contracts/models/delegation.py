"""Who of the supplier's people looks after which contract."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from contracts.models.contract import Contract
from sroi_portal.core.models import Authority, Recorded
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier


class Delegation(Recorded):
    """A colleague who is named for a contract; where nobody is named, everybody is (R-244)."""

    GUARD = Guard.AUTHORITY_OR_SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="delegations")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="delegations")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    named_at = models.DateTimeField()

    class Meta:
        ordering = ("contract", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("contract", "user"),
                name="one_delegation_a_person",
                violation_error_message=_("This person is named for the contract already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.contract_id} {self.user_id}"
