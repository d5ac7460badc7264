"""Who counts for social return, for the banenafspraak, or for both: shown, never added (R-346)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

NONE = Decimal(0)


class PersonMonth(NamedTuple):
    """What counts of one person in one month, in hours."""

    person: int
    month: dt.date
    social_return: Decimal
    agreed_jobs: Decimal


@dataclass(frozen=True, slots=True)
class Part:
    """People and their hours in one part of the two circles."""

    people: int = 0
    hours: Decimal = NONE


@dataclass(frozen=True, slots=True)
class Venn:
    """The three parts; a circle is two of them."""

    social_return_only: Part
    both: Part
    agreed_jobs_only: Part

    @property
    def social_return(self) -> Part:
        return _together(self.social_return_only, self.both)

    @property
    def agreed_jobs(self) -> Part:
        return _together(self.both, self.agreed_jobs_only)

    @property
    def everybody(self) -> int:
        """Count each person once."""
        parts = (self.social_return_only, self.both, self.agreed_jobs_only)
        return sum(part.people for part in parts)


def venn(work: Iterable[PersonMonth]) -> Venn:
    """Divide people and hours over the parts.

    A person is in both when both have hours of it in the period. Of the hours of a month, what
    both have is the smaller of the two; the rest is of one alone.
    """
    social: dict[int, Decimal] = {}
    jobs: dict[int, Decimal] = {}
    shared = NONE
    for each in work:
        social[each.person] = social.get(each.person, NONE) + each.social_return
        jobs[each.person] = jobs.get(each.person, NONE) + each.agreed_jobs
        shared += min(each.social_return, each.agreed_jobs)
    in_social = {person for person, hours in social.items() if hours}
    in_jobs = {person for person, hours in jobs.items() if hours}
    return Venn(
        Part(len(in_social - in_jobs), sum(social.values(), NONE) - shared),
        Part(len(in_social & in_jobs), shared),
        Part(len(in_jobs - in_social), sum(jobs.values(), NONE) - shared),
    )


def _together(one: Part, other: Part) -> Part:
    return Part(one.people + other.people, one.hours + other.hours)
