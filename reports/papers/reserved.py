"""The statement of article 2.82: which share of the workers is disabled or disadvantaged."""

from django.urls import reverse
from django.utils.translation import gettext as _

from contracts.facts import reserved
from contracts.models import Contract, ReservedCheck
from contracts.models.contract import RESERVED_LEAST_PCT
from contracts.rules import talking
from reports.papers.base import Line, Paper, Part
from sroi_portal.core.models import User
from sroi_portal.core.templatetags import formats


def paper(user: User, contract: Contract) -> Paper | None:
    """Fill it in from the recorded check; who may not read the proof leaves that open."""
    if not contract.is_reserved:
        return None
    check = reserved.checks_of(contract).select_related("certificate").first()
    return Paper(
        key="reserved",
        title=_("Statement of the share of workers, article 2.82"),
        purpose=_(
            "The organisation states which part of its workers is disabled or disadvantaged."
        ),
        issuer=contract.supplier.name,
        about=contract.title,
        parts=(
            Part(
                _("The organisation"),
                (
                    Line(_("Name"), contract.supplier.name),
                    Line(_("KvK number"), contract.supplier.kvk),
                ),
            ),
            Part(
                _("The reserved contract"),
                (
                    Line(_("Contracting authority"), contract.authority.name),
                    Line(_("Contract"), contract.title),
                    Line(_("Contract number"), contract.reference),
                ),
            ),
            Part(_("The share"), _share(user, contract, check)),
            Part(
                _("How it was counted"),
                (
                    Line(_("Workers in all"), is_by_hand=True),
                    Line(_("Of whom disabled or disadvantaged"), is_by_hand=True),
                    Line(_("Counted on"), is_by_hand=True),
                    Line(_("Counted in people or in full-time years"), is_by_hand=True),
                ),
                told=_("Numbers only: no names, and nothing about the health of anybody."),
            ),
        ),
        declares=(
            _("The main aim of the organisation is work for disabled or disadvantaged people."),
            _declared(check),
            _("When the share falls below this, the authority hears it within a month."),
        ),
        signs=(_("The organisation"),),
    )


def _share(user: User, contract: Contract, check: ReservedCheck | None) -> tuple[Line, ...]:
    """Tell what was recorded, as the page of the contract does."""
    may_record = talking.may_check_reserved_contract(user, contract)
    url = reverse("contracts:reserved-record", args=[contract.pk]) if may_record else ""
    share, checked_on = contract.reserved_share_pct, contract.reserved_checked_on
    certificate = check.certificate if check else None
    until = check.valid_until if check else None
    lines = [
        Line(
            _("Share of workers who are disabled or disadvantaged"),
            "" if share is None else formats.pct(share),
            add_at=url,
        ),
        Line(_("Recorded on"), formats.day(checked_on) if checked_on else "", add_at=url),
        Line(_("Kind of proof"), check.get_proof_display() if check else "", add_at=url),
        Line(_("Proof is valid until"), formats.day(until) if until else "", add_at=url),
    ]
    if certificate:
        words = f"{certificate.get_kind_display()} {certificate.number}".strip()
        lines.insert(3, Line(_("Certificate"), words))
    return tuple(lines)


def _declared(check: ReservedCheck | None) -> str:
    """Ask what the law asks, or what the authority asked when it checked."""
    least = check.least_share_pct if check else RESERVED_LEAST_PCT
    if check and check.share_is_above:
        told = _("More than %(share)s of its workers is disabled or disadvantaged.")
    else:
        told = _("At least %(share)s of its workers is disabled or disadvantaged.")
    return told % {"share": formats.pct(least)}
