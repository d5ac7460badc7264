"""What the entry rules said about a share when it was submitted."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from candidates.models.share import Share
from contracts.models import EntryRule
from sroi_portal.core.models import Authority
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier


class EntryFinding(models.Model):
    """A rule that did not stop the share, but has something to say to who checks it."""

    GUARD = Guard.CHECKING_OR_SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ("measured",)

    share = models.ForeignKey(Share, models.PROTECT, related_name="entry_findings")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    rule = models.ForeignKey(EntryRule, models.PROTECT, related_name="+")
    measured = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    found_at = models.DateTimeField()

    class Meta:
        ordering = ("share", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("share", "rule"),
                name="one_finding_a_rule",
                violation_error_message=_("This rule has said this already."),
            ),
        )

    def __str__(self) -> str:
        return str(self.rule)
