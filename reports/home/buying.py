"""Work lists of who logs and who manages contracts, and of who stands in (F06, N04, R-250)."""

import datetime as dt

from django.db.models import Case, Exists, F, IntegerField, OuterRef, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts.actions.reminders import BEFORE_CONTACT, CALLING
from contracts.models import ACCEPTING, Contract, ContractStatus, Signal, Transfer
from contracts.templatetags.contract_words import SIGNAL_TONES
from reports.home.kinds import Item
from reports.home.listing import Listing
from reports.home.reporting import statement_listing, turnover_listing
from sroi_portal.core.models import AuditEvent, User
from sroi_portal.core.templatetags import formats

CONTACT_AHEAD = dt.timedelta(days=7)


def officer_lists(user: User, today: dt.date) -> list[Listing]:
    """Concepts, what was not handed over or came back, contacts overdue, contracts to receive."""
    own = Contract.objects.visible_to(user).bought_by(user, today).select_related("supplier")
    refused = AuditEvent.objects.filter(verb="refuse_contract", object_uuid=OuterRef("uuid"))
    return [
        Listing(
            key="concepts",
            title=_("Concepts to finish"),
            rows=own.filter(status=ContractStatus.DRAFT).order_by("pk"),
            show=_concept,
            empty=_("You have no concepts. Read a notice or log a contract to begin."),
        ),
        Listing(
            key="hand-over",
            title=_("To hand over"),
            rows=own.filter(status=ContractStatus.AWARDED)
            .annotate(is_back=Exists(refused))
            .order_by("awarded_on", "pk"),
            show=_not_handed_over,
            empty=_("Every awarded contract was handed over to a contract manager."),
        ),
        Listing(
            key="late-contact",
            title=_("First contact overdue"),
            rows=_without_contact(own, today),
            show=lambda each: _contact(each, today),
            empty=_("No first contact is overdue."),
        ),
        Listing(
            key="transfers",
            title=_("Contracts to receive from another authority"),
            rows=Transfer.objects.to_answer_by(user)
            .select_related("authority")
            .order_by("moves_on", "pk"),
            show=_offered,
            empty=_("No other authority asks you to take a contract over."),
            search=(
                "title__icontains",
                "reference__icontains",
                "supplier_name__icontains",
            ),
            authority="receiver",
        ),
    ]


def manager_lists(user: User, today: dt.date) -> list[Listing]:
    """Hand-overs, first contacts, reports, and contracts that call for a talk or action."""
    own = looked_after(user, today)
    return [
        Listing(
            key="accept",
            title=_("Hand-overs to accept"),
            rows=own.filter(status=ContractStatus.HANDED_OVER).order_by("handed_over_at", "pk"),
            show=_handed_over,
            empty=_("No contract waits for your acceptance."),
        ),
        Listing(
            key="contact",
            title=_("First contact with the supplier"),
            rows=_without_contact(own, today + CONTACT_AHEAD),
            show=lambda each: _contact(each, today),
            empty=_("No first contact is due within a week."),
        ),
        turnover_listing(own, today),
        statement_listing(own, today),
        Listing(
            key="signals",
            title=_("Contracts that call for you"),
            rows=_calling(own),
            show=lambda each: _signalled(each, today),
            empty=_("All your contracts are on course."),
        ),
        Listing(
            key="to-settle",
            title=_("Contracts that ended, to be settled"),
            rows=own.filter(status=ContractStatus.ACTIVE, ends_on__lt=today).order_by(
                "ends_on", "pk"
            ),
            show=_ended,
            empty=_("No contract that ended waits for its settlement."),
        ),
        Listing(
            key="insolvent",
            title=_("Contracts of insolvent suppliers"),
            rows=own.filter(
                status__in=(*ACCEPTING, ContractStatus.SETTLING),
                supplier__insolvent_on__isnull=False,
            ).order_by("supplier__insolvent_on", "pk"),
            show=_insolvent,
            empty=_("None of your suppliers is insolvent."),
        ),
    ]


def looked_after(user: User, today: dt.date) -> "QuerySet[Contract, Contract]":
    """Find the contracts of this manager, and of whom he or she stands in for."""
    seen: QuerySet[Contract, Contract] = (
        Contract.objects.visible_to(user).looked_after_by(user, today).select_related("supplier")
    )
    return seen


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
        own.filter(status=ContractStatus.ACTIVE, fulfilment__signal__in=CALLING)
        .select_related("supplier", "fulfilment")
        .order_by(first, shortfall, "pk")
    )


def _of(contract: Contract, when: str, on: dt.date | None, **more: str) -> Item:
    return Item(
        label=contract.title,
        url=contract.get_absolute_url(),
        sub=contract.supplier.name,
        when=when,
        on=on,
        **more,
    )


def _concept(contract: Contract) -> Item:
    return _of(contract, _("award"), contract.awarded_on)


def _not_handed_over(contract: Contract) -> Item:
    is_back: bool = getattr(contract, "is_back", False)
    badge = _("refused by the contract manager") if is_back else ""
    return _of(contract, _("awarded"), contract.awarded_on, badge=badge, tone="negative")


def _handed_over(contract: Contract) -> Item:
    at = contract.handed_over_at
    return _of(contract, _("handed over"), timezone.localdate(at) if at else None)


def _contact(contract: Contract, today: dt.date) -> Item:
    is_late = bool(contract.contact_due_on and contract.contact_due_on < today)
    return _of(
        contract,
        _("at the latest on"),
        contract.contact_due_on,
        badge=_("overdue") if is_late else _("due"),
        tone="negative" if is_late else "warning",
    )


def _signalled(contract: Contract, today: dt.date) -> Item:
    signal = Signal(contract.fulfilment.signal)
    is_over = bool(contract.ends_on and contract.ends_on < today)
    return _of(
        contract,
        _("ended") if is_over else _("runs until"),
        contract.ends_on,
        badge=str(signal.label),
        tone=SIGNAL_TONES[signal],
        value=formats.pct(contract.fulfilment.percentage),
    )


def _ended(contract: Contract) -> Item:
    return _of(contract, _("ended"), contract.ends_on)


def _insolvent(contract: Contract) -> Item:
    return _of(
        contract,
        _("insolvent since"),
        contract.supplier.insolvent_on,
        badge=_("no new work"),
        tone="negative",
    )


def _offered(transfer: Transfer) -> Item:
    return Item(
        label=transfer.title,
        url=reverse("candidates:transfer-detail", args=[transfer.pk]),
        sub=transfer.authority.name,
        when=_("moves"),
        on=transfer.moves_on,
    )
