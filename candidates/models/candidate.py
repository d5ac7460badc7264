"""People, without their identity: the supplier's own reference, sealed, and our random code."""

import re
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sroi_portal.core import personal
from sroi_portal.core.models import Authority, Recorded, User
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier

LOOKS_PERSONAL = re.compile(  # a date of birth or an e-mail address
    r"@|\b\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)?\d{2}\b|\b(?:19|20)\d{2}-\d{2}-\d{2}\b"
)
LONGEST_REFERENCE = 40


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def visible_to(self, user: User) -> "CandidateQuerySet":
        """Only the supplier that knows the person."""
        return self.filter(supplier_id__in=user.supplier_ids)

    def with_reference(self, supplier: Supplier, reference: str) -> "CandidateQuerySet":
        return self.filter(
            supplier=supplier,
            reference_hash=personal.keyed_hash(reference, of=supplier.uuid),
        )


class Candidate(Recorded):
    """A person at a supplier; nobody else can read the reference."""

    GUARD = Guard.SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ("reference_sealed", "reference_hash")
    SEALED: ClassVar[tuple[str, ...]] = ("reference_sealed",)

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="candidates")
    reference_sealed = models.BinaryField()
    reference_hash = models.BinaryField(max_length=32)
    informed_on = models.DateField(_("letter handed over on"), null=True, blank=True)

    objects: ClassVar[Any] = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("supplier", "reference_hash"),
                name="one_candidate_a_reference",
                violation_error_message=_("You already have a person with this reference."),
            ),
        )

    def __str__(self) -> str:
        return str(self.uuid)[:8]

    @property
    def reference(self) -> str:
        """The supplier's own reference; to be shown to that supplier alone."""
        table = self._meta.db_table
        return personal.unseal(bytes(self.reference_sealed), table=table, row=self.uuid)

    @reference.setter
    def reference(self, reference: str) -> None:
        table = self._meta.db_table
        self.reference_sealed = personal.seal(reference.strip(), table=table, row=self.uuid)
        self.reference_hash = personal.keyed_hash(reference, of=self.supplier.uuid)


class CandidateCode(models.Model):
    """The random code by which one authority speaks of one candidate."""

    GUARD = Guard.CHECKING_OR_SUPPLIER
    LINK_GUARD = Guard.OF_PERSON
    PERSONAL: ClassVar[tuple[str, ...]] = ("code",)

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="codes")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    code = models.CharField(max_length=9, unique=True, default=personal.random_code)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("candidate", "authority"),
                name="one_code_an_authority",
                violation_error_message=_("This authority already has a code for this person."),
            ),
        )

    def __str__(self) -> str:
        return self.code
