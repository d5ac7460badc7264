"""Work lists of who logs and who manages contracts (F06, N04)."""

import datetime as dt

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts.actions.reminders import BEFORE_CONTACT
from contracts.models import Contract, ContractStatus, Signal
from contracts.templatetags.contract_words import SIGNAL_TONES
from reports.home.kinds import Item, WorkList, first_rows
from reports.home.reporting import turnover_list
from sroi_portal.core.models import AuditEvent, User
from sroi_portal.core.templatetags import formats

CONTACT_AHEAD = dt.timedelta(days=7)
CALLING = (Signal.ACT, Signal.TALK)


def officer_lists(user: User, today: dt.date) -> list[WorkList]:
    """Concepts, what was not handed over or came back, and contacts that are overdue."""
    own = Contract.objects.visible_to(user).filter(officer=user).select_related("supplier")
    contracts = reverse("contracts:contract-list")
    concepts, concept_count = first_rows(
        own.filter(status=ContractStatus.DRAFT).order_by("pk"), _concept
    )
    waiting = own.filter(status=ContractStatus.AWARDED).order_by("awarded_on", "pk")
    came_back = _came_back(waiting)
    to_hand_over, hand_over_count = first_rows(
        waiting, lambda contract: _not_handed_over(contract, came_back)
    )
    late, late_count = first_rows(_without_contact(own, today), lambda each: _contact(each, today))
    return [
        WorkList(
            key="concepts",
            title=_("Concepts to finish"),
            items=concepts,
            count=concept_count,
            empty=_("You have no concepts. Read a notice or log a contract to begin."),
            url=f"{contracts}?status={ContractStatus.DRAFT}",
            more=_("All concepts"),
        ),
        WorkList(
            key="hand-over",
            title=_("To hand over"),
            items=to_hand_over,
            count=hand_over_count,
            empty=_("Every awarded contract was handed over to a contract manager."),
            url=f"{contracts}?status={ContractStatus.AWARDED}",
            more=_("All contracts that were not handed over"),
        ),
        WorkList(
            key="late-contact",
            title=_("First contact overdue"),
            items=late,
            count=late_count,
            empty=_("No first contact is overdue."),
        ),
    ]


def manager_lists(user: User, today: dt.date) -> list[WorkList]:
    """Hand-overs to accept, first contacts, and contracts that call for a talk or action."""
    own = Contract.objects.visible_to(user).filter(manager=user).select_related("supplier")
    contracts = reverse("contracts:contract-list")
    handed, handed_count = first_rows(
        own.filter(status=ContractStatus.HANDED_OVER).order_by("handed_over_at", "pk"), _handed_over
    )
    contact, contact_count = first_rows(
        _without_contact(own, today + CONTACT_AHEAD), lambda each: _contact(each, today)
    )
    calling, calling_count = first_rows(_calling(own), _signalled)
    return [
        WorkList(
            key="accept",
            title=_("Hand-overs to accept"),
            items=handed,
            count=handed_count,
            empty=_("No contract waits for your acceptance."),
            url=f"{contracts}?status={ContractStatus.HANDED_OVER}",
            more=_("All hand-overs"),
        ),
        WorkList(
            key="contact",
            title=_("First contact with the supplier"),
            items=contact,
            count=contact_count,
            empty=_("No first contact is due within a week."),
        ),
        turnover_list(own, today),
        WorkList(
            key="signals",
            title=_("Contracts that call for you"),
            items=calling,
            count=calling_count,
            empty=_("All your contracts are on course."),
            url=f"{contracts}?signal={Signal.ACT}",
            more=_("All contracts that call for action"),
        ),
    ]


def _without_contact(own: QuerySet[Contract], before: dt.date) -> QuerySet[Contract]:
    """Those whose first contact is due before this day; of the eighth day on for the officer."""
    return own.filter(
        status__in=BEFORE_CONTACT, contacted_on__isnull=True, contact_due_on__lt=before
    ).order_by("contact_due_on", "pk")


def _calling(own: QuerySet[Contract]) -> QuerySet[Contract]:
    first = Case(
        When(fulfilment__signal=Signal.ACT, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    shortfall = F("fulfilment__done_eur") - F("fulfilment__expected_eur")
    return (
        own.filter(Q(status=ContractStatus.ACTIVE), fulfilment__signal__in=CALLING)
        .select_related("supplier", "fulfilment")
        .order_by(first, shortfall, "pk")
    )


def _came_back(waiting: QuerySet[Contract]) -> set[object]:
    """Return the contracts that a manager refused."""
    refused = AuditEvent.objects.filter(
        verb="refuse_contract", object_uuid__in=waiting.values("uuid")
    )
    return set(refused.values_list("object_uuid", flat=True))


def _concept(contract: Contract) -> Item:
    return Item(
        label=contract.title,
        url=contract.get_absolute_url(),
        sub=contract.supplier.name,
        when=_("award"),
        on=contract.awarded_on,
    )


def _not_handed_over(contract: Contract, came_back: set[object]) -> Item:
    is_back = contract.uuid in came_back
    return Item(
        label=contract.title,
        url=contract.get_absolute_url(),
        sub=contract.supplier.name,
        when=_("awarded"),
        on=contract.awarded_on,
        badge=_("refused by the contract manager") if is_back else "",
        tone="negative",
    )


def _handed_over(contract: Contract) -> Item:
    return Item(
        label=contract.title,
        url=contract.get_absolute_url(),
        sub=contract.supplier.name,
        when=_("handed over"),
        on=timezone.localdate(contract.handed_over_at) if contract.handed_over_at else None,
    )


def _contact(contract: Contract, today: dt.date) -> Item:
    is_late = bool(contract.contact_due_on and contract.contact_due_on < today)
    return Item(
        label=contract.title,
        url=contract.get_absolute_url(),
        sub=contract.supplier.name,
        when=_("at the latest on"),
        on=contract.contact_due_on,
        badge=_("overdue") if is_late else _("due"),
        tone="negative" if is_late else "warning",
    )


def _signalled(contract: Contract) -> Item:
    signal = Signal(contract.fulfilment.signal)
    return Item(
        label=contract.title,
        url=contract.get_absolute_url(),
        sub=contract.supplier.name,
        when=_("runs until"),
        on=contract.ends_on,
        badge=str(signal.label),
        tone=SIGNAL_TONES[signal],
        value=formats.pct(contract.fulfilment.percentage),
    )
