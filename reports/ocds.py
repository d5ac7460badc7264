"""Contracts as releases of the Open Contracting Data Standard 1.1 (OC-01 to OC-04, R-284).

Pure: facts in, what JSON can hold out. It says obligation and fulfilment in euros, and nothing of
people or groups. As long as the fulfilment is not published (R-309) it is withheld, with all that
it could be worked out from: what is waived or still owed, and a malus.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from reports.facts import kinds

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
class Fulfilled:
    """What became of a contract, as it was published."""

    owed_eur: Decimal
    waived_eur: Decimal
    done_eur: Decimal
    malus_eur: Decimal
    percentage: Decimal | None
    known_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Account:
    """One contract with what was agreed; what became of it when that is published."""

    line: kinds.Line
    buyer: Party
    fulfilled: Fulfilled | None = None

    @property
    def supplier(self) -> Party:
        return Party(self.line.terms.supplier, self.line.terms.supplier_kvk)


def written(releases: Iterable[Json], about: Json) -> Iterator[str]:
    """Write a package release by release: however many, never more than one is in memory."""
    head = json.dumps(about, ensure_ascii=False)
    yield f'{head[:-1]}, "releases": ['
    for number, each in enumerate(releases):
        yield f"{',' if number else ''}\n{json.dumps(each, ensure_ascii=False)}"
    yield "\n]}\n"


def about(published_at: dt.datetime, *, uri: str, publisher: Party) -> Json:
    """Say of a package where it stands and who publishes it."""
    scheme = {"scheme": "NL-KVK", "uid": publisher.kvk} if publisher.kvk else {}
    return {
        "uri": uri,
        "version": VERSION,
        "publishedDate": published_at.isoformat(),
        "publisher": {"name": publisher.name, **scheme},
        "license": LICENSE,
        "extensions": list(EXTENSIONS),
    }


def release(account: Account, at: dt.datetime, *, prefix: str, language: str = "nl") -> Json:
    """Say what one contract owes and what of it is fulfilled; its id changes with what it says.

    `prefix` is the one that was registered for us.
    """
    terms = account.line.terms
    ocid = f"{prefix}-{terms.uuid}"
    said = {
        "tag": ["contract", "implementation"] if account.fulfilled else ["contract"],
        "initiationType": "tender",
        "language": language,
        "parties": [_party(account.buyer, "buyer"), _party(account.supplier, "supplier")],
        "buyer": _reference(account.buyer),
        "awards": [_award(account)],
        "contracts": [_contract(account, at)],
    }
    if account.fulfilled is None:
        said["withheldInformation"] = [_withheld()]
    text = json.dumps(said, sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    return {"ocid": ocid, "id": f"{ocid}-{digest}", "date": at.isoformat()} | said


def _award(account: Account) -> Json:
    terms = account.line.terms
    return _present(
        id=f"{terms.uuid}-award",
        status="active",
        date=_moment(terms.awarded_on),
        value=_value(terms.value_eur),
        suppliers=[_reference(account.supplier)],
    )


def _contract(account: Account, at: dt.datetime) -> Json:
    terms = account.line.terms
    return _present(
        id=terms.uuid,
        awardID=f"{terms.uuid}-award",
        title=terms.title,
        status=_status(terms, at.astimezone(ZONE).date()),
        value=_value(terms.value_eur),
        period=_period(terms),
        agreedMetrics=[_obligation(account)],
        implementation=_implementation(account.fulfilled),
    )


def _obligation(account: Account) -> Json:
    agreed = account.line.sums.obligation_eur
    observations = [_observation("obligation", _("What was agreed"), agreed)]
    if account.fulfilled:
        waived, owed = account.fulfilled.waived_eur, account.fulfilled.owed_eur
        observations += [
            _observation("waived", _("What is no longer asked"), waived),
            _observation("owed", _("Owed"), owed),
        ]
    title = _("Social return that is owed")
    return {"id": OBLIGATION, "title": title, "observations": observations}


def _implementation(fulfilled: Fulfilled | None) -> Json:
    """Say what became of it; nothing as long as that is withheld."""
    if fulfilled is None:
        return {}
    observations = [_observation("fulfilled", _("Fulfilled"), fulfilled.done_eur)]
    if fulfilled.percentage is not None:
        observations.append(
            {
                "id": "percentage",
                "measure": float(fulfilled.percentage),
                "unit": {"name": "%"},
                "notes": _("Fulfilled in per cent"),
            }
        )
    until = {"endDate": fulfilled.known_at.isoformat()}
    metric = {
        "id": FULFILMENT,
        "title": _("Social return that is fulfilled"),
        "observations": [each | {"period": until} for each in observations],
    }
    return _present(metrics=[metric], charges=_charges(fulfilled.malus_eur))


def _charges(malus_eur: Decimal) -> list[Json]:
    """Give the malus; nothing when there is none."""
    if not malus_eur:
        return []
    return [{"id": "malus", "title": _("Malus"), "actualValue": _value(malus_eur)}]


def _observation(key: str, title: str, amount: Decimal) -> Json:
    return {"id": key, "value": _value(amount), "notes": title}


def _withheld() -> Json:
    return {
        "id": FULFILMENT,
        "field": "contracts/implementation/metrics",
        "rationale": _(
            "Published once, when the contract is settled, and only where no work of few people "
            "can be worked out from it."
        ),
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
