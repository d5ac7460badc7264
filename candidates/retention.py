"""Which details of people are due to be removed, as querysets (K02, R-376, R-420)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, Subquery
from django.utils import timezone

from candidates.models import (
    WAITING,
    Additionality,
    AgreedJob,
    Candidate,
    Contribution,
    FollowUp,
    PathPerson,
    PathPlan,
    PathStep,
    PersonalLink,
    PersonalLinkStatus,
    Placement,
    RemovalPart,
    Share,
    SharedPath,
    ShareStatus,
)
from contracts.models import Contract, ContractStatus, SettlementStatus
from contracts.valuation.terms import months_before

DEAD_KEPT = dt.timedelta(days=30)  # a letter that was replaced without an answer
AFTER_SETTLING = dt.timedelta(weeks=13)  # in which one may object
LONGEST_MONTHS = 12  # after the contract ended
DAY = dt.timedelta(days=1)
WARNED = dt.timedelta(weeks=4)  # so long before it happens
FIGURES_MADE = (4, 30)  # month and day of the next year: by then its tables are published


@dataclass(frozen=True, slots=True)
class Due:
    """What goes of a contract, and from which day on."""

    contract: Contract
    part: RemovalPart
    on: dt.date


def links_due(at: dt.datetime) -> Any:
    """Find those of contracts that are over, and those that are dead and were never answered on."""
    dead = ~Q(status=PersonalLinkStatus.STANDING) | Q(expires_at__lt=at)
    unused = dead & Q(made_at__lt=at - DEAD_KEPT, voices__isnull=True, judged_facts__isnull=True)
    over = _over("placement__contract__", timezone.localdate(at))
    due = PersonalLink.objects.filter(over | unused)
    return PersonalLink.objects.filter(pk__in=due.values("pk")).order_by("pk")


def removed_on(ends_on: dt.date | None) -> dt.date | None:
    """Give the last day on which details of a contract may still be there.

    The last question about lasting work is asked a year after it; its figures are made then.
    """
    return figures_made(months_before(ends_on, -LONGEST_MONTHS)) if ends_on else None


def details_due(day: dt.date) -> Iterator[Due]:
    """Name what may go on a day; nothing of a contract on which an objection waits (R-420)."""
    for contract in _with_details(day).order_by("pk"):
        term, ended_on = _term(contract), contract.ends_on
        last_on = max(filter(None, (ended_on, contract.last_worked_on)))
        terms = {
            RemovalPart.SAID: term if contract.has_said else None,
            RemovalPart.WORK: (
                max(term, figures_made(last_on))
                if contract.has_jobs and not contract.has_running
                else None
            ),
            RemovalPart.LASTING: (
                max(term, figures_made(months_before(ended_on, -LONGEST_MONTHS)))
                if contract.has_lasting
                else None
            ),
        }
        if contract.has_people and not contract.has_running and not contract.has_waiting:
            worked_on = contract.last_claimed_on
            made_on = figures_made(worked_on) if worked_on else term
            terms[RemovalPart.PEOPLE] = max(term, made_on, *filter(None, terms.values()))
        yield from (Due(contract, part, on) for part, on in terms.items() if on and on <= day)


def people_of(contract: Contract | OuterRef, day: dt.date) -> Any:
    """Find placements of a contract of which nothing waits or goes on elsewhere (R-426)."""
    over = Contract.objects.filter(_over("", day))
    elsewhere = Share.objects.filter(contribution__placement=OuterRef("pk")).exclude(
        contract=OuterRef("contract")
    )
    living = elsewhere.filter(~Q(contract__in=over) | Q(status__in=WAITING))
    return Placement.objects.filter(~Exists(living), contract=contract)


def people_left() -> Any:
    """Find people of whom no work is known any more, and who walk no path."""
    return Candidate.objects.filter(
        placements__isnull=True, links__isnull=True, paths__isnull=True
    ).order_by("pk")


def figures_made(day: dt.date) -> dt.date:
    """Give the day on which everything about the year of a day was published (R-354)."""
    return dt.date(day.year + 1, *FIGURES_MADE)


def paths_due(at: dt.datetime) -> Any:
    """Find paths of people whose work is over at every supplier, and plans that nobody walks."""
    long_ago = months_before(at.date(), LONGEST_MONTHS)
    living = Placement.objects.filter(candidate__paths__path=OuterRef("pk")).exclude(
        pk__in=Placement.objects.filter(_over("contract__", at.date())).values("pk")
    )
    tied = Exists(PathPerson.objects.filter(path=OuterRef("pk")))
    walked = PathStep.objects.filter(plan__path=OuterRef("pk")).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=long_ago)
    )
    over = Q(tied) & ~Q(Exists(living))
    unused = ~Q(tied) & Q(begun_at__date__lt=long_ago) & ~Q(Exists(walked))
    planned = Exists(PathPlan.objects.filter(path=OuterRef("pk")))
    return SharedPath.objects.filter(planned, over | unused).order_by("pk")


def _over(contract: str, day: dt.date) -> Q:
    """Say of which contracts the term is over on a day; `contract` is the way to it."""
    ended = Q(**{f"{contract}ends_on__lt": months_before(day, LONGEST_MONTHS)})
    settled = Q(
        **{
            f"{contract}status": ContractStatus.SETTLED,
            f"{contract}settlements__status": SettlementStatus.SETTLED,
            f"{contract}settlements__decided_at__date__lt": day - AFTER_SETTLING,
        }
    )
    return ended | settled


def _with_details(day: dt.date) -> Any:
    """Find contracts that may be over, with what there is of their people."""
    of_contract = {"placement__contract": OuterRef("pk")}
    jobs = AgreedJob.objects.filter(**of_contract)
    running = Q(placement__ends_on__isnull=True) | Q(placement__ends_on__gte=day)
    shares = Share.objects.filter(contract=OuterRef("pk"))
    objected = shares.filter(status=ShareStatus.OBJECTED)
    waiting = Q(status__in=WAITING) | Q(status=ShareStatus.REJECTED, object_until__gte=day)
    claimed = Contribution.objects.filter(**of_contract).order_by("-ends_on").values("ends_on")
    lasting = Exists(FollowUp.objects.filter(**of_contract)) | Exists(
        Additionality.objects.filter(**of_contract)
    )
    ended = Q(ends_on__lt=months_before(day, LONGEST_MONTHS))
    return Contract.objects.filter(
        Q(status=ContractStatus.SETTLED) | ended, ~Exists(objected)
    ).annotate(
        has_said=Exists(PersonalLink.objects.filter(**of_contract)),
        has_jobs=Exists(jobs),
        has_running=Exists(jobs.standing().filter(running)),
        has_lasting=lasting,
        has_people=Exists(people_of(OuterRef("pk"), day)),
        has_waiting=Exists(shares.filter(waiting)),
        last_claimed_on=Subquery(claimed[:1]),
        last_worked_on=Max("placements__ends_on", filter=Q(placements__agreed_job__isnull=False)),
        settled_at=Max(
            "settlements__decided_at", filter=Q(settlements__status=SettlementStatus.SETTLED)
        ),
    )


def _term(contract: Any) -> dt.date:
    """Give the first day on which nothing of its people may be there: whichever comes first."""
    last: dt.date = months_before(contract.ends_on, -LONGEST_MONTHS)
    if contract.status == ContractStatus.SETTLED and contract.settled_at:
        last = min(last, (contract.settled_at + AFTER_SETTLING).date())
    return last + DAY
