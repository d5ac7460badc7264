"""Evidence: stated by the supplier; a file only where its kind allows."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from candidates.models import Evidence, Placement
from contracts.models import EvidenceKind
from sroi_portal.core import audit, uploads
from sroi_portal.core.models import User
from sroi_portal.core.status import lock

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


class EvidenceRefusedError(Exception):
    """The kind allows no file, or the file is not what it may be."""


@dataclass(frozen=True)
class EvidenceFacts:
    kind: EvidenceKind
    result: str
    issued_on: dt.date | None = None
    valid_until: dt.date | None = None
    seen_on: dt.date | None = None
    file: "UploadedFile[bytes] | None" = None
    key: uuid.UUID = field(default_factory=uuid.uuid4)


@transaction.atomic
def state_evidence(
    placement: Placement, facts: EvidenceFacts, *, by: User, at: dt.datetime
) -> Evidence:
    """State what was seen, when and by whom, instead of keeping a copy.

    :raises EvidenceRefusedError: when a file comes with a kind that allows none.
    :raises uploads.UploadRefusedError: when the file is not a clean PDF, PNG or JPEG.
    """
    placement = lock(placement)
    evidence = Evidence(
        uuid=facts.key,
        placement=placement,
        supplier=placement.supplier,
        authority_ids=placement.authority_ids,
        kind=facts.kind,
        result=facts.result,
        issued_on=facts.issued_on,
        valid_until=facts.valid_until,
        seen_on=facts.seen_on,
        stated_by=by,
        stated_at=at,
    )
    if facts.file is not None:
        _attach(evidence, facts.file)
    evidence.full_clean()
    evidence.save()
    audit.record(evidence, "state_evidence", by=by, at=at)
    return evidence


def _attach(evidence: Evidence, file: "UploadedFile[bytes]") -> None:
    if not evidence.kind.file_allowed:
        raise EvidenceRefusedError(
            _("For this kind of evidence we never keep a file: state what you saw and when.")
        )
    accepted = uploads.accept(file)
    evidence.file.save(f"{evidence.uuid}{accepted.suffix}", accepted.content, save=False)
    evidence.file_name = accepted.name
    evidence.file_type = accepted.media_type
    evidence.file_sha256 = accepted.sha256
    evidence.scan = accepted.scan
