"""Reports that are missing: of turnover, and statements of periods (A14, C13, D14)."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contracts import clocks
from contracts.actions.period_reminders import ESCALATED, due_stage
from contracts.models import Contract
from reports.home.kinds import Item, WorkList
from reports.home.listing import Listing
from sroi_portal.core.templatetags import formats


def turnover_list(own: QuerySet[Contract, Any], today: dt.date) -> WorkList:
    """List contracts of which a period is over and not reported, the longest due first."""
    return turnover_listing(own, today, url=reverse("contracts:contract-list")).home()


def turnover_listing(own: QuerySet[Contract, Any], today: dt.date, *, url: str = "") -> Listing:
    """Work out which period each contract misses; two queries."""
    found = [
        (contract, period)
        for contract in clocks.on_turnover(own).select_related("supplier").order_by("pk")
        if (period := clocks.missing(contract, today))
    ]
    found.sort(key=lambda each: (each[1].due_on, each[0].pk))
    return Listing(
        key="turnover",
        title=_("Turnover to report"),
        rows=found,
        show=lambda each: _missing(each[0], each[1], today),
        empty=_("All turnover of periods that are over was reported."),
        url=url,
    )


def statement_listing(own: QuerySet[Contract, Any], today: dt.date) -> Listing:
    """List periods of which the supplier's statement is overdue, the longest first; two queries."""
    return Listing(
        key="statements",
        title=_("Period statements overdue"),
        rows=_by_contract(clocks.late_statements(own, today)),
        show=lambda each: _unstated(each[0], each[1], today),
        empty=_("Every supplier stated the periods that are over in time."),
    )


def _by_contract(
    late: Iterable[tuple[Contract, clocks.Period]],
) -> list[tuple[Contract, list[clocks.Period]]]:
    """One line a contract, however many periods are late; the longest late first."""
    found: dict[Contract, list[clocks.Period]] = {}
    for contract, period in late:
        found.setdefault(contract, []).append(period)
    return list(found.items())


def _unstated(contract: Contract, periods: list[clocks.Period], today: dt.date) -> Item:
    """Say when the supplier was reminded for the last time: then it is for the manager (R-243)."""
    first = periods[0]
    is_escalated = due_stage(first, today) == ESCALATED
    said = ngettext(
        "%(supplier)s · %(count)s period: %(first)s to %(last)s",
        "%(supplier)s · %(count)s periods, the first: %(first)s to %(last)s",
        len(periods),
    )
    return Item(
        label=contract.title,
        url=reverse("candidates:period-list", args=[contract.pk]),
        sub=said
        % {
            "supplier": contract.supplier.name,
            "count": formats.count(len(periods)),
            "first": formats.day(first.starts_on),
            "last": formats.day(first.ends_on),
        },
        when=_("at the latest on"),
        on=first.due_on,
        badge=_("overdue, all reminders were sent") if is_escalated else _("overdue"),
        tone="negative",
    )


def _missing(contract: Contract, period: clocks.Period, today: dt.date) -> Item:
    is_late = period.is_late_on(today)
    days = (formats.day(period.open_from), formats.day(period.ends_on))
    return Item(
        label=contract.title,
        url=reverse("contracts:turnover-list", args=[contract.pk]),
        sub=_("%(supplier)s · %(first)s to %(last)s")
        % {"supplier": contract.supplier.name, "first": days[0], "last": days[1]},
        when=_("at the latest on"),
        on=period.due_on,
        badge=_("overdue") if is_late else _("due"),
        tone="negative" if is_late else "warning",
    )
