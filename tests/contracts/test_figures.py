"""What a contract's page tells from the ledger: now, on a past day, and at the end."""

import datetime as dt
import re
import uuid
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import facts, fulfilment, ledger
from contracts.facts.series import summed
from contracts.models import Account, Block, Contract, Fulfilment, LedgerEntry, LedgerUnit
from contracts.templatetags.standing_words import about
from sroi_portal.core import terms
from tests import factories
from tests.conftest import NOON

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
JULY = dt.date(2026, 7, 15)


def post(contract, account, quantity, month=1, *, unit=LedgerUnit.EURO, goal=None, at=NOON):
    wanted = ledger.Wanted(
        contract.pk, account, dt.date(2026, month, 1), Decimal(quantity), unit, goal
    )
    ledger.post(ledger.Source("candidates.share", uuid.uuid4()), [wanted], by=None, at=at)


def owe_nothing_in_euros(contract):
    post(contract, Account.OBLIGATION, "-40000.00")


def kept(contract, today):
    fulfilment.recompute(today=today, at=NOON, contract_ids=[contract.pk])
    return Fulfilment.objects.get(contract=contract)


def figures_of(contract, today, **narrowed):
    return facts.figures(contract, kept(contract, today), today=today, **narrowed)


def line(chart, label):
    return dict(next(each for each in chart.columns if each.label == label).points)


@pytest.fixture
def worked(contract):
    """One thousand a month verified from January to June, 500 more of June submitted."""
    for month in range(1, 7):
        post(contract, Account.VERIFIED, "1000.00", month)
    post(contract, Account.SUBMITTED, "500.00", 6)
    post(contract, Account.PLANNED, "3000.00", 8)
    return contract


@pytest.mark.django_db
@pytest.mark.usefixtures("in_english")
def test_the_course_tells_each_month_and_ends_with_the_figures(worked):
    post(worked, Account.OBLIGATION, "10000.00", 4)
    found = figures_of(worked, JULY)
    chart = facts.course(found)
    first, march, april = dt.date(2026, 1, 1), dt.date(2026, 3, 31), dt.date(2026, 4, 30)
    assert line(chart, "Owed")[march] == 40_000
    assert line(chart, "Owed")[april] == line(chart, "Owed")[dt.date(2026, 12, 31)] == 50_000
    verified = line(chart, "Verified")
    assert (verified[first], verified[march], max(verified)) == (0, 3000, JULY)
    assert verified[JULY] == found.standing.done == 6000
    assert line(chart, "With submitted")[JULY] == found.standing.reached == 6500
    assert line(chart, "Expected")[JULY] == found.standing.expected
    assert line(chart, "With planned")[dt.date(2026, 12, 31)] == 9500


@pytest.mark.django_db
@pytest.mark.usefixtures("in_english")
def test_the_band_stands_in_words_and_in_the_chart(worked):
    found = figures_of(worked, JULY)
    # slowest 3,000 and fastest 3,500 in three months; 169 days are left
    assert (found.outlook.band.low, found.outlook.band.high) == (
        Decimal("12056.16"),
        Decimal("12982.19"),
    )
    assert found.outlook.falls_short
    assert found.outlook.least_missing == Decimal("27017.81")
    chart = facts.course(found)
    assert line(chart, "At this pace, low")[dt.date(2026, 12, 31)] == found.outlook.band.low
    assert ">At this pace</text>" in chart.svg()


@pytest.mark.django_db
@pytest.mark.usefixtures("in_english")
def test_what_is_planned_may_make_it_enough(client, worked, cora):
    post(worked, Account.PLANNED, "31000.00", 9)
    found = figures_of(worked, JULY)
    assert found.outlook.plan_makes_it
    assert not found.outlook.falls_short
    page = client.sign_in(cora).get(f"{worked.get_absolute_url()}?known_on=2026-07-15").text
    assert "What is planned makes it enough" in page


@pytest.mark.django_db
@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("later", "said"),
    [
        ("27500.00", "Missing at the slowest pace: about €444."),
        ("0.01", "Missing on 31\xa0December 2026: about €27,018 to €27,944."),
    ],
)
def test_the_page_warns_before_the_end(client, worked, cora, later, said):
    """F05; what is earned in July counts as reached, and is no pace yet."""
    post(worked, Account.VERIFIED, later, 7)
    page = client.sign_in(cora).get(f"{worked.get_absolute_url()}?known_on=2026-07-15").text
    assert said in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("today", "changes"),
    [
        pytest.param(dt.date(2026, 3, 31), {}, id="two months are over"),
        pytest.param(dt.date(2026, 12, 31), {}, id="the last day"),
        pytest.param(JULY, {"status": "settling"}, id="being settled"),
        pytest.param(JULY, {"starts_on": None, "ends_on": None}, id="without a term"),
    ],
)
def test_where_nothing_can_be_steered_there_is_no_outlook(worked, today, changes):
    if changes.get("starts_on", 1) is None:
        found = facts.figures(Contract(pk=worked.pk), kept(worked, today), today=today)
        assert facts.course(found) is None
        assert found.has_just_begun
    else:
        Contract.objects.filter(pk=worked.pk).update(**changes)
        found = figures_of(Contract.objects.get(pk=worked.pk), today)
    assert found.outlook is None


@pytest.mark.django_db
@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("unit", "title", "option"),
    [
        (LedgerUnit.HOUR, "How it went, in hours", {"weeks": 2, "week_hours": 36}),
        (LedgerUnit.PERSON, "How it went, in persons", {"people": 44}),
        (LedgerUnit.FTE_YEAR, "How it went, in full-time years", {"months": 5, "at_once": 105}),
    ],
)
def test_other_units_have_a_course_and_options_of_their_own(contract, unit, title, option):
    owe_nothing_in_euros(contract)
    post(contract, Account.OBLIGATION, "100.00", unit=unit)
    post(contract, Account.VERIFIED, "10.00", 5, unit=unit)
    found = figures_of(contract, JULY)
    chart = facts.course(found)
    assert chart.title == title
    assert line(chart, "Verified")[dt.date(2026, 5, 31)] == 10
    assert found.standing.expected == Decimal("53.70")
    assert found.standing.gap == Decimal("43.70")
    offered = facts.options(found)
    assert {name: getattr(offered, name) for name in option} == option
    assert str(facts.bar(found).show(Decimal(10))).replace("\xa0", " ").startswith("10 ")


@pytest.mark.django_db
@pytest.mark.usefixtures("in_english")
def test_goals_count_once_each_and_the_furthest_behind_is_named(contract, ministry, noord):
    owe_nothing_in_euros(contract)
    goals = [
        contract.goals.create(
            authority=ministry,
            supplier=noord,
            kind="work",
            title=title,
            quantity=Decimal(10),
            unit=LedgerUnit.PERSON,
            due_on=dt.date(2026, 10, 1),
            agreed_on=dt.date(2026, 1, 1),
        )
        for title in ("Werk", "Leren")
    ]
    for goal, reached in zip(goals, ("15.00", "1.00"), strict=True):
        post(contract, Account.OBLIGATION, "10.00", unit=LedgerUnit.PERSON, goal=goal.uuid)
        post(contract, Account.VERIFIED, reached, 2, unit=LedgerUnit.PERSON, goal=goal.uuid)
    found = figures_of(contract, JULY)
    assert found.standing.in_goals
    chart = facts.course(found)
    assert chart.title == "How it went, in goals"
    assert line(chart, "Owed")[JULY] == 2
    assert line(chart, "Verified")[JULY] == found.standing.done == Decimal("1.10")
    Fulfilment.objects.update(own_done=Decimal("0.10"))
    behind = facts.figures(contract, Fulfilment.objects.get(), today=JULY)
    offered = facts.options(behind)
    assert (offered.goal, offered.goal_missing) == (goals[1], 9)
    post(contract, Account.VERIFIED, "9.00", 7, unit=LedgerUnit.PERSON, goal=goals[1].uuid)
    assert facts.options(behind).goal is None


@pytest.mark.django_db
def test_a_purchase_is_offered_with_its_amount(contract):
    factories.BlockFactory(
        table=contract.value_table,
        code="sw",
        kind="purchase",
        position=9,
        unit="invoice_share",
        value_eur=None,
        terms={"code": "sw", "unit": "invoice_share", "recognition_pct": "50"},
    )
    offered = facts.options(figures_of(contract, JULY))
    assert offered.gap == Decimal("21479.45")
    assert offered.person == Block.objects.get(code="p-wet")
    assert (offered.at_once, offered.months) == (2, 4)
    assert (offered.purchase.code, offered.purchase_eur) == ("sw", 42959)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("today", "at_once", "months"),
    [
        pytest.param(dt.date(2026, 10, 31), 5, 2, id="two months are left"),
        pytest.param(dt.date(2026, 12, 2), 1, 0, id="no whole month is left"),
    ],
)
def test_no_option_takes_longer_than_the_term(contract, today, at_once, months):
    offered = facts.options(figures_of(contract, today))
    assert (offered.at_once, offered.months) == (at_once, months)
    assert (offered.person is None) == (months == 0)


@pytest.mark.django_db
@pytest.mark.usefixtures("in_english")
def test_after_the_last_day_only_settling_is_left(client, worked, cora):
    over = dt.date(2027, 1, 1)
    found = figures_of(worked, over)
    assert found.is_over
    assert facts.options(found) is None
    assert found.standing.gap == Decimal("33500.00")
    Fulfilment.objects.update(computed_at=NOON, stale_since=None, signal="act")
    Contract.objects.filter(pk=worked.pk).update(
        starts_on=dt.date(2025, 1, 1), ends_on=dt.date(2025, 12, 31)
    )
    page = client.sign_in(cora).get(worked.get_absolute_url()).text
    assert "The last day was 31\xa0December 2025." in page
    assert "The settlement decides about what is missing." in page
    assert "The end comes near" not in page


@pytest.mark.django_db
@pytest.mark.usefixtures("in_english")
def test_what_was_carried_over_has_a_name_of_its_own(client, worked, cora):
    post(worked, Account.CARRIED, "-8000.00", 6)
    found = figures_of(worked, JULY)
    chart, bar = facts.course(found), facts.bar(found)
    assert line(chart, "Counts in all")[JULY] == found.standing.done == -2000
    assert (bar.done_label, 'width="-' in bar.svg()) == ("Counts in all", False)
    page = client.sign_in(cora).get(worked.get_absolute_url()).text
    assert "Verified or submitted, after carrying over: " in page
    assert "That much less counts here: " in page


@pytest.mark.django_db
def test_without_a_gap_nothing_is_offered(worked):
    post(worked, Account.VERIFIED, "39000.00")
    assert facts.options(figures_of(worked, JULY)) is None


@pytest.mark.django_db
def test_what_was_not_checked_counts_where_the_contract_says_so(contract):
    post(contract, Account.UNCHECKED, "700.00", 2)
    assert facts.series(contract, LedgerUnit.EURO).latest.done == 0
    contract.counts_unchecked = True
    assert facts.series(contract, LedgerUnit.EURO).latest.done == 700


@pytest.mark.django_db
def test_a_past_day_says_what_was_kept_then_whatever_is_posted_later(contract):
    march = dt.date(2026, 3, 31)
    post(contract, Account.VERIFIED, "5000.00", 2)
    post(contract, Account.OBLIGATION, "12.00", unit=LedgerUnit.HOUR)
    then = kept(contract, march)
    midnight = dt.datetime(2026, 4, 1, 0, 0, tzinfo=AMSTERDAM)
    post(contract, Account.VERIFIED, "900.00", 2, at=midnight)
    post(contract, Account.OBLIGATION, "1000.00", 3, at=midnight)
    post(contract, Account.VERIFIED, "3.00", unit=LedgerUnit.HOUR, at=midnight)
    before = terms.ended_at(march)
    known = fulfilment.as_known(contract, today=march, before=before)
    columns = [name for name in fulfilment.STORED if not name.endswith("_id")]
    assert {name: getattr(known, name) for name in columns} == {
        name: getattr(then, name) for name in columns
    }
    assert kept(contract, march).verified_eur == 5900
    narrowed = LedgerEntry.objects.known_on(before)
    found = facts.figures(contract, known, today=march, entries=narrowed)
    assert found.series.latest.done == 5000
    assert found.series.latest.owed == 40_000


def test_a_day_ends_when_it_ends_in_amsterdam():
    assert terms.ended_at(dt.date(2026, 3, 29)) - terms.starts_at(dt.date(2026, 3, 29)) == (
        dt.timedelta(hours=24)  # on the clock; one of them was skipped
    )
    assert terms.ended_at(dt.date(2026, 3, 29)).utcoffset() == dt.timedelta(hours=2)


@pytest.mark.django_db
@pytest.mark.usefixtures("in_english")
def test_the_page_shows_a_past_day_and_leads_back(client, worked, cora, vera):
    kept(worked, JULY)
    url = worked.get_absolute_url()
    page = client.sign_in(cora).get(f"{url}?known_on=2026-03-03").text
    assert "As known at the end of 3\xa0March 2026" in page
    assert f'href="{url}">Back to the figures of now</a>' in page
    assert "hx-get" not in page
    assert f'href="{url}ledger/?account=verified&amp;known_on=2026-03-03">€0.00</a>' in page
    now = client.get(url).text
    assert f'href="{url}ledger/?account=verified">€6,000.00</a>' in now
    assert f"{url}ledger/" not in client.sign_in(vera).get(url).text
    refused = client.get(f"{url}?known_on=2999-01-01").text
    assert "This day lies in the future." in refused
    assert "As known at the end of 1" not in refused


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("quantity", "unit", "written"),
    [
        ("1234.56", LedgerUnit.EURO, "€1,235"),
        ("1234.56", LedgerUnit.HOUR, "1,235 hours"),
        ("1.56", LedgerUnit.FTE_YEAR, "1.56 full-time years"),
        ("1", LedgerUnit.OWN, "1 goal"),
        ("1.5", LedgerUnit.OWN, "1.5 goals"),
    ],
)
def test_a_forecast_is_not_written_to_the_cent(client, quantity, unit, written):
    assert about(Decimal(quantity), unit).replace("\xa0", " ") == written


@pytest.mark.django_db
@pytest.mark.usefixtures("in_english")
def test_the_page_speaks_in_the_unit_that_steers(client, contract, cora):
    owe_nothing_in_euros(contract)
    post(contract, Account.OBLIGATION, "100.00", unit=LedgerUnit.HOUR)
    post(contract, Account.VERIFIED, "10.00", 5, unit=LedgerUnit.HOUR)
    kept(contract, dt.date(2026, 8, 1))
    page = client.sign_in(cora).get(contract.get_absolute_url()).text.replace("\xa0", " ")
    text = " ".join(re.sub(r"<[^>]*>", " ", page).split())
    assert "Verified or submitted: 10 hours." in text
    assert "A conversation helps now." in text
    assert re.search(r"Someone who works 36 hours a week for \d weeks makes up the", text)
    assert "Let a sheltered workshop or a social enterprise do part of the work." in text
    assert "employer service point" in text


rows = st.lists(
    st.tuples(
        st.integers(1, 12).map(lambda month: dt.date(2026, month, 1)),
        st.sampled_from([None]),
        st.sampled_from([Account.VERIFIED, Account.SUBMITTED, Account.OBLIGATION, Account.WAIVED]),
        st.decimals(-1000, 1000, places=2),
    ),
    max_size=30,
).map(lambda found: sorted(found, key=lambda row: row[0]))


@given(rows)
def test_what_is_credited_month_by_month_adds_up_to_what_is_reached(found):
    course = summed(found, done=(Account.VERIFIED,), in_goals=False)
    months = [dt.date(2026, month, 1) for month in range(1, 13)]
    assert sum((course.credited(month) for month in months), Decimal(0)) == course.latest.reached
    assert course.latest.owed == sum(
        (row[3] for row in found if row[2] == Account.OBLIGATION), Decimal(0)
    ) - sum((row[3] for row in found if row[2] == Account.WAIVED), Decimal(0))
