"""Suppliers together in the demo: a directory, a board, contacts in each stage, two shared paths."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from candidates import actions as candidate_actions
from candidates.models import Placement, SharedPath
from contracts.models import Block, Category, Contract
from network import actions
from network.models import Match, Offer
from sroi_portal import demo_people
from sroi_portal.core.models import User
from sroi_portal.demo_together_texts import DIVISIONS, ENTERPRISES, OFFERS, WORKERS
from suppliers import actions as supplier_actions
from suppliers.models import Membership, MembershipRole, Supplier

DAY = dt.timedelta(days=1)
TALKS = (  # which offer is answered, by whom, how far it came, days ago
    (12, "Sara", "contact", 3),
    (16, "Noor", "talking", 12),
    (9, "Bram", "proposed", 20),
    (7, "Sara", "agreed", 45),
    (2, "Bram", "agreed", 60),
    (5, "Mies", "ended", 30),
)
FIRST = "Wij hebben misschien iemand die hier past. Zullen we volgende week bellen?"
ANSWER = "Graag. Dinsdag of donderdag na de lunch komt ons goed uit."
DEAL = "Een maand kennismaken, daarna samen beslissen. Begeleiding van beide kanten."
END = "De reistijd bleek te lang. We zoeken iets dichterbij en laten het weten."


@dataclass(frozen=True)
class Stage:
    """Everybody of this part of the demo by name, and for which supplier each works."""

    people: dict[str, User]
    firms: dict[str, Supplier]
    now: dt.datetime


def load(people: Mapping[str, User], suppliers: Sequence[Supplier], *, now: dt.datetime) -> None:
    stage = _stage(people, suppliers, now)
    offers = [_offer(stage, number) for number in range(len(OFFERS))]
    deals = [_talk(stage, offers[number], name, far, days) for number, name, far, days in TALKS]
    walked, planned = (each for each in deals if each.status == "agreed")
    _walk(stage, _path(stage, walked))
    _plan(stage, _path(stage, planned), agrees=False)


def _stage(people: Mapping[str, User], suppliers: Sequence[Supplier], now: dt.datetime) -> Stage:
    by_name = {each.name: each for each in suppliers}
    cast = {name: people[name] for name in ("Sara", "Noor", "Bram")}
    firms = {name: cast[name].memberships.get().supplier for name in cast}
    for name, employer in WORKERS:
        cast[name], firms[name] = _person(name, [by_name[employer]], now), by_name[employer]
    enterprises = [_enterprise(number, people["Piet"], now) for number in range(len(ENTERPRISES))]
    cast["Yara"], firms["Yara"] = _person("Yara", enterprises, now), enterprises[9]
    for (_name, province, _kind, about), firm in zip(ENTERPRISES, enterprises, strict=True):
        facts = {
            "about": about,
            "mailbox": f"info@{firm.name.lower().replace(' ', '-')}.example",
            "province": province,
            "is_shown": True,
        }
        actions.keep_entry(firm, facts, by=cast["Yara"], at=now - 40 * DAY)
    for division, firm in zip(DIVISIONS, enterprises, strict=True):
        _offering(firm, division, cast["Yara"], now)
    return Stage(cast, firms, now)


def _person(name: str, firms: Sequence[Supplier], now: dt.datetime) -> User:
    email = f"{name.lower()}@leverancier.example"
    user = User.objects.create_user(email, demo_people.PASSWORD, name=name)
    for firm in firms:
        role = MembershipRole.ADMINISTRATOR
        Membership.objects.create(user=user, supplier=firm, role=role, given_at=now - 400 * DAY)
    return user


def _offering(firm: Supplier, division: str, by: User, now: dt.datetime) -> None:
    facts = {
        "cpv_division": division,
        "region": firm.entry.province,
        "text": firm.entry.about.partition(".")[0],
    }
    at = now - 40 * DAY
    supplier_actions.record_offering(firm, facts, by=by, at=at, key=uuid.uuid4())


def _enterprise(number: int, officer: User, now: dt.datetime) -> Supplier:
    name, _province, kind, _about = ENTERPRISES[number]
    at, today = now - 300 * DAY, timezone.localdate(now)
    firm = supplier_actions.register_supplier(
        name=name, kvk=f"99993{number:03d}", by=officer, at=at
    )
    seen = {
        "kind": kind,
        "number": f"D-{number + 1:04d}",
        "valid_from": today - 300 * DAY,
        "valid_until": today + (30 + 60 * number) * DAY,
        "checked_on": today - (5 + 20 * number) * DAY,
    }
    supplier_actions.record_certificate(firm, seen, by=officer, at=at, key=uuid.uuid4())
    return firm


def _offer(stage: Stage, number: int) -> Offer:
    name, kind, form, title, category, region, hours, text = OFFERS[number]
    today = timezone.localdate(stage.now)
    facts = {
        "kind": kind,
        "form": form,
        "title": title,
        "category": Category.objects.get(code=category),
        "region": region,
        "hours_per_week": Decimal(hours),
        "starts_on": today + (7 + number) * DAY,
        "ends_on": today + 200 * DAY if number % 3 == 0 else None,
        "text": text,
        "apply_at": _reaction(stage.firms[name], number) if kind == "place" else "",
    }
    at = stage.now - (1 + number % 20) * DAY
    by = stage.people[name]
    return actions.post_offer(stage.firms[name], facts, by=by, at=at, key=uuid.uuid4())


def _reaction(firm: Supplier, number: int) -> str:
    """Say where somebody who looks for work can react; of each third place it stays inside."""
    return "" if number % 3 == 2 else f"werken@{firm.name.lower().replace(' ', '-')}.example"


def _talk(stage: Stage, offer: Offer, name: str, far: str, days: int) -> Match:
    """Let two suppliers come as far as their story goes."""
    owner, asks = offer.posted_by, stage.people[name]
    at = stage.now - days * DAY
    match = actions.answer_offer(offer, stage.firms[name], FIRST, by=asks, at=at, key=uuid.uuid4())
    if far != "contact":
        actions.write_match(match, ANSWER, by=owner, at=at + DAY)
    if far == "ended":
        actions.end_match(match, END, by=asks, at=at + 6 * DAY)
    if far in ("proposed", "agreed"):
        actions.propose_deal(match, DEAL, by=owner, at=at + 4 * DAY)
    if far == "agreed":
        actions.agree_deal(match, by=asks, at=at + 5 * DAY)
    match.refresh_from_db()
    return match


def _path(stage: Stage, match: Match) -> SharedPath:
    by, at = stage.people["Bram"], match.stepped_at + DAY
    return actions.plan_path(match, by=by, at=at, key=uuid.uuid4())


def _month(now: dt.datetime) -> tuple[dt.date, dt.date]:
    """Give the month before this one."""
    last = timezone.localdate(now).replace(day=1) - DAY
    return last.replace(day=1), last


def _plan(stage: Stage, path: SharedPath, *, agrees: bool) -> None:
    """Propose the month before this one for the internship, divided; then the job."""
    first, last = _month(stage.now)
    noord, zuid = stage.firms["Sara"], stage.firms["Bram"]
    step = candidate_actions.StepFacts
    steps = [
        step(noord, "guidance", "Begeleiding en loon", first, last, Decimal(60)),
        step(zuid, "internship", "Stage bij het serviceteam", first, last, Decimal(40)),
        step(zuid, "work", "Baan bij het serviceteam", last + DAY, None, Decimal(100)),
    ]
    at = stage.now - 20 * DAY
    plan = candidate_actions.propose_path_plan(path, steps, by=stage.people["Bram"], at=at)
    if agrees:
        candidate_actions.agree_path_plan(plan, by=stage.people["Sara"], at=at + DAY)


def _walk(stage: Stage, path: SharedPath) -> None:
    """Tie a person on both sides and claim last month: 60 and 40 per cent."""
    sara, bram = stage.people["Sara"], stage.people["Bram"]
    sides = [(sara, "P-60", Decimal(60)), (bram, "Z-40", Decimal(40))]
    placed = [_placement(stage, person, reference) for person, reference, _pct in sides]
    one, other = placed
    if one is None or other is None:
        return
    _plan(stage, path, agrees=True)
    tie = candidate_actions.tie_person(path, one.candidate, by=sara, at=stage.now)
    code = candidate_actions.give_path_code(tie, by=sara, at=stage.now)
    candidate_actions.tie_person(path, other.candidate, by=bram, at=stage.now, code=code)
    for placement, (person, _reference, pct) in zip((one, other), sides, strict=True):
        share = candidate_actions.draft_contribution(
            placement, by=person, at=stage.now, period=_month(stage.now), pct=pct
        )
        candidate_actions.submit_share(share, by=person, at=stage.now)


def _placement(stage: Stage, person: User, reference: str) -> Placement | None:
    """Let the person begin last month on a running contract of the supplier."""
    first, last = _month(stage.now)
    running = Contract.objects.filter(
        supplier=person.memberships.get().supplier,
        status="active",
        starts_on__lte=first,
        ends_on__gte=last,
        value_table__isnull=False,
    )
    for contract in running.order_by("pk"):
        rows = Block.objects.filter(table=contract.value_table, unit="full_time_year")
        row = rows.order_by("position", "pk").first()
        if row is not None:
            facts = candidate_actions.PlacementFacts(
                reference=reference,
                block=row,
                hours_per_week=Decimal(32),
                starts_on=first,
                contract_form="temporary",
                informed_on=first,
            )
            return candidate_actions.enter_placement(contract, facts, by=person, at=stage.now)
    return None
