"""Pages of the banenafspraak: for the supplier, and for who checks."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from candidates import actions
from candidates.models import AgreedJob
from sroi_portal.core.models import ReadEvent
from tests.conftest import NOON, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon", "english")]
FACTS = {"form": "hired_in", "known_on": "2025-12-15", "hours_a_week": "36"}


def _to(name, placement):
    return reverse(f"candidates:job-{name}", args=[placement.pk])


@pytest.fixture
def job(placement, sara):
    facts = actions.JobFacts("service", dt.date(2025, 12, 15), Decimal(36))
    return actions.register_job(placement, facts, by=sara, at=NOON)


def test_a_supplier_states_it_from_the_page_of_the_placement(client, placement, sara):
    client.sign_in(sara)
    assert _to("register", placement) in client.get(placement.get_absolute_url()).text
    form = client.get(_to("register", placement)).context["form"]
    sent = FACTS | {"form_key": str(form["form_key"].value())}
    for _click in range(2):
        assert client.post(_to("register", placement), sent).url == _to("detail", placement)
    job = AgreedJob.objects.get()
    assert (job.form, job.paid_hours.get().hours) == ("hired_in", 36)
    text = client.get(placement.get_absolute_url()).text
    assert "1.41" in text
    assert "never added" in text


def test_what_is_typed_wrong_stays(client, placement, sara):
    client.sign_in(sara)
    tomorrow = f"{TODAY + dt.timedelta(days=1)}"
    answer = client.post(_to("register", placement), FACTS | {"known_on": tomorrow})
    assert "This day has not come yet." in answer.text
    assert tomorrow in answer.text
    actions.withdraw_placement(placement, by=sara, at=NOON)
    again = client.post(_to("register", placement), FACTS)
    assert again.url == placement.get_absolute_url()


def test_hours_and_form_are_changed_and_an_old_page_is_noticed(client, job, placement, sara):
    client.sign_in(sara)
    hours = {"per": "month", "starts_on": "2026-01-09", "hours": "80", "revision": job.revision}
    assert client.post(_to("hours", placement), hours).url == _to("detail", placement)
    assert "Somebody changed this" in client.post(_to("hours", placement), hours).text
    too_many = hours | {"per": "week", "hours": "80"}
    assert "60 hours a week" in client.post(_to("hours", placement), too_many).text
    old = {"form": "employed", "known_on": "2025-12-15", "revision": job.revision}
    assert "Somebody changed this" in client.post(_to("correct", placement), old).text
    job.refresh_from_db()
    new = old | {"revision": job.revision}
    assert client.post(_to("correct", placement), new).url == _to("detail", placement)
    text = client.get(_to("detail", placement)).text
    assert "employed by the supplier" in text
    assert "January 2026" in text


def test_who_checks_finds_it_confirms_it_or_says_why_not(client, job, draft, sara, olga):
    placement = job.placement
    actions.submit_share(draft, by=sara, at=NOON)
    client.sign_in(olga)
    listed = client.get(reverse("candidates:job-list"), {"status": "stated"})
    [(found, code)] = listed.context["rows"]
    assert (found, code) == (job, placement.candidate.codes.get().code)
    assert ReadEvent.objects.filter(activity="list-jobs", by=olga).count() == 1
    assert "Banenafspraak" in client.get(draft.get_absolute_url()).text
    client.post(_to("confirm", placement), {"revision": job.revision})
    assert client.get(_to("detail", placement)).context["job"].status == "confirmed"
    client.post(_to("confirm", placement))
    old = {"reason": "Geen antwoord getoond.", "revision": 1}
    assert "Somebody changed this" in client.post(_to("decline", placement), old).text
    job.refresh_from_db()
    new = old | {"revision": job.revision}
    assert client.post(_to("decline", placement), new).url == _to("detail", placement)
    job.refresh_from_db()
    assert job.status == "declined"


def test_a_supplier_withdraws_it_once_and_sees_its_own_figures(client, job, placement, sara):
    client.sign_in(sara)
    listed = client.get(reverse("candidates:job-list"), {"year": "2026"})
    assert listed.context["rows"] == [(job, "K-01")]
    assert client.get(reverse("candidates:job-list"), {"year": "x"}).context["year"] == TODAY.year
    for _click in range(2):
        client.post(_to("withdraw", placement))
    job.refresh_from_db()
    assert job.status == "withdrawn"
    assert "State it again" in client.get(_to("detail", placement)).text


def test_a_list_costs_the_same_for_one_and_for_many(
    client, job, contract, ww, sara, django_assert_num_queries
):
    client.sign_in(sara)
    address = reverse("candidates:job-list")
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in (2, 3):
        facts = actions.PlacementFacts(
            reference=f"K-0{number}",
            block=ww,
            hours_per_week=Decimal(36),
            starts_on=dt.date(2026, 1, 1),
            contract_form="temporary",
        )
        placement = actions.enter_placement(contract, facts, by=sara, at=NOON)
        stated = actions.JobFacts("service", dt.date(2025, 12, 15), Decimal(36))
        actions.register_job(placement, stated, by=sara, at=NOON)
    with django_assert_num_queries(len(one)):
        client.get(address)
