"""Who carries a part of a contract's account beside the lead."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contracts.models.contract import Contract
from sroi_portal.core.fields import PercentageField
from sroi_portal.core.models import Recorded
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier


class ConsortiumMember(Recorded):
    """A supplier that carries a part of the account; the lead carries the rest (R-117)."""

    GUARD = Guard.BY_CONTRACT_OR_SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ()

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="members")
    supplier = models.ForeignKey(
        Supplier, models.PROTECT, verbose_name=_("supplier"), related_name="carried"
    )
    share_pct = PercentageField(_("share"))

    class Meta:
        ordering = ("contract", "-share_pct", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("contract", "supplier"),
                name="one_member_a_supplier",
                violation_error_message=_("This supplier is a member already."),
            ),
            models.CheckConstraint(
                condition=Q(share_pct__gt=0, share_pct__lt=100),
                name="member_share_is_a_part",
                violation_error_message=_("A member carries more than 0 and less than 100 %."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.supplier}: {self.share_pct}"
