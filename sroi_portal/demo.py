"""Demo data made through the actions, so that it has a true history."""

import datetime as dt
import random
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from candidates import actions as candidate_actions
from candidates.models import ContractForm, Placement, Share
from contracts import actions as contract_actions
from contracts import fulfilment
from contracts.models import (
    BaseKind,
    Block,
    Category,
    Contract,
    LegalForm,
    ObligationRule,
    Regime,
    ValueTable,
)
from reports import actions as report_actions
from reports.models import Definition, Report
from sroi_portal import (
    demo_banen,
    demo_dialogue,
    demo_evidence,
    demo_importing,
    demo_kinds,
    demo_network,
    demo_office,
    demo_open,
    demo_plans,
    demo_portal,
    demo_regimes,
    demo_settling,
    demo_together,
)
from sroi_portal import demo_people as people
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import Authority, Outgoing, RoleAssignment, User
from suppliers import actions as supplier_actions
from suppliers.models import Membership, Supplier

DAY, MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)
DUTIES = (
    ("Schoonmaak rijkskantoren", "schoonmaak", "90910000"),
    ("Inhuur van projectprofessionals", "inhuur-professionals", "79620000"),
    ("Bedrijfscatering", "catering", "55510000"),
    ("Beveiliging van gebouwen", "beveiliging", "79710000"),
    ("Onderhoud van groen en terreinen", "groenvoorziening", "77310000"),
    ("Beheer van werkplekken en netwerken", "ict-diensten", "72000000"),
)
PLACES = ("NL361", "NL32B", "NL350", "NL221", "NL131", "NL423")
REASON = "Dienst met veel arbeid; vijf procent past bij de duur en de omvang van de opdracht."


@dataclass(frozen=True)
class Story:
    """How far a contract of the demo has come, and when it was awarded (days ago)."""

    status: str
    awarded: int
    years: int
    diligence: float  # how much of what is owed its supplier does in time


STORIES = (
    *(Story("draft", 5 + 3 * n, 2, 0) for n in range(3)),
    *(Story("awarded", 4 + 5 * n, 3, 0) for n in range(3)),
    *(Story("handed_over", 9 + 3 * n, 2, 0) for n in range(3)),
    *(
        Story("active", 60 + 47 * n, 2 + n % 3, (0.15, 0.5, 0.8, 1.1, 1.3)[n % 5])
        for n in range(22)
    ),
    *(Story("settling", 830 + 40 * n, 2, (0.7, 1.0, 1.2)[n % 3]) for n in range(3)),
    *(Story("settled", 1150 + 60 * n, 2, (0.6, 0.9, 1.0, 1.3, 1.1)[n % 5]) for n in range(5)),
    Story("cancelled", 40, 2, 0),
)


def load(*, now: dt.datetime, say: Callable[[str], None]) -> None:
    """Fill an empty database; takes a minute."""
    chance = random.Random(1_8_2018)  # noqa: S311 - a demo, the same each time
    with acting_as(DatabaseRole.WORKER):
        cast = _people(now - 1700 * DAY)
        _categories()
        _rules(cast, now - 1700 * DAY)
    for number, story in enumerate(STORIES):
        with acting_as(DatabaseRole.WORKER):
            contract = _contract(cast, number, story, now)
            _live(cast, contract, story, chance, now)
        say(f"{number + 1} of {len(STORIES)} contracts")
    with acting_as(DatabaseRole.WORKER):
        _together(cast, now)
    demo_importing.load(cast.users["Sara"], now=now)
    with acting_as(DatabaseRole.WORKER):
        demo_kinds.load(
            lambda contract: _submitter(cast, contract),
            lambda contract: cast.coordinator(contract.authority),
            now=now,
        )
    with acting_as(DatabaseRole.WORKER):
        demo_evidence.load(cast.users, cast.authorities[0], now=now)
        demo_plans.load(now=now)
        demo_dialogue.load(cast.users, cast.authorities, cast.suppliers, now=now)
    with acting_as(DatabaseRole.WORKER):
        fulfilment.recompute(today=timezone.localdate(now), at=now)
        _follow_up(cast, now)
        demo_portal.load(cast.users, now=now)
        demo_office.load(cast.users, cast.authorities, cast.suppliers, now=now)
        whose = (cast.users, cast.authorities, cast.suppliers)
        demo_network.load(*whose, lambda contract: _submitter(cast, contract), now=now)
        _mail_is_old(now)
    demo_open.publish(now=now)
    with acting_as(DatabaseRole.WORKER):
        _reports(cast, now)


@dataclass(frozen=True)
class Cast:
    """Everybody by name, the ministries and the suppliers."""

    users: dict[str, User]
    authorities: list[Authority]
    suppliers: list[Supplier]

    def coordinator(self, authority: Authority) -> User:
        return self.users["Otto" if authority.code == "PRF" else "Olga"]


def _together(cast: Cast, now: dt.datetime) -> None:
    """Let one supplier owe in each other way, and four work in one category."""
    parties = demo_regimes.Parties(
        officer=cast.users["Piet"],
        manager=cast.users["Cora"],
        authority=cast.authorities[0],
        suppliers=cast.suppliers,
    )
    demo_regimes.load(parties, now=now)
    doers = demo_open.Doers(
        parties,
        cast.authorities,
        lambda contract: _submitter(cast, contract),
        lambda contract: cast.coordinator(contract.authority),
    )
    demo_open.load(doers, now=now)
    demo_banen.load(doers.submitter, doers.checker, now=now)
    demo_together.load(cast.users, cast.suppliers, now=now)


def _follow_up(cast: Cast, now: dt.datetime) -> None:
    people = (cast.users["Cora"], cast.users["Piet"], cast.users["Sara"])
    demo_settling.follow_up(people, [each.pk for each in cast.suppliers], now=now)


def _people(at: dt.datetime) -> Cast:
    authorities = [
        Authority.objects.create(code=ministry.code, name=ministry.name, kvk=f"9999010{n}")
        for n, ministry in enumerate(people.MINISTRIES)
    ]
    by_code = {authority.code: authority for authority in authorities}
    users = {}
    for official in people.OFFICIALS:
        user = users[official.name] = _user(official.name, official.email, official.secret)
        for code in official.ministries:
            RoleAssignment.objects.create(
                user=user, authority=by_code[code], role=official.role, given_at=at
            )
    officer = users["Piet"]
    suppliers = [
        supplier_actions.register_supplier(name=name, kvk=f"9999{n + 1:04d}", by=officer, at=at)
        for n, name in enumerate(people.SUPPLIERS)
    ]
    for colleague in people.COLLEAGUES:
        users[colleague.name] = _user(colleague.name, colleague.email)
        _employ(users[colleague.name], suppliers[colleague.supplier], colleague.role, at)
    return Cast(users, authorities, suppliers)


def _user(name: str, email: str, secret: str = "") -> User:
    user = User.objects.create_user(email, people.PASSWORD, name=name)
    if secret:
        data = {"secret": get_adapter().encrypt(secret)}
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data=data)
    return user


def _employ(user: User, supplier: Supplier, role: str, at: dt.datetime) -> None:
    Membership.objects.create(user=user, supplier=supplier, role=role, given_at=at)


def _categories() -> None:
    for code, name_nl, name_en in people.CATEGORIES:
        Category.objects.get_or_create(code=code, defaults={"name_nl": name_nl, "name_en": name_en})


def _rules(cast: Cast, at: dt.datetime) -> None:
    """Let each ministry ask what the rule of the state asks, so that its rule is proposed."""
    shipped, adviser = ObligationRule.objects.get(authority=None, code="rijk"), cast.users["Ada"]
    for authority in cast.authorities:
        copied = contract_actions.copy_rule(shipped, authority, by=adviser, at=at, key=uuid.uuid4())
        told = replace(contract_actions.told_by(copied), valid_from=dt.date(at.year, 1, 1))
        copied = contract_actions.change_rule(copied, told, by=adviser, at=at)
        contract_actions.publish_rule(copied, by=adviser, at=at)


def _contract(cast: Cast, number: int, story: Story, now: dt.datetime) -> Contract:
    title, category, _cpv = DUTIES[number % len(DUTIES)]
    at = now - story.awarded * DAY
    awarded_on = at.date()
    starts_on = (awarded_on + 30 * DAY).replace(day=1)
    value = Decimal(600_000 + 275_000 * (number * 7 % 17))
    tables = ValueTable.objects.published().order_by("pk")
    facts = {
        "authority": cast.authorities[number % len(cast.authorities)],
        "supplier": cast.suppliers[number * 5 % len(cast.suppliers)],
        "title": f"{title} {awarded_on.year}-{number + 1:02d}",
        "reference": f"{awarded_on.year}-{4100 + number}",
        "category": Category.objects.get(code=category),
        "nature": "services",
        "place": PLACES[number % len(PLACES)],
        "value_eur": value,
        "wage_sum_eur": value * Decimal("0.55"),
        "awarded_on": awarded_on,
        "starts_on": starts_on,
        "ends_on": starts_on.replace(year=starts_on.year + story.years) - DAY,
        "regime": Regime.CLASSIC,
        "legal_form": LegalForm.CRITERION if number % 4 == 1 else LegalForm.CONDITION,
        "value_table": tables[number % tables.count()],
        "base_kind": BaseKind.WAGE_SUM if number % 5 == 2 else BaseKind.CONTRACT_VALUE,
        "percentage": None if story.status == "draft" else Decimal("5.00"),
        "reason": REASON,
    }
    officer = cast.users["Piet"]
    contract = contract_actions.log_contract(facts, by=officer, at=at)
    if story.status == "cancelled":
        contract_actions.cancel_contract(
            contract, by=officer, at=at + DAY, reason="De aanbesteding is ingetrokken."
        )
    elif story.status != "draft":
        contract = contract_actions.award_contract(contract, by=officer, at=at)
    return contract


def _live(
    cast: Cast, contract: Contract, story: Story, chance: random.Random, now: dt.datetime
) -> None:
    """Let the contract go as far as its story goes."""
    if story.status in ("draft", "cancelled", "awarded"):
        return
    at = now - (story.awarded - 2) * DAY
    manager = cast.users["Cora"]
    contract_actions.hand_over_contract(contract, manager, by=cast.users["Piet"], at=at)
    if story.status == "handed_over":
        return
    contract_actions.accept_contract(contract, by=manager, at=at + DAY)
    contract.refresh_from_db()
    contract_actions.record_contact(contract, (at + 2 * DAY).date(), by=manager, at=at + 2 * DAY)
    _work(cast, contract, story, chance, now)
    if story.status in ("settling", "settled"):
        ended = min(now - DAY, _noon(contract.ends_on) + 20 * DAY)
        contract_actions.start_settlement(contract, by=manager, at=ended)
    if story.status == "settled":
        people = (manager, cast.users["Piet"], _submitter(cast, contract))
        demo_settling.settle(contract, people, at=ended)


def _work(
    cast: Cast, contract: Contract, story: Story, chance: random.Random, now: dt.datetime
) -> None:
    """Place people until what they will be worth is what this supplier does."""
    if contract.value_table is None or contract.ends_on is None or contract.starts_on is None:
        return
    rows = list(
        Block.objects.filter(table=contract.value_table, unit="full_time_year").order_by("position")
    )
    aim = float(contract.value_eur or 0) * 0.05 * story.diligence
    number, promised = 0, 0.0
    while promised < aim and number < 14:
        row = chance.choice(rows)
        hours = Decimal(chance.choice((12, 16, 16, 20, 24, 24, 28, 32)))
        starts_on = contract.starts_on + chance.randrange(0, 200) * DAY
        months = chance.choice((6, 7, 10, 12, 12))
        ends_on = min(starts_on + months * 30 * DAY, contract.ends_on)
        if starts_on >= min(now.date(), contract.ends_on) - 20 * DAY:
            break
        number += 1
        promised += float(row.value_eur or 0) * float(hours) / 36 * (ends_on - starts_on).days / 365
        facts = candidate_actions.PlacementFacts(
            reference=f"K-{contract.pk:02d}{number:02d}",
            block=row,
            hours_per_week=hours,
            starts_on=starts_on,
            ends_on=ends_on if ends_on < now.date() else None,
            contract_form=chance.choice(ContractForm.values[:3]),
            informed_on=starts_on,
        )
        at = _noon(starts_on) + 4 * DAY
        by = _submitter(cast, contract)
        placement = candidate_actions.enter_placement(contract, facts, by=by, at=at)
        _claim(cast, placement, ends_on, chance, now)


def _claim(
    cast: Cast, placement: Placement, ends_on: dt.date, chance: random.Random, now: dt.datetime
) -> None:
    """Submit half a year at a time and have it checked, the last of it still open."""
    over = now.date().replace(day=1) - DAY
    last = placement.contract.ends_on
    running = placement.contract.status == "active" and last is not None and last > over
    halves = _halves(placement.starts_on, min(ends_on, over))
    for number, period in enumerate(halves, placement.pk):
        at = _noon(period[1]) + chance.randrange(3, 20) * DAY
        by = _submitter(cast, placement.contract)
        share = candidate_actions.draft_contribution(
            placement, by=by, at=min(at, now) - (6 + number % 30) * MINUTE, period=period
        )
        recent = running and (now - at).days < 75
        if recent and chance.random() < 0.15:
            continue
        candidate_actions.submit_share(share, by=by, at=min(at, now))
        _check(cast, share, chance, min(at + chance.randrange(2, 25) * DAY, now), recent=recent)


def _check(
    cast: Cast, share: Share, chance: random.Random, at: dt.datetime, *, recent: bool
) -> None:
    coordinator = cast.coordinator(share.authority)
    outcome = chance.random()
    if recent and outcome < 0.55:
        return
    if recent and outcome < 0.70:
        question = "In welke weken werkte deze persoon minder? De uren wijken af van het plan."
        candidate_actions.return_share(share, by=coordinator, at=at, question=question)
    elif outcome > 0.95:
        reason = "De uren zijn niet bevestigd door de onderaannemer."
        candidate_actions.reject_share(share, by=coordinator, at=at, reason=reason)
    else:
        candidate_actions.verify_share(share, by=coordinator, at=at)


def _halves(first: dt.date, last: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """Cut a time into periods of half a year, the last one shorter."""
    while first <= last:
        month = first.month - 1 + 6
        until = dt.date(first.year + month // 12, month % 12 + 1, 1) - DAY
        yield first, min(until, last)
        first = until + DAY


def _submitter(cast: Cast, contract: Contract) -> User:
    """Sara and Bram act for their own firms; for the others a colleague of the demo does."""
    by_supplier = {
        cast.suppliers[colleague.supplier].pk: cast.users[colleague.name]
        for colleague in people.COLLEAGUES
    }
    return by_supplier.get(contract.supplier_id, cast.users["Noor"])


def _noon(day: dt.date | None) -> dt.datetime:
    at = dt.datetime.combine(day or dt.date.min, dt.time(12))
    return timezone.make_aware(at)


def _mail_is_old(now: dt.datetime) -> None:
    """Take what the history would have mailed as mailed long ago."""
    Outgoing.objects.filter(sent_at__isnull=True).update(sent_at=now)


@transaction.atomic
def _reports(cast: Cast, now: dt.datetime) -> None:
    """Let the policy maker have asked for a report of each kind; the worker prints them."""
    vera = cast.users["Vera"]
    whole = {"authority": cast.authorities[0]}
    asked = [
        Report(definition=Definition.PORTFOLIO, **whole),
        Report(definition=Definition.QUALITY, **whole),
        Report(definition=Definition.ANNUAL, year=timezone.localdate(now).year, **whole),
        Report(definition=Definition.JOBS, year=timezone.localdate(now).year - 1, **whole),
        Report(definition=Definition.PILOTS, year=timezone.localdate(now).year, **whole),
    ]
    active = Contract.objects.filter(status="active", category__isnull=False)
    if contract := active.order_by("pk").first():
        own = {"authority": contract.authority}
        asked += [
            Report(definition=Definition.CONTRACT, contract=contract, **own),
            Report(definition=Definition.SUPPLIER, supplier=contract.supplier, **own),
            Report(definition=Definition.CATEGORY, category=contract.category, **own),
        ]
    for report in asked:
        report_actions.issue_report(report, by=vera, at=now)
