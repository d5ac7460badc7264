"""Contracts as releases of the Open Contracting Data Standard 1.1 (OC-01 to OC-04, R-284).

Pure: facts in, what JSON can hold out. It says obligation and fulfilment in euros, and nothing of
people or groups. One amount stands for what is fulfilled: two would tell their difference. Where so
few contributions are behind it that it could be read as what one person counted for, it is
withheld, and the release says so. Made anew for each closed quarter and no oftener: the difference
of two days can be one contribution.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from reports.facts import kinds
from reports.facts.periods import FEWEST

VERSION = "1.1"
LICENSE = "https://creativecommons.org/publicdomain/zero/1.0/"
EXTENSIONS = (
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_metrics_extension/master/extension.json",
    "https://raw.githubusercontent.com/open-contracting-extensions/ocds_charges_extension/master/extension.json",
)
OBLIGATION, FULFILMENT = "socialReturnObligation", "socialReturnFulfilment"
ZONE = ZoneInfo("Europe/Amsterdam")

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Party:
    """An authority or supplier; without a number in the trade register its name is its id."""

    name: str
    kvk: str = ""

    @property
    def key(self) -> str:
        return f"NL-KVK-{self.kvk}" if self.kvk else self.name


@dataclass(frozen=True, slots=True)
class Account:
    """One contract with its figures, and how many contributions stand behind them."""

    line: kinds.Line
    buyer: Party
    contributions: int

    @property
    def supplier(self) -> Party:
        return Party(self.line.terms.supplier, self.line.terms.supplier_kvk)

    @property
    def is_readable(self) -> bool:
        """Whether a single contribution could be read off."""
        return 0 < self.contributions < FEWEST


def package(
    accounts: Iterable[Account], issue: kinds.Issue, *, uri: str, publisher: Party, prefix: str
) -> Json:
    """Put the releases of contracts together; `prefix` is the one that OCP registered for us."""
    about = {"scheme": "NL-KVK", "uid": publisher.kvk} if publisher.kvk else {}
    return {
        "uri": uri,
        "version": VERSION,
        "publishedDate": issue.cut_off_at.isoformat(),
        "publisher": {"name": publisher.name, **about},
        "license": LICENSE,
        "extensions": list(EXTENSIONS),
        "releases": [release(account, issue, prefix=prefix) for account in accounts],
    }


def release(account: Account, issue: kinds.Issue, *, prefix: str) -> Json:
    """Say what one contract owes and what of it is fulfilled, at one position of the ledger."""
    terms = account.line.terms
    ocid = f"{prefix}-{terms.uuid}"
    made = {
        "ocid": ocid,
        "id": f"{ocid}-{issue.position}",
        "date": issue.cut_off_at.isoformat(),
        "tag": ["contract", "implementation"],
        "initiationType": "tender",
        "language": issue.language,
        "parties": [_party(account.buyer, "buyer"), _party(account.supplier, "supplier")],
        "buyer": _reference(account.buyer),
        "awards": [_award(account)],
        "contracts": [_contract(account, issue)],
    }
    if account.is_readable:
        made["withheldInformation"] = [_withheld()]
    return made


def _award(account: Account) -> Json:
    terms = account.line.terms
    return _present(
        id=f"{terms.uuid}-award",
        status="active",
        date=_moment(terms.awarded_on),
        value=_value(terms.value_eur),
        suppliers=[_reference(account.supplier)],
    )


def _contract(account: Account, issue: kinds.Issue) -> Json:
    terms = account.line.terms
    return _present(
        id=terms.uuid,
        awardID=f"{terms.uuid}-award",
        title=terms.title,
        status=_status(terms, issue.cut_off_at.astimezone(ZONE).date()),
        value=_value(terms.value_eur),
        period=_period(terms),
        agreedMetrics=[_obligation(account.line)],
        implementation=_implementation(account, issue),
    )


def _obligation(line: kinds.Line) -> Json:
    return {
        "id": OBLIGATION,
        "title": _("Social return that is owed"),
        "observations": [
            _observation("obligation", _("What was agreed"), line.sums.obligation_eur),
            _observation("waived", _("What is no longer asked"), line.sums.waived_eur),
            _observation("owed", _("Owed"), line.standing.owed_eur),
        ],
    }


def _implementation(account: Account, issue: kinds.Issue) -> Json:
    sums, standing = account.line.sums, account.line.standing
    observations: list[Json] = []
    if not account.is_readable:
        observations = [_observation("fulfilled", _("Fulfilled"), standing.done_eur)]
    if standing.percentage is not None and not account.is_readable:
        observations.append(
            {
                "id": "percentage",
                "measure": float(standing.percentage),
                "unit": {"name": "%"},
                "notes": _("Fulfilled in per cent"),
            }
        )
    until = {"endDate": issue.cut_off_at.isoformat()}
    metric = {
        "id": FULFILMENT,
        "title": _("Social return that is fulfilled"),
        "observations": [each | {"period": until} for each in observations],
    }
    return _present(metrics=[metric], charges=_charges(sums))


def _charges(sums: kinds.Sums) -> list[Json]:
    """Give the malus; nothing when there is none."""
    if not sums.malus_eur:
        return []
    return [{"id": "malus", "title": _("Malus"), "actualValue": _value(sums.malus_eur)}]


def _observation(key: str, title: str, amount: Decimal) -> Json:
    return {"id": key, "value": _value(amount), "notes": title}


def _withheld() -> Json:
    return {
        "id": FULFILMENT,
        "field": "contracts/implementation/metrics",
        "rationale": _("So few contributions stand behind this that one could be read off."),
    }


def _party(party: Party, role: str) -> Json:
    identifier = {"scheme": "NL-KVK", "id": party.kvk} if party.kvk else None
    return _present(id=party.key, name=party.name, identifier=identifier, roles=[role])


def _reference(party: Party) -> Json:
    return {"id": party.key, "name": party.name}


def _status(terms: kinds.Terms, today: dt.date) -> str:
    if terms.starts_on and today < terms.starts_on:
        return "pending"
    return "terminated" if terms.ends_on and today > terms.ends_on else "active"


def _period(terms: kinds.Terms) -> Json:
    return _present(startDate=_moment(terms.starts_on), endDate=_moment(terms.ends_on, last=True))


def _moment(day: dt.date | None, *, last: bool = False) -> str | None:
    """Write the first second of a day, or its last."""
    if day is None:
        return None
    time = dt.time(23, 59, 59) if last else dt.time.min
    return dt.datetime.combine(day, time, tzinfo=ZONE).isoformat()


def _value(amount: Decimal | None) -> Json | None:
    """Write whole cents as the number that JSON asks for; below 10^13 none is lost."""
    return None if amount is None else {"amount": float(amount), "currency": "EUR"}


def _present(**facts: Any) -> Json:
    """Leave out what is not known; the standard has no empty values."""
    return {name: value for name, value in facts.items() if value not in (None, [], {})}
