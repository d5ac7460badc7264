"""What suppliers of the demo buy, organise, train and agree, in each status."""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import count, cycle
from typing import Any

from django.utils import timezone

from candidates import actions
from candidates.models import PRICED, ContributionKind, Placement, Share, kind_of
from contracts import valuation
from contracts.models import Block, Contract, ContractStatus
from sroi_portal.core.models import User
from suppliers import actions as supplier_actions
from suppliers.models import Supplier

DAY = dt.timedelta(days=1)
SELLERS = (
    ("Wasserij De Schone Proef", "99998801"),
    ("Drukkerij Samen Voorbeeld", "99998802"),
    ("Kwekerij Het Proefperceel", "99998803"),
)
ACTIVITIES = ("Rondleiding voor werkzoekenden", "Sollicitatietraining", "Open dag op de werkvloer")
TRAININGS = ("Cursus veilig werken", "Taalles op het werk", "Heftruckcertificaat")
TAILORED = ("Werkplaats in de buurt", "Meedenken met het leerwerkbedrijf")
OUTCOMES = ("verify", "submit", "verify", "return", "draft", "reject")
CLAIMS_A_CONTRACT = 3
CONTRACTS = 12


def load(
    submitter: Callable[[Contract], User], coordinator: Callable[[Contract], User], *, now: Any
) -> None:
    """Let running contracts fulfil a part without placing anybody."""
    running = Contract.objects.filter(
        status=ContractStatus.ACTIVE, value_table__isnull=False, is_framework=False
    ).exclude(starts_on__gte=now.date() - 60 * DAY)
    outcomes, numbers = cycle(OUTCOMES), count(101)
    for contract in running.select_related("supplier", "authority").order_by("pk")[:CONTRACTS]:
        by, checker = submitter(contract), coordinator(contract)
        for row in _rows(contract):
            claim = _claim(contract, row, next(numbers), (by, checker), now=now)
            _finish(contract, claim, next(outcomes), (by, checker), now=now)
        _propose(contract, by, now=now)


def _rows(contract: Contract) -> list[Block]:
    rows = Block.objects.filter(table=contract.value_table_id).order_by("-position", "pk")
    others = [each for each in rows if kind_of(each) != ContributionKind.PLACEMENT]
    return others[:CLAIMS_A_CONTRACT]


def _claim(
    contract: Contract, row: Block, number: int, people: tuple[User, User], *, now: dt.datetime
) -> actions.Claim:
    day = timezone.localdate(now) - (number % 45 + 14) * DAY
    if contract.ends_on:
        day = min(day, contract.ends_on)
    facts: dict[str, Any] = {"block": row, "starts_on": day, "ends_on": day}
    amount_eur = Decimal(750 + 125 * (number % 9))
    kind = kind_of(row)
    if kind == ContributionKind.PURCHASE:
        facts |= {"partner": _seller(number, people[0], now), "invoiced_on": day}
        facts |= {"invoice_number": f"VB-{day.year}-{number:04d}", "amount_eur": amount_eur}
        facts |= {"vat_pct": Decimal(21)} if number % 2 else {}
    elif kind == ContributionKind.TRAINING:
        facts |= {"title": TRAININGS[number % 3], "amount_eur": amount_eur}
        facts |= {"for_placement": Placement.objects.filter(contract=contract).first()}
    elif kind == ContributionKind.TAILORED:
        agreement = _agreed(contract, row, number, people, now=now)
        facts |= {"agreement": agreement, "amount_eur": agreement.value_eur}
    else:
        facts |= {"title": ACTIVITIES[number % 3]}
        facts |= {} if row.unit in PRICED else {"amount_eur": amount_eur}
    return actions.Claim(**facts, **dict(_numbers(row, number)))


def _numbers(row: Block, number: int) -> Iterator[tuple[str, Any]]:
    """Give hours, days or times where the row has a price for them."""
    if row.unit in PRICED:
        yield "quantity", Decimal(2 + number % 4)
        if row.unit == valuation.Unit.HOUR and kind_of(row) == ContributionKind.ACTIVITY:
            yield "people", 2 + number % 3


def _seller(number: int, by: User, at: dt.datetime) -> Supplier:
    name, kvk = SELLERS[number % len(SELLERS)]
    return supplier_actions.register_supplier(name=name, kvk=kvk, by=by, at=at)


def _agreed(
    contract: Contract, row: Block, number: int, people: tuple[User, User], *, now: dt.datetime
) -> Any:
    proposal = actions.Proposal(
        block=row,
        title=TAILORED[number % 2],
        value_eur=Decimal(2500 + 100 * (number % 5)),
        reason="Geen rij past bij dit werk; het bedrag volgt uit onze begroting.",
    )
    by, checker = people
    agreement = actions.propose_agreement(contract, proposal, by=by, at=now - 80 * DAY)
    reason = "De begroting is gezien en past bij wat anderen vragen."
    actions.agree_agreement(agreement, by=checker, at=now - 75 * DAY, reason=reason)
    agreement.refresh_from_db()
    return agreement


def _finish(
    contract: Contract,
    claim: actions.Claim,
    outcome: str,
    people: tuple[User, User],
    *,
    now: dt.datetime,
) -> None:
    by, checker = people
    share: Share = actions.draft_claim(contract, claim, by=by, at=now - 12 * DAY)
    if outcome == "draft":
        return
    actions.submit_share(share, by=by, at=now - 11 * DAY)
    checked: dict[str, Any] = {"by": checker, "at": now - 4 * DAY}
    if outcome == "verify":
        actions.verify_share(share, **checked)
    elif outcome == "return":
        actions.return_share(share, **checked, question="Staat de btw op deze rekening?")
    elif outcome == "reject":
        actions.reject_share(share, **checked, reason="Dit hoort bij een andere opdracht.")


def _propose(contract: Contract, by: User, *, now: dt.datetime) -> None:
    """Leave one proposal open where the table has a row for it."""
    rows = [each for each in _rows(contract) if kind_of(each) == ContributionKind.TAILORED]
    if rows:
        actions.propose_agreement(
            contract,
            actions.Proposal(
                block=rows[0],
                title="Stagedagen voor een praktijkschool",
                value_eur=Decimal(1800),
                reason="De school vroeg ons om tien dagen begeleiding.",
            ),
            by=by,
            at=now - 5 * DAY,
        )
