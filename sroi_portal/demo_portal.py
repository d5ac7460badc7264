"""What suppliers and administrators did in the demo: periods stated, names, help, an announcement."""

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone

from candidates import actions as candidate_actions
from candidates.actions.statements import figures_of, fingerprint
from contracts import actions as contract_actions
from contracts import clocks
from contracts.models import Contract
from sroi_portal.core import actions as core_actions
from sroi_portal.core import terms
from sroi_portal.core.models import Authority, NoticeKind, NoticeWay, User

DAY = dt.timedelta(days=1)
NOTHING = "In deze periode is er nog geen werk gedaan."


def load(people: Mapping[str, User], *, now: dt.datetime) -> None:
    """State what is over, but for the newest period of every third contract."""
    for number, (contract, signer) in enumerate(_own(people)):
        late = 1 if number % 3 == 0 else 0
        today = timezone.localdate(now)
        periods = clocks.unstated(contract, today)
        for period in periods[: len(periods) - late]:
            _state(contract, period, signer, now)
    _names(people, now)
    _desks(people, now)


def _own(people: Mapping[str, User]) -> list[tuple[Contract, User]]:
    """Find the running contracts of the suppliers that have people here, with who signs."""
    found = []
    for name in ("Noor", "Bram"):
        supplier = people[name].memberships.get().supplier
        contracts = clocks.to_state(Contract.objects.filter(supplier=supplier)).order_by("pk")
        found += [(contract, people[name]) for contract in contracts]
    return found


def _state(contract: Contract, period: clocks.Period, signer: User, now: dt.datetime) -> None:
    """Sign a few days after the period, as the figures are now."""
    figures = figures_of(contract, period.starts_on, period.ends_on)
    is_nil = figures["count"] == 0
    signature = candidate_actions.Signature(
        fingerprint(figures).hex(), is_nil=is_nil, reason=NOTHING if is_nil else ""
    )
    at = min(now, terms.starts_at(period.ends_on) + dt.timedelta(days=6, hours=10))
    candidate_actions.sign_period(contract, period.starts_on, signature, by=signer, at=at)


def _names(people: Mapping[str, User], now: dt.datetime) -> None:
    """Sara looks after one contract by name; Noor reads once a week."""
    sara, noor = people["Sara"], people["Noor"]
    supplier = noor.memberships.get().supplier
    contract = Contract.objects.filter(supplier=supplier, status="active").order_by("pk").first()
    if contract:
        contract_actions.delegate_contract(contract, [sara], by=noor, at=now)
    weekly: dict[str, str] = {
        NoticeKind.CONTRACT: NoticeWay.WEEKLY,
        NoticeKind.REMINDER: NoticeWay.WEEKLY,
    }
    core_actions.choose_notices(noor, weekly, by=noor, at=now)


def _desks(people: Mapping[str, User], now: dt.datetime) -> None:
    adam, sara = people["Adam"], people["Sara"]
    for authority in Authority.objects.order_by("pk"):
        code = authority.code.lower()
        told = {
            "name": "Servicepunt social return",
            "email": f"social-return.{code}@overheid.example",
            "hours": "Op werkdagen van 9 tot 12 uur",
        }
        desk = core_actions.keep_help_desk(authority, told, by=adam, at=now - 90 * DAY)
    asked = core_actions.ask_help(
        desk, "Hoe meld ik dat iemand meer uren gaat werken?", by=sara, at=now - 2 * DAY
    )
    core_actions.announce(
        {
            "authority": asked.authority,
            "audience": "everybody",
            "text_nl": "Tot en met de 14e kunt u uw periode ondertekenen. Bel gerust als u vragen hebt.",
            "text_en": "You can sign your period up to and including the 14th. Do call with questions.",
            "starts_on": timezone.localdate(now - DAY),
            "ends_on": timezone.localdate(now + 20 * DAY),
        },
        by=adam,
        at=now - DAY,
    )
