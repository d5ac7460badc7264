"""Each chooses what is mailed, and how; the weekly mail holds what is still open (F03, F04, R-245)."""

import pytest

from contracts.models import Contract
from reports import actions as report_actions
from sroi_portal.core import actions, mail
from sroi_portal.core.models import (
    AuditEvent,
    NoticeChoice,
    NoticeKind,
    NoticeWay,
    Outgoing,
    WaitingNotice,
)
from tests.conftest import NOON

AT_ONCE, WEEKLY, NEVER = NoticeWay.AT_ONCE, NoticeWay.WEEKLY, NoticeWay.NEVER


def _choose(person, **ways):
    actions.choose_notices(person, ways, by=person, at=NOON)


def _send(people, contract, notice=NoticeKind.CONTRACT):
    context = {"contract": contract}
    template = "contracts/mail/contact_soon.txt"
    mail.send(template, to=people, at=NOON, context=context, notice=notice, about=contract)


def test_a_choice_holds_for_suppliers_and_officials(contract, sara, cora, olga):
    _choose(sara, contract=WEEKLY)
    _choose(olga, contract=NEVER)
    _send([sara, cora, olga], contract)
    assert [each.to_address for each in Outgoing.objects.all()] == [cora.email]
    (line,) = WaitingNotice.objects.all()
    assert (line.user, line.path, line.status) == (sara, contract.get_absolute_url(), "active")


def test_what_the_law_asks_is_always_mailed(contract, sara):
    _choose(sara, **dict.fromkeys(NoticeKind.values, NEVER))
    _send([sara], contract, notice=None)
    assert Outgoing.objects.count() == 1


def test_the_same_choice_twice_is_recorded_once(sara):
    _choose(sara, contract=WEEKLY, reminder=AT_ONCE)
    _choose(sara, contract=WEEKLY, reminder=AT_ONCE)
    assert AuditEvent.objects.get(verb="choose_notices").changed == ["contract"]
    assert NoticeChoice.objects.get().way == WEEKLY


def test_who_wants_no_weekly_mail_any_more_has_no_lines_left(contract, sara):
    _choose(sara, contract=WEEKLY)
    _send([sara], contract)
    _choose(sara, contract=NEVER)
    assert WaitingNotice.objects.count() == 0


@pytest.mark.parametrize(("status", "count"), [("active", 1), ("settling", 0)])
def test_the_weekly_mail_leaves_out_what_moved_on(contract, sara, status, count):
    _choose(sara, contract=WEEKLY)
    _send([sara], contract)
    Contract.objects.filter(pk=contract.pk).update(status=status)
    assert report_actions.write_digests(at=NOON) == count
    assert Outgoing.objects.count() == count
    assert report_actions.write_digests(at=NOON) == 0


def test_a_finished_supplier_receives_nothing(contract, sara):
    """N16: reminders know who is done."""
    _choose(sara, reminder=WEEKLY)
    assert report_actions.write_digests(at=NOON) == 0
    late = NOON.replace(month=5)
    assert report_actions.write_digests(at=late) == 1
    assert contract.title in Outgoing.objects.get().body


def test_the_page_keeps_the_choice(client, sara):
    page = client.sign_in(sara).get("/account/notices/")
    assert page.status_code == 200
    ways = dict.fromkeys(NoticeKind.values, AT_ONCE) | {"reminder": NEVER}
    assert client.post("/account/notices/", ways).status_code == 302
    assert NoticeChoice.objects.get(user=sara).way == NEVER
