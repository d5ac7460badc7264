"""Exact figures, for the supplier about its own people and for who checks their work (R-347)."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.functional import Promise

from candidates.agreed_jobs import months, norm, posting
from candidates.agreed_jobs.overlap import PersonMonth, Venn, venn
from candidates.models import SECTORS, AgreedJob, JobForm, JobStatus
from sroi_portal.core.models import User

NONE, CENT = Decimal(0), Decimal("0.01")
VERIFIED = """
    SELECT p.candidate_id, (earned ->> 'month')::date, sum((earned ->> 'hours')::numeric)
      FROM candidates_share s
      JOIN candidates_contribution k ON k.id = s.contribution_id
      JOIN candidates_placement p ON p.id = k.placement_id
     CROSS JOIN jsonb_array_elements(s.valuation -> 'by_month') earned
     WHERE s.status = 'verified'
       AND (s.supplier_id = ANY(%(suppliers)s) OR s.authority_id = ANY(%(authorities)s))
       AND k.starts_on <= %(last)s AND k.ends_on >= %(first)s
       AND (earned ->> 'month')::date BETWEEN %(first)s AND %(last)s
     GROUP BY 1, 2
"""

type Worked = dict[tuple[int, dt.date], Decimal]  # by candidate and month


@dataclass(frozen=True, slots=True)
class OfForm:
    """The checked hours of one form in a year, to two decimals so that forms add up; jobs on average."""

    form: str | Promise
    sector: str | Promise
    people: int
    hours: Decimal
    jobs: Decimal


@dataclass(frozen=True, slots=True)
class OwnFigures:
    venn: Venn
    forms: tuple[OfForm, ...]
    total: OfForm
    waiting_hours: Decimal  # stated, and not checked yet


@dataclass(frozen=True, slots=True)
class Whose:
    """Suppliers whose people, and authorities whose work is counted."""

    suppliers: tuple[int, ...] = ()
    authorities: tuple[int, ...] = ()


def figures(user: User, year: int, *, today: dt.date, whose: Whose | None = None) -> OwnFigures:
    """Sum one year of what this person may see one by one, or of one organisation of it."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    of = whose or Whose(user.supplier_ids, user.sees_contributions_of)
    jobs: Any = AgreedJob.objects.visible_to(user).select_related("placement")
    jobs = jobs.filter(
        Q(supplier_id__in=of.suppliers) | Q(authority_ids__overlap=list(of.authorities))
    )
    seen = list(jobs.standing().prefetch_related("paid_hours").order_by("pk"))
    through = months.last_closed_month(today)
    checked: Worked = {}
    people: dict[str, set[int]] = {}
    hours: dict[str, Decimal] = {}
    waiting = NONE
    for job in seen:
        found = {
            month: paid
            for month, paid in posting.hours_of(job, through=through).items()
            if first <= month <= last
        }
        if job.status == JobStatus.STATED:
            waiting += sum(found.values(), NONE)
        if job.status != JobStatus.CONFIRMED or not found:
            continue
        person = job.placement.candidate_id
        people.setdefault(job.form, set()).add(person)
        hours[job.form] = hours.get(job.form, NONE) + sum(found.values(), NONE)
        for month, paid in found.items():
            checked[person, month] = checked.get((person, month), NONE) + paid
    rounded = {form: paid.quantize(CENT, ROUND_HALF_UP) for form, paid in hours.items()}
    forms = tuple(
        _of_form(
            JobForm(form).label, SECTORS[JobForm(form)].label, people.get(form, ()), paid, year
        )
        for form, paid in sorted(rounded.items())
    )
    everybody = {person for person, _month in checked}
    return OwnFigures(
        venn=venn(_together(_verified(of, first, last), checked)),
        forms=forms,
        total=_of_form("", "", everybody, sum(rounded.values(), NONE), year),
        waiting_hours=waiting,
    )


def _of_form(
    form: str | Promise, sector: str | Promise, people: Iterable[int], hours: Decimal, year: int
) -> OfForm:
    return OfForm(form, sector, len(set(people)), hours, norm.jobs_in(hours, year))


def _together(social: Worked, jobs: Worked) -> Iterator[PersonMonth]:
    for person, month in sorted(social.keys() | jobs.keys()):
        place = (person, month)
        yield PersonMonth(person, month, social.get(place, NONE), jobs.get(place, NONE))


def _verified(of: Whose, first: dt.date, last: dt.date) -> Worked:
    """Read with the rights of who asks, so that the database keeps the rest out."""
    facts: dict[str, Any] = {
        "suppliers": list(of.suppliers),
        "authorities": list(of.authorities),
        "first": first,
        "last": last,
    }
    with connection.cursor() as cursor:
        cursor.execute(VERIFIED, facts)
        return {(person, month): hours for person, month, hours in cursor.fetchall()}
