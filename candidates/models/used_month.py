"""How much of a person's months each share uses."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from candidates.models.contribution import Share
from sroi_portal.core.models import Authority
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier


class UsedMonthFacts(NamedTuple):
    contribution_id: int
    contract_id: int
    group_code: str
    month: dt.date
    part: str
    counted: str
    bonus_codes: list[str]


FACTS = (
    "share__contribution_id",
    "share__contract_id",
    "group_code",
    "month",
    "part",
    "counted",
    "bonus_codes",
)

type Person = tuple[int, bytes]  # a supplier, and the keyed hash of its reference
type Use = tuple[int, UsedMonthFacts]  # by which share


class UsedMonthQuerySet(models.QuerySet["UsedMonth"]):
    def of_person(self, supplier_id: int, reference_hash: bytes) -> "UsedMonthQuerySet":
        return self.filter(supplier_id=supplier_id, reference_hash=reference_hash)

    def facts(self, besides: Share | None = None) -> Iterator[UsedMonthFacts]:
        """Give what each row uses, but for those of one share."""
        rows = self if besides is None or besides.pk is None else self.exclude(share=besides)
        for row in rows.values_list(*FACTS):
            yield UsedMonthFacts(*row)

    def of_each(self, people: Iterable[Person]) -> defaultdict[Person, list[Use]]:
        """Give by person what each row uses, with the share that uses it."""
        by_person: defaultdict[Person, list[Use]] = defaultdict(list)
        wanted = set(people)
        rows = self.filter(
            supplier_id__in={supplier_id for supplier_id, _hash in wanted},
            reference_hash__in=[reference_hash for _supplier_id, reference_hash in wanted],
        )
        for row in rows.values_list("supplier_id", "reference_hash", "share_id", *FACTS):
            supplier_id, reference_hash, share_id, *facts = row
            used = (share_id, UsedMonthFacts(*facts))
            by_person[supplier_id, bytes(reference_hash)].append(used)
        return by_person


class UsedMonth(models.Model):
    """How much of a person's month a share has used: for counting caps and the monthly norm.

    It names no person, only the supplier and the keyed hash: it outlives the details of the
    candidate, because a cap runs over all contracts of a supplier (R-011).
    """

    GUARD = Guard.CHECKING_OR_SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ("reference_hash", "group_code", "part", "bonus_codes")

    share = models.ForeignKey(Share, models.PROTECT, related_name="used_months")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    reference_hash = models.BinaryField(max_length=32)
    group_code = models.SlugField(max_length=60)  # what a cap counts together
    month = models.DateField()
    part = models.CharField(max_length=60)  # exact fraction of the norm in that month
    counted = models.CharField(max_length=60)  # exact fraction of the month, against the cap
    bonus_codes = ArrayField(  # bonuses given whole in this month, once for a person
        models.SlugField(max_length=60), default=list, blank=True
    )

    objects: ClassVar[Any] = UsedMonthQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("share", "month"),
                name="one_use_a_month",
                violation_error_message=_("This month was counted before."),
            ),
        )
        indexes = (
            models.Index(
                fields=("supplier", "reference_hash", "month"), name="months_of_a_candidate"
            ),
        )

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.part}"
