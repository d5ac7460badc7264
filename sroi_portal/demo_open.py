"""Work of many people in one category of the demo, so that the public page has figures to show."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from candidates import actions as candidate_actions
from candidates.models import Placement
from contracts import actions
from contracts.clocks import months_later
from contracts.models import BaseKind, Block, Category, Contract, LegalForm, Regime, ValueTable
from network import timeline
from reports import burden, dated, fixed_tables, jobs_tables, lasting_tables, open_contracts, peers
from sroi_portal import demo_settling
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import Authority, User
from sroi_portal.demo_regimes import Parties

DAY, MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)
LONG_AGO = 1590 * DAY  # before the other contracts of the demo: nothing else is in these tables
# Ministry, category and people of each contract. The first is settled and may tell what became of
# it. The last four are too small to be shown, in two rows and two columns: they hide each other.
PLOTS = (
    (0, "catering", 11),
    (0, "catering", 6),
    (0, "catering", 6),
    (0, "catering", 6),
    (1, "groenvoorziening", 3),
    (1, "ict-diensten", 5),
    (2, "groenvoorziening", 4),
    (2, "ict-diensten", 5),
)
SUPPLIERS = slice(4, 12)
REASON = "Dienst met veel arbeid; vijf procent past bij de duur en de omvang van de opdracht."


@dataclass(frozen=True)
class Doers:
    """Who buys and manages, who submits for a contract, and who checks."""

    parties: Parties
    authorities: list[Authority]
    submitter: Callable[[Contract], User]
    checker: Callable[[Contract], User]


def load(doers: Doers, *, now: dt.datetime) -> None:
    """Let eight suppliers begin with a quarter; the first of them is settled."""
    [(_quarter, first)] = list(burden.closed(*_around(timezone.localdate(now) - LONG_AGO)))[:1]
    suppliers = doers.parties.suppliers[SUPPLIERS]
    for number, ((ministry, code, people), supplier) in enumerate(
        zip(PLOTS, suppliers, strict=True)
    ):
        category = Category.objects.get(code=code)
        facts = {
            "authority": doers.authorities[ministry],
            "supplier": supplier,
            "title": f"{category.name_nl} van rijkskantoren, perceel {number + 1}",
            "reference": f"{first.year}-{4600 + number}",
            "category": category,
            "nature": "services",
            "place": "NL361",
            "value_eur": Decimal("1600000.00"),
            "wage_sum_eur": Decimal("880000.00"),
            "awarded_on": first - 40 * DAY,
            "starts_on": first,
            "ends_on": months_later(first, 60 if number else 12) - DAY,
            "regime": Regime.CLASSIC,
            "legal_form": LegalForm.CONDITION,
            "value_table": ValueTable.objects.published().order_by("pk")[0],
            "base_kind": BaseKind.CONTRACT_VALUE,
            "percentage": Decimal("5.00"),
            "reason": REASON,
        }
        contract = _begun(doers.parties, facts, _at(first - 40 * DAY))
        _work(doers, contract, people)
        if not number:
            _settle(doers, contract)


def publish(*, now: dt.datetime) -> None:
    """Publish what a night would: tables, contracts, what reporting takes, and the timeline."""
    today = timezone.localdate(now)
    fixed_tables.publish_due(today=today, at=now)
    lasting_tables.publish_due(today=today, at=now)
    jobs_tables.publish_due(today=today, at=now)
    open_contracts.publish(at=now)
    burden.publish_due(today=today, at=now)
    peers.publish_due(today=today)
    with acting_as(DatabaseRole.WORKER):
        dated.tell_timeline()
    timeline.renew()


def _around(day: dt.date) -> tuple[dt.date, dt.date]:
    return day, months_later(day, 6)


def _begun(parties: Parties, facts: dict[str, object], at: dt.datetime) -> Contract:
    contract = actions.log_contract(facts, by=parties.officer, at=at)
    contract = actions.award_contract(contract, by=parties.officer, at=at)
    actions.hand_over_contract(contract, parties.manager, by=parties.officer, at=at + DAY)
    actions.accept_contract(contract, by=parties.manager, at=at + 2 * DAY)
    contract.refresh_from_db()
    actions.record_contact(contract, (at + 4 * DAY).date(), by=parties.manager, at=at + 4 * DAY)
    contract.refresh_from_db()
    return contract


def _work(doers: Doers, contract: Contract, people: int) -> None:
    """Let so many people work half a year."""
    if contract.starts_on is None:
        return
    rows = list(
        Block.objects.filter(table=contract.value_table, unit="full_time_year").order_by("position")
    )
    for nth in range(people):
        facts = candidate_actions.PlacementFacts(
            reference=f"C-{contract.pk:02d}{nth:02d}",
            block=rows[nth % len(rows)],
            hours_per_week=Decimal(16 + 4 * (nth % 4)),
            starts_on=contract.starts_on,
            ends_on=months_later(contract.starts_on, 6) - DAY,
            contract_form="temporary",
            informed_on=contract.starts_on,
        )
        at = _at(contract.starts_on) + 3 * DAY
        by = doers.submitter(contract)
        placement = candidate_actions.enter_placement(contract, facts, by=by, at=at)
        _claim(doers, placement, nth)


def _claim(doers: Doers, placement: Placement, nth: int) -> None:
    """Report the half year; every fifth line comes back with a question first."""
    by, checker = doers.submitter(placement.contract), doers.checker(placement.contract)
    period = (placement.starts_on, months_later(placement.starts_on, 6) - DAY)
    at = _at(period[1]) + (3 + nth) * DAY
    share = candidate_actions.draft_contribution(
        placement, by=by, at=at - (5 + nth) * MINUTE, period=period
    )
    candidate_actions.submit_share(share, by=by, at=at)
    if nth % 5 == 4:
        question = "Klopt het aantal uren in mei?"
        candidate_actions.return_share(share, by=checker, at=at + 2 * DAY, question=question)
        candidate_actions.submit_share(share, by=by, at=at + 3 * DAY, answer="Ja, dat klopt.")
    candidate_actions.verify_share(share, by=checker, at=at + (4 + nth % 6) * DAY)


def _settle(doers: Doers, contract: Contract) -> None:
    if contract.ends_on is None:
        return
    ended = _at(contract.ends_on) + 20 * DAY
    manager, officer = doers.parties.manager, doers.parties.officer
    actions.start_settlement(contract, by=manager, at=ended)
    demo_settling.settle(contract, (manager, officer, doers.submitter(contract)), at=ended)


def _at(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(10)))
