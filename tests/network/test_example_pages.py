"""The library and the quotes as people read and fill them."""

import pytest
from django.urls import reverse

from network import actions
from network.models import ExampleStatus, GoodExample, Quote, QuoteStatus
from sroi_portal.core.models import Remark
from tests import factories
from tests.conftest import NOON
from tests.network import telling

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
KEY = "5f2f7c1a-6f39-4d37-9c5d-3f1f6a1d5a10"


def at(name, *keys):
    return reverse(f"network:{name}", args=keys)


def typed(**facts):
    told = telling.story(ask="Voorbeelden@example.org", form_key=KEY)
    del told["ask_mailbox"]
    return told | facts


def text(answer):
    return answer.content.decode()


def test_an_example_is_proposed_reviewed_and_found(client, sara, ada, bram):
    client.sign_in(sara)
    url = client.post(at("example-new"), typed()).url
    assert client.post(at("example-new"), typed()).url == url
    example = GoodExample.objects.get()
    assert (example.ask_person, example.ask_mailbox) == (None, "voorbeelden@example.org")
    client.sign_in(ada)
    assert "1 example waits" in text(client.get(at("example-list")))
    asked = {"reason": "Wat kostte het?", "revision": example.revision}
    client.post(at("example-return", example.pk), asked)
    client.sign_in(sara)
    assert "Wat kostte het?" in text(client.get(url))
    example.refresh_from_db()
    more = typed(took_money="niets extra", revision=example.revision)
    client.post(at("example-edit", example.pk), more)
    client.post(at("example-again", example.pk), {"remark": ""})
    client.sign_in(ada)
    example.refresh_from_db()
    client.post(at("example-publish", example.pk), {"revision": example.revision})
    client.sign_in(bram)
    page = text(client.get(at("example-list"), {"q": "leveranciers gesprek", "year": 2025}))
    assert example.title in page
    assert "<mark>" in page
    shown = text(client.get(url))
    assert "niets extra" in shown
    assert "Wat kostte het?" not in shown
    assert Remark.objects.count() == 1


def test_an_old_page_does_not_publish(client, sara, ada):
    example = telling.proposed(sara)
    client.sign_in(ada)
    client.post(at("example-publish", example.pk), {"revision": 0})
    client.post(at("example-publish", example.pk), {"revision": "x"})
    example.refresh_from_db()
    assert example.status == ExampleStatus.PUBLISHED


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"kind": "placement"}, True),
        ({"kind": "purchase"}, False),
        ({"show": "own"}, True),
        ({"show": "withdrawn"}, False),
        ({"q": "zwembad"}, False),
        ({"sort": "title"}, True),
        ({"year": "abc"}, True),
    ],
)
def test_the_library_is_narrowed_by_the_address(client, sara, ada, query, found):
    telling.published(sara, ada, kind="placement")
    client.sign_in(sara)
    said = text(client.get(at("example-list"), query))
    assert ("Schoonmaak begint" in said) is (found or query.get("show") == "withdrawn")
    assert ("Nothing found" in said) is (not found and "show" not in query)


def test_the_library_is_narrowed_by_group_and_category(client, sara, ada):
    group, category = factories.TargetGroupFactory(), factories.CategoryFactory()
    telling.published(sara, ada, groups=[group], category=category)
    telling.published(sara, ada, title="Een ander verhaal")
    client.sign_in(sara)
    said = text(client.get(at("example-list"), {"group": group.pk, "category": category.pk}))
    assert "Schoonmaak begint" in said
    assert "Een ander verhaal" not in said


def test_an_empty_library_says_what_to_do(client, sara):
    assert "No examples yet" in text(client.sign_in(sara).get(at("example-list")))
    assert "No quotes yet" in text(client.get(at("quote-list")))
    assert "Nothing found" in text(client.get(at("quote-list"), {"status": "published"}))


def test_refusals_are_said_and_what_was_typed_stays(client, sara, ada, example):
    client.sign_in(ada)
    wrong = typed(title="Nieuw", revision=0)
    assert "Nieuw" in text(client.post(at("example-edit", example.pk), wrong))
    old = {"reason": "Vraag", "revision": example.revision}
    answer = client.post(at("example-return", example.pk), old, follow=True)
    assert "This can no longer be done" in text(answer)
    assert "Enter a valid" in text(client.post(at("example-new"), typed(ask="geen adres")))
    too_old = client.post(at("example-new"), typed(year=1999))
    assert "year from 2000" in text(too_old)


def test_a_colleague_with_an_account_is_named(client, sara, piet, ada):
    client.sign_in(sara)
    client.post(at("example-new"), typed(ask=piet.email))
    example = GoodExample.objects.get()
    assert example.ask_person == piet
    assert piet.email in text(client.get(example.get_absolute_url()))
    assert piet.email in text(client.get(at("example-edit", example.pk)))


def test_an_example_is_taken_out_of_the_library(client, example, sara, bram):
    client.sign_in(sara)
    gone = {"reason": "Loopt niet meer.", "revision": example.revision}
    client.post(at("example-withdraw", example.pk), gone)
    client.sign_in(bram)
    assert client.get(example.get_absolute_url()).status_code == 404


def test_a_quote_is_recorded_published_and_destroyed(client, example, sara, ada, bram):
    client.sign_in(sara)
    words = {"text": "Ik hoor er weer bij.", "role": "candidate", "given_on": "2026-03-01"}
    allowed = {"given_how": "paper", "uses": ["portal", "magazine"], "form_key": KEY}
    about = {"example": example.pk}
    assert "at least one" in text(
        client.post(at("quote-new"), words | allowed | about | {"uses": [], "form_key": ""})
    ) or "required" in text(client.post(at("quote-new"), words | about | {"given_how": "paper"}))
    assert "Begin on the page" in text(client.post(at("quote-new"), words | allowed))
    later = words | allowed | about | {"given_on": "2999-01-01"}
    assert "lies in the future" in text(client.post(at("quote-new"), later))
    url = client.post(at("quote-new"), words | allowed | about).url
    quote = Quote.objects.get()
    assert "hoor er weer" in text(client.get(example.get_absolute_url()))
    client.sign_in(bram)
    assert client.get(url).status_code == 404
    client.sign_in(ada)
    assert "1 quote waits" in text(client.get(at("quote-list"), {"use": "magazine"}))
    client.post(at("quote-publish", quote.pk))
    assert "can no longer be done" in text(client.post(at("quote-publish", quote.pk), follow=True))
    client.sign_in(bram)
    assert "hoor er weer" in text(client.get(example.get_absolute_url()))
    client.sign_in(sara)
    assert "Destroy the words" in text(client.get(at("quote-withdraw", quote.pk)))
    sure = {"sure": "on", "revision": 1}
    old = client.post(at("quote-withdraw", quote.pk), sure, follow=True)
    assert "press once more" in text(old)
    client.post(at("quote-withdraw", quote.pk), sure | {"revision": 2})
    quote.refresh_from_db()
    assert quote.status == QuoteStatus.WITHDRAWN
    assert "hoor er weer" not in text(client.get(example.get_absolute_url()))
    assert "hoor er weer" not in text(client.get(url))


def test_contract_and_tender_suggest_what_worked_elsewhere(client, contract, sara, cora, ada):
    category = factories.CategoryFactory()
    contract.category = category
    contract.save()
    telling.published(sara, ada, category=category)
    quote = telling.said(sara, contract=contract)
    actions.publish_quote(quote, by=ada, at=NOON)
    client.sign_in(cora)
    page = text(client.get(contract.get_absolute_url()))
    assert "Schoonmaak begint" in page
    assert "hoor er weer bij" in page
    assert f"?contract={contract.pk}" in page
    assert contract.title in text(client.get(quote.get_absolute_url()))
    client.post(f"{at('example-new')}?contract={contract.pk}", typed(contract=contract.pk))
    made = GoodExample.objects.latest("pk")
    assert made.contract == contract
    assert contract.title in text(client.get(made.get_absolute_url()))


def test_a_tender_shows_the_library_too(client, piet, ministry):
    tender = factories.TenderFactory(authority=ministry, officer=piet)
    page = text(client.sign_in(piet).get(tender.get_absolute_url()))
    assert "No example fits yet" in page
