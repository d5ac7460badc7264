"""Every published notice is taken over without a fault, and a second time changes nothing."""

import contextlib
import os
from pathlib import Path

import pytest

from contracts import actions, notices
from contracts.models import Contract, Lot, Obligation, ObligationConcept, Tender
from suppliers.models import Supplier
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
FOLDER = Path(os.environ["SROI_SHARED"]) / "data" / "eforms"
MODELS = (Tender, Lot, Contract, Supplier, ObligationConcept)


def confirm(path, ministry, piet):
    notice = actions.upload_notice(path.read_bytes(), ministry, by=piet, at=NOON)
    found = notices.proposals(notices.read(bytes(notice.raw)))
    return actions.confirm_notice(notice, {each.target for each in found}, by=piet, at=NOON)


@pytest.mark.slow
def test_every_published_notice_is_taken_over_once(ministry, piet):
    paths = sorted((FOLDER / "public").glob("*.xml"))
    for path in paths:
        confirm(path, ministry, piet)
    before = [model.objects.count() for model in MODELS]
    for path in paths:
        confirm(path, ministry, piet)
    assert [model.objects.count() for model in MODELS] == before
    assert not Obligation.objects.exists()
    assert not ObligationConcept.objects.exclude(percentage=None).exists()


def test_no_unsound_file_becomes_a_tender_by_itself(ministry, piet):
    """EF-03."""
    for path in sorted((FOLDER / "invalid").glob("*.xml")):
        with contextlib.suppress(notices.NotANoticeError):
            actions.upload_notice(path.read_bytes(), ministry, by=piet, at=NOON)
    assert not Tender.objects.exists()
