"""What seems to be counted twice: the same hours, person, invoice or activity (E13).

A supplier learns of its own entries only. Who checks also learns that another supplier claimed
the same invoice, and for which authority: no amount, no name, no contract (R-164, R-165).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candidates.models import (
    Candidate,
    Contribution,
    Placement,
    PlacementStatus,
    Share,
    ShareStatus,
    UsedMonth,
)
from sroi_portal.core import personal
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import User
from sroi_portal.core.templatetags import formats

NOT_CLAIMED = (
    ShareStatus.DRAFT,
    ShareStatus.WITHDRAWN,
    ShareStatus.REJECTED,
    ShareStatus.UPHELD,
    ShareStatus.REVOKED,
)


type Places = defaultdict[Any, list[tuple[int, Contribution]]]  # and its place in the row


class Why(models.TextChoices):
    HOURS = "hours", gettext_lazy("Hours of the same person in the same days")
    PERSON = "person", gettext_lazy("The same person in another placement on these days")
    INVOICE = "invoice", gettext_lazy("The same invoice")
    ELSEWHERE = "elsewhere", gettext_lazy("The same invoice, claimed by another supplier")
    ACTIVITY = "activity", gettext_lazy("Something of the same name on the same day")


@dataclass(frozen=True)
class Found:
    """One other entry that looks the same; `url` is empty for who may not open it."""

    why: Why
    authority: str
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    url: str = ""

    @property
    def sentence(self) -> str:
        facts = {
            "why": self.why.label,
            "authority": self.authority,
            "first": formats.day(self.starts_on),
            "last": formats.day(self.ends_on) if self.ends_on else _("now"),
        }
        if self.starts_on is None:
            return _("%(why)s: on a contract of %(authority)s.") % facts
        if self.starts_on == self.ends_on:
            return _("%(why)s: %(first)s, on a contract of %(authority)s.") % facts
        return _("%(why)s: %(first)s to %(last)s, on a contract of %(authority)s.") % facts


@dataclass(frozen=True)
class Reader:
    """For whom one looks: a supplier for its own, or who checks for authorities."""

    suppliers: tuple[int, ...]
    checking: tuple[int, ...]

    @classmethod
    def of(cls, user: User) -> "Reader":
        return cls(user.supplier_ids, user.sees_contributions_of)

    def is_own(self, supplier_id: int) -> bool:
        return supplier_id in self.suppliers

    def opens(self, share: Share) -> bool:
        return self.is_own(share.supplier_id) or share.authority_id in self.checking


def find(contributions: Iterable[Contribution], *, reader: Reader) -> dict[int, list[Found]]:
    """Find for each contribution, by its place in the row, what looks the same.

    It takes the same few statements for one and for many; each follows an index.
    """
    told = list(contributions)
    found: dict[int, list[Found]] = defaultdict(list)
    with acting_as(DatabaseRole.WORKER):
        for number, each in (
            *_invoices(told, reader),
            *_hours(told, reader),
            *_periods(told, reader),
            *_placements(told, reader),
            *_activities(told, reader),
        ):
            if each not in found[number]:
                found[number].append(each)
    return {number: _without_shadows(all_of) for number, all_of in found.items()}


def find_one(contribution: Contribution, *, reader: Reader) -> list[Found]:
    return find([contribution], reader=reader).get(0, [])


def _without_shadows(found: Sequence[Found]) -> list[Found]:
    """Leave a placement out of which the claimed hours are named already."""
    named = {each.authority for each in found if each.why is Why.HOURS}
    return [each for each in found if each.why is not Why.PERSON or each.authority not in named]


def _invoices(told: Sequence[Contribution], reader: Reader) -> Iterator[tuple[int, Found]]:
    bought: Places = defaultdict(list)
    for number, each in enumerate(told):
        if each.partner_id:
            bought[each.partner_id, invoice_key(each.invoice_number)].append((number, each))
    if not bought:
        return
    partners, keys = zip(*bought, strict=True)
    for other in _claims(Q(partner__in=partners, invoice_key__in=keys)):
        for number, each in bought.get((other.partner_id, other.invoice_key), ()):
            if other.pk != each.pk:
                yield from ((number, one) for one in _same_invoice(each, other, reader))


def _same_invoice(each: Contribution, other: Contribution, reader: Reader) -> Iterator[Found]:
    """Say nothing of another supplier but for whom it claimed, and only to who checks."""
    if other.supplier_id == each.supplier_id:
        yield from _of_shares(Why.INVOICE, other, reader)
    elif not reader.is_own(each.supplier_id):
        yield from (Found(Why.ELSEWHERE, share.authority.name) for share in _claimed(other))


def invoice_key(number: str) -> str:
    """Write the number of an invoice as the database does to find the same (R-165)."""
    return "".join(each for each in number if each.isascii() and each.isalnum()).upper()


def _claims(wanted: Q) -> Any:
    shares = Share.objects.exclude(status=ShareStatus.WITHDRAWN).select_related("authority")
    return Contribution.objects.filter(wanted, is_live=True).prefetch_related(
        models.Prefetch("shares", queryset=shares.order_by("pk"))
    )


def _claimed(contribution: Contribution) -> list[Share]:
    return [share for share in contribution.shares.all() if share.status not in NOT_CLAIMED]


def _of_shares(why: Why, other: Contribution, reader: Reader) -> Iterator[Found]:
    """Name the shares of another entry; a concept only to the supplier whose it is."""
    is_own = reader.is_own(other.supplier_id)
    for share in other.shares.all() if is_own else _claimed(other):
        url = share.get_absolute_url() if reader.opens(share) else ""
        yield Found(why, share.authority.name, other.starts_on, other.ends_on, url)


def _hours(told: Sequence[Contribution], reader: Reader) -> Iterator[tuple[int, Found]]:
    """Compare by supplier and keyed hash, which outlive the person's details (R-011)."""
    people: Places = defaultdict(list)
    worked = {each.placement.candidate_id for each in told if each.placement}
    hashes = dict(Candidate.objects.filter(pk__in=worked).values_list("pk", "reference_hash"))
    for number, each in enumerate(told):
        if each.placement:
            reference_hash = bytes(hashes[each.placement.candidate_id])
            people[each.supplier_id, reference_hash].append((number, each))
    if not people:
        return
    every = [each for mine in people.values() for _, each in mine]
    used = UsedMonth.objects.filter(
        supplier__in={supplier for supplier, _ in people},
        reference_hash__in={key for _, key in people},
        month__gte=min(each.starts_on for each in every).replace(day=1),
        month__lte=max(each.ends_on for each in every),
        share__isnull=False,  # what was removed is not found again
    ).select_related("share__contribution", "share__authority")
    for row in used.order_by("month", "pk"):
        share: Any = row.share
        other = share.contribution
        for number, each in people.get((row.supplier_id, bytes(row.reference_hash)), ()):
            if other.pk != each.pk and _overlap(other, each):
                url = share.get_absolute_url() if reader.opens(share) else ""
                yield (
                    number,
                    Found(Why.HOURS, share.authority.name, other.starts_on, other.ends_on, url),
                )


def _periods(told: Sequence[Contribution], reader: Reader) -> Iterator[tuple[int, Found]]:
    """Compare with other periods of the person, also those that count for nothing."""
    people: Places = defaultdict(list)
    for number, each in enumerate(told):
        if each.placement:
            people[each.placement.candidate_id].append((number, each))
    if not people:
        return
    every = [each for mine in people.values() for _, each in mine]
    wanted = Q(
        placement__candidate__in=people,
        starts_on__lte=max(each.ends_on for each in every),
        ends_on__gte=min(each.starts_on for each in every),
    )
    for other in _claims(wanted).select_related("placement"):
        for number, each in people[other.placement.candidate_id]:
            if other.pk != each.pk and _overlap(other, each):
                yield from ((number, one) for one in _of_shares(Why.HOURS, other, reader))


def _placements(told: Sequence[Contribution], reader: Reader) -> Iterator[tuple[int, Found]]:
    people: Places = defaultdict(list)
    for number, each in enumerate(told):
        if each.placement:
            people[each.placement.candidate_id].append((number, each))
    if not people:
        return
    others = Placement.objects.filter(candidate__in=people).select_related("contract__authority")
    for other in others.exclude(status=PlacementStatus.WITHDRAWN).order_by("starts_on", "pk"):
        for number, each in people[other.candidate_id]:
            is_known = reader.is_own(other.supplier_id) or other.authority_ids
            if is_known and other.pk != each.placement_id and _overlap(other, each):
                url = other.get_absolute_url() if reader.is_own(other.supplier_id) else ""
                authority = other.contract.authority.name
                yield number, Found(Why.PERSON, authority, other.starts_on, other.ends_on, url)


def _activities(told: Sequence[Contribution], reader: Reader) -> Iterator[tuple[int, Found]]:
    named: Places = defaultdict(list)
    for number, each in enumerate(told):
        if each.title:
            named[_name(each)].append((number, each))
    if not named:
        return
    suppliers, days, _titles = zip(*named, strict=True)
    for other in _claims(Q(supplier__in=suppliers, ends_on__in=days) & ~Q(title="")):
        for number, each in named.get(_name(other), ()):
            if other.pk != each.pk:
                yield from ((number, one) for one in _of_shares(Why.ACTIVITY, other, reader))


def _name(each: Contribution) -> tuple[int, dt.date, str]:
    return each.supplier_id, each.ends_on, personal.normalise(each.title)


def _overlap(one: Contribution | Placement, other: Contribution) -> bool:
    ends_on = one.ends_on or other.ends_on
    return one.starts_on <= other.ends_on and ends_on >= other.starts_on
