"""Signing in through the pages: password, second factor, reset, sessions."""

import re
import time

import pytest
from allauth.account.adapter import get_adapter as account_adapter
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from sroi_portal.core.models import AuditEvent, Outgoing, SignInFailure, User
from tests.client import PortalClient

pytestmark = pytest.mark.django_db

PASSWORD = "een lang genoeg wachtwoord"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NEW = "nog een lang wachtwoord"


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def sara(sara):
    sara.set_password(PASSWORD)
    sara.save()
    return sara


def code_now(secret=SECRET):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def add_app(person):
    data = {"secret": get_adapter().encrypt(SECRET)}
    return Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data=data)


def sign_in(client, email, password=PASSWORD, **more):
    facts = {"login": email, "password": password, **more}
    return client.post(reverse("account_login"), facts)


def person_of(client):
    return client.get(reverse("core:profile")).context["user"]


def verbs(person):
    return list(AuditEvent.objects.filter(object_uuid=person.uuid).values_list("verb", flat=True))


def test_signing_in_with_the_right_password(client, sara):
    response = sign_in(client, "SARA@example.org")
    assert response.url == "/"
    assert person_of(client) == sara
    assert verbs(sara) == ["sign_in"]


def test_signing_in_leads_back_to_where_one_was(client, sara):
    assert sign_in(client, sara.email, next="/account/").url == "/account/"
    client.logout()
    assert sign_in(client, sara.email, next="https://evil.example/").url == "/"


def test_a_session_gets_a_new_id_on_signing_in(client, sara):
    client.get(reverse("account_login"))
    sign_in(client, sara.email, password="wrong")
    before = client.session.session_key
    sign_in(client, sara.email)
    assert client.session.session_key != before


def test_wrong_password_and_unknown_address_read_the_same(client, sara):
    known = sign_in(client, sara.email, password="wrong")
    unknown = sign_in(client, "nobody@example.org", password="wrong")
    assert known.status_code == unknown.status_code == 200
    clean = [re.sub(r'value="[^"]*"', "", answer.content.decode()) for answer in (known, unknown)]
    assert clean[0] == clean[1]
    assert len(known.context["form"].non_field_errors()) == 1
    assert SignInFailure.objects.count() == 2
    assert AuditEvent.objects.filter(verb="refuse_sign_in").count() == 2


def test_wrong_password_and_unknown_address_cost_the_same(client, sara):
    counts = []
    for email in (sara.email, "nobody@example.org"):
        with CaptureQueriesContext(connection) as queries:
            sign_in(client, email, password="wrong")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_closed_account_reads_like_a_wrong_password(client, sara):
    User.objects.filter(pk=sara.pk).update(is_active=False)
    response = sign_in(client, sara.email)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert "_auth_user_id" not in client.session


def test_who_guesses_waits_whether_the_account_exists_or_not(client, sara):
    texts = []
    for email in (sara.email, "nobody@example.org"):
        for _ in range(6):
            response = sign_in(client, email, password="wrong")
        texts.append(response.context["form"].non_field_errors())
        assert sign_in(client, email).status_code == 200
    assert texts[0] == texts[1]
    assert "_auth_user_id" not in client.session
    assert SignInFailure.objects.count() == 10


def test_coming_in_starts_the_count_anew(client, sara):
    for _ in range(4):
        sign_in(client, sara.email, password="wrong")
    assert sign_in(client, sara.email).status_code == 302
    assert not SignInFailure.objects.exists()


def test_a_second_factor_is_asked_and_checked(client, sara):
    add_app(sara)
    assert sign_in(client, sara.email).url == reverse("mfa_authenticate")
    assert client.get(reverse("core:profile")).status_code == 302
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.context["form"].errors["code"]
    assert client.post(reverse("mfa_authenticate"), {"code": code_now()}).url == "/"
    assert person_of(client) == sara


def test_a_code_works_once(client, sara):
    add_app(sara)
    code = code_now()
    sign_in(client, sara.email)
    client.post(reverse("mfa_authenticate"), {"code": code})
    client.post(reverse("account_logout"))
    sign_in(client, sara.email)
    again = client.post(reverse("mfa_authenticate"), {"code": code})
    assert again.context["form"].errors["code"]


def test_who_guesses_codes_waits(client, sara):
    add_app(sara)
    sign_in(client, sara.email)
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    late = client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert late.status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_recovery_code_takes_the_place_of_the_app(client, sara):
    add_app(sara)
    code = RecoveryCodes.activate(sara).get_unused_codes()[0]
    sign_in(client, sara.email)
    assert client.post(reverse("mfa_authenticate"), {"code": code}).url == "/"


def test_who_checks_sets_up_a_second_factor_first(client, olga):
    client.force_login(olga, backend="sroi_portal.core.signing_in.EmailBackend")
    assert client.get(reverse("core:profile")).url == reverse("mfa_index")
    page = client.get(reverse("mfa_index"))
    assert reverse("mfa_activate_totp") in page.content.decode()
    assert client.get(reverse("core:privacy")).status_code == 200


def test_an_authority_may_ask_a_second_factor_of_everybody(client, piet, ministry):
    ministry.second_factor_required = True
    ministry.save()
    client.force_login(piet, backend="sroi_portal.core.signing_in.EmailBackend")
    assert client.get(reverse("core:profile")).url == reverse("mfa_index")


def test_setting_up_an_app(client, olga, django_capture_on_commit_callbacks):
    client.force_login(olga, backend="sroi_portal.core.signing_in.EmailBackend")
    client.get(reverse("core:profile"))
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert page.context["totp_svg_data_uri"].startswith("data:image/svg+xml;base64,")
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert wrong.context["form"].errors["code"]
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert done.url == reverse("mfa_view_recovery_codes")
    assert len(client.get(done.url).context["unused_codes"]) == 10
    stored = Authenticator.objects.get(user=olga, type="totp")
    assert secret not in str(stored.data)
    assert "add_second_factor" in verbs(olga)
    assert Outgoing.objects.get().to_address == olga.email
    assert client.get(reverse("core:profile")).status_code == 200


def test_recovery_codes_as_a_file(client, olga):
    client.sign_in(olga)
    client.get(reverse("core:profile"))
    assert client.get(reverse("mfa_download_recovery_codes")).status_code == 404
    codes = RecoveryCodes.activate(olga).get_unused_codes()
    answer = client.get(reverse("mfa_download_recovery_codes"))
    assert answer.content.decode().split() == codes
    assert "attachment" in answer["Content-Disposition"]


def test_changing_how_one_signs_in_asks_the_password_again(client, sara):
    sign_in(client, sara.email)
    session = client.session
    session["signed_in_at"] = int(time.time()) - 3600
    session.save()
    asked = client.get(reverse("mfa_activate_totp"))
    assert asked.url.startswith(reverse("account_reauthenticate"))
    wrong = client.post(asked.url, {"password": "wrong"})
    assert wrong.context["form"].errors["password"]
    assert client.post(asked.url, {"password": PASSWORD}).url == reverse("mfa_activate_totp")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_removing_the_app_is_recorded_and_mailed(client, sara):
    add_app(sara)
    client.force_login(sara, backend="sroi_portal.core.signing_in.EmailBackend")
    client.get(reverse("core:profile"))
    assert client.post(reverse("mfa_deactivate_totp")).url == reverse("mfa_index")
    assert not Authenticator.objects.filter(user=sara).exists()
    assert "remove_second_factor" in verbs(sara)
    assert Outgoing.objects.count() == 1


def test_the_pages_of_passkeys_open(client, sara):
    client.force_login(sara, backend="sroi_portal.core.signing_in.EmailBackend")
    client.get(reverse("core:profile"))
    assert client.get(reverse("mfa_list_webauthn")).status_code == 200
    page = client.get(reverse("mfa_add_webauthn"))
    assert "passkey-options" in page.content.decode()
    refused = client.post(reverse("mfa_add_webauthn"), {"name": "x", "credential": "{}"})
    assert refused.context["form"].errors


def test_options_for_a_passkey_are_given_to_a_script_only(client):
    address = reverse("mfa_login_webauthn")
    assert client.get(address).url == reverse("account_login")
    options = client.get(address, headers={"Accept": "application/json"}).json()
    assert options["request_options"]["publicKey"]["challenge"]
    assert client.post(address, {"credential": "{}"}).url == reverse("account_login")


def reset_link():
    body = Outgoing.objects.latest("pk").body
    return re.search(r"http://localhost:8000(/account/\S+)", body).group(1)


def test_choosing_a_new_password_by_mail(client, sara):
    asked = client.post(reverse("account_reset_password"), {"email": "Sara@example.org"})
    assert asked.url == reverse("account_reset_password_done")
    form_page = client.get(reset_link())
    form = client.get(form_page.url)
    assert form.status_code == 200
    weak = client.post(form_page.url, {"password1": "kort", "password2": "kort"})
    assert weak.context["form"].errors["password1"]
    done = client.post(form_page.url, {"password1": NEW, "password2": NEW})
    assert done.url == reverse("account_reset_password_from_key_done")
    assert "_auth_user_id" not in client.session
    assert sign_in(client, sara.email, NEW).status_code == 302
    assert "reset_password" in verbs(sara)


def test_a_reset_link_works_once(client, sara):
    client.post(reverse("account_reset_password"), {"email": sara.email})
    link = reset_link()
    form_page = client.get(link)
    client.post(form_page.url, {"password1": NEW, "password2": NEW})
    again = client.get(link)
    assert again.context["token_fail"]


def test_an_unknown_address_gets_the_same_page_and_another_mail(client, sara):
    answers = [
        client.post(reverse("account_reset_password"), {"email": email})
        for email in (sara.email, "nobody@example.org")
    ]
    assert answers[0].url == answers[1].url
    known, unknown = Outgoing.objects.order_by("pk")
    assert "/password/reset/key/" in known.body
    assert "/password/reset/key/" not in unknown.body
    assert unknown.to_address == "nobody@example.org"


def test_the_link_is_on_our_own_address_whatever_host_was_asked(client, sara, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    client.post(
        reverse("account_reset_password"), {"email": sara.email}, headers={"host": "other.example"}
    )
    assert "other.example" not in Outgoing.objects.get().body


def test_changing_the_password_ends_every_other_session(client, sara):
    elsewhere = PortalClient()
    sign_in(elsewhere, sara.email)
    sign_in(client, sara.email)
    facts = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post(reverse("account_change_password"), facts).status_code == 302
    assert client.get(reverse("core:profile")).status_code == 200
    assert elsewhere.get(reverse("core:profile")).status_code == 302
    assert verbs(sara).count("change_password") == 1
    assert Outgoing.objects.get().to_address == sara.email


def test_the_present_password_must_be_right(client, sara):
    sign_in(client, sara.email)
    facts = {"oldpassword": "wrong", "password1": NEW, "password2": NEW}
    answer = client.post(reverse("account_change_password"), facts)
    assert answer.context["form"].errors["oldpassword"]


def test_signing_out_takes_a_post_and_kills_the_session(client, sara):
    sign_in(client, sara.email)
    key = client.session.session_key
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.get(reverse("core:profile")).status_code == 200
    client.post(reverse("account_logout"))
    assert not Session.objects.filter(session_key=key).exists()
    assert client.get(reverse("core:profile")).status_code == 302


def test_nobody_opens_an_account_alone():
    assert not account_adapter().is_open_for_signup(None)
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
