"""What happened, in words; and the seals over it."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.template import engines

from sroi_portal.core import actions, audit, history
from sroi_portal.core.models import AuditEvent, Remark
from tests.conftest import NOON, TODAY

pytestmark = pytest.mark.django_db


def test_events_in_words_the_newest_first(adam, ministry, piet):
    given = actions.give_role(piet, authority=ministry, role="manager", by=adam, at=NOON)
    actions.take_role(given, by=adam, at=NOON + dt.timedelta(hours=1))
    taken, first = history.of([given])
    assert (first.by, first.to_status, first.at) == ("Adam", str(given.get_role_display()), NOON)
    assert (taken.from_status, taken.to_status) == (str(given.get_role_display()), "")
    assert first.sentence != taken.sentence


def test_a_remark_is_read_as_long_as_it_is_there(adam, piet):
    audit.record(piet, "close_account", by=adam, at=NOON, remark="Works elsewhere now.")
    assert history.of([piet])[0].remark == "Works elsewhere now."
    Remark.objects.update(sealed=b"other:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")
    assert "Works" not in history.of([piet])[0].remark
    Remark.objects.all().delete()
    assert history.of([piet])[0].remark != ""


def test_it_takes_two_queries_whatever_happened(adam, piet, django_assert_num_queries):
    for _ in range(3):
        audit.record(piet, "end_sessions", by=adam, at=NOON, remark="x")
    with django_assert_num_queries(2):
        history.of([piet])


def test_the_tag_shows_one_object_or_several(piet, adam):
    template = engines["django"].from_string("{% load history %}{% history what %}")
    assert "timeline" not in template.render({"what": piet})
    audit.record(piet, "refuse_sign_in", by=None, at=NOON)
    assert "timeline" in template.render({"what": piet})
    assert "timeline" in template.render({"what": [piet, adam]})


def test_the_seals_hold_until_somebody_changes_an_event(piet, adam, capsys):
    audit.record(piet, "end_sessions", by=adam, at=NOON)
    audit.seal_day(TODAY)
    call_command("verify_audit_log")
    assert capsys.readouterr().out.startswith("1 ")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE core_auditevent DISABLE TRIGGER append_only")
    AuditEvent.objects.update(verb="sign_in")
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit_log")
    assert ended.value.code == 1
    assert "2026-03-04" in capsys.readouterr().err


def test_codes_are_for_demonstrations_only(settings, piet):
    settings.DEMO = False
    with pytest.raises(CommandError, match="demonstration"):
        call_command("demo_code", piet.email)
