"""Hostile and odd files through the forms: each ends in a clear sentence, and nothing is kept.

Thirty of them here; `make soak` sends three hundred, by `--hypothesis-profile=soak`.
"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from candidates.models import Evidence
from contracts.models import Notice, ValueTable
from sroi_portal.core.models import AuditEvent
from tests import factories, hostile_uploads
from tests.client import PortalClient
from tests.hostile_uploads import EVIDENCE, NOTICE, TABLE

pytestmark = pytest.mark.django_db
KEPT = (Evidence, Notice, ValueTable, AuditEvent)
SHORTEST = 15  # characters of a sentence
STATUSES = (400, 413)


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT, settings.CLAMAV, settings.ALLOW_UNSCANNED = tmp_path, "", True
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


def test_a_hostile_file_ends_in_a_sentence_and_nothing_is_kept(forms, media, count):
    browsers = {name: PortalClient().sign_in(told[0]) for name, told in forms.items()}
    before = kept(media)
    wrong = []
    for case in hostile_uploads.cases(count):
        _person, address, facts = forms[case.form]
        file = SimpleUploadedFile("leeg", case.content)
        file.name = case.name  # as a browser may send it, before anybody tidies it
        response = browsers[case.form].post(address, {**facts, "file": file})
        if response.status_code not in (200, *STATUSES):
            wrong.append((case.what, case.name, response.status_code))
        elif not any(len(text) >= SHORTEST for text in said(response)):
            wrong.append((case.what, case.name, said(response)))
    assert wrong == []
    assert kept(media) == before


def test_more_of_them_begin_with_the_same():
    few, more = (list(hostile_uploads.cases(number)) for number in (15, 16))
    assert [each[:3] for each in few] == [each[:3] for each in more[:15]]
    workbook = next(number for number, each in enumerate(few) if each.what == "workbook")
    assert few[workbook] == more[workbook]
