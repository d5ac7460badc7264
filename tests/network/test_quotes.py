"""Words are repeated as long as who said them allows it (R-333, R-334)."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from network import actions, rules
from network.models import Quote, QuoteStatus, QuoteUse
from sroi_portal.core import sight
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import AuditEvent
from sroi_portal.core.status import IllegalMoveError
from tests.conftest import NOON, TODAY
from tests.network import telling

pytestmark = pytest.mark.django_db


def test_a_quote_is_published_by_another_under_permission(quote, sara, ada):
    """R-333."""
    assert not rules.may_publish_quote(sara, quote)
    actions.publish_quote(quote, by=ada, at=NOON)
    assert list(Quote.objects.allowed(QuoteUse.PORTAL)) == [quote]
    own = telling.said(ada, QuoteUse.MAGAZINE, example=quote.example)
    with pytest.raises(ValidationError):
        actions.publish_quote(own, by=ada, at=NOON)


def test_words_stand_only_where_the_permission_says(example, sara, ada):
    quote = telling.said(sara, QuoteUse.MAGAZINE, example=example)
    actions.publish_quote(quote, by=ada, at=NOON)
    found = {use.value: Quote.objects.allowed(use).exists() for use in QuoteUse}
    assert found == {"portal": False, "reports": False, "magazine": True, "public": False}


def test_words_are_destroyed_when_the_permission_goes(quote, ada):
    """R-334."""
    actions.publish_quote(quote, by=ada, at=NOON)
    actions.withdraw_quote(quote, by=None, at=NOON)
    quote.refresh_from_db()
    assert (quote.status, quote.text, quote.withdrawn_on) == (QuoteStatus.WITHDRAWN, "", TODAY)
    assert not Quote.objects.allowed(QuoteUse.PORTAL).exists()
    with pytest.raises(IllegalMoveError):
        actions.publish_quote(quote, by=ada, at=NOON)
    verbs = AuditEvent.objects.filter(object_uuid=quote.uuid).order_by("pk")
    assert [event.verb for event in verbs] == ["record_quote", "publish_quote", "withdraw_quote"]


def test_no_quote_without_a_permission_that_holds_today(example, sara):
    facts = {"role": "candidate", "text": "Fijn.", "example": example}
    nowhere = telling.allowed()
    for permission in (
        telling.allowed(given_on=TODAY + dt.timedelta(days=1)),
        type(nowhere)(given_on=TODAY, how=nowhere.how, uses=()),
    ):
        with pytest.raises(actions.NoPermissionError):
            actions.record_quote(facts, permission, by=sara, at=NOON)


def test_the_words_are_sealed(quote):
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM network_quote")
        assert b"hoor" not in bytes(cursor.fetchone()[0])
    assert quote.text == "Ik hoor er weer bij."


def test_the_database_shows_a_quote_that_waits_to_its_recorder_and_advisers(
    quote, sara, bram, olga, ada
):
    def seen():
        found = {}
        for person in (sara, bram, olga, ada):
            with acting_as(DatabaseRole.WEB, sight.of(person)):
                found[person.name] = Quote.objects.count(), Quote.objects.visible_to(person).count()
        return found

    assert seen() == {"Sara": (1, 1), "Bram": (0, 0), "Olga": (0, 0), "Ada": (1, 1)}
    actions.publish_quote(quote, by=ada, at=NOON)
    assert seen() == dict.fromkeys(("Sara", "Bram", "Olga", "Ada"), (1, 1))


def test_a_quote_of_the_candidates_own_page_waits_for_any_adviser(example, ada):
    quote = telling.said(None, example=example)
    assert list(Quote.objects.to_review_by(ada)) == [quote]
    assert rules.may_publish_quote(ada, quote)
