"""Stories beside the numbers are frozen; the words of people are not (R-336, R-337, ADR 0027)."""

import json

import pytest
from django.urls import reverse

from network import actions as network_actions
from network.models import QuoteUse
from reports import actions, definitions, printing, tables
from reports.models import Definition
from tests import factories
from tests.conftest import NOON
from tests.network import telling

WORDS = "Ik hoor er weer bij."


@pytest.fixture
def example(contract, sara, ada):
    """Stands in the library, about the contract, with a quote that reports may repeat."""
    category = factories.CategoryFactory()
    contract.category = category
    contract.save()
    example = telling.published(
        sara, ada, contract=contract, category=category, took_time="een maand"
    )
    for use in (QuoteUse.REPORTS, QuoteUse.MAGAZINE):
        quote = telling.said(sara, use, example=example)
        network_actions.publish_quote(quote, by=ada, at=NOON)
    return example


@pytest.fixture
def quote(example):
    return example.quotes.get(uses=["reports"])


@pytest.fixture
def told(example, quote, issue):
    """Say what the portfolio report of the ministry tells."""
    return issue(language="nl")


def test_a_report_tells_stories_that_fit_and_freezes_no_words(told, example, quote):
    """R-336."""
    found = definitions.read(told)
    (story,) = found.stories
    assert (story.title, story.took) == (example.title, "een maand")
    assert [each.uuid for each in story.quotes] == [str(quote.uuid)]
    assert WORDS not in json.dumps(told.facts)
    for shown in (printing.as_html(told), printing.as_twin(told)):
        assert example.title in shown
        assert WORDS in shown
    assert any(example.title in str(row) for table in tables.tables_of(told) for row in table.rows)
    assert definitions.differences(told) == []


@pytest.mark.parametrize(
    ("definition", "facts"),
    [
        (Definition.CATEGORY, ("category",)),
        (Definition.SUPPLIER, ("supplier",)),
        (Definition.ANNUAL, ("year",)),
    ],
)
def test_each_definition_tells_what_fits(example, contract, issue, definition, facts):
    about = {
        "category": contract.category,
        "supplier": contract.supplier,
        "year": 2025,
    }
    report = issue(definition=definition, **{name: about[name] for name in facts})
    assert [story.title for story in definitions.read(report).stories] == [example.title]
    assert 'id="stories"' in printing.as_twin(report)


def test_without_an_example_nothing_is_told(contract, issue):
    report = issue()
    assert 'id="stories"' not in printing.as_html(report)


def test_a_withdrawn_permission_takes_the_words_out_and_the_files_in(
    told, example, quote, vera, client
):
    """R-337."""
    network_actions.withdraw_quote(quote, by=None, at=NOON)
    frozen = dict(told.facts)
    for shown in (printing.as_html(told), printing.as_twin(told)):
        assert WORDS not in shown
    client.sign_in(vera)
    type(told).objects.filter(pk=told.pk).update(
        status="issued", pdf="reports/x.pdf", pdf_sha256=b"x", printed_at=NOON
    )
    type(told).objects.filter(pk=told.pk).update(archive="archive/x.pdf", archive_sha256=b"x")
    for name in ("report-download", "report-archive"):
        answer = client.get(reverse(f"reports:{name}", args=[told.pk]))
        assert answer.url == told.get_absolute_url()
    page = client.get(told.get_absolute_url()).content.decode()
    assert reverse("reports:report-download", args=[told.pk]) not in page
    made = actions.correct_report(told, by=vera, at=NOON, reason="Ingetrokken.")
    (change,) = definitions.read(made).issue.changes
    assert change.subject == example.title
    assert change.before
    assert not change.after
    told.refresh_from_db()
    assert told.facts == frozen


def test_the_figures_show_the_newest_stories(client, vera, example, contract):
    client.sign_in(vera)
    page = client.get(reverse("reports:dashboard")).content.decode()
    assert example.title in page
    other = factories.CategoryFactory(code="catering")
    assert (
        example.title
        not in client.get(reverse("reports:dashboard"), {"category": other.pk}).content.decode()
    )
