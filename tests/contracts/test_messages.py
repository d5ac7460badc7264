"""Messages on a contract: sealed, read by those who take part, marked by each (R-196)."""

import uuid

import pytest
from django.urls import reverse

from contracts import actions, rules
from contracts.facts.talks import talk
from contracts.models import Message
from sroi_portal.core.models import Outgoing
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def test_a_message_is_sealed_and_its_mail_does_not_show_it(contract, sara, cora):
    """R-196."""
    said = actions.send_message(contract, "Kan het eerder?", by=cora, at=NOON)
    mail = Outgoing.objects.get()

    assert (said.text, said.is_of_supplier) == ("Kan het eerder?", False)
    assert b"eerder" not in bytes(said.sealed)
    assert mail.to_address == sara.email
    assert "eerder" not in mail.subject + mail.body


def test_the_supplier_writes_to_the_manager(contract, sara, cora):
    number = uuid.uuid4()
    said = actions.send_message(contract, "Over deze.", by=sara, at=NOON, about=number)
    assert (said.is_of_supplier, said.about_uuid) == (True, number)
    assert Outgoing.objects.get().to_address == cora.email


def test_each_marks_for_itself_what_it_has_read(contract, sara, cora, olga):
    actions.send_message(contract, "Een.", by=cora, at=NOON)
    assert [talk(contract, each).unread_count for each in (sara, cora, olga)] == [1, 0, 1]
    actions.mark_messages_read(contract, by=sara, at=NOON)
    actions.mark_messages_read(contract, by=sara, at=NOON)
    actions.send_message(contract, "Twee.", by=cora, at=NOON)
    assert [talk(contract, each).unread_count for each in (sara, cora, olga)] == [1, 0, 2]


def test_without_messages_there_is_nothing_to_mark(contract, sara):
    assert actions.mark_messages_read(contract, by=sara, at=NOON) is None


@pytest.mark.parametrize(
    ("name", "reads"),
    [
        ("sara", True),
        ("bram", False),
        ("piet", True),
        ("cora", True),
        ("olga", True),
        ("vera", False),
        ("anna", False),
        ("otto", False),
    ],
)
def test_who_reads_messages(contract, name, reads, request):
    """R-196."""
    person = request.getfixturevalue(name)
    assert rules.may_read_messages(person, contract) is reads


def test_one_form_sent_twice_sends_one_message(client, contract, sara):
    address = reverse("contracts:message-list", args=[contract.pk])
    typed = {"text": "Dag.", "form_key": str(uuid.uuid4()), "about": ""}
    for _ in range(2):
        assert client.sign_in(sara).post(address, typed).status_code == 302
    assert Message.objects.count() == 1
    page = client.get(f"{address}?about=nonsense")
    assert "Dag." in page.content.decode()
