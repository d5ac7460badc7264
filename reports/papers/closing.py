"""The final statement of a contract: what was owed, what was done, what remains (R-434)."""

import datetime as dt

from django.utils.translation import gettext as _

from contracts import consortia
from contracts.models import Contract, ContractStatus, Fulfilment, LedgerUnit
from contracts.templatetags.standing_words import steered
from reports.papers.base import Grid, Line, Paper, Part
from sroi_portal.core.models import User
from sroi_portal.core.money import ZERO
from sroi_portal.core.templatetags import formats

ENDED = (ContractStatus.SETTLING, ContractStatus.SETTLED)
NEVER = (ContractStatus.DRAFT, ContractStatus.CANCELLED)


def contract_of(user: User, number: int) -> Contract | None:
    rows = Contract.objects.visible_to(user).select_related("authority", "supplier", "fulfilment")
    found: Contract | None = rows.filter(pk=number).exclude(status__in=NEVER).first()
    return found


def paper(contract: Contract, today: dt.date) -> Paper | None:
    """Fill it in from the sums that the page of the contract shows."""
    kept: Fulfilment | None = getattr(contract, "fulfilment", None)
    if kept is None:
        return None
    members = _members(contract, kept)
    return Paper(
        key="final",
        title=_("Final statement of social return"),
        purpose=_("Both sides sign what was owed, what was done and what remains."),
        issuer=contract.supplier.name,
        about=contract.title,
        parts=(
            _parties(contract),
            Part(
                _("What was owed and what was done"),
                grid=_account(contract, kept) if kept.owed_eur or not kept.own_unit else None,
                lines=_beside(kept),
                told=_("The figures of %(day)s.") % {"day": formats.day(today)},
            ),
            *((Part(_("Who carries which part"), grid=members),) if members else ()),
            Part(
                _("What is agreed about what remains"),
                (Line(_("What both sides agree"), is_by_hand=True, is_long=True),),
            ),
        ),
        declares=(
            _("The figures above are those of the ledger of the portal, and both sides agree."),
            _("Evidence is kept as the contract asks, and no longer."),
        ),
        signs=(_("The supplier"), _("The contracting authority")),
        waits=_waits(contract, kept, today),
    )


def _parties(contract: Contract) -> Part:
    return Part(
        _("The contract"),
        (
            Line(_("Supplier"), contract.supplier.name),
            Line(_("KvK number"), contract.supplier.kvk or contract.supplier.other_identifier),
            Line(_("Contracting authority"), contract.authority.name),
            Line(_("Contract"), contract.title),
            Line(_("Contract number"), contract.reference),
            Line(
                _("Term"),
                _("%(first)s to %(last)s")
                % {"first": formats.day(contract.starts_on), "last": formats.day(contract.ends_on)},
            ),
        ),
    )


def _account(contract: Contract, kept: Fulfilment) -> Grid:
    counts = (
        _("Not checked in time; counts on this contract")
        if contract.counts_unchecked
        else _("Not checked in time; does not count")
    )
    rest = kept.owed_eur - kept.done_eur
    rows = [
        (_("Obligation"), kept.obligation_eur),
        (_("Waived"), kept.waived_eur),
        (_("Owed"), kept.owed_eur),
        (_("Verified"), kept.verified_eur),
        (_("Carried over"), kept.carried_eur),
        (counts, kept.unchecked_eur),
        (_("Fulfilled"), kept.done_eur),
        (_("Submitted, not decided"), kept.submitted_eur),
        (_("Malus"), kept.malus_eur),
    ]
    last = _("What remains") if rest >= 0 else _("Done beyond what was owed")
    return Grid(
        caption=_("The account of the contract, in euros"),
        headings=(_("What"), _("Amount")),
        rows=tuple((label, formats.euro(amount)) for label, amount in rows),
        total=(last, formats.euro(abs(rest))),
    )


def _beside(kept: Fulfilment) -> tuple[Line, ...]:
    """Tell the part in per cent, and what is owed in another unit: never added to euros."""
    lines = []
    if kept.percentage is not None:
        lines.append(
            Line(_("Fulfilled, in per cent of what is owed"), formats.pct(kept.percentage))
        )
    if kept.own_unit and kept.own_owed is not None:
        unit, done = LedgerUnit(kept.own_unit), kept.own_done or ZERO
        lines += [
            Line(_("Owed in another unit"), steered(kept.own_owed, unit)),
            Line(_("Of which verified"), steered(done, unit)),
            Line(_("Of which remains"), steered(max(kept.own_owed - done, ZERO), unit)),
        ]
    return tuple(lines)


def _members(contract: Contract, kept: Fulfilment) -> Grid | None:
    parts = consortia.parts(
        contract,
        contract.members.select_related("supplier"),
        owed_eur=kept.owed_eur,
        verified_eur=kept.verified_eur,
    )
    if not parts:
        return None
    return Grid(
        caption=_("Who carries which part"),
        headings=(_("Supplier"), _("Share"), _("Owed"), _("Verified")),
        rows=tuple(
            (
                each.supplier,
                formats.pct(each.share_pct),
                formats.euro(each.owed_eur),
                formats.euro(each.verified_eur),
            )
            for each in parts
        ),
    )


def _waits(contract: Contract, kept: Fulfilment, today: dt.date) -> str:
    """Say why it cannot be signed yet."""
    last = contract.closes_on
    if contract.status not in ENDED and last and today <= last:
        told = _("This form is for the end of the contract: after %(day)s.")
        return told % {"day": formats.day(last)}
    if kept.stale_since:
        return _("The figures are being computed. Come back in a minute.")
    return ""
