"""The database refuses what the library never writes."""

import pytest
from django.db import IntegrityError, transaction

from network import actions
from network.models import Edition, EditionArticle, GoodExample, Quote
from tests.conftest import NOON, TODAY
from tests.network import telling

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(sara, ada):
    return telling.published(sara, ada)


@pytest.fixture
def quote(published, sara):
    return telling.said(sara, example=published)


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("example_published_by_iff_published_at", {"published_by": None}),
        ("published_example_was_published", {"published_by": None, "published_at": None}),
        ("example_four_eyes", {"published_by": "sara"}),
        ("example_says_whom_to_ask", {"ask_mailbox": ""}),
        ("example_is_of_a_possible_year", {"year": 1999}),
    ],
)
def test_an_example_is_refused(published, sara, name, facts):
    facts = {field: sara if value == "sara" else value for field, value in facts.items()}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        GoodExample.objects.filter(pk=published.pk).update(**facts)


def test_an_example_asks_a_colleague_or_a_mailbox(published, sara):
    with pytest.raises(IntegrityError, match="example_says_whom_to_ask"), transaction.atomic():
        GoodExample.objects.filter(pk=published.pk).update(ask_person=sara)


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("published_quote_was_published", {"status": "published"}),
        ("quote_published_by_iff_published_at", {"published_at": NOON}),
        ("quote_four_eyes", {"published_by": "sara", "published_at": NOON}),
        ("withdrawn_quote_has_no_words", {"status": "withdrawn", "withdrawn_on": TODAY}),
        ("withdrawn_quote_has_no_words", {"sealed": b""}),
        ("quote_is_about_something", {"example": None}),
        (
            "published_quote_has_permission",
            {"status": "published", "published_by": "ada", "published_at": NOON, "uses": []},
        ),
    ],
)
def test_a_quote_is_refused(quote, sara, ada, name, facts):
    people = {"sara": sara, "ada": ada}
    facts = {
        field: people.get(value, value) if isinstance(value, str) else value
        for field, value in facts.items()
    }
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Quote.objects.filter(pk=quote.pk).update(**facts)


@pytest.fixture
def edition(published, ada):
    facts = {"number": 1, "title": "Samen", "foreword": "Hallo.", "examples": [published]}
    return actions.draft_edition(facts, by=ada, at=NOON)


COMPOSED = {"status": "composed", "composed_by": "ada", "composed_at": NOON, "facts": {}}


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("edition_composed_by_iff_composed_at", COMPOSED | {"composed_by": None}),
        ("edition_is_composed_or_draft", COMPOSED | {"status": "draft"}),
        ("edition_published_by_iff_published_at", {"published_at": NOON}),
        ("published_edition_is_printed", COMPOSED | {"status": "published"}),
        ("edition_four_eyes", COMPOSED | {"published_by": "ada", "published_at": NOON}),
    ],
)
def test_an_edition_is_refused(edition, ada, name, facts):
    facts = {field: ada if value == "ada" else value for field, value in facts.items()}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(**facts)


def test_an_example_stands_in_an_edition_once(edition, published):
    with pytest.raises(IntegrityError, match="one_article_an_example"), transaction.atomic():
        EditionArticle.objects.create(edition=edition, example=published, place=2)
