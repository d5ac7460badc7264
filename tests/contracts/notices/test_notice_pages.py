"""A notice in the browser: looked at, confirmed, put aside; a colleague may have been first."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from contracts import actions, notices
from contracts.models import Contract, Notice, NoticeStatus, Tender
from tests import factories
from tests.conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def officer(client, piet):
    return client.sign_in(piet)


@pytest.fixture
def upload(written, ministry, piet):
    def of(changes=None):
        data = written("award", changes=changes or {})
        return actions.upload_notice(data, ministry, by=piet, at=NOON)

    return of


def every(notice):
    read = notices.read(bytes(notice.raw))
    return [proposal.target for proposal in notices.proposals(read)]


def confirm(officer, notice, *unticked):
    ticked = [target for target in every(notice) if target not in unticked]
    return officer.post(notice.get_absolute_url(), {"take": ticked}, follow=True)


def test_the_same_notice_uploaded_twice_is_said(officer, ministry, written):
    facts = {"authority": ministry.pk}
    for said in (False, True):
        file = SimpleUploadedFile("notice.xml", written("award"))
        page = officer.post(
            reverse("contracts:notice-upload"), facts | {"file": file}, follow=True
        ).content.decode()
        assert ("was uploaded before" in page) is said
    assert Notice.objects.count() == 1


def test_one_concept_is_filled_in_at_once_and_confirmed_twice_is_one(officer, upload):
    notice = upload()
    page = confirm(officer, notice)
    contract = Contract.objects.get()
    assert page.redirect_chain[0][0] == reverse("contracts:contract-edit", args=[contract.pk])
    assert "1 concept of a contract" in page.content.decode()
    again = confirm(officer, notice)
    assert again.redirect_chain[0][0] == contract.tender.get_absolute_url()
    assert "stood here already" in again.content.decode()
    assert Contract.objects.count() == 1


def test_a_tender_alone_is_written_down(officer, upload):
    notice = upload()
    winners = [target for target in every(notice) if ".supplier:" in target]
    page = confirm(officer, notice, *winners)
    assert page.redirect_chain[0][0] == Tender.objects.get().get_absolute_url()
    assert "The tender is written down." in page.content.decode()
    assert not Contract.objects.exists()


def test_an_amount_that_cannot_be_is_said_and_nothing_is_written(officer, upload):
    notice = upload({"1250000": "9" * 20})
    page = confirm(officer, notice)
    assert "no more than 15 digits" in page.content.decode()
    notice.refresh_from_db()
    assert (notice.status, Tender.objects.count()) == (NoticeStatus.PROPOSED, 0)


def test_what_a_colleague_put_aside_meanwhile_is_not_confirmed(officer, upload, piet):
    notice = upload()
    actions.discard_notice(notice, by=piet, at=NOON)
    page = confirm(officer, notice)
    assert "can no longer be done" in page.content.decode()
    assert not Tender.objects.exists()


def test_a_notice_is_put_aside_and_a_second_click_does_nothing(officer, upload):
    notice = upload()
    for _click in range(2):
        page = officer.post(notice.get_absolute_url(), {"discard": "1"}, follow=True)
        assert "is put aside" in page.content.decode()
    notice.refresh_from_db()
    assert notice.status == NoticeStatus.DISCARDED


def test_what_was_confirmed_is_not_put_aside(officer, upload):
    factories.SupplierFactory(kvk="99990001")
    notice = upload()
    confirm(officer, notice)
    page = officer.post(notice.get_absolute_url(), {"discard": "1"}, follow=True).content.decode()
    assert "confirmed before" in page
    assert "is put aside" not in page
