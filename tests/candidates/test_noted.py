"""What stands on the own page and in its copy beside the facts of the work (C12, K07, N26)."""

import datetime as dt
import io
import uuid
from decimal import Decimal

import pypdf
import pytest

from candidates import actions, letters, recorded
from candidates.models import FollowUp, JudgedFact, PersonalLink
from sroi_portal.core import history
from tests.candidates.own_pages import Visitor
from tests.conftest import NOON

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def inside(placement, sara):
    """The person chose a code and is in."""
    _link, token = actions.make_personal_link(placement, by=sara, at=NOON, key=uuid.uuid4())
    visitor = Visitor(token)
    assert visitor.choose().status_code == 302
    return visitor


@pytest.fixture
def noted(placement, sara):
    """All that a firm may write beside the facts, with an answer that was corrected."""
    told = {"hired_anyway": "no", "takes_a_place": "unknown"}
    actions.state_additionality(placement, told, by=sara, at=NOON)
    facts = actions.JobFacts("employed", dt.date(2026, 1, 5), Decimal(24))
    actions.register_job(placement, facts, by=sara, at=NOON)
    asked = FollowUp.objects.create(
        placement=placement,
        supplier=placement.supplier,
        months=3,
        counts_from=dt.date(2025, 11, 30),
        falls_on=dt.date(2026, 2, 28),
        due_on=dt.date(2026, 3, 30),
        asked_at=NOON,
    )
    working = actions.Answer(
        "with_us", Decimal("24.5"), "permanent", dt.date(2026, 2, 1), "supplier"
    )
    actions.answer_follow_up(asked, actions.Answer("no_work"), by=sara, at=NOON)
    actions.answer_follow_up(asked, working, by=sara, at=NOON)
    return asked


def test_all_that_the_firm_wrote_stands_on_the_page_and_in_the_copy(inside, noted, placement):
    sheets = pypdf.PdfReader(io.BytesIO(inside.page("copy.pdf").content)).pages
    copy = " ".join(sheet.extract_text() for sheet in sheets)
    by = f"Opgeschreven door {placement.supplier.name} op 4 maart 2026."
    for text in (inside.text(), copy):
        read = " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())
        for said in (
            placement.block.label_nl,
            "Had uw werkgever u ook zonder deze regels aangenomen? Nee.",
            "Doet u werk dat iemand anders kwijtraakte? Dat weet uw werkgever niet.",
            "Dat bleek op 5 januari 2026.",
            "De overheid heeft dit nog niet gecontroleerd.",
            "Over 28 februari 2026: u werkt niet.",
            "24,5 uur per week, vast contract, vast contract vanaf 1 februari 2026 bij uw werkgever",
            by,
        ):
            assert said in read


def test_what_the_person_says_of_work_stands_in_the_copy(inside, noted):
    inside.page(f"still/{noted.pk}/", outcome="learning")
    sheets = pypdf.PdfReader(io.BytesIO(inside.page("copy.pdf").content)).pages
    copy = " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())
    assert "u volgt een opleiding" in copy
    assert "Dat zei u zelf op" in copy


def test_who_reads_a_complaint_is_said_as_it_is(inside, draft, sara):
    assert "Uw werkgever en de overheid lezen dit." not in inside.text()
    actions.submit_share(draft, by=sara, at=NOON)
    assert "Uw werkgever en de overheid lezen dit." in inside.text()


def test_what_does_not_count_is_not_said_to_count(inside, submitted, olga):
    actions.reject_share(submitted, by=olga, at=NOON, reason="Dit klopt niet.")
    (period,) = recorded.of(PersonalLink.objects.get(), letters.texts("nl")).works[0].periods
    assert (period.status, period.worth[:12]) == ("het telt niet mee", "het gaat om ")


def test_what_was_kept_is_said_where_the_page_goes_on(inside, placement):
    kept = inside.page(f"facts/{placement.pk}/hours/", do="right")
    anchor = f"fact-{placement.pk}-hours"
    assert kept.url.endswith(f"?saved={anchor}#{anchor}")
    page = inside.page(f"?saved={anchor}").content.decode()
    fact = page[page.index(f'id="{anchor}"') : page.index(f'id="fact-{placement.pk}-form"')]
    assert "Uw antwoord is bewaard." in fact
    assert page.count("Uw antwoord is bewaard.") == 1


def test_what_the_person_did_is_not_done_by_itself(inside, placement):
    inside.page(f"facts/{placement.pk}/hours/", do="wrong", words="Ik werk 20 uur.")
    assert [each.by for each in history.of([JudgedFact.objects.get()])] == ["de persoon zelf"]
