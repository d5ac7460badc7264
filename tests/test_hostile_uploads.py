"""Hostile and odd files through the forms: each ends in a clear sentence, and nothing is kept.

Thirty of them here; `make soak` sends three hundred, by `--hypothesis-profile=soak`.
"""

import resource
import tempfile
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from candidates.models import Candidate, Evidence, ImportBatch, ImportFile, Placement
from contracts.models import Notice, ValueTable
from machine.checks import PLANS
from sroi_portal.core.models import AuditEvent, Job
from tests import factories, hostile_uploads
from tests.client import PortalClient
from tests.hostile_uploads import EVIDENCE, NOTICE, SHEET, TABLE

pytestmark = pytest.mark.django_db
SOAK = "--hypothesis-profile=soak"
KEPT = (
    *(Evidence, Notice, ValueTable, AuditEvent, Job),
    *(ImportBatch, ImportFile, Candidate, Placement),
)
SHORTEST = 15  # characters of a sentence
STATUSES = (400, 413)
MOST_SECONDS = 20  # of work for one file, on a slow machine
MOST_MEMORY = 400 * 1024**2  # more than before the file came


@pytest.fixture
def media(settings, tmp_path, monkeypatch):
    """Give the folder of all that is written: what is kept, and what is temporary."""
    settings.MEDIA_ROOT, settings.CLAMAV, settings.ALLOW_UNSCANNED = tmp_path, "", True
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def count(request):
    is_soak = request.config.getoption("--hypothesis-profile", None) == "soak"
    return 300 if is_soak else 30


@pytest.fixture
def forms(contract, table, sara, piet, ada):
    """Sign in who may send a file, with what else the form asks."""
    ww = table.blocks.get(code="ww")
    placement = factories.placement(contract, ww, sara)
    evidence = reverse("candidates:evidence-new", args=[placement.pk])
    seen = {"result": "seen", "seen_on": "2026-03-01"}
    return {
        EVIDENCE: (sara, f"{evidence}?kind={ww.evidence_kinds.get().pk}", seen),
        NOTICE: (piet, reverse("contracts:notice-upload"), {"authority": contract.authority_id}),
        TABLE: (ada, reverse("contracts:value-table-import"), {"version": "2026"}),
        SHEET: (sara, reverse("candidates:import-new"), {"supplier": contract.supplier_id}),
    }


def kept(media):
    rows = [model.objects.count() for model in KEPT]
    return rows, sorted(path.name for path in media.rglob("*") if path.is_file())


def said(response):
    """Give the sentences that the page says about the file."""
    if response.status_code in STATUSES:
        return [response.content.decode()]
    form = response.context["form"]
    return [str(text) for texts in form.errors.values() for text in texts]


def memory():
    """Give the most memory this process ever took, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def send(browser, address, facts, case):
    """Send the file; give what came back, and the seconds of work that it cost."""
    file = SimpleUploadedFile("leeg", case.content)
    file.name = case.name  # as a browser may send it, before anybody tidies it
    begun = time.process_time()
    response = browser.post(address, {**facts, "file": file})
    return response, time.process_time() - begun


def fault(response, seconds):
    """Say what is wrong with an answer; nothing when it is as it must be."""
    if response.status_code not in (200, *STATUSES):
        return f"status {response.status_code}"
    if not any(len(text) >= SHORTEST for text in said(response)):
        return f"no sentence: {said(response)}"
    return f"{seconds:.1f} seconds" if seconds > MOST_SECONDS else ""


def test_a_hostile_file_ends_in_a_sentence_and_nothing_is_kept(forms, media, count):
    """R-185: no row, no file, no temporary file; in bounded time and memory."""
    browsers = {name: PortalClient().sign_in(told[0]) for name, told in forms.items()}
    before, wrong, sizes = kept(media), [], []
    for case in hostile_uploads.cases(count):
        _person, address, facts = forms[case.form]
        sizes.append(memory())
        if why := fault(*send(browsers[case.form], address, facts, case)):
            wrong.append((case.what, case.name, why))
        elif memory() - sizes[-1] > MOST_MEMORY:
            wrong.append((case.what, case.name, f"{memory() - sizes[-1]:,} bytes"))
    assert wrong == []
    assert kept(media) == before


def test_the_soak_sends_three_hundred():
    assert {"tests/test_hostile_uploads.py", SOAK} <= set(PLANS["soak"]["files sent"])


def test_more_of_them_begin_with_the_same():
    few, more = (list(hostile_uploads.cases(number)) for number in (5, 6))
    assert [each[:3] for each in few] == [each[:3] for each in more[:5]]
    workbook = next(number for number, each in enumerate(few) if each.what == "workbook")
    assert few[workbook] == more[workbook]
