"""Lasting work in reports and on pages: what the tables say, and nothing more."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from reports import actions, definitions, printing, tables
from reports.home import lasting as own
from reports.models import Definition, FixedTable, PublishedCell
from tests import factories
from tests.conftest import NOON, TODAY
from tests.reports import printed
from tests.reports.lasting import ENDED, asks
from tests.reports.test_proxies import FACTS, WORTH

YEAR = (dt.date(2025, 1, 1), dt.date(2025, 12, 31))
AFTER = {"answered": 35, "in_work": 25, "learning": 5, "permanent": 10}
OF_ENDED = {
    "median_months": 9,
    "grown_minutes": 90,
    "permanent": 5,
    "stated": 30,
    "anyway": 10,
    "displaced": 5,
}


@pytest.fixture
def known(ministry, busy):
    """Tables of 2025: all authorities, the ministry (hidden) and its category."""

    def _table(kind, more):
        named = [{"code": ministry.code, "nl": ministry.name, "en": ministry.name}]
        category = busy.category
        columns = [{"code": category.code, "nl": category.name_nl, "en": category.name_en}]
        table = FixedTable.objects.create(
            kind=kind,
            starts_on=YEAR[0],
            ends_on=YEAR[1],
            rows=named,
            columns=columns,
            position=1,
            made_at=NOON,
        )
        for row, column, is_hidden in (
            ("", "", False),
            (ministry.code, "", True),
            ("", category.code, False),
        ):
            PublishedCell.objects.create(
                table=table,
                row=row,
                column=column,
                is_suppressed=is_hidden,
                people=None if is_hidden else 40,
                more={} if is_hidden else more,
            )

    for kind in ("after-3", "after-6", "after-12"):
        _table(kind, AFTER)
    _table("ended", OF_ENDED)
    return busy


@pytest.fixture
def worth(ada, adam):
    facts = FACTS | {"valid_from": YEAR[0], "is_example": True}
    table = actions.draft_proxies(facts, by=ada, at=NOON)
    for outcome in ("after_12", "permanent", "person"):
        actions.set_proxy(table, WORTH | {"outcome": outcome}, by=ada, at=NOON)
    actions.publish_proxies(table, by=adam, at=NOON)
    return table


def test_a_portfolio_has_all_and_its_own_line(known, issue):
    report = issue()
    lasting = definitions.read(report).lasting
    assert lasting.year == 2025
    first, second, *_rest = lasting.after
    assert (first.people, first.missing, first.in_work_pct) == (40, 5, Decimal("71.4"))
    assert (second.label, second.people, second.missing) == (known.authority.name, None, None)
    assert second.in_work_pct is None
    assert lasting.ended[0].hours_grown == Decimal("1.5")
    assert lasting.ended[1].hours_grown is None
    assert definitions.differences(report) == []
    page = printing.as_twin(report)
    assert 'id="lasting"' in page
    assert ">x<" in page


def test_a_category_has_its_own_line(known, issue):
    report = issue(definition=Definition.CATEGORY, category=known.category)
    labels = [line.label for line in definitions.read(report).lasting.after[:2]]
    assert labels == ["Alle organisaties", known.category.name_nl] or len(labels) == 2
    assert definitions.differences(report) == []


def test_an_annual_report_estimates_the_social_value(known, worth, issue):
    """0.504 of the value is left: less 30, then 20, then 10 per cent."""
    report = issue(definition=Definition.ANNUAL, year=2025)
    lasting = definitions.read(report).lasting
    said = {line.outcome_code: (line.quantity, line.net_eur) for line in lasting.social}
    assert said == {
        "after_12": (Decimal(25), Decimal("15120.00")),
        "permanent": (Decimal(10), Decimal("6048.00")),
        "person": (None, None),
    }
    assert (lasting.social_total_eur, lasting.is_example) == (Decimal("21168.00"), True)
    assert definitions.differences(report) == []
    shown = printing.as_twin(report)
    assert "21.168,00" in shown
    named = {each.name: list(each.rows) for each in tables.tables_of(report)}
    marks = [value for rows in named.values() for row in rows for value in row if value == "x"]
    assert marks
    assert Decimal("21168.00") in [
        value for rows in named.values() for row in rows for value in row
    ]

    report.facts["lasting"]["social"][0]["net_eur"] = "1.00"
    report.facts["lasting"]["after"][0]["in_work"] = 0
    with translation.override("en"):
        found = definitions.differences(report)
    assert "The tables about lasting work differ." in found
    assert "The social value of a line is not what its numbers give." in found


def test_without_a_table_of_values_nothing_is_estimated(known, issue):
    lasting = definitions.read(issue(definition=Definition.ANNUAL, year=2025)).lasting
    assert (lasting.social, lasting.social_total_eur) == ((), None)


@pytest.mark.parametrize("definition", ["portfolio", "annual", "category"])
def test_a_report_from_before_lasting_work_is_shown_as_it_was(known, subject, issue, definition):
    report = issue(definition=definition, **subject[definition])
    report.template_version = 1
    del report.facts["lasting"]
    report.facts.pop("authority_code", None)
    report.facts.pop("category_code", None)
    assert definitions.read(report).lasting.year is None
    assert list(definitions.kind_of(report).compare(definitions.read(report))) == []
    assert 'id="lasting"' not in printing.as_html(report)


def test_the_dashboard_shows_a_year(client, known, worth, vera, ada):
    url = reverse("reports:lasting-work")
    page = client.sign_in(vera).get(url)
    assert page.context["lasting"].social_total_eur == Decimal("21168.00")
    assert printed.amounts("€21.168,00") <= printed.amounts(page.content.decode())
    odd = client.get(url, {"year": "1999"})
    assert odd.context["lasting"].year == 2025
    assert str(odd.context["form"].error_title) in odd.content.decode()
    assert gettext("This could not be saved yet") not in odd.content.decode()
    assert client.sign_in(ada).get(url).status_code == 200


def test_before_anything_is_published_the_page_says_so(client, vera):
    page = client.sign_in(vera).get(reverse("reports:lasting-work"))
    assert page.context["lasting"].year is None


def test_a_firm_reads_its_own_people_exactly(contract, ww, sara):
    person = factories.placement(contract, ww, sara, reference="K-01", ends_on=ENDED)
    asks(person, 3, "with_us", "no_work", by=sara)
    other = factories.placement(
        contract, ww, sara, reference="K-02", ends_on=ENDED, permanent_on=ENDED
    )
    asks(other, 3, "unknown", by=sara)
    asks(other, 6, "learning", by=sara)
    contracts = type(contract).objects.all()
    after = TODAY + dt.timedelta(days=60)
    found = own.of_firm([contract.supplier_id], contracts, after)
    three, six, twelve = found.after
    assert (three.asked, three.in_work, three.missing) == (2, 1, 1)
    assert (six.asked, six.learning, twelve.asked) == (1, 1, 0)
    assert (found.ended, found.median_months, found.permanent) == (2, 3, 1)
    assert found.hours_grown == Decimal("0.0")
    assert not found.is_empty
    assert own.of_firm([contract.supplier_id], contracts, TODAY).ended == 0
