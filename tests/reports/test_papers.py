"""Forms that are printed filled in: what they say, what stays open, and for whom (G13)."""

import datetime as dt
import io
from decimal import Decimal

import page
import pikepdf
import pytest
from django.urls import reverse

from candidates import actions as work
from candidates.agreed_jobs import own
from contracts.actions import reserved_checks
from contracts.models import (
    Account,
    Block,
    ConsortiumMember,
    Contract,
    Fulfilment,
    LedgerUnit,
    ReservedCheck,
)
from reports import papers
from sroi_portal.core.models import ReadEvent
from suppliers.models import Supplier
from tests.client import PortalClient
from tests.conftest import NOON, TODAY
from tests.reports import printed, verapdf
from tests.reports.test_printing import HOSTILE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
YEAR = 2026


@pytest.fixture
def noon(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.fixture
def placement(contract, table, sara):
    facts = work.PlacementFacts(
        reference="K-01",
        block=Block.objects.get(table=table, code="ww"),
        hours_per_week=Decimal(36),
        starts_on=dt.date(2026, 1, 1),
        contract_form="temporary",
    )
    return work.enter_placement(contract, facts, by=sara, at=NOON)


@pytest.fixture
def submitted(placement, sara):
    period = (dt.date(2026, 1, 1), dt.date(2026, 2, 28))
    share = work.draft_contribution(placement, by=sara, at=NOON, period=period)
    work.submit_share(share, by=sara, at=NOON)
    share.refresh_from_db()
    return share


@pytest.fixture
def job(submitted, placement, sara, olga):
    facts = work.JobFacts("hired_in", dt.date(2025, 12, 15), Decimal(36))
    stated = work.register_job(placement, facts, by=sara, at=NOON)
    work.confirm_job(stated, by=olga, at=NOON)
    return stated


def online(person):
    client = PortalClient()
    client.cookies["language"] = "en"
    return client.sign_in(person)


def listed(person, about, number):
    answer = online(person).get(reverse("reports:paper-list", args=[about, number]))
    assert answer.status_code == 200
    return answer


def paper_of(person, about, number, key):
    return listed(person, about, number).context["folder"].paper(key)


def values(paper):
    return {line.label: line.value for line in paper.lines}


def ended(contract, **facts):
    Contract.objects.filter(pk=contract.pk).update(ends_on=TODAY - dt.timedelta(days=1))
    Fulfilment.objects.filter(contract=contract).update(stale_since=None, **facts)


def test_a_placement_has_the_statement_of_its_employer(submitted, placement, sara, olga):
    """R-431: neither the firm's own reference nor the row of the value table is on it."""
    for person in (sara, olga):
        answer = listed(person, "placement", placement.pk)
        (paper,) = answer.context["folder"].papers
        assert values(paper)["Number in the portal"] == str(placement)
        hours, reported = (part.grid for part in paper.parts if part.grid)
        assert hours.rows == (("1\N{NO-BREAK SPACE}January 2026", "36"),)
        assert len(reported.rows) == 1
        assert "K-01" not in answer.text
        assert placement.block.label not in answer.text
        assert "Name of the person" in [line.label for line in paper.by_hand]
    looked = ReadEvent.objects.filter(activity="list-forms")
    assert {event.by_id for event in looked} == {sara.pk, olga.pk}


def test_the_hours_of_a_form_are_those_of_the_page(submitted, placement, sara):
    paper = paper_of(sara, "placement", placement.pk, "employer")
    shown = online(sara).get(placement.get_absolute_url()).context["shares"]
    reported = paper.parts[4].grid
    assert [row[-1] for row in reported.rows] == [f"{each.hours.normalize():f}" for each in shown]


def test_what_is_empty_leads_to_where_it_is_added(placement, sara, olga, submitted):
    """R-432: who may add it finds the way; for others it is an open field."""
    url = reverse("candidates:placement-end", args=[placement.pk])
    for person, way in ((sara, url), (olga, "")):
        (line,) = paper_of(person, "placement", placement.pk, "employer").missing
        assert (line.label, line.add_at) == ("Last working day, if known", way)
    assert url in listed(sara, "placement", placement.pk).text
    work.end_placement(placement, by=sara, at=NOON, ends_on=TODAY)
    assert paper_of(sara, "placement", placement.pk, "employer").missing == []


def test_the_page_of_an_object_leads_to_its_forms(submitted, placement, contract, sara):
    client = online(sara)
    for url, about, number in (
        (placement.get_absolute_url(), "placement", placement.pk),
        (contract.get_absolute_url(), "contract", contract.pk),
        (f"{reverse('candidates:job-list')}?year={YEAR}", "jobs", YEAR),
    ):
        assert reverse("reports:paper-list", args=[about, number]) in client.get(url).text


def test_the_final_statement_is_that_of_the_account(busy, sara):
    """R-434: the amounts are those of the page, and what remains is owed minus fulfilled."""
    ended(busy)
    paper = paper_of(sara, "contract", busy.pk, "final")
    grid = paper.parts[1].grid
    said = dict(grid.rows)
    kept = online(sara).get(busy.get_absolute_url()).context["fulfilment"]
    for label, amount in (
        ("Owed", kept.owed_eur),
        ("Verified", kept.verified_eur),
        ("Fulfilled", kept.done_eur),
        ("Submitted, not decided", kept.submitted_eur),
    ):
        assert said[label] == f"€{amount:,.2f}"
    assert grid.total == ("What remains", f"€{kept.owed_eur - kept.done_eur:,.2f}")
    Fulfilment.objects.filter(contract=busy).update(done_eur=kept.owed_eur + 5)
    more = paper_of(sara, "contract", busy.pk, "final").parts[1].grid
    assert more.total == ("Done beyond what was owed", "€5.00")


def test_a_final_statement_waits_for_the_last_day(contract, sara):
    paper = paper_of(sara, "contract", contract.pk, "final")
    assert "31\N{NO-BREAK SPACE}December 2026" in paper.waits
    address = reverse("reports:paper-print", args=["contract", contract.pk, "final", "nl"])
    assert online(sara).get(address).status_code == 404
    ended(contract)
    Fulfilment.objects.filter(contract=contract).update(stale_since=NOON)
    assert "computed" in paper_of(sara, "contract", contract.pk, "final").waits


def test_other_units_and_members_stand_beside_the_euros(busy, zuid, sara):
    ended(busy, own_unit=LedgerUnit.HOUR, own_owed=Decimal(500), own_done=Decimal(120))
    ConsortiumMember.objects.create(contract=busy, supplier=zuid, share_pct=Decimal(25))
    Contract.objects.filter(pk=busy.pk).update(counts_unchecked=True)
    paper = paper_of(sara, "contract", busy.pk, "final")
    said = values(paper)
    assert (said["Owed in another unit"], said["Of which remains"]) == (
        "500\N{NO-BREAK SPACE}hours",
        "380\N{NO-BREAK SPACE}hours",
    )
    assert [row[:2] for row in paper.parts[2].grid.rows] == [
        ("Leverancier Noord", "75.0%"),
        ("Leverancier Zuid", "25.0%"),
    ]
    assert "counts on this contract" in paper.parts[1].grid.rows[5][0]
    Fulfilment.objects.filter(contract=busy).update(owed_eur=0, percentage=None)
    assert paper_of(sara, "contract", busy.pk, "final").parts[1].grid is None


def test_the_share_of_a_reserved_contract_is_the_recorded_one(contract, noord, piet, sara, ada):
    Contract.objects.filter(pk=contract.pk).update(is_reserved=True)
    url = reverse("contracts:reserved-record", args=[contract.pk])
    empty = paper_of(piet, "contract", contract.pk, "reserved")
    assert {line.add_at for line in empty.missing} == {url}
    assert "At least 30.0%" in empty.declares[1]
    contract.refresh_from_db()
    facts = {"kind": "pso-30", "valid_from": TODAY, "valid_until": TODAY, "checked_on": TODAY}
    held = noord.certificates.create(number="P-1", recorded_by=piet, **facts)
    told = {"share_pct": Decimal("34.5"), "proof": "certificate", "certificate": held}
    told |= {"seen_on": TODAY, "valid_until": None}
    reserved_checks.check_reserved_contract(contract, told, by=piet, at=NOON)
    full = paper_of(piet, "contract", contract.pk, "reserved")
    said = values(full)
    assert said["Share of workers who are disabled or disadvantaged"] == "34.5%"
    assert said["Certificate"] == "PSO 30+ P-1"
    assert full.missing == []
    ReservedCheck.objects.update(share_is_above=True)
    assert "More than 30.0%" in paper_of(piet, "contract", contract.pk, "reserved").declares[1]
    theirs = paper_of(sara, "contract", contract.pk, "reserved")
    assert values(theirs)["Share of workers who are disabled or disadvantaged"] == "34.5%"
    assert [line.label for line in theirs.missing] == ["Kind of proof", "Proof is valid until"]


def test_jobs_are_those_of_the_page_for_one_organisation(job, noord, ministry, sara, olga):
    """R-435: hired in counts at the government, and only what was checked."""
    for person, key, jobs in (
        (sara, f"supplier-{noord.pk}", "0.00"),
        (olga, f"authority-{ministry.pk}", None),
    ):
        folder = listed(person, "jobs", YEAR).context["folder"]
        assert [each.key for each in folder.papers] == [key]
        grid = folder.papers[0].parts[1].grid
        shown = own.figures(person, YEAR, today=TODAY)
        assert [row[3] for row in grid.rows] == [f"{each.hours:.2f}" for each in shown.forms]
        assert sum(each.hours for each in shown.forms) == shown.total.hours
        said = values(folder.papers[0])
        counted = [said[label] for label in said if label.startswith("Jobs that count")]
        assert counted == [grid.total[-1] if jobs is None else jobs]


def test_there_are_forms_of_what_one_may_see_alone(job, contract, sara, bram, vera):
    placement = job.placement
    for person, about, number in (
        (bram, "placement", placement.pk),
        (vera, "placement", placement.pk),
        (bram, "contract", contract.pk),
        (vera, "jobs", YEAR),
        (sara, "jobs", YEAR + 1),
        (sara, "else", 1),
    ):
        answer = online(person).get(reverse("reports:paper-list", args=[about, number]))
        assert answer.status_code == 404
    for key, language in (("none", "nl"), ("employer", "fr")):
        address = reverse("reports:paper-print", args=["placement", placement.pk, key, language])
        assert online(sara).get(address).status_code == 404
    Fulfilment.objects.filter(contract=contract).delete()
    assert "There is no form here" in listed(sara, "contract", contract.pk).text


@pytest.mark.slow
def test_every_form_is_pdf_ua_with_fields_to_type_in(busy, job, sara, post, tmp_path):
    """R-433: nothing is kept; what is written on it by anybody stays words."""
    noord, placement = busy.supplier, job.placement
    post(busy, Account.MALUS, "12.00")
    ended(busy)
    Contract.objects.filter(pk=busy.pk).update(title=f"Koffie {HOSTILE}", is_reserved=True)
    Supplier.objects.filter(pk=noord.pk).update(name=HOSTILE)
    client = online(sara)
    for about, number, key in (
        ("placement", placement.pk, "employer"),
        ("contract", busy.pk, "reserved"),
        ("contract", busy.pk, "final"),
        ("jobs", YEAR, f"supplier-{noord.pk}"),
    ):
        for language in ("nl", "en"):
            address = reverse("reports:paper-print", args=[about, number, key, language])
            made = client.get(address).content
            verdict = page.validate_pdf_bytes(made, profile="ua1")
            assert [(each.rule_id, each.message) for each in verdict.failures] == []
            path = tmp_path / f"{key}-{language}.pdf"
            path.write_bytes(made)
            assert verapdf.failures(path) == []
            assert printed.squeeze(HOSTILE) in printed.words(made)
            assert "K-01" not in printed.words(made)
            names = [name for name, _text in printed.tags(made)]
            assert (names.count("H1"), "Form" in names) == (1, True)
            with pikepdf.open(io.BytesIO(made)) as document:
                fields = document.Root.AcroForm.Fields
                assert str(document.Root.Lang) == language
                assert len({str(field.T) for field in fields}) == len(fields) >= 3
                assert all(str(field.TU) for field in fields)
    assert ReadEvent.objects.filter(activity="print-form", by=sara).count() == 2


def test_a_form_without_a_register_is_none():
    assert sorted(papers.ABOUT) == ["contract", "jobs", "placement"]
