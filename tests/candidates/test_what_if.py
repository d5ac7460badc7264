"""The calculator gives to the cent what is credited later (N11)."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from candidates import actions
from candidates.models import Candidate, Share
from contracts import valuation
from contracts.models import Block, Fulfilment, ObligationRule, TableBonus, ValueTable
from contracts.valuation import codec
from tests import factories
from tests.conftest import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
PAGE = reverse("candidates:what-if")


@pytest.fixture
def asked(ww):
    return {
        "block": ww.pk,
        "hours_per_week": "23,5",
        "starts_on": "2026-01-07",
        "ends_on": "2026-02-19",
    }


def test_a_visitor_without_an_account_tries_a_published_table(english, table, asked):
    assert "contract" not in english.get(PAGE).context["choice"].fields
    shown = english.get(PAGE, {"table": table.pk, **asked})
    assert shown.context["receipt"].total_eur == Decimal("1615.65")
    assert "This would count for €1,615.65" in shown.content.decode()


def test_a_table_that_is_not_published_is_not_tried(english, table, asked):
    ValueTable.objects.update(status="draft", published_at=None)
    shown = english.get(PAGE, {"table": table.pk, **asked})
    assert shown.context["form"] is None


def test_a_visitor_tries_no_contract(english, contract, asked):
    assert english.get(PAGE, {"contract": contract.pk, **asked}).context["receipt"] is None


@pytest.mark.parametrize("person", ["sara", "olga", "piet", "cora"])
def test_who_sees_a_contract_tries_it(english, contract, asked, person, request):
    english.sign_in(request.getfixturevalue(person))
    shown = english.get(PAGE, {"contract": contract.pk, **asked})
    assert shown.context["receipt"].total_eur == Decimal("1615.65")


@pytest.fixture
def people(sara, olga):
    return sara, olga


@pytest.mark.parametrize("bonuses", [[], ["permanent"]])
def test_it_equals_what_is_credited_later(english, contract, asked, people, bonuses):
    sara, olga = people
    english.sign_in(sara)
    tried = english.get(PAGE, {"contract": contract.pk, "bonus_codes": bonuses, **asked})
    english.post(
        reverse("candidates:placement-new"),
        {**asked, "reference": "K-07", "contract_form": "permanent", "bonus_codes": bonuses,
         "do": "save"},
    )  # fmt: skip
    placement = contract.placements.get()
    english.post(
        reverse("candidates:contribution-new", args=[placement.pk]),
        {
            "starts_on": asked["starts_on"],
            "ends_on": asked["ends_on"],
            "pct": "100",
            "do": "submit",
        },
    )
    share = Share.objects.get()
    actions.verify_share(share, by=olga, at=NOON)
    share.refresh_from_db()
    assert share.value_eur == tried.context["receipt"].total_eur > 0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ends_on": "2025-01-01"}, "before the first"),
        ({"ends_on": "2033-01-01"}, "at most five years"),
        ({"hours_per_week": "0"}, "greater than or equal to 0.25"),
        ({"block": ""}, "required"),
    ],
)
def test_what_is_wrong_is_said(english, table, asked, change, sentence):
    shown = english.get(PAGE, {"table": table.pk, **asked, **change})
    assert sentence in shown.content.decode()
    assert shown.context["receipt"] is None


def test_work_after_the_contract_is_not_tried(english, contract, asked, sara):
    english.sign_in(sara)
    shown = english.get(PAGE, {"contract": contract.pk, **asked, "ends_on": "2027-03-31"})
    assert "The contract ends on" in shown.content.decode()


def test_neither_contract_nor_table_is_said(english, contract, sara):
    shown = english.sign_in(sara).get(PAGE, {"contract": "", "table": ""})
    assert "Choose a contract or a table" in shown.content.decode()


def test_another_row_brings_its_own_bonuses(english, table, ww):
    other = Block.objects.get(table=table, code="p-wet")
    table.bonuses.update(applies_to=["ww"])
    for block, count in ((ww, 1), (other, 0)):
        form = english.get(PAGE, {"table": table.pk, "block": block.pk}).context["form"]
        assert ("bonus_codes" in form.fields) == bool(count)


def add(client, address, facts):
    """Fill in the page that stands at an address, and press the button; give the next address."""
    asked = QueryDict(address.partition("?")[2], mutable=True)
    asked.update({**facts, "do": "add"})
    answer = client.get(f"{PAGE}?{asked.urlencode()}")
    assert answer.status_code == 302, answer.context["form"].errors
    return answer["Location"]


def rule(block, **rules):
    block.terms |= codec.encode(rules)
    block.save()


def other_row(table, code, unit, value_eur=None, kind="purchase", **rules):
    terms = valuation.Block(code=code, unit=unit, value_eur=value_eur, **rules)
    return factories.BlockFactory(
        table=table, code=code, position=9, group=None, kind=kind, unit=unit, value_eur=value_eur,
        label_en=code, terms=codec.encode(terms),
    )  # fmt: skip


@pytest.fixture
def start(table):
    return f"{PAGE}?table={table.pk}"


def test_a_list_is_kept_in_the_address_and_lines_are_taken_out(english, start, asked):
    one = add(english, start, asked)
    two = add(english, one, {**asked, "person": "2", "hours_per_week": "12"})

    shown = english.get(two)
    assert [line.value.total_eur for line in shown.context["mix"].lines] == [
        Decimal("1615.65"),
        Decimal("825.01"),
    ]
    assert shown.context["mix"].total_eur == Decimal("2440.66")
    assert english.get(shown.context["rows"][1]["without"]).context["mix"].total_eur == Decimal(
        "1615.65"
    )
    assert not Candidate.objects.exists()


def test_a_line_is_about_somebody_else_unless_it_says_so(english, start, asked):
    one = add(english, start, asked)
    form = english.get(f"{one}&block={asked['block']}").context["form"]
    assert [number for number, _ in form.fields["person"].choices] == [2, 1]
    two = add(english, one, asked)
    assert [line.entry.person for line in english.get(two).context["mix"].lines] == [1, 2]


def test_an_empty_list_says_what_to_do(english, start):
    assert "Nothing is in the list yet" in english.get(start).content.decode()


@pytest.mark.parametrize("line", ["x", "1~ww~~~", "1~nothing~2026-01-01~2026-01-31~36~~~~~",
    "1~ww~2026-01-01~2026-01-31~99~~~~~", "1~ww~2026-01-01~2036-01-31~36~~~~~",
    "1~ww~2026-01-01~2026-01-31~NaN~~~~~"])  # fmt: skip
def test_a_line_that_makes_no_sense_is_left_out(english, start, line):
    shown = english.get(start, {"table": start.partition("=")[2], "line": line})
    assert "One line in the address could not be read" in shown.content.decode()
    assert shown.context["mix"].lines == []


@pytest.mark.parametrize(
    ("owed", "missing_eur"),
    [
        ({"owed_eur": "2.000"}, Decimal("384.35")),
        ({"base_eur": "80.000", "percentage": "5"}, Decimal("2384.35")),
        ({}, None),
    ],
)
def test_what_is_missing_is_said(english, start, asked, owed, missing_eur):
    address = add(english, start, asked | owed)
    mix = english.get(address).context["mix"]
    assert mix.missing_eur == missing_eur


def test_a_base_asks_for_a_percentage(english, start):
    shown = english.get(start, {"table": start.partition("=")[2], "base_eur": "1000"})
    assert "Fill in the percentage, too" in shown.content.decode()


def test_of_a_contract_what_is_done_counts_already(english, contract, asked, sara):
    english.sign_in(sara)
    contract.fulfilment.done_eur = Decimal("39000.00")
    contract.fulfilment.save()

    address = add(english, f"{PAGE}?contract={contract.pk}", asked)

    mix = english.get(address).context["mix"]
    assert (mix.ground.owed_eur, mix.missing_eur) == (Decimal("40000.00"), 0)
    assert mix.surplus_eur == Decimal("615.65")


def test_purchases_and_activities_stand_beside_work(english, table, start, asked):
    invoice = other_row(table, "workshop", "invoice_share")
    lesson = other_row(
        table, "lesson", "hour", Decimal(100), "activity", daily_max_eur=Decimal(1000)
    )
    cases = (
        (invoice, {"amount_eur": "12.100", "vat_pct": "21"}, Decimal("10000.00")),
        (lesson, {"quantity": "12,5", "days": "1"}, Decimal("1000.00")),
    )
    address = add(english, start, asked)
    for row, facts, worth in cases:
        form = english.get(address, {"table": table.pk, "block": row.pk}).context["form"]
        assert set(form.fields) == {"block", "ends_on", *facts}
        address = add(english, address, {"block": row.pk, "ends_on": "2026-03-02", **facts})
        assert english.get(address).context["mix"].lines[-1].value.total_eur == worth

    mix = english.get(address).context["mix"]
    assert [(str(kind["kind"]), kind["total_eur"]) for kind in mix.by_kind] == [
        ("Purchases", Decimal("10000.00")),
        ("Work and learning", Decimal("1615.65")),
        ("Activities", Decimal("1000.00")),
    ]
    assert sum(kind["share_pct"] for kind in mix.by_kind) == 100


def test_a_limit_holds_over_the_lines(english, start, ww, asked):
    rule(ww, limit_pct=Decimal(50))
    address = add(english, start, asked | {"owed_eur": "4000"})
    address = add(english, address, asked | {"person": "2"})
    assert english.get(address).context["mix"].total_eur == Decimal("2000.00")


CASES = {
    "one person beyond a cap": ({"counts_max_months": 1}, "1"),
    "two people, each with a cap": ({"counts_max_months": 1}, "2"),
    "a limit to this way of fulfilling": ({"limit_pct": Decimal(4)}, "2"),
    "a bonus that is given once": ({}, "1"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_list_equals_what_is_credited_later(english, contract, table, ww, people, case):
    """Two months of one person or two: as tried, so credited, to the cent (N11)."""
    rules, person = CASES[case]
    rule(ww, **rules)
    bonus = TableBonus.objects.get(table=table)
    bonus.terms |= {"prorata": False}
    bonus.save()
    sara, olga = people
    english.sign_in(sara)
    address = f"{PAGE}?contract={contract.pk}"
    months = (("2026-01-01", "2026-01-31", "1"), ("2026-02-01", "2026-02-28", person))
    facts = {"block": ww.pk, "hours_per_week": "32", "bonus_codes": "permanent"}
    for first, last, who in months:
        address = add(
            english, address, {**facts, "starts_on": first, "ends_on": last, "person": who}
        )
    tried = [line.value.total_eur for line in english.get(address).context["mix"].lines]

    credited = []
    for first, last, who in months:
        placement = actions.enter_placement(
            contract,
            actions.PlacementFacts(
                reference=f"K-0{who}",
                block=ww,
                hours_per_week=Decimal(32),
                starts_on=dt.date.fromisoformat(first),
                contract_form="permanent",
                bonus_codes=("permanent",),
            ),
            by=sara,
            at=NOON,
        )
        period = (dt.date.fromisoformat(first), dt.date.fromisoformat(last))
        share = actions.draft_contribution(placement, by=sara, at=NOON, period=period)
        actions.submit_share(share, by=sara, at=NOON)
        actions.verify_share(share, by=olga, at=NOON)
        share.refresh_from_db()
        credited.append(share.value_eur)

    assert tried == credited
    assert sum(tried) > 0


def test_a_longer_list_asks_no_more_questions(english, start, asked):
    def questions(address):
        with CaptureQueriesContext(connection) as counted:
            assert english.get(address).status_code == 200
        return len(counted)

    one = add(english, start, asked)
    three = add(english, add(english, one, asked | {"person": "2"}), asked | {"person": "3"})
    assert questions(three) == questions(one)


def test_a_full_list_takes_no_more(english, start, asked):
    line = "1~ww~2026-01-01~2026-01-31~36~~~~~"
    full = f"{start}&" + "&".join(f"line={line}" for _ in range(50))
    shown = english.get(f"{full}&do=add", {})
    assert len(shown.context["mix"].lines) == 50
    assert shown.context["mix"].total_eur == Decimal("1666.67")  # one person, one month
    assert "Add to the list</button>" not in shown.content.decode()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        pytest.param({"base_eur": "600000", "nature": "services"}, "€30,000.00", id="fits"),
        pytest.param({"base_eur": "100", "nature": "services"}, "below the threshold", id="small"),
        pytest.param({"base_eur": "600000"}, "not filled in yet", id="nature not said"),
    ],
)
def test_a_rule_says_what_is_owed(english, table, asked, said):
    call_command("load_obligation_rules", stdout=io.StringIO())
    rule = ObligationRule.objects.get(code="bloemendaal")
    page = english.get(PAGE, {"table": table.pk, "rule": rule.pk, **asked}).content.decode()
    assert said in page.replace("\xa0", " ")


def test_a_limit_on_a_contract_is_asked_once(english, contract, ww, people, asked):
    rule(ww, limit_pct=Decimal(50))
    english.sign_in(people[0])
    one = add(english, f"{PAGE}?contract={contract.pk}", asked)
    three = add(english, add(english, one, asked | {"person": "2"}), asked | {"person": "3"})
    counts = []
    for address in (one, three):
        with CaptureQueriesContext(connection) as counted:
            assert english.get(address).status_code == 200
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_what_is_carried_over_is_no_longer_missing(english, contract, people, asked):
    Fulfilment.objects.filter(contract=contract).update(
        done_eur=Decimal("1500.00"), verified_eur=Decimal("1000.00")
    )
    english.sign_in(people[0])
    mix = english.get(add(english, f"{PAGE}?contract={contract.pk}", asked)).context["mix"]
    assert mix.missing_eur == Decimal("40000.00") - Decimal("1500.00") - mix.total_eur
