"""A month for everybody at once, an early end, and the step to a permanent contract."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from candidates import actions, rules
from candidates.models import Share
from candidates.models.placement import WeeklyHours
from sroi_portal.core.models import AuditEvent
from sroi_portal.core.status import IllegalMoveError
from tests.candidates.test_worth import starts, submits
from tests.conftest import NOON

pytestmark = pytest.mark.usefixtures("noon", "in_english")
FEBRUARY = (dt.date(2026, 2, 1), dt.date(2026, 2, 28))
MONTH = Decimal("1666.67")


@pytest.fixture
def people(contract, ww, sara):
    return [starts(contract, ww, sara, reference=f"K-0{n}", hours=32) for n in (1, 2)]


def months(contract, month=""):
    address = reverse("candidates:months-enter", args=[contract.pk])
    return f"{address}?month={month}" if month else address


def sent(*people, **hours):
    told = {}
    for each in people:
        told[f"p{each.pk}-is_wanted"] = "on"
        told[f"p{each.pk}-hours_per_week"] = hours.get(each.candidate.reference, "32")
    return told


def test_last_month_is_copied_and_submitted_for_all_at_once(english, sara, contract, people):
    english.sign_in(sara)
    page = english.get(months(contract))
    assert [str(form.initial["hours_per_week"]) for form in page.context["forms"]] == ["32.00"] * 2
    english.post(months(contract), sent(*people) | {f"p{people[1].pk}-hours_per_week": "24"})

    shares = Share.objects.order_by("contribution__placement")
    assert [share.status for share in shares] == ["submitted"] * 2
    assert {(each.contribution.starts_on, each.contribution.ends_on) for each in shares} == {
        FEBRUARY
    }
    changed = WeeklyHours.objects.filter(placement=people[1]).order_by("holds_from")
    assert [each.hours_per_week for each in changed] == [Decimal(32), Decimal(24)]
    english.post(months(contract), sent(*people))  # a second click
    assert Share.objects.count() == 2
    assert b"Nothing left to enter" in english.get(months(contract)).content
    page = english.get(months(contract, "2026-03"))  # up to today, with the hours of February
    assert [str(form.initial["hours_per_week"]) for form in page.context["forms"]] == [
        "32.00",
        "24.00",
    ]


def test_one_that_is_refused_leaves_the_others(english, sara, contract, people, monkeypatch):
    verb = actions.submit_month

    def refuse_the_first(placement, **facts):
        if placement == people[0]:
            raise actions.NotSubmittableError("Niet nu.")
        return verb(placement, **facts)

    monkeypatch.setattr(actions, "submit_month", refuse_the_first)
    english.sign_in(sara)
    page = english.post(months(contract), sent(*people))
    assert b"Niet nu." in page.content
    assert [share.contribution.placement for share in Share.objects.all()] == [people[1]]


def test_only_days_that_were_not_entered_are_offered(english, sara, contract, people):
    submits(people[0], sara, (dt.date(2026, 2, 1), dt.date(2026, 2, 14)))
    submits(people[1], sara, (dt.date(2026, 2, 15), dt.date(2026, 2, 28)))
    english.sign_in(sara)
    offered = [form.period for form in english.get(months(contract)).context["forms"]]
    assert offered == [
        (dt.date(2026, 2, 15), dt.date(2026, 2, 28)),
        (dt.date(2026, 2, 1), dt.date(2026, 2, 14)),
    ]


def test_impossible_hours_are_said_and_nothing_is_entered(english, sara, contract, people):
    english.sign_in(sara)
    page = english.post(months(contract), sent(*people, **{"K-01": "61"}))
    assert page.context["has_errors"]
    assert not Share.objects.exists()


def test_an_early_end_asks_why(english, sara, placement):
    type(placement).objects.update(ends_on=dt.date(2026, 6, 30))
    english.sign_in(sara)
    address = reverse("candidates:placement-end", args=[placement.pk])
    page = english.post(address, {"ends_on": "2026-03-31"})
    assert "ends earlier than" in page.content.decode()
    english.post(address, {"ends_on": "2026-03-31", "reason": "Het project stopte."})
    assert AuditEvent.objects.get(verb="end_placement").remark_uuid


def test_the_bonus_of_a_permanent_contract_counts_from_its_day(english, sara, placement):
    english.sign_in(sara)
    address = reverse("candidates:placement-permanent", args=[placement.pk])
    assert english.get(address).context["form"]["bonus_codes"].initial == ["permanent"]
    english.post(address, {"permanent_on": "2026-02-01", "bonus_codes": "permanent"})
    placement.refresh_from_db()
    assert (placement.permanent_on, placement.permanent_bonus_codes) == (FEBRUARY[0], ["permanent"])

    january = submits(placement, sara)
    february = submits(placement, sara, FEBRUARY)
    assert (january.value_eur, february.value_eur) == (MONTH, Decimal("2500.00"))
    assert rules.may_make_permanent(sara, placement)
    assert b"permanent from" in english.get(placement.get_absolute_url()).content


def test_a_permanent_contract_starts_within_the_placement(english, sara, placement):
    english.sign_in(sara)
    address = reverse("candidates:placement-permanent", args=[placement.pk])
    page = english.post(address, {"permanent_on": "2025-12-31"})
    assert "The work begins on" in page.content.decode()
    actions.end_placement(placement, by=sara, at=NOON, ends_on=dt.date(2026, 1, 31))
    page = english.post(address, {"permanent_on": "2026-02-01"})
    assert "ended before this day" in page.content.decode()


def test_a_bonus_of_another_row_is_refused(placement, sara):
    day = {"permanent_on": FEBRUARY[0]}
    with pytest.raises(actions.NotInTableError):
        actions.make_permanent(placement, by=sara, at=NOON, **day, bonus_codes=["none"])
    actions.withdraw_placement(placement, by=sara, at=NOON)
    with pytest.raises(IllegalMoveError):
        actions.make_permanent(placement, by=sara, at=NOON, **day)
