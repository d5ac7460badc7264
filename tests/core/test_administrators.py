"""Three kinds of administrators: of everything, of people, of texts (R-259)."""

import pytest
from django.urls import reverse

from sroi_portal.core import actions, rules
from sroi_portal.core.models import RoleName
from sroi_portal.core.models.authority import ADMINISTRATOR_ROLES
from tests import factories
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
PLAIN = set(RoleName) - set(ADMINISTRATOR_ROLES)


def may_give(user, person, authority):
    return {role for role in RoleName if rules.may_give_role(user, person, authority, role)}


def test_only_a_whole_administrator_makes_administrators(adam, pia, tess, piet, ministry):
    assert may_give(adam, piet, ministry) == set(RoleName)
    assert may_give(pia, piet, ministry) == PLAIN
    assert may_give(tess, piet, ministry) == may_give(pia, pia, ministry) == set()


def test_roles_and_accounts_of_administrators_are_for_a_whole_one(adam, pia, tess, piet):
    own = {person: person.role_assignments.get() for person in (adam, pia, tess, piet)}
    taken = {person for person, held in own.items() if rules.may_take_role(pia, held)}
    closed = {person for person in own if rules.may_close_account(pia, person)}
    assert taken == closed == {piet}
    assert {person for person, held in own.items() if rules.may_take_role(adam, held)} == {
        pia,
        tess,
        piet,
    }
    assert not any(rules.may_close_account(tess, person) for person in own)


def test_each_administrator_deals_with_the_own_part(adam, pia, tess, olga, ministry):
    held = olga.role_assignments.get()
    people = {
        user
        for user in (adam, pia, tess)
        if rules.may_add_person(user, ministry)
        and rules.may_set_absence(user, held)
        and rules.may_see_absences(user)
    }
    texts = {
        user
        for user in (adam, pia, tess)
        if rules.may_announce(user) and rules.may_keep_help_desk(user, ministry)
    }
    assert (people, texts) == ({adam, pia}, {adam, tess})
    assert [rules.may_change_authority(user, ministry) for user in (adam, pia, tess)] == [
        True,
        False,
        False,
    ]


def test_every_administrator_needs_a_second_factor(adam, pia, tess, piet):
    needed = [person.must_have_second_factor for person in (adam, pia, tess, piet)]
    assert needed == [True, True, True, False]


def test_the_others_do_not_count_as_the_last_administrator(adam, pia, tess):
    with pytest.raises(actions.LastAdministratorError):
        actions.take_role(adam.role_assignments.get(), by=pia, at=NOON)
    with pytest.raises(actions.LastAdministratorError):
        actions.close_account(adam, by=pia, at=NOON)
    actions.take_role(tess.role_assignments.get(), by=adam, at=NOON)
    assert not tess.role_assignments.held().exists()


def test_a_form_offers_and_takes_no_more_than_may_be_given(
    client, pia, piet, ministry, other_ministry
):
    client.sign_in(pia)
    page = client.get(reverse("core:person-detail", args=[piet.pk]))
    offered = {value for value, _label in page.context["form"].fields["role"].choices}
    assert offered == PLAIN
    facts = {"authority": ministry.pk, "role": "administrator"}
    answer = client.post(reverse("core:role-give", args=[piet.pk]), facts)
    assert set(answer.context["form"].errors) == {"role"}

    given = {"user": pia, "authority": other_ministry, "role": RoleName.ADMINISTRATOR}
    factories.RoleAssignmentFactory(**given)
    answer = client.post(reverse("core:role-give", args=[piet.pk]), facts)
    assert "Alleen een beheerder van alles" in str(answer.context["form"].errors)
    facts = {"name": "Nina", "email": "nina@example.org", "language": "nl"}
    facts |= {"authority": ministry.pk, "roles": ["officer", "text_admin"]}
    answer = client.post(reverse("core:person-new"), facts)
    assert set(answer.context["form"].errors) == {"roles"}


def test_no_button_takes_the_role_of_an_administrator(client, pia, tess, piet):
    client.sign_in(pia)
    for person, is_offered in ((tess, False), (piet, True)):
        page = client.get(reverse("core:person-detail", args=[person.pk]))
        address = reverse("core:role-take", args=[person.role_assignments.get().pk])
        assert (address in page.content.decode()) is is_offered
        answer = client.post(address)
        assert answer.status_code == (302 if is_offered else 403)


def test_what_happened_is_seen_by_who_deals_with_it(client, pia, tess, piet):
    held = piet.role_assignments.get()
    trail = reverse("core:object-history", args=["core.roleassignment", held.uuid])
    assert client.sign_in(pia).get(trail).status_code == 200
    assert client.sign_in(tess).get(trail).status_code == 404


def test_the_home_page_shows_what_there_is_to_keep(client, pia, tess):
    people, texts = reverse("core:person-list"), reverse("core:announcement-list")
    shown = {
        person.name: [
            address in client.sign_in(person).get(reverse("home")).content.decode()
            for address in (people, texts)
        ]
        for person in (pia, tess)
    }
    assert shown == {"Pia": [True, False], "Tess": [False, True]}
