"""Home page of who supplies: one list of what to do, and the own contracts."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from contracts.models import OWING, Contract, Signal
from contracts.templatetags.contract_words import SIGNAL_TONES
from contracts.templatetags.owed_words import done_of, owed_of
from reports.home.kinds import SHOWN, Item, WorkList, first_rows
from reports.home.to_do import looked_after, own_contracts, to_do
from sroi_portal.core.models import User
from sroi_portal.core.templatetags import formats


def supplier_lists(user: User, today: dt.date) -> list[WorkList]:
    """List what is to be done on the contracts that this person looks after, then all of them."""
    contracts = own_contracts(user)
    tasks = to_do(user, looked_after(contracts, user), today)
    return [
        WorkList(
            key="to-do",
            title=_("To do, by date"),
            items=tuple(task.item for task in tasks[:SHOWN]),
            count=len(tasks),
            empty=_("You have nothing to do now. New work appears here by itself."),
            url=reverse("reports:cockpit"),
            more=_("All of it, with figures"),
        ),
        _contracts(user, today),
    ]


def _contracts(user: User, today: dt.date) -> WorkList:
    own = (
        own_contracts(user)
        .filter(status__in=OWING, fulfilment__isnull=False)
        .select_related("authority", "fulfilment")
    )
    rows = own.order_by("ends_on", "pk")
    items, count = first_rows(rows, lambda each: _contract(each, today))
    return WorkList(
        key="contracts",
        title=_("Your contracts"),
        items=items,
        count=count,
        empty=_("You have no contract with social return yet. It appears here once awarded."),
        url=reverse("reports:cockpit"),
        more=_("All contracts, with figures"),
        is_work=False,
    )


def _contract(contract: Contract, today: dt.date) -> Item:
    signal = Signal(contract.fulfilment.signal)
    is_over = bool(contract.ends_on and contract.ends_on < today)
    return Item(
        label=contract.title,
        url=contract.get_absolute_url(),
        sub=_("%(done)s of %(owed)s · %(authority)s")
        % {
            "done": done_of(contract.fulfilment),
            "owed": owed_of(contract.fulfilment),
            "authority": contract.authority.name,
        },
        when=_("ended") if is_over else _("runs until"),
        on=contract.ends_on,
        badge=str(signal.label),
        tone=SIGNAL_TONES[signal],
        value=formats.pct(contract.fulfilment.percentage),
    )
