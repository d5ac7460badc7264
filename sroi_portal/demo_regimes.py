"""Contracts of the demo that owe in another way: turnover, goals, persons, together, in parts."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from contracts import actions
from contracts.actions import reserved_checks
from contracts.clocks import months_later
from contracts.facts import market
from contracts.models import (
    BaseKind,
    Category,
    Contract,
    ExemptReason,
    GoalKind,
    LedgerUnit,
    LegalForm,
    ObligationCause,
    ObligationRule,
    Proof,
    Regime,
    ValueTable,
)
from sroi_portal.core.models import Authority, User
from suppliers.models import Supplier

DAY = dt.timedelta(days=1)
REASON = "Samen met de opdrachtnemer bepaald; past bij de omvang en de duur."


@dataclass(frozen=True)
class Parties:
    """Who buys, who manages, and who supplies."""

    officer: User
    manager: User
    authority: Authority
    suppliers: list[Supplier]


def load(parties: Parties, *, now: dt.datetime) -> None:
    """Let one contract of each kind begin last year."""
    first = dt.date(timezone.localdate(now).year - 1, 1, 1)
    _turnover(parties, first)
    _tailored(parties, first)
    _persons(parties, first)
    _consortium(parties, first)
    _framework(parties, first)
    _exempt(parties, first)


def _turnover(parties: Parties, first: dt.date) -> None:
    facts = {
        "title": "Vervoer van post en goederen",
        "base_kind": BaseKind.TURNOVER,
        "percentage": Decimal("4.00"),
    }
    contract = _running(parties, first, facts)
    for number, amount in enumerate(("212500.00", "187340.50", "240110.25")):
        starts_on = months_later(first, 3 * number)
        period = (starts_on, months_later(first, 3 * number + 3) - DAY)
        actions.report_turnover(
            contract, Decimal(amount), period=period, by=parties.manager, at=_at(period[1] + DAY)
        )


def _tailored(parties: Parties, first: dt.date) -> None:
    facts = {
        "title": "Inrichting van werkplekken, maatwerk",
        "regime": Regime.TAILORED,
        "base_kind": "",
        "percentage": None,
    }
    contract = _running(parties, first, facts)
    jobs = {
        "kind": GoalKind.WORK,
        "title": "Mensen uit de proeftuin krijgen een vaste baan",
        "quantity": Decimal(4),
        "unit": LedgerUnit.PERSON,
        "due_on": months_later(first, 20),
        "worth_eur": Decimal("90000.00"),
    }
    talks = {
        "kind": GoalKind.ACTIVITY,
        "title": "Werkplekken bekijken met sociale ondernemingen",
        "quantity": Decimal(6),
        "unit": LedgerUnit.OWN,
        "unit_name": "bezoeken",
        "due_on": months_later(first, 12),
    }
    manager, at = parties.manager, _at(first + 20 * DAY)
    goals = [actions.set_goal(contract, each, by=manager, at=at) for each in (jobs, talks)]
    for goal, month, quantity, story in (
        (goals[0], 5, 1, "Na een stage van drie maanden begonnen als monteur."),
        (goals[0], 11, 2, "Twee mensen uit het leerwerktraject kregen een contract."),
        (goals[1], 3, 4, "Vier bedrijven bezocht; met twee is een afspraak gemaakt."),
    ):
        reached_on = months_later(first, month)
        told = {"reached_on": reached_on, "quantity": Decimal(quantity), "story": story}
        actions.record_progress(goal, told, by=manager, at=_at(reached_on + 5 * DAY))


def _persons(parties: Parties, first: dt.date) -> None:
    facts = {
        "title": "Receptie en ontvangst",
        "base_kind": BaseKind.PERSONS,
        "percentage": None,
        "fixed_quantity": Decimal(3),
    }
    _running(parties, first, facts)


def _consortium(parties: Parties, first: dt.date) -> None:
    contract = _running(parties, first, {"title": "Nieuwbouw laboratorium"})
    _lead, north, south, *_others = parties.suppliers
    shares = {north: Decimal("30.00"), south: Decimal("15.00")}
    shares.pop(contract.supplier, None)
    actions.set_members(contract, shares, by=parties.officer, at=_at(first))
    change = actions.ObligationChange(
        cause=ObligationCause.VALUE,
        reason="Meerwerk: een vleugel erbij.",
        holds_from=months_later(first, 6),
        value_eur=Decimal("1750000.00"),
        wage_sum_eur=Decimal("875000.00"),
    )
    actions.change_obligation(
        contract, change, by=parties.officer, at=_at(months_later(first, 6) + 3 * DAY)
    )


def _framework(parties: Parties, first: dt.date) -> None:
    facts = {
        "title": "Raamovereenkomst tolken en vertalers",
        "is_framework": True,
        "base_kind": BaseKind.CONTRACT_VALUE,
    }
    framework = _running(parties, first, facts)
    for number, value in enumerate((Decimal("310000.00"), Decimal("145000.00"))):
        starts_on = months_later(first, 2 + 4 * number)
        called_off = {
            "title": f"Nadere overeenkomst {number + 1}: tolken",
            "reference": f"{framework.reference}-{number + 1}",
            "value_eur": value,
            "awarded_on": starts_on - 20 * DAY,
            "starts_on": starts_on,
            "ends_on": framework.ends_on,
        }
        at = _at(starts_on - 20 * DAY)
        contract = actions.log_call_off(framework, called_off, by=parties.officer, at=at)
        _begin(parties, contract, at)


def _exempt(parties: Parties, first: dt.date) -> None:
    """Two on which nothing is owed where the rule asks it, each with its reason."""
    for title, reason, words in (
        (
            "Levering van serverkasten",
            ExemptReason.LABOUR,
            "Kant-en-klare kasten; het plaatsen kost twee dagen werk.",
        ),
        (
            "Beveiligingsonderzoek rekencentrum",
            ExemptReason.SECURITY,
            "Iedereen op de locatie heeft een verklaring van geen bezwaar nodig.",
        ),
    ):
        facts = {
            "title": title,
            "base_kind": BaseKind.CONTRACT_VALUE,
            "percentage": Decimal("0.00"),
            "exempt_reason": reason,
            "deviation": words,
        }
        _running(parties, first, facts)


def load_reserved(parties: Parties, supplier: Supplier, *, now: dt.datetime) -> None:
    """Reserve a contract for who works with people at a distance, and check the share (2.82)."""
    first = dt.date(timezone.localdate(now).year - 1, 1, 1)
    facts = {
        "title": "Onderhoud van binnentuinen, voorbehouden",
        "supplier": supplier,
        "category": Category.objects.get(code="groenvoorziening"),
        "value_eur": Decimal("240000.00"),
        "wage_sum_eur": Decimal("165000.00"),
        "legal_form": LegalForm.RESERVED,
        "is_reserved": True,
        "base_kind": BaseKind.CONTRACT_VALUE,
        "percentage": Decimal("0.00"),
        "exempt_reason": ExemptReason.RESERVED,
        "deviation": "De opdracht is voorbehouden: het werk zelf is social return.",
    }
    contract = _running(parties, first, facts)
    held = supplier.certificates.filter(kind__in=market.FIT).first()
    proof = Proof.CERTIFICATE if held else Proof.ACCOUNTANT
    seen = {
        "share_pct": Decimal("46.00"),
        "proof": proof,
        "certificate": held,
        "seen_on": timezone.localdate(now) - 40 * DAY,
    }
    reserved_checks.check_reserved_contract(contract, seen, by=parties.manager, at=now - 40 * DAY)


def _running(parties: Parties, first: dt.date, facts: Mapping[str, Any]) -> Contract:
    """Log, award, hand over and accept a contract of two years."""
    number = Contract.objects.count() + 1
    usual: dict[str, Any] = {
        "authority": parties.authority,
        "supplier": parties.suppliers[0],
        "reference": f"{first.year}-{4100 + number}",
        "category": Category.objects.order_by("pk")[number % Category.objects.count()],
        "nature": "services",
        "place": "NL361",
        "value_eur": Decimal("1400000.00"),
        "wage_sum_eur": Decimal("700000.00"),
        "awarded_on": first - 30 * DAY,
        "starts_on": first,
        "ends_on": months_later(first, 24) - DAY,
        "regime": Regime.CLASSIC,
        "legal_form": LegalForm.CONDITION,
        "value_table": ValueTable.objects.published().order_by("pk")[0],
        "rule": ObligationRule.objects.published().order_by("pk").first(),
        "base_kind": BaseKind.WAGE_SUM,
        "percentage": Decimal("5.00"),
        "reason": REASON,
        "deviation": "Het gesprek met de markt gaf aan dat dit beter past.",
    }
    contract = actions.log_contract(
        usual | dict(facts), by=parties.officer, at=_at(first - 30 * DAY)
    )
    return _begin(parties, contract, _at(first - 30 * DAY))


def _begin(parties: Parties, contract: Contract, at: dt.datetime) -> Contract:
    contract = actions.award_contract(contract, by=parties.officer, at=at)
    actions.hand_over_contract(contract, parties.manager, by=parties.officer, at=at + DAY)
    actions.accept_contract(contract, by=parties.manager, at=at + 2 * DAY)
    contract.refresh_from_db()
    contacted_at = at + 4 * DAY
    actions.record_contact(contract, contacted_at.date(), by=parties.manager, at=contacted_at)
    contract.refresh_from_db()
    return contract


def _at(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
