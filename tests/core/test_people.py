"""People, roles and accounts: the verbs, and the pages of the administrator."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sroi_portal.core import actions, rules
from sroi_portal.core.models import AuditEvent, Outgoing, RoleName, User
from tests import factories
from tests.client import PortalClient
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def second_administrator(ministry):
    person = factories.UserFactory(name="Ans", email="ans@example.org")
    factories.RoleAssignmentFactory(user=person, authority=ministry, role=RoleName.ADMINISTRATOR)
    return person


def events(obj):
    return [
        (event.verb, event.from_status, event.to_status, event.by)
        for event in AuditEvent.objects.filter(object_uuid=obj.uuid)
    ]


def roles_of(person):
    return set(person.role_assignments.held().values_list("role", flat=True))


def test_a_new_person_gets_roles_and_a_mail(adam, ministry):
    person = actions.add_person(
        name="Nina",
        email=" Nina@Example.org ",
        authority=ministry,
        roles=["officer", "manager"],
        by=adam,
        at=NOON,
    )
    assert (person.email, person.name) == ("nina@example.org", "Nina")
    assert not person.has_usable_password()
    assert roles_of(person) == {"officer", "manager"}
    assert events(person) == [
        ("add_person", "", "", adam),
        ("send_password_link", "", "", adam),
    ]
    mail = Outgoing.objects.get()
    assert mail.to_address == "nina@example.org"
    assert "/account/password/reset/key/" in mail.body


def test_who_has_an_account_gets_only_the_roles_that_are_new(adam, ministry, piet):
    facts = {"name": "Another name", "email": piet.email, "authority": ministry}
    found = actions.add_person(**facts, roles=["officer", "adviser"], by=adam, at=NOON)
    assert found == piet
    assert found.name == "Piet"
    assert roles_of(piet) == {"officer", "adviser"}
    assert not Outgoing.objects.exists()


def test_a_role_is_given_once(adam, ministry, piet):
    given = actions.give_role(piet, authority=ministry, role="manager", by=adam, at=NOON)
    assert events(given) == [("give_role", "", "manager", adam)]
    assert (given.given_by, given.given_at) == (adam, NOON)
    with pytest.raises(actions.AlreadyHeldError):
        actions.give_role(piet, authority=ministry, role="manager", by=adam, at=NOON)


def test_a_role_is_taken_and_stays_on_record(adam, piet):
    held = piet.role_assignments.get()
    actions.take_role(held, by=adam, at=NOON)
    held.refresh_from_db()
    assert (held.taken_by, held.taken_at) == (adam, NOON)
    assert events(held) == [("take_role", "officer", "", adam)]
    actions.take_role(held, by=adam, at=NOON)
    assert len(events(held)) == 1


def test_the_last_administrator_keeps_the_role(adam, second_administrator):
    own = adam.role_assignments.get()
    actions.take_role(second_administrator.role_assignments.get(), by=adam, at=NOON)
    with pytest.raises(actions.LastAdministratorError, match="Adam"):
        actions.take_role(own, by=second_administrator, at=NOON)


def test_a_closed_administrator_does_not_count(adam, second_administrator):
    actions.close_account(second_administrator, by=adam, at=NOON)
    with pytest.raises(actions.LastAdministratorError):
        actions.close_account(adam, by=second_administrator, at=NOON)
    assert User.objects.get(pk=adam.pk).is_active


def test_closing_an_account_ends_its_sessions_at_once(client, adam, piet):
    client.sign_in(piet)
    assert client.get(reverse("core:profile")).status_code == 200
    actions.close_account(piet, by=adam, at=NOON)
    assert client.get(reverse("core:profile")).status_code == 302
    actions.open_account(User.objects.get(pk=piet.pk), by=adam, at=NOON)
    assert client.get(reverse("core:profile")).status_code == 302
    assert [verb for verb, *_rest in events(piet)] == ["close_account", "open_account"]


def test_ending_sessions_keeps_the_one_that_asks(client, sara):
    elsewhere = PortalClient().sign_in(sara)
    client.sign_in(sara)
    assert client.post(reverse("core:sessions-end")).url == reverse("core:profile")
    assert client.get(reverse("core:profile")).status_code == 200
    assert elsewhere.get(reverse("core:profile")).status_code == 302


def test_the_language_goes_with_the_account(client, sara):
    client.sign_in(sara)
    client.post(reverse("set_language"), {"language": "en"})
    assert User.objects.get(pk=sara.pk).language == "en"
    assert client.cookies["language"].value == "en"
    assert "My account" in client.get(reverse("core:profile")).content.decode()
    client.post(reverse("set_language"), {"language": "en"})
    client.post(reverse("set_language"), {"language": "xx"})
    assert [verb for verb, *_rest in events(sara)] == ["choose_language"]


def test_without_a_cookie_the_account_tells_the_language(client, sara):
    User.objects.filter(pk=sara.pk).update(language="en")
    client.sign_in(sara)
    assert 'lang="en"' in client.get(reverse("core:profile")).content.decode()


def test_nobody_gives_or_takes_an_own_role(adam, ministry):
    assert not rules.may_give_role(adam, adam, ministry, "officer")
    assert not rules.may_take_role(adam, adam.role_assignments.get())
    assert not rules.may_close_account(adam, adam)
    assert not rules.may_send_password_link(adam, adam)


def test_an_administrator_works_within_the_own_authority(adam, other_ministry, otto, piet, sara):
    assert not rules.may_add_person(adam, other_ministry)
    assert not rules.may_give_role(adam, piet, other_ministry, "officer")
    assert not rules.may_take_role(adam, otto.role_assignments.get())
    assert not rules.may_close_account(adam, otto)
    assert not rules.may_close_account(adam, sara)
    assert rules.may_close_account(adam, piet)
    assert rules.may_open_account(adam, piet)


def test_the_list_shows_the_own_people_and_searches(client, adam, piet, otto):
    client.sign_in(adam)
    page = client.get(reverse("core:person-list"))
    assert [person.name for person in page.context["page"]] == ["Adam", "Piet"]
    found = client.get(reverse("core:person-list"), {"q": "piet@"})
    assert [person.name for person in found.context["page"]] == ["Piet"]
    nobody = client.get(reverse("core:person-list"), {"q": "zzz"})
    assert reverse("core:person-new") in nobody.content.decode()


def test_the_list_asks_as_much_for_one_as_for_three(client, adam, ministry):
    client.sign_in(adam)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("core:person-list"))
        counts.append(len(queries))
        for _ in range(2):
            factories.RoleAssignmentFactory(authority=ministry, role=RoleName.OFFICER)
    assert counts[0] == counts[1]


def test_adding_a_person_through_the_page(client, adam, ministry):
    client.sign_in(adam)
    assert client.get(reverse("core:person-new")).status_code == 200
    facts = {"name": "Nina", "email": "nina@example.org", "language": "nl"}
    wrong = client.post(reverse("core:person-new"), facts)
    assert set(wrong.context["form"].errors) == {"authority", "roles"}
    facts |= {"authority": ministry.pk, "roles": ["officer"]}
    twice = [client.post(reverse("core:person-new"), facts).url for _ in range(2)]
    nina = User.objects.get(email="nina@example.org")
    assert twice == [reverse("core:person-detail", args=[nina.pk])] * 2
    assert nina.role_assignments.count() == 1
    own = client.post(reverse("core:person-new"), {**facts, "email": "ADAM@example.org"})
    assert set(own.context["form"].errors) == {"email"}


def test_an_administrator_offers_only_what_he_administers(client, adam, other_ministry, piet):
    client.sign_in(adam)
    facts = {"authority": other_ministry.pk, "role": "coordinator"}
    answer = client.post(reverse("core:role-give", args=[piet.pk]), facts)
    assert set(answer.context["form"].errors) == {"authority"}


def test_giving_and_taking_through_the_page(client, adam, ministry, piet):
    client.sign_in(adam)
    page = reverse("core:person-detail", args=[piet.pk])
    facts = {"authority": ministry.pk, "role": "manager"}
    for _ in range(2):
        assert client.post(reverse("core:role-give", args=[piet.pk]), facts).url == page
    assert roles_of(piet) == {"officer", "manager"}
    assignment = piet.role_assignments.get(role="manager")
    assert client.post(reverse("core:role-take", args=[assignment.pk])).url == page
    assert roles_of(piet) == {"officer"}
    shown = client.get(page).content.decode()
    assert "Adam" in shown


def test_the_page_says_why_the_last_administrator_stays(client, adam, second_administrator):
    own = adam.role_assignments.get()
    client.sign_in(second_administrator)
    User.objects.filter(pk=second_administrator.pk).update(is_active=False)
    with pytest.raises(actions.LastAdministratorError):
        actions.take_role(own, by=second_administrator, at=NOON)
    with pytest.raises(actions.LastAdministratorError):
        actions.close_account(adam, by=second_administrator, at=NOON)


def test_closing_and_opening_through_the_page(client, adam, piet):
    client.sign_in(adam)
    page = reverse("core:person-detail", args=[piet.pk])
    assert client.post(reverse("core:account-close", args=[piet.pk])).url == page
    assert not User.objects.get(pk=piet.pk).is_active
    assert client.get(page).status_code == 200
    assert client.post(reverse("core:account-open", args=[piet.pk])).url == page
    assert User.objects.get(pk=piet.pk).is_active


def test_inviting_again_until_somebody_signed_in(client, adam, piet):
    client.sign_in(adam)
    address = reverse("core:password-link-send", args=[piet.pk])
    assert client.post(address).status_code == 302
    assert Outgoing.objects.get().to_address == piet.email
    User.objects.filter(pk=piet.pk).update(last_login=NOON)
    assert client.post(address).status_code == 403


def test_somebody_elses_people_do_not_exist(client, adam, otto):
    client.sign_in(adam)
    assert client.get(reverse("core:person-detail", args=[otto.pk])).status_code == 404
    assert client.post(reverse("core:account-close", args=[otto.pk])).status_code == 404
    assignment = otto.role_assignments.get()
    assert client.post(reverse("core:role-take", args=[assignment.pk])).status_code == 404


@pytest.mark.parametrize("name", ["core:person-list", "core:person-new", "core:rights-overview"])
def test_only_administrators_see_people(client, olga, name):
    client.sign_in(olga)
    assert client.get(reverse(name)).status_code == 403


def test_the_overview_of_rights(client, adam, piet):
    User.objects.filter(pk=piet.pk).update(name="=Piet")
    client.sign_in(adam)
    answer = client.get(reverse("core:rights-overview"))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows[0]) == 9
    assert [row[0] for row in rows[1:]] == ["'=Piet", "Adam"]
    assert rows[1][1] == "piet@example.org"
    assert "attachment" in answer["Content-Disposition"]
