"""Single values: amounts, days, codes and texts, however they are written."""

import datetime as dt
import logging
from decimal import Decimal

import pytest
from lxml import etree

from contracts.notices import code_lists
from contracts.notices.legal_forms import has_legal_form
from contracts.notices.nodes import NAMESPACES, Node


@pytest.fixture
def node():
    def of(inner):
        names = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
        return Node(etree.fromstring(f"<root {names}>{inner}</root>"), "NLD")

    return of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1200000.50", Decimal("1200000.50")),
        ("0", Decimal(0)),
        ("-1", None),
        ("-1.00", None),
        ("unpublished", None),
        ("NaN", None),
        ("1e999999999", None),
        ("twaalf", None),
        ("", None),
    ],
)
def test_numbers(node, text, number):
    assert node(f"<cbc:RankCode>{text}</cbc:RankCode>").number("cbc:RankCode") == number


def test_an_amount_keeps_its_currency(node):
    amount = node('<cbc:TotalAmount currencyID="SEK">7</cbc:TotalAmount>').amount("cbc:TotalAmount")

    assert (amount.amount, amount.currency) == (Decimal(7), "SEK")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-05-01+02:00", dt.date(2024, 5, 1)),
        ("2024-05-01Z", dt.date(2024, 5, 1)),
        ("2024-02-30Z", None),
        ("1970-01-01Z", None),
        ("soon", None),
    ],
)
def test_days_are_local(node, text, day):
    assert node(f"<cbc:IssueDate>{text}</cbc:IssueDate>").day("cbc:IssueDate") == day


@pytest.mark.parametrize(("text", "flag"), [("true", True), ("0", False), ("?", None)])
def test_flags(node, text, flag):
    assert node(f"<cbc:Mark>{text}</cbc:Mark>").flag("cbc:Mark") is flag


@pytest.mark.parametrize(
    ("attribute", "code", "found"),
    [
        ('listName="social-objective"', "opp", ("opp",)),
        ('listName="social-procurement"', "opp", ("opp",)),
        ("", "opp", ("opp",)),
        ("", "other", ()),
        ("", "env-imp", ()),
        ('listName="innovative-acquisition"', "other", ()),
        ('listName="social-objective"', "unpublished", ()),
    ],
)
def test_codes_are_matched_with_tolerance(node, attribute, code, found):
    read = node(f"<cbc:Code {attribute}>{code}</cbc:Code>")

    assert read.codes("cbc:Code", code_lists.SOCIAL_OBJECTIVE) == found


def test_what_was_tolerated_is_logged(node, caplog):
    with caplog.at_level(logging.INFO, "contracts.notices.code_lists"):
        node('<cbc:C listName="reserved-executionn">yes</cbc:C>').code(
            "cbc:C", code_lists.RESERVED_EXECUTION
        )

    assert caplog.messages == ["list name 'reserved-executionn' read as reserved-execution"]


def test_codes_are_sorted_and_given_once(node):
    three = "".join(f'<cbc:C listName="accessibility">{c}</cbc:C>' for c in ("n-inc", "inc", "inc"))

    assert node(three).codes("cbc:C", code_lists.ACCESSIBILITY) == ("inc", "n-inc")


def test_white_space_collapses_and_masks_are_no_text(node):
    read = node("<cbc:Name>unpublished</cbc:Name><cbc:Title> a \n  b </cbc:Title><cbc:ID/>")

    assert (read.text("cbc:Title"), read.text("cbc:Name"), read.text("cbc:ID")) == (
        "a b",
        None,
        None,
    )
    assert read.phrase("cbc:Name") is None
    assert read.phrases(".", "cbc:Name") == ()


@pytest.mark.parametrize(
    ("name", "has_one"),
    [
        ("Leverancier Noord B.V.", True),
        ("Leverancier Noord BV", True),
        ("Proef N.V. in oprichting", True),
        ("Stichting Voorbeeld", True),
        ("Beispiel GmbH", True),
        ("Ejemplo, S.L.", True),
        ("V. Oorbeeld", False),
        ("S.A. Voorbeeld", False),
        ("B.V. Voorbeeld", False),
        ("Ab Voorbeeld", False),
        ("", False),
    ],
)
def test_legal_forms(name, has_one):
    assert has_legal_form(name) is has_one
