"""Evidence: stated by the supplier; a file only where its kind allows."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from candidates.models import (
    FREED,
    IS_SEEN,
    Contribution,
    Evidence,
    EvidenceResult,
    Placement,
    ScanStatus,
    Share,
    Visit,
)
from contracts.models import SENSITIVE, Contract, EvidenceKind
from sroi_portal.core import audit, jobs, leftovers, mail, uploads
from sroi_portal.core.models import User
from sroi_portal.core.status import RefusedError, lock, save

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


class EvidenceRefusedError(RefusedError):
    """The kind allows no file, or the file is not what it may be."""


@dataclass(frozen=True)
class EvidenceFacts:
    kind: EvidenceKind
    result: str
    issued_on: dt.date | None = None
    valid_until: dt.date | None = None
    seen_on: dt.date | None = None
    file: "UploadedFile[bytes] | None" = None
    visit: Visit | None = None
    key: uuid.UUID = field(default_factory=uuid.uuid4)


@transaction.atomic
def state_evidence(
    about: Placement | Contribution, facts: EvidenceFacts, *, by: User, at: dt.datetime
) -> Evidence:
    """State what was seen, when and by whom, instead of keeping a copy.

    It takes the place of a statement of the same kind that ends, or that was still asked for.

    :raises EvidenceRefusedError: when a file comes with a kind that allows none.
    :raises uploads.UploadRefusedError: when the file is not a clean PDF, PNG or JPEG.
    """
    about = lock(about)
    evidence = Evidence(
        uuid=facts.key,
        placement=about if isinstance(about, Placement) else None,
        contribution=about if isinstance(about, Contribution) else None,
        supplier=about.supplier,
        authority_ids=about.authority_ids,
        kind=facts.kind,
        result=facts.result,
        issued_on=facts.issued_on,
        valid_until=facts.valid_until,
        seen_on=facts.seen_on,
        visit=facts.visit,
        stated_by=by,
        stated_at=at,
    )
    evidence.renews = _renewed(about, evidence)
    if facts.file is not None:
        _attach(evidence, facts.file)
    evidence.full_clean()
    evidence.save()
    audit.record(evidence, "state_evidence", by=by, at=at)
    if evidence.scan == ScanStatus.WAITING:
        jobs.hint("candidates.tasks.scan_waiting")
    return evidence


@transaction.atomic
def scan_evidence(evidence: Evidence, *, by: User | None, at: dt.datetime) -> bool:
    """Ask the scanner again about a file that is held back; False when it still does not answer.

    A file in which something is found is removed, and who sent it gets a mail.
    """
    evidence = lock(evidence)
    if evidence.scan != ScanStatus.WAITING:
        return True
    with evidence.file.open("rb") as held_back:
        found = uploads.scan_again(held_back.read())
    if found == ScanStatus.WAITING:
        return False
    evidence.scan = found
    if found == ScanStatus.INFECTED:
        _remove_file(evidence)
        _tell(evidence, "evidence_infected", at=at)
    save(evidence)
    audit.record(evidence, "scan_evidence", by=by, at=at, changed=["scan"])
    return True


def _renewed(about: Placement | Contribution, evidence: Evidence) -> Evidence | None:
    """Find the statement that this one takes the place of (R-203)."""
    earlier = about.evidence.current().filter(kind=evidence.kind)
    if evidence.result not in IS_SEEN:
        return None
    asked: Evidence | None = earlier.filter(result=EvidenceResult.ASKED).order_by("pk").last()
    ending: Evidence | None = earlier.exclude(valid_until=None).order_by("valid_until", "pk").last()
    return asked or ending


def _attach(evidence: Evidence, file: "UploadedFile[bytes]") -> None:
    if not evidence.kind.file_allowed or evidence.kind.privacy_class in SENSITIVE:
        raise EvidenceRefusedError(
            _("For this kind of evidence we never keep a file: state what you saw and when.")
        )
    accepted = uploads.accept(file)
    evidence.file.save(f"{evidence.uuid}{accepted.suffix}", accepted.content, save=False)
    leftovers.remove_unless_committed(evidence.file.storage, str(evidence.file.name))
    evidence.file_name = accepted.name
    evidence.file_type = accepted.media_type
    evidence.file_sha256 = accepted.sha256
    evidence.scan = accepted.scan


def _remove_file(evidence: Evidence) -> None:
    storage, name = evidence.file.storage, str(evidence.file.name)
    transaction.on_commit(lambda: storage.delete(name))
    evidence.file, evidence.file_sha256 = "", None


def _tell(evidence: Evidence, template: str, *, at: dt.datetime) -> None:
    """Mail who stated it, or the colleagues when that person left; without a word about whom."""
    mail.send(
        f"candidates/mail/{template}.txt",
        to=told_of(evidence),
        at=at,
        context={"evidence": evidence, "address": address_of(evidence)},
    )


def told_of(evidence: Evidence) -> list[User]:
    """Find who hears of a statement: who made it, or else everybody of the firm."""
    if evidence.supplier_id in evidence.stated_by.supplier_ids:
        return [evidence.stated_by]
    return list(
        User.objects.filter(
            memberships__supplier=evidence.supplier, memberships__ended_at__isnull=True
        )
        .distinct()
        .order_by("pk")
    )


def address_of(evidence: Evidence) -> str:
    """Give the page on which a statement stands."""
    if evidence.placement is not None:
        return evidence.placement.get_absolute_url()
    share = _first_share(evidence)
    return share.get_absolute_url() if share else "/"


def contract_of(evidence: Evidence) -> Contract | None:
    """Give the contract of the work, or the first of those that a claim is divided over."""
    if evidence.placement is not None:
        return evidence.placement.contract
    share = _first_share(evidence)
    return share.contract if share else None


def _first_share(evidence: Evidence) -> Share | None:
    shares = Share.objects.filter(contribution=evidence.contribution_id).exclude(status__in=FREED)
    first: Share | None = shares.select_related("contract").order_by("pk").first()
    return first
