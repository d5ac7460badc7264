"""The figures on a contract's page: as they are now, or as they were known on a day."""

import dataclasses
import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from contracts import facts, fulfilment, rules
from contracts.models import Account, Contract, Fulfilment, LedgerEntry, Signal
from sroi_portal.core import terms
from sroi_portal.core.models import User

NEEDS_OPTIONS = (Signal.TALK, Signal.ACT)
LINKED = (Account.OBLIGATION, Account.VERIFIED, Account.SUBMITTED, Account.PLANNED)


def figures_of(
    contract: Contract, person: User, *, known_on: dt.date | None = None
) -> dict[str, Any]:
    """Gather what the page shows; a fixed number of queries."""
    kept: Fulfilment | None = Fulfilment.objects.filter(contract=contract).first()
    if kept is None:
        return {"fulfilment": None}
    is_party = rules.is_party(person, contract)  # sees sums, and no postings
    known_on = None if is_party else known_on
    today = known_on or timezone.localdate()
    shown = _as_known(contract, kept, known_on) if known_on else kept
    entries = LedgerEntry.objects.known_on(terms.ended_at(known_on)) if known_on else None
    figures = facts.figures(contract, shown, today=today, entries=entries)
    if figures and is_party:
        figures = dataclasses.replace(figures, outlook=None)
    return {
        "fulfilment": shown,
        "figures": figures,
        "known_on": known_on,
        "today": today,
        "state": _state(kept),
        "bar": facts.bar(figures) if figures else None,
        "course": facts.course(figures) if figures and not is_party else None,
        "options": facts.options(figures)
        if figures and shown.signal in NEEDS_OPTIONS and not known_on
        else None,
        "ledger": _ledger(contract, person, known_on),
    }


def _as_known(contract: Contract, kept: Fulfilment, known_on: dt.date) -> Fulfilment:
    before = terms.ended_at(known_on)
    shown = fulfilment.as_known(contract, today=known_on, before=before)
    shown.original_eur = kept.original_eur
    return shown


def _ledger(contract: Contract, person: User, known_on: dt.date | None) -> dict[str, str]:
    """Lead from each figure to the lines it is the sum of (G15)."""
    if not rules.may_see_ledger(person, contract):
        return {}
    url = reverse("contracts:contract-ledger", args=[contract.pk])
    known = {"known_on": known_on.isoformat()} if known_on else {}
    return {
        "all": f"{url}?{urlencode(known)}" if known else url,
        **{str(name): f"{url}?{urlencode({'account': str(name), **known})}" for name in LINKED},
    }


def _state(fulfilment: Fulfilment) -> str:
    """Name what a page shows, so that it can ask whether that is still so."""
    moments = (fulfilment.computed_at, fulfilment.stale_since)
    return ".".join(f"{moment.timestamp():.6f}" if moment else "" for moment in moments)
