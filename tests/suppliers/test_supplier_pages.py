"""Register, members and invitations through the pages."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sroi_portal.core.models import Outgoing, User
from suppliers import actions
from suppliers.models import Invitation, Supplier
from tests import factories
from tests.client import PortalClient

pytestmark = pytest.mark.django_db
PASSWORD = "een lang genoeg wachtwoord"


def page_of(name, *ids):
    return reverse(f"suppliers:{name}", args=ids)


def test_the_register_is_searched_by_number_or_name(client, piet, noord, zuid):
    client.sign_in(piet)
    for words, found in (
        ("9999 0001", [noord]),
        ("zuid", [zuid]),
        ("", [noord, zuid]),
        ("nothing", []),
    ):
        answer = client.get(page_of("supplier-list"), {"q": words})
        assert list(answer.context["page"]) == found


def test_the_register_asks_as_much_for_one_as_for_three(client, piet, noord):
    client.sign_in(piet)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(page_of("supplier-list"))
        counts.append(len(queries))
        factories.SupplierFactory.create_batch(2)
    assert counts[0] == counts[1]


def test_a_form_that_looks_one_up_gets_choices(client, piet, noord, zuid):
    client.sign_in(piet)
    headers = {"HX-Request": "true"}
    address = page_of("supplier-list")
    found = client.get(address, {"supplier_search": "noord"}, headers=headers).content.decode()
    assert f'value="{noord.pk}"' in found
    assert f'value="{zuid.pk}"' not in found
    assert "<html" not in found
    nothing = client.get(address, {"supplier_search": ""}, headers=headers).content.decode()
    assert "radio" not in nothing


def test_the_register_is_not_for_suppliers_and_administrators(client, sara, adam, noord, zuid):
    client.sign_in(sara)
    assert client.get(page_of("supplier-list")).status_code == 403
    assert client.get(page_of("supplier-detail", noord.pk)).status_code == 200
    assert client.get(page_of("supplier-detail", zuid.pk)).status_code == 404
    client.sign_in(adam)
    assert client.get(page_of("supplier-list")).status_code == 403
    assert client.get(page_of("supplier-new")).status_code == 403


def test_what_was_searched_for_is_filled_in(client, piet):
    client.sign_in(piet)
    named = client.get(page_of("supplier-new"), {"q": "Bouw B.V."}).context["form"]
    numbered = client.get(page_of("supplier-new"), {"q": "9999 1234"}).context["form"]
    assert (named["name"].value(), named["kvk"].value()) == ("Bouw B.V.", None)
    assert numbered["kvk"].value() == "9999 1234"


def test_entering_a_supplier_twice_gives_one(client, piet):
    client.sign_in(piet)
    facts = {"name": "Bouw B.V.", "kvk": "9999 1234"}
    first, second = (client.post(page_of("supplier-new"), facts).url for _ in range(2))
    assert first == second
    assert Supplier.objects.get().kvk == "99991234"


def test_one_form_sent_twice_gives_one_supplier_without_number(client, piet):
    client.sign_in(piet)
    form = client.get(page_of("supplier-new")).context["form"]
    facts = {"name": "Bau GmbH", "other_identifier": "HRB 1", "form_key": form["form_key"].value()}
    first, second = (client.post(page_of("supplier-new"), facts).url for _ in range(2))
    assert first == second


@pytest.mark.parametrize("kvk", ["1234567", "123456789", "1234 567x"])
def test_a_number_has_eight_digits(client, piet, kvk):
    client.sign_in(piet)
    answer = client.post(page_of("supplier-new"), {"name": "Bouw B.V.", "kvk": kvk})
    assert set(answer.context["form"].errors) == {"kvk"}


def test_a_supplier_has_a_number(client, piet):
    client.sign_in(piet)
    answer = client.post(page_of("supplier-new"), {"name": "Bouw B.V."})
    assert set(answer.context["form"].errors) == {"kvk"}


def test_a_name_like_another_is_asked_about(client, piet, noord):
    client.sign_in(piet)
    facts = {"name": "Leverancier Noort", "kvk": "99994321"}
    asked = client.post(page_of("supplier-new"), facts)
    assert asked.context["form"].alike == [noord]
    assert client.post(page_of("supplier-new"), facts | {"is_another": "on"}).status_code == 302
    assert Supplier.objects.count() == 2


def test_the_page_of_a_supplier_shows_contracts_in_sight(client, cora, otto, contract, noord):
    client.sign_in(cora)
    seen = client.get(page_of("supplier-detail", noord.pk))
    assert list(seen.context["page"]) == [contract]
    client.sign_in(otto)
    other = client.get(page_of("supplier-detail", noord.pk))
    assert list(other.context["page"]) == []
    assert not other.context["may_see_members"]


def test_a_client_invites_the_first_person_only(client, cora, otto, contract, noord):
    client.sign_in(cora)
    address = page_of("invitation-send", noord.pk)
    assert client.get(address).status_code == 200
    answer = client.post(address, {"email": "nina@example.org", "role": "administrator"})
    assert answer.url == page_of("member-list", noord.pk)
    assert Invitation.objects.get().role == "administrator"
    wrong = client.post(address, {"email": "nora@example.org", "role": "member"})
    assert wrong.context["form"].errors["role"]
    factories.MembershipFactory(supplier=noord, role="administrator")
    assert client.get(address).status_code == 403
    client.sign_in(otto)
    assert client.get(address).status_code == 403


def test_an_administrator_invites_and_withdraws(client, noor, noord):
    client.sign_in(noor)
    address = page_of("invitation-send", noord.pk)
    client.post(address, {"email": "nina@example.org", "role": "member"})
    shown = client.get(page_of("member-list", noord.pk))
    assert [one.email for one in shown.context["invitations"]] == ["nina@example.org"]
    invitation = Invitation.objects.get()
    client.post(page_of("invitation-withdraw", invitation.pk))
    assert not Invitation.objects.open_at(timezone.now()).exists()
    already = client.post(address, {"email": noor.email, "role": "member"})
    assert already.context["form"].errors["email"]


def test_a_colleague_sees_members_and_changes_nothing(client, sara, noor, noord, zuid, bram):
    client.sign_in(sara)
    assert client.get(page_of("member-list", noord.pk)).status_code == 200
    assert client.get(page_of("invitation-send", noord.pk)).status_code == 403
    assert client.post(page_of("member-end", noor.memberships.get().pk)).status_code == 403
    assert client.get(page_of("member-list", zuid.pk)).status_code == 404
    assert client.post(page_of("member-end", bram.memberships.get().pk)).status_code == 404


def test_an_invitation_of_another_is_not_withdrawn(client, sara, noor, noord):
    invitation = actions.send_invitation(
        noord, email="nina@example.org", role="member", by=noor, at=timezone.now()
    )
    client.sign_in(sara)
    assert client.post(page_of("invitation-withdraw", invitation.pk)).status_code == 403


def test_an_administrator_removes_a_colleague_and_never_the_last(client, noor, sara, noord):
    client.sign_in(noor)
    for person in (sara, noor):
        client.post(page_of("member-end", person.memberships.get().pk))
    assert not sara.memberships.held().exists()
    assert noor.memberships.held().exists()


def invite(noord, noor, email="nina@example.org", at=None):
    actions.send_invitation(noord, email=email, role="member", by=noor, at=at or timezone.now())
    mail = Outgoing.objects.latest("pk").body
    return re.search(r"http://localhost:8000(/invitations/\S+)", mail).group(1)


def test_following_the_link_changes_nothing_and_the_button_lets_in(client, noor, noord):
    address = invite(noord, noor)
    assert client.get(address).status_code == 200
    assert not User.objects.filter(email="nina@example.org").exists()
    weak = client.post(address, {"name": "Nina", "password": "kort"})
    assert weak.context["form"].errors["password"]
    assert client.post(address, {"name": "Nina", "password": PASSWORD}).url == "/"
    assert client.get(reverse("core:profile")).context["user"].name == "Nina"
    assert client.get(address).status_code == 410


def test_an_old_or_unknown_link_says_so(client, noor, noord):
    old = invite(noord, noor, at=timezone.now() - dt.timedelta(days=15))
    assert client.get(old).status_code == 410
    assert client.get(page_of("invitation-accept", "unknown")).status_code == 410


def test_who_has_an_account_signs_in_and_accepts(client, noor, noord, bram, otto):
    address = invite(noord, noor, email=bram.email)
    asked = client.get(address).content.decode()
    assert f"/account/login/?next={address}" in asked
    assert client.post(address).status_code == 200
    stranger = PortalClient().sign_in(otto)
    assert stranger.post(address).status_code == 200
    assert not bram.memberships.filter(supplier=noord).exists()
    client.sign_in(bram)
    assert client.get(address).context["is_invited"]
    assert client.post(address).url == "/"
    assert bram.memberships.filter(supplier=noord).exists()
