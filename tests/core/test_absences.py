"""Who is away, and who stands in (R-250)."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from contracts import actions as contract_actions
from contracts import rules as contract_rules
from contracts.models import Contract, ContractStatus
from sroi_portal.core import actions
from sroi_portal.core.models import Absence, AuditEvent, Outgoing, RoleAssignment, User
from tests import factories
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7)


@pytest.fixture
def mark(ministry):
    """Manages contracts beside Cora."""
    user = factories.UserFactory(name="Mark", email="mark@example.org")
    factories.RoleAssignmentFactory(user=user, authority=ministry, role="manager")
    return user


def away(person, deputy, *, role="manager", first=None, by=None):
    first = first or timezone.localdate()
    held = RoleAssignment.objects.get(user=person, role=role)
    return actions.set_absence(held, deputy, (first, first + WEEK), by=by or person, at=NOON)


def test_a_deputy_acts_as_the_manager_under_the_own_name(contract, cora, mark, piet):
    assert not contract_rules.manages(mark, contract)
    away(cora, mark)
    deputy = User.objects.get(pk=mark.pk)

    assert contract_rules.manages(deputy, contract)
    assert contract_rules.manages(cora, contract)
    assert list(Contract.objects.looked_after_by(mark, timezone.localdate())) == [contract]
    contract_actions.record_contact(contract, contract.awarded_on, by=deputy, at=NOON)
    assert AuditEvent.objects.get(verb="record_contact").by == mark


def test_before_and_after_the_absence_nobody_stands_in(contract, cora, mark):
    away(cora, mark, first=timezone.localdate() + WEEK)
    assert not contract_rules.manages(User.objects.get(pk=mark.pk), contract)
    Absence.objects.update(
        starts_on=timezone.localdate() - 2 * WEEK, ends_on=timezone.localdate() - WEEK
    )
    assert not contract_rules.manages(User.objects.get(pk=mark.pk), contract)


def test_a_deputy_who_loses_the_role_no_longer_acts(contract, cora, mark, adam):
    away(cora, mark)
    actions.take_role(RoleAssignment.objects.get(user=mark), by=adam, at=NOON)
    assert not contract_rules.manages(User.objects.get(pk=mark.pk), contract)


def test_only_who_holds_the_same_role_there_stands_in(cora, piet, otto, mark):
    for other in (piet, otto):
        with pytest.raises(actions.NotADeputyError):
            away(cora, other)
    User.objects.filter(pk=mark.pk).update(is_active=False)
    with pytest.raises(actions.NotADeputyError):
        away(cora, User.objects.get(pk=mark.pk))


def test_one_deputy_a_day_until_it_is_taken_back(cora, mark):
    first = away(cora, mark)
    with pytest.raises(ValidationError):
        away(cora, mark)
    actions.withdraw_absence(first, by=cora, at=NOON)
    actions.withdraw_absence(first, by=cora, at=NOON)
    away(cora, mark)
    assert AuditEvent.objects.filter(verb="withdraw_absence").count() == 1


def test_mail_about_a_contract_goes_to_the_deputy_too(contract, cora, mark, piet):
    away(cora, mark, first=NOON.date())
    Outgoing.objects.all().delete()
    Contract.objects.update(status=ContractStatus.AWARDED, manager=None, accepted_at=None)
    contract.refresh_from_db()
    contract_actions.hand_over_contract(contract, cora, by=piet, at=NOON)
    told = sorted(Outgoing.objects.values_list("to_address", flat=True))
    assert told == ["cora@example.org", "mark@example.org"]


def test_who_stands_in_by_the_own_word_gets_no_mail(cora, mark):
    away(cora, mark, by=mark)
    away(mark, cora, by=mark)
    assert list(Outgoing.objects.values_list("to_address", flat=True)) == [cora.email]


def test_a_person_and_an_administrator_write_it_down(client, cora, mark, adam, piet):
    held = RoleAssignment.objects.get(user=cora)
    today = timezone.localdate()
    facts = {"held": held.pk, "deputy": mark.pk, "starts_on": today, "ends_on": today + WEEK}
    client.sign_in(piet).post("/absences/new/", facts)
    assert not Absence.objects.exists()
    client.sign_in(adam).post("/absences/new/", facts)
    assert "Cora" in client.sign_in(mark).get("/absences/").content.decode()
    absence = Absence.objects.get()
    client.sign_in(mark).post(f"/absences/{absence.pk}/withdraw/")
    assert Absence.objects.standing().exists()
    client.sign_in(cora).post(f"/absences/{absence.pk}/withdraw/")
    assert not Absence.objects.standing().exists()


def test_a_deputy_who_cannot_be_is_refused_in_the_form(client, cora, otto, mark):
    held = RoleAssignment.objects.get(user=cora)
    today = timezone.localdate()
    facts = {"held": held.pk, "starts_on": today, "ends_on": today - WEEK, "deputy": mark.pk}
    page = client.sign_in(cora).post("/absences/new/", facts)
    assert page.context["form"].errors
    assert not Absence.objects.exists()


def test_an_administrator_names_who_hears_of_missed_dates(client, adam, ministry, vera):
    for _time in range(2):
        page = client.sign_in(adam).post(
            f"/authorities/{ministry.pk}/edit/", {"escalates_to": vera.pk}
        )
        assert page.status_code == 302
    ministry.refresh_from_db()
    assert ministry.escalates_to == vera
    assert AuditEvent.objects.get(verb="change_authority").changed == ["escalates_to"]
