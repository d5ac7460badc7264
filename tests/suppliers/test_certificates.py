"""Certificates of suppliers: recorded from the register, put right, ended (E07)."""

import datetime as dt
import re
import uuid

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sroi_portal.core.models import AuditEvent
from sroi_portal.core.status import ChangedMeanwhileError
from suppliers import actions
from suppliers.models import Certificate
from tests.conftest import NOON, TODAY

pytestmark = pytest.mark.django_db
FACTS = {
    "kind": "pso-1",
    "number": "123456782",
    "valid_from": dt.date(2025, 7, 1),
    "valid_until": dt.date(2027, 6, 30),
    "checked_on": TODAY,
}


@pytest.fixture
def certificate(noord, piet):
    return actions.record_certificate(noord, FACTS, by=piet, at=NOON, key=uuid.uuid4())


@pytest.fixture
def officer(client, piet):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client.sign_in(piet)


def where(name, obj):
    return reverse(f"suppliers:certificate-{name}", args=[obj.pk])


def verbs(certificate):
    events = AuditEvent.objects.filter(object_uuid=certificate.uuid).order_by("pk")
    return list(events.values_list("verb", "changed"))


def test_a_certificate_is_recorded_once(certificate, noord, piet):
    assert verbs(certificate) == [("record_certificate", [])]
    assert noord.certificates.valid_on(dt.date(2027, 6, 30)).exists()
    assert not noord.certificates.valid_on(dt.date(2027, 7, 1)).exists()
    assert str(certificate).startswith("Leverancier Noord: PSO")
    with pytest.raises(ValidationError):
        actions.record_certificate(noord, FACTS, by=piet, at=NOON, key=uuid.uuid4())


def test_it_is_put_right_and_says_what(certificate, olga):
    actions.change_certificate(certificate, FACTS, by=olga, at=NOON)
    assert len(verbs(certificate)) == 1
    actions.change_certificate(certificate, FACTS | {"kind": "pso-2"}, by=olga, at=NOON, revision=1)
    certificate.refresh_from_db()
    assert (certificate.kind, certificate.recorded_by) == ("pso-2", olga)
    assert verbs(certificate)[-1] == ("change_certificate", ["kind"])
    with pytest.raises(ChangedMeanwhileError):
        actions.change_certificate(certificate, FACTS, by=olga, at=NOON, revision=1)


def test_it_ends_on_a_day_on_which_it_was_valid(certificate, piet):
    for day in (dt.date(2025, 6, 30), dt.date(2027, 7, 1)):
        with pytest.raises(actions.CertificateDayError):
            actions.end_certificate(certificate, day, by=piet, at=NOON)
    actions.end_certificate(certificate, TODAY, by=piet, at=NOON)
    certificate.refresh_from_db()
    assert certificate.valid_until == TODAY
    assert verbs(certificate)[-1] == ("end_certificate", ["valid_until"])


def test_it_is_typed_on_a_page(officer, noord):
    page = officer.get(where("new", noord))
    key = re.search(r'name="form_key" value="([^"]*)"', page.text)[1]
    typed = {name: str(value) for name, value in FACTS.items()} | {"form_key": key}
    for _number in range(2):
        assert officer.post(where("new", noord), typed).url == noord.get_absolute_url()
    assert noord.certificates.get().number == "123456782"  # no citizen service number
    again = officer.post(where("new", noord), typed | {"form_key": str(uuid.uuid4())})
    assert "This certificate was recorded already." in again.text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": ""}, "Make a choice"),
        ({"valid_until": "2025-06-30"}, "The last day lies before the first."),
        ({"checked_on": "2099-01-01"}, "This day lies in the future."),
    ],
)
def test_a_mistake_is_said_where_it_stands(officer, noord, wrong, said):
    typed = {name: str(value) for name, value in FACTS.items()} | wrong
    assert said in officer.post(where("new", noord), typed).text


def test_it_is_changed_and_ended_on_pages(officer, certificate):
    typed = {name: str(value) for name, value in FACTS.items()}
    page = officer.get(where("edit", certificate))
    assert 'value="123456782"' in page.text
    assert officer.post(where("edit", certificate), typed | {"number": "9", "revision": "1"}).url
    old = officer.post(where("edit", certificate), typed | {"revision": "1"})
    assert "Somebody changed this since you opened the page" in old.text
    wrong = officer.post(where("end", certificate), {"last_day": "2020-01-01"})
    assert "Choose a day on which the certificate was valid." in wrong.text
    officer.post(where("end", certificate), {"last_day": "2025-08-01"})
    certificate.refresh_from_db()
    assert (certificate.number, certificate.valid_until) == ("9", dt.date(2025, 8, 1))


@pytest.mark.parametrize(
    ("term", "said"),
    [
        ((dt.date(2020, 1, 1), dt.date(2020, 12, 31)), "no longer valid"),
        ((dt.date(2020, 1, 1), dt.date(2099, 12, 31)), "valid"),
        ((dt.date(2099, 1, 1), dt.date(2099, 12, 31)), "not valid yet"),
    ],
)
def test_both_sides_see_how_it_stands(client, noord, piet, sara, term, said):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    facts = FACTS | {"valid_from": term[0], "valid_until": term[1]}
    actions.record_certificate(noord, facts, by=piet, at=NOON, key=uuid.uuid4())
    for person in (piet, sara):
        page = client.sign_in(person).get(noord.get_absolute_url()).text
        assert re.search(rf">\s*{said}\s*<", page)
        assert ("Record a certificate" in page) is (person == piet)


def test_the_page_costs_the_same_for_one_and_three(officer, certificate, noord, piet):
    with CaptureQueriesContext(connection) as one:
        officer.get(noord.get_absolute_url())
    for kind in ("pso-2", "pso-3"):
        facts = FACTS | {"kind": kind}
        actions.record_certificate(noord, facts, by=piet, at=NOON, key=uuid.uuid4())
    with CaptureQueriesContext(connection) as three:
        officer.get(noord.get_absolute_url())
    assert len(one) == len(three)


@pytest.mark.parametrize(
    ("facts", "is_asked"),
    [
        ({}, False),
        ({"valid_until": TODAY + dt.timedelta(days=60)}, True),
        ({"valid_until": TODAY + dt.timedelta(days=61)}, False),
        ({"valid_until": TODAY - dt.timedelta(days=365)}, True),
        ({"valid_until": TODAY - dt.timedelta(days=366)}, False),
        ({"checked_on": TODAY - dt.timedelta(days=365)}, False),
        ({"checked_on": TODAY - dt.timedelta(days=366)}, True),
    ],
)
def test_a_certificate_is_looked_up_again_in_time(noord, piet, facts, is_asked):
    held = Certificate.objects.create(
        supplier=noord,
        recorded_by=piet,
        **(FACTS | {"valid_from": dt.date(2024, 7, 1)} | facts),
    )
    assert list(Certificate.objects.to_verify(TODAY)) == ([held] if is_asked else [])


def test_a_later_certificate_takes_the_place_of_one_that_ends(certificate, noord, piet):
    facts = {"valid_from": dt.date(2024, 1, 1), "valid_until": TODAY}
    Certificate.objects.create(supplier=noord, recorded_by=piet, **(FACTS | facts))
    assert not Certificate.objects.to_verify(TODAY).exists()
