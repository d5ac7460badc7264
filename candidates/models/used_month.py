"""How much of a person's months each share uses."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from candidates.models.share import Share
from sroi_portal.core import personal
from sroi_portal.core.models import Authority
from sroi_portal.core.rights import Guard
from suppliers.models import Supplier


class UsedMonthFacts(NamedTuple):
    contribution_id: int
    contract_id: int
    group_code: str
    month: dt.date
    part: str
    full_time: str  # the same, for what a row counts of its own group
    counted: str
    bonus_codes: list[str]


FACTS = (
    "share__contribution_id",
    "share__contract_id",
    "group_code",
    "month",
    "part",
    "part",
    "counted",
    "bonus_codes",
)
OF_GROUP, OF_BONUS = "group:", "bonus:"  # words under which months are kept once details went

type Person = tuple[int, bytes]  # a supplier, and the keyed hash of its reference
type Use = tuple[int | None, UsedMonthFacts]  # by which share; None once details went


class UsedMonthQuerySet(models.QuerySet["UsedMonth"]):
    def counting(self, statuses: Iterable[str]) -> "UsedMonthQuerySet":
        """Keep what shares with these statuses use, and what is used for good."""
        return self.filter(Q(share__isnull=True) | Q(share__status__in=tuple(statuses)))

    def of_nobody(self, supplier: Supplier) -> "UsedMonthQuerySet":
        """Keep the months of people of whom details went."""
        return self.filter(supplier=supplier, share__isnull=True)

    def blinded(self, person: Person, words: Iterable[str]) -> Iterator[UsedMonthFacts]:
        """Give what these words find of a person whose details went (R-426)."""
        supplier_id, reference_hash = person
        known = {personal.blinded(reference_hash, word): word for word in words}
        rows = self.filter(supplier_id=supplier_id, reference_hash__in=known, share__isnull=True)
        for pk, key, month, part, counted in rows.values_list(
            "pk", "reference_hash", "month", "part", "counted"
        ):
            kind, _colon, code = known[bytes(key)].partition(":")
            is_group = f"{kind}:" == OF_GROUP
            yield UsedMonthFacts(
                contribution_id=-pk,
                contract_id=0,
                group_code=code if is_group else "",
                month=month,
                part="0",  # stands in the row of the person
                full_time=part,
                counted=counted,
                bonus_codes=[] if is_group else [code],
            )

    def of_each(self, people: Iterable[Person]) -> defaultdict[Person, list[Use]]:
        """Give by person what each row uses, with the share that uses it."""
        by_person: defaultdict[Person, list[Use]] = defaultdict(list)
        wanted = set(people)
        rows = self.filter(
            supplier_id__in={supplier_id for supplier_id, _hash in wanted},
            reference_hash__in=[reference_hash for _supplier_id, reference_hash in wanted],
        )
        for row in rows.values_list("supplier_id", "reference_hash", "share_id", "pk", *FACTS):
            supplier_id, reference_hash, share_id, pk, *facts = row
            used = (share_id, UsedMonthFacts(*facts))
            if share_id is None:
                used = (None, used[1]._replace(contribution_id=-pk, contract_id=0))
            by_person[supplier_id, bytes(reference_hash)].append(used)
        return by_person


class UsedMonth(models.Model):
    """How much of a person's month a share has used: for counting caps and the monthly norm.

    It names no person, only the supplier and the keyed hash: it outlives the details of the
    candidate, because a cap runs over all contracts of a supplier (R-011). Once they went, a month
    is two rows without a share: of the person without the group, and of the group under a hash that
    only who knows both finds again (R-426).
    """

    GUARD = Guard.CHECKING_OR_SUPPLIER
    PERSONAL: ClassVar[tuple[str, ...]] = ("reference_hash", "group_code", "part", "bonus_codes")

    share = models.ForeignKey(Share, models.PROTECT, related_name="used_months", null=True)
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    reference_hash = models.BinaryField(max_length=32)
    group_code = models.SlugField(max_length=60, blank=True)  # what a cap counts together
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
            models.CheckConstraint(
                condition=Q(share__isnull=False) | Q(group_code="", bonus_codes=[]),
                name="month_without_share_names_no_group",
                violation_error_message=_("A group goes with the details of the person."),
            ),
        )
        indexes = (
            models.Index(
                fields=("supplier", "reference_hash", "month"), name="months_of_a_candidate"
            ),
        )

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.part}"
