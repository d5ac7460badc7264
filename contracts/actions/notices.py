"""What happens to a notice: uploaded, looked at, confirmed or put aside."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models.functions import Lower

from contracts import notices
from contracts.actions import taken_over
from contracts.actions.contracts import log_contract
from contracts.actions.tenders import change_lot, change_tender, log_lot, log_tender
from contracts.models import Contract, Lot, Notice, NoticeStatus, Tender, TenderStatus
from contracts.notices import Proposal
from contracts.notices.contract_facts import awards
from contracts.notices.suppliers import Supplier as Winner
from sroi_portal.core import audit
from sroi_portal.core.models import Authority, User
from sroi_portal.core.status import lock, move, save
from suppliers.actions import register_supplier
from suppliers.models import Supplier

MODIFYING = "cont-modif"
STATUS_AFTER = {
    "competition": TenderStatus.PUBLISHED,
    "dir-awa-pre": TenderStatus.PUBLISHED,
    "result": TenderStatus.AWARDED,
    MODIFYING: TenderStatus.AWARDED,
}


@dataclass
class Imported:
    """What a confirmed notice made of us."""

    tender: Tender
    contracts: list[Contract] = field(default_factory=list)
    known: int = 0
    """Contracts that were read before and stay as they are."""


@transaction.atomic
def upload_notice(data: bytes, authority: Authority, *, by: User, at: dt.datetime) -> Notice:
    """Keep a notice as a proposal, without anybody in it; one that is known comes back.

    :raises NotANoticeError: where the file is none; the message is for the user.
    """
    read = notices.read(data)
    sha256 = hashlib.sha256(data).digest()
    number = taken_over.number_of(read, sha256)
    version = (read.notice_version or "01")[:10]
    known = Notice.objects.filter(
        authority=authority, notice_id=number, notice_version=version
    ).first()
    if known:
        return _reopened(known, by=by, at=at)
    notice = Notice(
        authority=authority,
        notice_id=number,
        notice_version=version,
        publication_id=(read.publication_id or "")[:20],
        subtype=(read.notice_subtype or "")[:10],
        sha256=sha256,
        raw=notices.strip_personal(data),
        facts=read.as_json(),
        uploaded_by=by,
        uploaded_at=at,
    )
    save(notice)
    audit.record(notice, "upload_notice", by=by, at=at, moved=("", notice.status))
    return notice


@transaction.atomic
def confirm_notice(
    notice: Notice, taken: Collection[str], *, by: User, at: dt.datetime
) -> Imported:
    """Write down what was ticked; a notice that was confirmed before changes nothing (EF-04)."""
    notice = lock(notice)
    if notice.status == NoticeStatus.IMPORTED and notice.tender:
        return Imported(notice.tender, known=notice.tender.contracts.count())
    read = notices.read(bytes(notice.raw))
    by_object: dict[str, list[Proposal]] = defaultdict(list)
    for proposal in notices.proposals(read):
        by_object[proposal.about]
        if proposal.target in taken:
            by_object[proposal.about].append(proposal)
    tender, is_new = _tender(notice, read, by_object["tender"], by=by, at=at)
    imported = Imported(tender)
    if is_new or read.form_type != MODIFYING:
        lots = _lots(tender, read, by_object, by=by, at=at)
        _contracts(imported, read, lots, by_object, by=by, at=at)
    notice.tender = tender
    move(notice, NoticeStatus.IMPORTED, verb="confirm_notice", by=by, at=at)
    return imported


@transaction.atomic
def discard_notice(notice: Notice, *, by: User, at: dt.datetime) -> None:
    """Put a proposal aside; uploading the file again brings it back."""
    move(lock(notice), NoticeStatus.DISCARDED, verb="discard_notice", by=by, at=at)


def suppliers_like(found: Iterable[Winner]) -> dict[str, Supplier]:
    """Find those that stand in the register, by `mark`; two queries (I09).

    For one that was taken over it is who goes on.
    """
    found = list(found)
    numbers = {winner.kvk for winner in found if winner.kvk}
    names = {mark(winner) for winner in found if not winner.kvk}
    register = Supplier.objects.select_related("merged_into")
    known = {
        supplier.kvk: supplier.merged_into or supplier
        for supplier in register.filter(kvk__in=numbers)
    }
    same_name = register.annotate(small=Lower("name")).filter(small__in=names)
    for supplier in same_name.order_by("-pk"):
        known[supplier.name.lower()] = supplier.merged_into or supplier
    return known


def mark(winner: Winner) -> str:
    """Give what a supplier is known by: its KvK number, else its very name."""
    return winner.kvk or winner.name.strip().lower()


def tender_like(notice: Notice, read: notices.Notice) -> Tender | None:
    """Find the tender by its procedure (BT-04), or by an earlier notice with this number."""
    tenders = Tender.objects.filter(authority=notice.authority_id)
    procedure_id = taken_over.procedure_of(read)
    if procedure_id:
        return tenders.filter(procedure_id=procedure_id).first()
    return tenders.filter(notices__notice_id=notice.notice_id).first()


def _reopened(notice: Notice, *, by: User, at: dt.datetime) -> Notice:
    if notice.status != NoticeStatus.DISCARDED:
        return notice
    notice = lock(notice)
    move(notice, NoticeStatus.PROPOSED, verb="upload_notice", by=by, at=at)
    return notice


def _tender(
    notice: Notice,
    read: notices.Notice,
    proposals: Iterable[Proposal],
    *,
    by: User,
    at: dt.datetime,
) -> tuple[Tender, bool]:
    facts = taken_over.tender_facts(read, proposals)
    tender = tender_like(notice, read)
    is_new = tender is None
    if tender is None:
        facts.setdefault("title", read.title or str(notice))
        facts["authority"] = notice.authority
        facts["procedure_id"] = taken_over.procedure_of(read)
        tender = log_tender(facts, by=by, at=at)
    elif read.form_type != MODIFYING:
        tender = change_tender(tender, facts, by=by, at=at)
    to = STATUS_AFTER.get(read.form_type or "")
    if to in tender.MOVES.get(tender.status, ()):
        tender = change_tender(tender, {"status": to}, by=by, at=at)
    return tender, is_new


def _lots(
    tender: Tender,
    read: notices.Notice,
    by_object: dict[str, list[Proposal]],
    *,
    by: User,
    at: dt.datetime,
) -> dict[str, Lot]:
    standing = {lot.identifier: lot for lot in tender.lots.all()}
    for found in read.lots:
        facts = taken_over.lot_facts(by_object[f"lot:{found.id}"])
        lot = standing.get(found.id[:20])
        if lot:
            standing[lot.identifier] = change_lot(lot, facts, by=by, at=at)
        else:
            facts = {"title": (found.title or tender.title)[:400], **facts}
            facts["identifier"] = found.id[:20]
            standing[found.id[:20]] = log_lot(tender, facts, by=by, at=at)
    return standing


def _contracts(
    imported: Imported,
    read: notices.Notice,
    lots: dict[str, Lot],
    by_object: dict[str, list[Proposal]],
    *,
    by: User,
    at: dt.datetime,
) -> None:
    tender = imported.tender
    before = set(tender.contracts.values_list("notice_contract", flat=True))
    for award in awards(read):
        number = ((award.contract and award.contract.identifier) or award.id)[:120]
        proposals = by_object[f"contract:{award.id}"]
        suppliers = [each.value for each in proposals if each.field.startswith("supplier:")]
        if number in before:
            imported.known += 1
        elif suppliers:
            supplier = _supplier(suppliers, by=by, at=at)
            its_lots = [lots[id_] for id_ in award.lot_ids if id_ in lots]
            facts = taken_over.contract_facts(tender, its_lots, proposals)
            facts |= {"supplier": supplier, "notice_contract": number}
            imported.contracts.append(log_contract(facts, by=by, at=at))


def _supplier(found: list[Winner], *, by: User, at: dt.datetime) -> Supplier:
    """Take the one that leads; register who is not known yet."""
    lead = next((supplier for supplier in found if supplier.leads), found[0])
    known = suppliers_like([lead]).get(mark(lead))
    return known or register_supplier(
        name=lead.name[:200],
        kvk=lead.kvk,
        other_identifier=lead.other_identifier[:60],
        country=(lead.country or "NLD")[:3],
        size=lead.size[:10],
        by=by,
        at=at,
    )
