"""Every euro of a contribution explained, on a page and on paper (E09, R-065)."""

import datetime as dt
import io
import time
from decimal import Decimal

import page
import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from candidates import actions
from candidates.models import Share
from candidates.views import explaining
from contracts import valuation
from sroi_portal.core.models import ReadEvent
from tests.client import PortalClient
from tests.conftest import NOON
from tests.contracts import said_again
from tests.reports import printed, verapdf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon", "in_english")]


def address(share, kind="share-explanation"):
    return reverse(f"candidates:{kind}", args=[share.pk])


def euros(shown):
    return Decimal(shown.strip("€").replace(",", "") or 0)


@pytest.fixture
def sara_online(english, sara):
    return english.sign_in(sara)


@pytest.fixture
def olga_online(olga):
    client = PortalClient()
    client.cookies["language"] = "en"
    return client.sign_in(olga)


def test_the_sentences_of_the_page_recompute_to_the_cent(sara_online, submitted):
    shown = sara_online.get(address(submitted))
    explained = shown.context["explained"]
    text = shown.content.decode()

    said = [(sentence, None) for sentence in explained.rules]
    said += [(step["label"], euros(step["value"])) for step in explained.steps]
    assert said_again.total_eur(said) == submitted.value_eur == Decimal("3333.33")
    assert all(sentence in text for sentence, _amount in said)
    assert "the same, to the cent" in text


def test_the_contribution_leads_to_its_explanation(sara_online, submitted):
    assert address(submitted) in sara_online.get(submitted.get_absolute_url()).content.decode()


def test_the_authority_reads_a_code_and_no_reference(olga_online, submitted, ministry):
    text = olga_online.get(address(submitted)).content.decode()

    assert submitted.contribution.placement.candidate.codes.get().code in text
    assert "K-01" not in text
    look = ReadEvent.objects.get()
    assert (look.activity, look.authority_id) == ("explain-share", ministry.pk)


def test_what_does_not_count_is_said_with_its_reason(sara_online, submitted):
    stored = valuation.Valuation.from_json(submitted.valuation)
    line = valuation.Line(
        "before_contract", {"starts_on": "2025-01-01", "contract_on": "2026-01-01"}
    )
    told = valuation.Valuation(
        stored.total_eur, stored.by_month, (line, *stored.lines), stored.inputs
    )
    Share.objects.filter(pk=submitted.pk).update(valuation=told.as_json())

    shown = sara_online.get(address(submitted)).context["explained"]
    assert [sentence.replace("\N{NO-BREAK SPACE}", " ") for sentence in shown.not_counted] == [
        "The days from 1 January 2025 do not count before the contract starts on 1 January 2026."
    ]


def test_another_sum_than_was_stored_is_said(sara_online, submitted):
    Share.objects.filter(pk=submitted.pk).update(
        valuation=submitted.valuation | {"total_eur": "3333.34"}
    )
    assert "gives another amount" in sara_online.get(address(submitted)).content.decode()


def test_a_concept_without_worth_has_nothing_to_explain(sara_online, draft):
    Share.objects.filter(pk=draft.pk).update(valuation=None)
    assert "Nothing to explain yet" in sara_online.get(address(draft)).content.decode()
    assert sara_online.get(address(draft, "share-explanation-pdf")).status_code == 404


def test_the_page_asks_the_same_number_of_questions(sara_online, submitted, placement, sara):
    def questions(share):
        with CaptureQueriesContext(connection) as asked:
            assert sara_online.get(address(share)).status_code == 200
        return len(asked)

    questions(submitted)
    before = questions(submitted)
    for day in (1, 2, 3):
        period = (dt.date(2026, 3, day), dt.date(2026, 3, day))
        actions.draft_contribution(placement, by=sara, at=NOON, period=period)
    assert questions(submitted) == before


def test_the_paper_tells_how_it_began_as_the_page_does(sara_online, submitted, monkeypatch):
    monkeypatch.setattr(explaining.pdf, "render", lambda html, **_more: html.encode())
    for kind in ("share-explanation", "share-explanation-pdf"):
        told = sara_online.get(address(submitted, kind)).text
        assert "How it began" in told
        assert "The contract asks" in told


@pytest.mark.slow
def test_the_paper_is_pdf_ua_and_says_what_the_page_says(olga_online, submitted, tmp_path):
    olga_online.get(address(submitted, "share-explanation-pdf"))  # reads fonts and styles once
    begun = time.process_time()  # of this process only: other tests run beside it
    sent = olga_online.get(address(submitted, "share-explanation-pdf"))
    assert time.process_time() - begun < 3

    assert sent["Content-Type"] == "application/pdf"
    assert "no-store" in sent["Cache-Control"]
    path = tmp_path / "why.pdf"
    path.write_bytes(sent.content)
    verdict = page.validate_pdf_bytes(sent.content, profile="ua1")
    assert [(each.rule_id, each.message) for each in verdict.failures] == []
    assert verapdf.failures(path) == []
    with pikepdf.open(io.BytesIO(sent.content)) as document:
        assert str(document.Root.Lang) == "en"
    words = printed.words(sent.content)
    explained = olga_online.get(address(submitted)).context["explained"]
    for sentence in (*explained.rules, *(step["label"] for step in explained.steps)):
        assert printed.squeeze(sentence) in words
