"""How a session lives and ends (VS-07)."""

import time

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from sroi_portal.core.sessions import SessionStore
from tests.client import PortalClient

pytestmark = pytest.mark.django_db


def test_who_never_had_a_session_signs_in(client):
    assert client.get("/account/").url == "/account/login/?next=/account/"


def test_whose_session_ended_reads_so_and_comes_back(client, sara):
    client.sign_in(sara)
    client.get("/account/")
    Session.objects.all().delete()
    answer = client.get("/account/?a=b")
    assert answer.url == "/account/session/ended/?next=%2Faccount%2F%3Fa%3Db"
    page = client.get(answer.url)
    assert "/account/login/?next=%2Faccount%2F%3Fa%3Db" in page.content.decode()


def test_who_was_sending_is_told_how_to_keep_the_text(client, sara):
    client.sign_in(sara)
    client.get("/account/")
    Session.objects.all().delete()
    answer = client.post("/account/sessions/end/")
    assert answer.url == "/account/session/ended/?next=%2F&sent=1"
    assert client.get(answer.url).context["was_sending"]


def test_a_page_of_before_signing_in_again_says_so(sara):
    client = PortalClient(enforce_csrf_checks=True).sign_in(sara)
    answer = client.post("/account/sessions/end/")
    assert answer.status_code == 403
    assert "403_csrf.html" in [each.name for each in answer.templates]


def test_who_may_not_send_reads_back_what_was_written_and_no_password(client, vera):
    client.sign_in(vera)
    sent = {
        "text": "Dit schreef ik, net voordat het niet meer mocht.",
        "old_password": "een lange zin die niemand anders mag lezen",
        "form_key": "5f2f7c1a-6f39-4d37-9c5d-3f1f6a1d5a11",
    }
    answer = client.post(reverse("suppliers:supplier-new"), sent)
    assert (answer.status_code, answer.context["typed"]) == (403, [sent["text"]])
    assert client.get(reverse("suppliers:supplier-new")).context["typed"] == []


def test_a_fragment_leads_the_whole_page_away(client, sara):
    client.sign_in(sara)
    client.get("/account/")
    Session.objects.all().delete()
    answer = client.get("/account/", headers={"HX-Request": "true"})
    assert (answer.status_code, "/session/ended/" in answer["HX-Redirect"]) == (204, True)


def test_the_ended_page_leads_nowhere_else(client):
    page = client.get("/account/session/ended/", {"next": "https://evil.example/"})
    assert page.context["login_url"] == "/account/login/?next=%2F"


def test_a_session_ends_ten_hours_after_signing_in(client, sara, settings):
    client.sign_in(sara)
    client.get("/account/")
    session = client.session
    session["signed_in_at"] = int(time.time()) - settings.SESSION_ABSOLUTE_AGE - 1
    session.save()
    assert client.get("/account/").url == reverse("account_login")


def test_going_on_keeps_the_session_and_renews_the_token(client, sara):
    assert client.get("/account/session/").status_code == 302
    client.sign_in(sara)
    assert len(client.get("/account/session/").json()["token"]) == 64


def test_old_sessions_are_cleared():
    store = SessionStore()
    store["x"] = 1
    store.set_expiry(-1)
    store.save()
    SessionStore.clear_expired()
    assert not Session.objects.exists()
