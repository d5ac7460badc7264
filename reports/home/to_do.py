"""What a supplier has to do, of all its contracts, in one list by date (G07, N16)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from candidates.models import (
    FREED,
    Evidence,
    FollowUp,
    FollowUpStatus,
    JudgedFact,
    PathConsent,
    PathPlan,
    PathPlanStatus,
    Placement,
    PlacementStatus,
    Share,
    ShareStatus,
)
from contracts import clocks
from contracts.models import ACCEPTING, Contract, Delegation, Plan, PlanStatus
from network.models import Match, MatchStatus
from reports.home.kinds import Item
from sroi_portal.core import terms
from sroi_portal.core.models import User
from sroi_portal.core.templatetags import formats
from suppliers.models import Invitation, MembershipRole

ANSWER_DAYS = 14  # to answer a question, and to submit a month that is over
AHEAD = dt.timedelta(days=30)  # evidence that expires is shown so long before
MOST = 200  # rows of one kind


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do by a day; without a contract it is about the supplier itself."""

    item: Item
    on: dt.date
    contract_id: int | None = None


def own_contracts(user: User) -> QuerySet[Contract]:
    """Find the contracts of the supplier itself, not those on which it works for another."""
    found: QuerySet[Contract] = Contract.objects.visible_to(user).filter(
        supplier_id__in=user.supplier_ids
    )
    return found


def looked_after(contracts: QuerySet[Contract], user: User) -> QuerySet[Contract]:
    """Keep those for which this person was named, or nobody who is still there (R-244)."""
    named = Delegation.objects.filter(
        contract=OuterRef("pk"),
        user__memberships__supplier=OuterRef("supplier"),
        user__memberships__ended_at__isnull=True,
    )
    return contracts.filter(Exists(named.filter(user=user)) | ~Exists(named))


def to_do(user: User, contracts: QuerySet[Contract], today: dt.date) -> list[Task]:
    """List it by date, so that what is overdue comes first; a fixed number of queries."""
    tasks = [
        *_of_shares(user, contracts, today),
        *_of_periods(contracts, today),
        *_of_turnover(contracts, today),
        *_of_plans(contracts, today),
        *_of_placements(user, contracts, today),
        *_of_evidence(user, contracts, today),
        *_of_lasting_work(user, contracts, today),
        *_of_facts(user, contracts, today),
        *_of_contacts(user),
        *_of_paths(user),
        *_invitations(user, today),
    ]
    return sorted(tasks, key=lambda task: (task.on, task.item.label, task.item.url))


def _of_shares(user: User, contracts: QuerySet[Contract], today: dt.date) -> Iterator[Task]:
    """Questions to answer, concepts to submit, rejections that can be objected to."""
    objectable = Q(status=ShareStatus.REJECTED, object_until__gte=today)
    waiting = Q(status__in=(ShareStatus.RETURNED, ShareStatus.DRAFT)) | objectable
    shares = (
        Share.objects.visible_to(user)
        .filter(waiting, contract__in=contracts, supplier_id__in=user.supplier_ids)
        .select_related("contract", "contribution")
        .order_by("contribution__ends_on", "pk")
    )
    for share in shares[:MOST]:
        if share.status == ShareStatus.REJECTED and share.object_until:
            words = (_("object at the latest on"), _("rejected"))
            yield _task(share.contract, share, share.object_until, words, today, is_choice=True)
        elif share.status == ShareStatus.RETURNED:
            asked_on = timezone.localdate(share.decided_at) if share.decided_at else today
            words = (_("answer at the latest on"), _("a question for you"))
            yield _task(share.contract, share, terms.due_on(asked_on, ANSWER_DAYS), words, today)
        else:
            on = terms.due_on(share.contribution.ends_on, ANSWER_DAYS)
            words = (_("submit at the latest on"), _("concept"))
            yield _task(share.contract, share, on, words, today)


def _of_periods(contracts: QuerySet[Contract], today: dt.date) -> Iterator[Task]:
    for contract in clocks.to_state(contracts).order_by("pk"):
        for period in clocks.unstated(contract, today):
            first = period.starts_on.isoformat()
            url = reverse("candidates:period-sign", args=[contract.pk, first])
            days = f"{formats.day(period.starts_on)} – {formats.day(period.ends_on)}"
            words = (_("state at the latest on"), _("period to state"))
            yield _task(contract, url, period.due_on, words, today, sub=days)


def _of_turnover(contracts: QuerySet[Contract], today: dt.date) -> Iterator[Task]:
    for contract in clocks.on_turnover(contracts).order_by("pk"):
        period = clocks.missing(contract, today)
        if period:
            url = reverse("contracts:turnover-list", args=[contract.pk])
            words = (_("report at the latest on"), _("turnover to report"))
            yield _task(contract, url, period.due_on, words, today)


def _of_plans(contracts: QuerySet[Contract], today: dt.date) -> Iterator[Task]:
    """Plans that were not proposed yet, or came back; one query for contracts, one for plans."""
    there = Plan.objects.filter(contract=OuterRef("pk"))
    settled = there.filter(status__in=(PlanStatus.PROPOSED, PlanStatus.AGREED))
    waiting = list(
        contracts.filter(status__in=ACCEPTING, is_framework=False, plan_due_on__isnull=False)
        .filter(~Exists(settled))
        .order_by("plan_due_on", "pk")[:MOST]
    )
    begun = {
        plan.contract_id: plan for plan in Plan.objects.to_go_on().filter(contract__in=waiting)
    }
    for contract in waiting:
        plan = begun.get(contract.pk)
        url = plan or reverse("contracts:plan-new", args=[contract.pk])
        is_back = plan is not None and plan.status == PlanStatus.RETURNED
        badge = _("plan is back with you") if is_back else _("plan to propose")
        words = (_("agreed at the latest on"), badge)
        yield _task(contract, url, contract.plan_due_on or today, words, today)


def _of_placements(user: User, contracts: QuerySet[Contract], today: dt.date) -> Iterator[Task]:
    """Find placements that ran last month and of which no day of it was entered."""
    last_day = today.replace(day=1) - dt.timedelta(days=1)
    first_day = last_day.replace(day=1)
    entered = Share.objects.exclude(status=ShareStatus.WITHDRAWN).filter(
        contribution__placement=OuterRef("pk"),
        contribution__starts_on__lte=last_day,
        contribution__ends_on__gte=first_day,
    )
    running = (
        Placement.objects.visible_to(user)
        .filter(supplier_id__in=user.supplier_ids, contract__in=contracts)
        .exclude(status=PlacementStatus.WITHDRAWN)
        .filter(starts_on__lte=last_day, contract__status__in=clocks.STATING)
        .exclude(ends_on__lt=first_day)
        .exclude(Exists(entered))
        .select_related("contract")
        .order_by("starts_on", "pk")
    )
    on = terms.due_on(last_day, ANSWER_DAYS)
    words = (_("submit at the latest on"), _("last month not submitted"))
    for placement in running[:MOST]:
        sub = _("placement since %(day)s") % {"day": formats.day(placement.starts_on)}
        yield _task(placement.contract, placement, on, words, today, sub=sub)


def _of_evidence(user: User, contracts: QuerySet[Contract], today: dt.date) -> Iterator[Task]:
    """Evidence of running placements and of claims that wait, which expires soon, or did."""
    ending = Evidence.objects.visible_to(user).current()
    ending = ending.filter(
        supplier_id__in=user.supplier_ids, valid_until__lte=today + AHEAD
    ).order_by("valid_until", "pk")
    of_work = ending.filter(
        placement__contract__in=contracts, placement__status=PlacementStatus.RUNNING
    )
    words = (_("valid until"), _("evidence expires"))
    for evidence in of_work.select_related("placement__contract")[:MOST]:
        placement, on = evidence.placement, evidence.valid_until
        if placement and on:
            yield _task(placement.contract, placement, on, words, today)
    shares = Share.objects.filter(contract__in=contracts).exclude(status__in=FREED)
    of_claims = ending.of_open_claims(shares)[:MOST]
    parts = shares.select_related("contract").order_by("pk")
    there = Prefetch("contribution__shares", parts, to_attr="own_shares")
    for evidence in of_claims.select_related("contribution").prefetch_related(there):
        share, on = _first(evidence), evidence.valid_until
        if share and on:
            yield _task(share.contract, share, on, words, today)


def _of_lasting_work(user: User, contracts: QuerySet[Contract], today: dt.date) -> Iterator[Task]:
    """Questions about what became of people, one task a contract; one query (C09)."""
    waiting = FollowUp.objects.filter(
        supplier_id__in=user.supplier_ids,
        status=FollowUpStatus.OPEN,
        placement__contract__in=contracts,
    ).select_related("placement__contract")
    asked: dict[Contract, list[FollowUp]] = {}
    for question in waiting.order_by("due_on", "pk"):
        asked.setdefault(question.placement.contract, []).append(question)
    words = (_("answer at the latest on"), _("still in work?"))
    for contract, questions in asked.items():
        url = f"{reverse('candidates:follow-up-list')}?contract={contract.pk}"
        text = ngettext("%(count)s person", "%(count)s people", len(questions))
        sub = text % {"count": len(questions)}
        yield _task(contract, url, questions[0].due_on, words, today, sub=sub)


def _of_facts(user: User, contracts: QuerySet[Contract], today: dt.date) -> Iterator[Task]:
    """Show what people say is not right, until somebody answered; one query (C12, R-423)."""
    said = (
        JudgedFact.objects.visible_to(user)
        .waiting()
        .filter(supplier_id__in=user.supplier_ids, placement__contract__in=contracts)
        .select_related("placement__contract")
    )
    words = (_("answer at the latest on"), _("somebody says: not right"))
    for judged in said.order_by("due_on", "pk")[:MOST]:
        about, on = judged.get_fact_display(), judged.due_on or today
        yield _task(judged.placement.contract, judged, on, words, today, sub=about)


def _of_contacts(user: User) -> Iterator[Task]:
    """First words of others about an offer, and deals they propose; one query (H10)."""
    mine = user.enters_for
    asked = Q(status=MatchStatus.CONTACT, supplier__in=mine)
    proposed = Q(status=MatchStatus.PROPOSED) & (Q(supplier__in=mine) | Q(partner__in=mine))
    waiting = Match.objects.visible_to(user).filter(asked | proposed & ~Q(proposed_for__in=mine))
    for match in waiting.with_facts().order_by("stepped_at", "pk")[:MOST]:
        other = match.partner if match.supplier_id in mine else match.supplier
        is_new = match.status == MatchStatus.CONTACT
        badge = _("somebody answers your offer") if is_new else _("deal proposed to you")
        on = timezone.localdate(match.stepped_at)
        yield _between(match.offer.title, match, on, badge, sub=other.name)


def _of_paths(user: User) -> Iterator[Task]:
    """Plans of shared paths to which the own side did not agree yet; one query (C10)."""
    mine = list(user.enters_for)
    agreed = PathConsent.objects.filter(plan=OuterRef("pk"), supplier__in=mine)
    waiting = PathPlan.objects.filter(
        ~Exists(agreed), status=PathPlanStatus.PROPOSED, supplier_ids__overlap=mine
    )
    for plan in waiting.select_related("path").order_by("proposed_at", "pk")[:MOST]:
        on = timezone.localdate(plan.proposed_at)
        yield _between(plan.path.title, plan.path, on, _("plan of a path to answer"))


def _between(label: str, about: Any, on: dt.date, badge: str, sub: str = "") -> Task:
    """Say what another supplier waits for; it has no last day."""
    item = Item(
        label=label,
        url=about.get_absolute_url(),
        sub=sub,
        when=_("waits since"),
        on=on,
        badge=badge,
        tone="warning",
    )
    return Task(item, on)


def _first(evidence: Evidence) -> Share | None:
    shares: list[Share] = getattr(evidence.contribution, "own_shares", [])
    return shares[0] if shares else None


def _invitations(user: User, today: dt.date) -> Iterator[Task]:
    """Colleagues who were invited and did not come yet, for who administers the supplier."""
    administered = user.memberships.held().filter(role=MembershipRole.ADMINISTRATOR)
    waiting = Invitation.objects.filter(
        supplier__in=administered.values("supplier"),
        accepted_at__isnull=True,
        withdrawn_at__isnull=True,
        expires_at__gte=terms.starts_at(today),
    )
    for invitation in waiting.select_related("supplier").order_by("expires_at", "pk")[:MOST]:
        on = timezone.localdate(invitation.expires_at)
        item = Item(
            label=invitation.supplier.name,
            url=reverse("suppliers:member-list", args=[invitation.supplier_id]),
            sub=invitation.email,
            when=_("valid until"),
            on=on,
            badge=_("invitation not accepted"),
        )
        yield Task(item, on)


def _task(  # noqa: PLR0913 - what, of what, by when, in which words
    contract: Contract,
    about: Any,
    on: dt.date,
    words: tuple[str, str],
    today: dt.date,
    *,
    sub: str = "",
    is_choice: bool = False,
) -> Task:
    """Say in its colour how urgent it is; what one may leave is never overdue."""
    when, badge = words
    is_late = on < today and not is_choice
    item = Item(
        label=contract.title,
        url=about if isinstance(about, str) else about.get_absolute_url(),
        sub=sub,
        when=when,
        on=on,
        badge=_("%(what)s, overdue") % {"what": badge} if is_late else badge,
        tone="negative" if is_late else "neutral" if is_choice else "warning",
    )
    return Task(item, on, contract.pk)
