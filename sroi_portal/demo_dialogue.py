"""Conversations of the demo: tenders, talks, choices, and one thread from a sentence to a euro."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone

from candidates import actions as candidate_actions
from candidates.models import ContractForm
from contracts import actions as contract_actions
from contracts.actions import advice, clauses, dialogue_letters, dialogues, reserved_checks
from contracts.models import (
    BaseKind,
    Block,
    Category,
    Clause,
    Conclusion,
    Contract,
    Tender,
    ValueTable,
)
from sroi_portal import demo_clauses, demo_regimes
from sroi_portal.core.models import Authority, User
from sroi_portal.demo_talks import MARKET, PLANNED, TENDERS, THREAD, Outline
from suppliers import actions as supplier_actions
from suppliers.models import Supplier

DAY = dt.timedelta(days=1)
GREEN = "Groenbeheer Modeltuin"


def load(
    users: Mapping[str, User],
    authorities: Sequence[Authority],
    suppliers: Sequence[Supplier],
    *,
    now: dt.datetime,
) -> None:
    """Give most tenders a conversation, each kind of advice once, and one a life after it."""
    ada, ilse, piet = (users[name] for name in ("Ada", "Ilse", "Piet"))
    then = now - 700 * DAY
    library = demo_clauses.load(ada, ilse, at=then)
    _market(suppliers, piet, today=timezone.localdate(now), at=then)
    for number, outline in enumerate(TENDERS):
        _tender(outline, authorities[number % 2], piet, library, at=now - (90 - 9 * number) * DAY)
    tender = _tender(THREAD, authorities[0], piet, library, at=now - 500 * DAY)
    _live(tender, suppliers[0], users, at=now - 430 * DAY)
    demo_clauses.renew(library["partnerschap"], ada, ilse, at=now - 20 * DAY)
    _planned(authorities[0], suppliers, piet, now=now)
    parties = demo_regimes.Parties(piet, users["Cora"], authorities[0], list(suppliers))
    green = next(each for each in suppliers if each.name == GREEN)
    demo_regimes.load_reserved(parties, green, now=now)


def _market(suppliers: Sequence[Supplier], piet: User, *, today: dt.date, at: dt.datetime) -> None:
    """Let suppliers hold certificates, and say what they offer."""
    held = set()
    for place, kind, division, region, largest, text in MARKET:
        supplier = suppliers[place]
        by: dict[str, Any] = {"by": piet, "at": at, "key": uuid.uuid4()}
        if place not in held:
            held.add(place)
            valid = {"valid_from": at.date(), "valid_until": today + (200 + 40 * place) * DAY}
            seen = {"kind": kind, "checked_on": today - 30 * DAY}
            supplier_actions.record_certificate(supplier, seen | valid, **by)
        offered = {"cpv_division": division, "region": region, "text": text}
        facts = offered | {"largest_eur": Decimal(largest)}
        supplier_actions.record_offering(supplier, facts, **by | {"key": uuid.uuid4()})


def _tender(
    outline: Outline,
    authority: Authority,
    piet: User,
    library: Mapping[str, Clause],
    *,
    at: dt.datetime,
) -> Tender:
    facts = {
        "authority": authority,
        "title": outline.title,
        "nature": "services",
        "cpv_main": outline.cpv,
        "estimated_value": Decimal(outline.value),
    }
    tender = contract_actions.log_tender(facts, by=piet, at=at)
    lots = outline.lots or ((outline.title, outline.value, False),)
    for number, (title, value, is_reserved) in enumerate(lots, 1):
        lot = {
            "identifier": f"LOT-{number:04d}" if outline.lots else "LOT-0000",
            "title": title,
            "place": outline.place,
            "estimated_value": Decimal(value),
            "reserved_participation": "res-ws" if is_reserved else "",
        }
        contract_actions.log_lot(tender, lot, by=piet, at=at)
    concluded = _talk(tender, outline, piet, at=at)
    _choose(tender, outline, piet, at=at + 20 * DAY)
    for code in outline.texts:
        taken = {"language": "nl", "follows_from": concluded[0]}
        clauses.take_clause(tender, library[code], taken, by=piet, at=at + 22 * DAY)
    return tender


def _talk(tender: Tender, outline: Outline, piet: User, *, at: dt.datetime) -> list[Conclusion]:
    """Hold the talks; the conclusions come from the last one."""
    parties = (
        dialogues.Party("Schoonmaak Voorbeeld", "directeur"),
        dialogues.Party(GREEN, "bedrijfsleider"),
        dialogues.Party("Vereniging van Voorbeeldondernemers", "beleidsadviseur"),
    )
    for number, (kind, topic, said) in enumerate(outline.talks):
        facts: dict[str, Any] = {"kind": kind, "topic": topic, "said": said}
        facts["place"] = "Vergadercentrum Voorbeeld"
        facts |= {"held_on": timezone.localdate(at + number * DAY)}
        who = (dialogues.Party("Adviesteam", "adviseur"),) if kind == "team" else parties
        talk = dialogues.log_dialogue(tender, facts, who, by=piet, at=at + (number + 1) * DAY)
    lot = tender.lots.filter(reserved_participation="res-ws").first()
    concluded = []
    for sentence, leads_to, choice in outline.conclusions:
        told: dict[str, Any] = {"sentence": sentence, "leads_to": leads_to, "choice": choice}
        told |= {"lot": lot} if leads_to == "lot" else {}
        concluded.append(dialogues.add_conclusion(talk, told, by=piet, at=at + 5 * DAY))
    dialogue_letters.sum_up_dialogue(talk, by=piet, at=at + 6 * DAY)
    return concluded


def _choose(tender: Tender, outline: Outline, piet: User, *, at: dt.datetime) -> None:
    question = advice.Question(
        outline.cpv[:2],
        outline.place[:4],  # the province
        Decimal(outline.value),
        outline.months,
        Decimal(outline.labour),
    )
    told = advice.advise(tender, question, today=timezone.localdate(at))
    chosen: dict[str, Any] = {"chosen": outline.chosen or told.advised.value}
    if chosen["chosen"] == "lot":
        chosen["lot"] = tender.lots.filter(reserved_participation="res-ws").first()
    elif chosen["chosen"] != told.advised:
        chosen["deviation"] = outline.deviation
    advice.record_choice(tender, question, chosen, by=piet, at=at)
    for lot in tender.lots.filter(reserved_participation="res-ws"):
        seen = {"share_pct": Decimal(46), "proof": "accountant", "seen_on": at.date()}
        supplier = Supplier.objects.get(name=GREEN)
        reserved_checks.check_reserved_lot(lot, supplier, seen, by=piet, at=at)


def _live(tender: Tender, noord: Supplier, users: Mapping[str, User], *, at: dt.datetime) -> None:
    """Award what was talked about: a plan line and a contribution lead back to the sentence."""
    piet, cora = users["Piet"], users["Cora"]
    sentence = tender.conclusions.order_by("number").first()
    starts_on = (at.date() + 30 * DAY).replace(day=1)
    facts = {
        "authority": tender.authority,
        "supplier": noord,
        "tender": tender,
        "title": "Schoonmaak van rijkskantoren, met partners",
        "reference": "VBZ-PARTNERS",
        "category": Category.objects.get(code="schoonmaak"),
        "nature": "services",
        "place": "NL361",
        "value_eur": Decimal(3_000_000),
        "awarded_on": at.date(),
        "starts_on": starts_on,
        "ends_on": starts_on.replace(year=starts_on.year + 3) - DAY,
        "legal_form": "criterion",
        "value_table": ValueTable.objects.published().order_by("pk").first(),
        "base_kind": BaseKind.CONTRACT_VALUE,
        "percentage": Decimal("5.00"),
        "reason": "Vijf procent, in te vullen samen met sociale ondernemingen uit de regio.",
        "follows_from": sentence,
    }
    contract = contract_actions.log_contract(facts, by=piet, at=at)
    contract = contract_actions.award_contract(contract, by=piet, at=at)
    contract_actions.hand_over_contract(contract, cora, by=piet, at=at + DAY)
    contract_actions.accept_contract(contract, by=cora, at=at + 2 * DAY)
    contract.refresh_from_db()
    contract_actions.record_contact(contract, (at + 3 * DAY).date(), by=cora, at=at + 3 * DAY)
    contract_actions.change_tender(tender, {"status": "awarded"}, by=piet, at=at)
    _promise(contract, sentence, users, at=at + 10 * DAY)
    _keep(contract, users)


def _promise(
    contract: Contract, sentence: Conclusion | None, users: Mapping[str, User], *, at: dt.datetime
) -> None:
    noor = users["Noor"]
    plan = contract_actions.draft_plan(contract, by=noor, at=at)
    line = {
        "kind": "placement",
        "block": _row(contract),
        "title": "Twee mensen op vaste routes, met een sociale onderneming als partner",
        "quantity": Decimal(2),
        "unit": "job",
        "starts_on": contract.starts_on,
        "ends_on": contract.ends_on,
        "proposed_eur": None,
        "value_eur": Decimal(90_000),
        "origin": "Uit de inschrijving, onderdeel mensen.",
        "follows_from": sentence,
    }
    contract_actions.add_plan_line(plan, line, by=noor, at=at)
    contract_actions.propose_plan(plan, by=noor, at=at + DAY)
    plan.refresh_from_db()
    contract_actions.agree_plan(plan, by=users["Cora"], at=at + 3 * DAY)


def _keep(contract: Contract, users: Mapping[str, User]) -> None:
    """Place somebody, claim half a year, have it verified, and tie it to the promise."""
    first = contract.starts_on
    if first is None:
        return
    sara = users["Sara"]
    at = timezone.make_aware(dt.datetime.combine(first, dt.time(12))) + 3 * DAY
    facts = candidate_actions.PlacementFacts(
        reference="K-PARTNER-01",
        block=_row(contract),
        hours_per_week=Decimal(28),
        starts_on=first,
        contract_form=ContractForm.values[0],
        informed_on=first,
    )
    placement = candidate_actions.enter_placement(contract, facts, by=sara, at=at)
    last = (first + 185 * DAY).replace(day=1) - DAY
    later = at + 190 * DAY
    share = candidate_actions.draft_contribution(placement, by=sara, at=later, period=(first, last))
    candidate_actions.submit_share(share, by=sara, at=later)
    candidate_actions.verify_share(share, by=users["Olga"], at=later + 5 * DAY)
    share.refresh_from_db()
    line = candidate_actions.lines_for(share)[0]
    candidate_actions.tie_share(share, line, by=sara, at=later + 6 * DAY)


def _row(contract: Contract) -> Block:
    rows = Block.objects.filter(table=contract.value_table_id, unit="full_time_year")
    return rows.select_related("table").order_by("position")[0]


def _planned(
    authority: Authority, suppliers: Sequence[Supplier], piet: User, *, now: dt.datetime
) -> None:
    """Prepare a tender with a talk to come, to which people are invited."""
    facts = {
        "authority": authority,
        "title": "Post en pakketten",
        "nature": "services",
        "cpv_main": "64110000",
        "estimated_value": Decimal(2_000_000),
    }
    tender = contract_actions.log_tender(facts, by=piet, at=now - 3 * DAY)
    talk = PLANNED | {"held_on": timezone.localdate(now) + 16 * DAY}
    parties = [dialogues.Party(supplier.name) for supplier in suppliers[:2]]
    planned = dialogues.log_dialogue(tender, talk, parties, by=piet, at=now - 2 * DAY)
    dialogue_letters.invite_to_dialogue(planned, by=piet, at=now - DAY)
