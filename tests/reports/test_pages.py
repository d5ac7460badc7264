"""Figures, reports and their pages: what one sees, does and may not see."""

import uuid
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts.models import Account
from reports import definitions, printing
from reports.models import Definition, Report, ReportStatus
from sroi_portal.core.models import Job
from tests import factories
from tests.conftest import NOON
from tests.reports import printed

DASHBOARD = "/figures/"


@pytest.fixture
def stored(busy, issue):
    """A report whose PDF is a stand-in."""
    report = issue(busy)
    report.pdf.save(f"{report.uuid}.pdf", ContentFile(b"%PDF-1.7"), save=False)
    report.status, report.printed_at, report.pdf_sha256 = ReportStatus.ISSUED, NOON, b"\0" * 32
    report.save()
    return report


def _queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as context:
        client.get(url)
    return len(context)


# Reports


def test_a_report_is_looked_at_before_it_is_issued(client, busy, vera):
    client.sign_in(vera)
    page = client.get(reverse("reports:report-issue"), {"contract": busy.pk})
    assert page.context["standing"].owed_eur == Decimal("40000.00")
    assert "€40.000,00" in printed.amounts(page.content.decode())
    assert Report.objects.count() == 0


def test_a_report_is_issued_once_however_often_the_button_is_pressed(client, busy, vera):
    client.sign_in(vera)
    sent = {
        "contract": busy.pk,
        "authority": busy.authority_id,
        "language": "nl",
        "form_key": str(uuid.uuid4()),
    }
    answers = [client.post(reverse("reports:report-issue"), sent) for _press in range(2)]
    report = Report.objects.get()
    assert {answer.url for answer in answers} == {report.get_absolute_url()}
    assert (report.contract, report.issued_by) == (busy, vera)


def test_a_portfolio_report_is_issued_for_the_authority(client, busy, vera):
    client.sign_in(vera)
    asked = {"authority": busy.authority_id, "language": "en", "form_key": str(uuid.uuid4())}
    client.post(reverse("reports:report-issue"), asked)
    report = Report.objects.get()
    assert (report.definition, report.language, report.contract) == ("portfolio", "en", None)


@pytest.mark.parametrize("name", ["authority", "contract"])
def test_nobody_reports_on_what_is_not_theirs(client, busy, otto, other_ministry, name):
    factories.RoleAssignmentFactory(user=otto, authority=other_ministry, role="policy_maker")
    client.sign_in(otto)
    asked = {"authority": busy.authority_id, "contract": busy.pk}[name]
    assert client.get(reverse("reports:report-issue"), {name: asked}).status_code == 404
    answer = client.post(reverse("reports:report-issue"), {name: asked, "language": "nl"})
    assert (answer.status_code, Report.objects.count()) == (200, 0)


def test_a_contract_is_found_by_its_words(client, busy, quiet, vera):
    client.sign_in(vera)
    found = client.get(reverse("reports:report-issue"), {"words": "Stil"}).context["found"]
    assert found == [quiet]


def test_the_list_is_narrowed(client, busy, issue, vera, ministry):
    issue(busy), issue()
    client.sign_in(vera)

    def found(**asked):
        return len(client.get(reverse("reports:report-list"), asked).context["page"].object_list)

    assert found() == 2
    assert found(definition="contract") == 1
    assert found(authority=ministry.pk) == 2
    assert found(words=busy.title) == 1
    assert found(words="2026-0002") == 1
    assert found(words="nergens") == 0


def test_a_supplier_finds_the_reports_of_its_own_contracts(client, busy, issue, sara, bram):
    report = issue(busy)
    issue()
    client.sign_in(sara)
    page = client.get(reverse("reports:report-list")).context["page"]
    assert list(page.object_list) == [report]
    assert client.get(report.get_absolute_url()).status_code == 200
    assert client.sign_in(bram).get(report.get_absolute_url()).status_code == 404


def test_the_page_says_every_amount_that_was_frozen(client, busy, issue, vera):
    report = issue(busy)
    client.sign_in(vera)
    shown = printed.amounts(client.get(report.get_absolute_url()).content.decode())
    found = definitions.read(report)
    wanted = {
        f"€{amount:,.2f}".translate(str.maketrans(",.", ".,"))
        for thing in (*found.in_short, found.quality, *found.periods)
        for name in thing.__slots__
        if name.endswith("_eur") and name != "malus_eur"
        for amount in [getattr(thing, name)]
        if name != "submitted_so_far_eur"
    }
    assert wanted <= shown


def test_the_page_makes_the_report_again(client, busy, issue, vera):
    report = issue(busy)
    client.sign_in(vera)
    assert client.get(report.get_absolute_url(), {"check": "1"}).context["differences"] == []
    report.facts["quality"]["late_count"] = 9
    Report.objects.filter(pk=report.pk).update(facts=report.facts)
    found = client.get(report.get_absolute_url(), {"check": "1"}).context["differences"]
    assert len(found) == 2


def test_a_report_leads_to_the_lines_that_it_added_up(client, busy, issue, vera, cora):
    """G15: what was posted later is not among them; a policy maker ends at the contract."""
    report = issue(busy)
    factories.entry(busy, Account.VERIFIED, Decimal(1), source=uuid.uuid4())
    page = client.sign_in(cora).get(report.get_absolute_url())
    found = client.get(page.context["ledger_url"])
    assert page.context["ledger_url"].replace("&", "&amp;") in page.content.decode()
    sums = {row["account"]: row["total"] for row in found.context["sums"]}
    assert sums[Account.VERIFIED] == printing.context(report)["facts"].contract.sums.verified_eur
    now = client.get(page.context["contract_url"] + "ledger/")
    assert now.context["page"].paginator.count == found.context["page"].paginator.count + 1
    page = client.sign_in(vera).get(report.get_absolute_url())
    assert client.get(page.context["contract_url"]).status_code == 200
    assert "ledger_url" not in page.context


def test_a_report_of_many_leads_to_its_contracts(client, busy, quiet, issue, vera):
    report = issue(definition=Definition.PORTFOLIO)
    page = client.sign_in(vera).get(report.get_absolute_url())
    found = client.get(page.context["contracts_url"]).context["page"]
    total = printing.context(report)["facts"].total
    assert found.paginator.count == total.contracts_count > 0
    year = issue(definition=Definition.JOBS, year=2025)
    assert "contracts_url" not in client.get(year.get_absolute_url()).context


def test_progress_asks_until_it_is_printed(client, busy, issue, vera):
    report = issue(busy)
    Job.objects.filter(uuid=report.job_uuid).update(done_count=40)
    client.sign_in(vera)
    url = reverse("reports:report-progress", args=[report.pk])

    assert client.get(url).url == report.get_absolute_url()
    answer = client.get(url, headers={"HX-Request": "true"})
    assert 'value="40"' in answer.content.decode()
    assert "HX-Refresh" not in answer.headers


def test_progress_loads_the_page_anew_when_it_is_printed(client, stored, vera):
    url = reverse("reports:report-progress", args=[stored.pk])
    answer = client.sign_in(vera).get(url, headers={"HX-Request": "true"})
    assert answer.headers["HX-Refresh"] == "true"


def test_the_pdf_comes_as_a_file(client, stored, vera):
    answer = client.sign_in(vera).get(reverse("reports:report-download", args=[stored.pk]))
    assert b"".join(answer.streaming_content) == b"%PDF-1.7"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="nalevingsrapport-van-een-contract-2026-0001.pdf"'
    )


def test_what_is_not_printed_yet_is_not_found(client, busy, issue, vera):
    url = reverse("reports:report-download", args=[issue(busy).pk])
    assert client.sign_in(vera).get(url).status_code == 404


def test_a_failed_print_is_tried_again_by_a_button(client, busy, issue, vera):
    report = issue(busy)
    Report.objects.filter(pk=report.pk).update(status=ReportStatus.FAILED)
    client.sign_in(vera)
    url = reverse("reports:report-reprint", args=[report.pk])
    assert url in client.get(report.get_absolute_url()).content.decode()

    for _press in range(2):
        assert client.post(url).url == report.get_absolute_url()

    report.refresh_from_db()
    assert report.status == ReportStatus.PRINTING
    assert Job.objects.count() == 2
