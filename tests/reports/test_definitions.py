"""Each definition says what the ledger says, to the cent, and is made again the same."""

import dataclasses
import datetime as dt
import hashlib
import json
import re
import uuid
from decimal import Decimal

from django.db.models import Sum
from django.urls import reverse
from django.utils import translation

from candidates import actions as candidate_actions
from contracts import ledger
from contracts.models import Account, ConsortiumMember, LedgerEntry
from reports import definitions, printing
from reports.facts import kinds
from reports.models import Definition, FixedTable, PublishedCell, Report
from sroi_portal.core.models import User
from sroi_portal.core.money import ZERO
from tests import factories
from tests.candidates import kinds as kinds_of_work
from tests.conftest import NOON
from tests.reports import printed


def _ledger(account, **narrowed):
    entries = LedgerEntry.objects.filter(account=account, unit="eur", **narrowed)
    return entries.aggregate(total=Sum("quantity"))["total"] or Decimal("0.00")


def test_every_definition_has_its_module_and_its_templates():
    assert list(definitions.KINDS) == list(Definition.values)


def test_every_definition_is_made_again_and_read_back(subject, issue):
    for definition, about in subject.items():
        report = issue(definition=definition, **about)
        found = definitions.read(report)
        assert found.as_json() == Report.objects.get(pk=report.pk).facts
        assert definitions.differences(report) == []


def _parts(shown):
    return re.findall(r'class="panel part[^>]* id="([a-z-]+)"', shown)


def test_the_quality_of_the_figures_stands_among_the_first_parts(subject, issue):
    for definition, about in subject.items():
        report = issue(definition=definition, **about)
        parts = _parts(printing.as_twin(report))
        assert "quality" in parts[:2]
        assert re.findall(r'<li><a href="#([a-z-]+)"', printing.as_html(report)) == parts


def test_a_look_beforehand_has_all_that_the_report_would_say(
    client, busy, tried, issue, ministry, vera
):
    User.objects.filter(pk=vera.pk).update(language="en")
    asked = {"definition": "pilots", "year": 2026, "authorities": [ministry.pk]}
    page = client.sign_in(vera).get(reverse("reports:report-issue"), asked).content.decode()
    report = issue(definition=Definition.PILOTS, year=2026, language="en")
    assert _parts(page) == _parts(printing.as_twin(report))
    assert "What was learned, and what changed" in page
    assert "€6,000.00" in page


def test_a_sum_says_what_was_carried_over(busy, quiet, issue, post):
    post(busy, Account.CARRIED, "-250.00")
    shown = printing.as_twin(issue(definition=Definition.PORTFOLIO, language="en"))
    assert shown.count("-€250.00<br>carried over") >= 3  # by category, by year, of the contract


def test_a_chart_draws_no_contract_without_figures(busy, quiet, issue):
    report = issue(definition=Definition.SUPPLIER, supplier=busy.supplier)
    found = definitions.read(report)
    nothing = dataclasses.replace(
        found.contracts[0],
        sums=dataclasses.replace(found.contracts[0].sums, verified_eur=ZERO, submitted_eur=ZERO),
        standing=dataclasses.replace(found.contracts[0].standing, owed_eur=ZERO),
    )
    chart = definitions.kind_of(report).chart
    assert len(chart(dataclasses.replace(found, contracts=(nothing,))).bars) == 0


def test_what_was_issued_before_is_read_as_it_was(busy, issue):
    """Facts of the first version know no authority of a line, and no statements."""
    report = issue(busy)
    del report.facts["contract"]["terms"]["authority"]
    del report.facts["quality"]["unstated_count"]
    found = definitions.read(report)
    assert (found.contract.terms.authority, found.quality.unstated_count) == ("", None)
    assert list(definitions.kind_of(report).compare(found)) == []


# Statement of a supplier


def test_a_statement_has_the_account_of_the_supplier(busy, quiet, issue):
    found = definitions.read(issue(definition=Definition.SUPPLIER, supplier=busy.supplier))
    assert [line.terms.uuid for line in found.contracts] == [str(busy.uuid)]
    mine = {"contract__supplier": busy.supplier}
    assert dataclasses.asdict(found.total.sums) == {
        f"{account.value}_eur": _ledger(account.value, **mine) for account in Account
    }
    assert found.periods[-1].verified_so_far_eur == found.total.sums.verified_eur


def test_a_statement_tells_the_part_of_a_contract_of_others(busy, quiet, issue):
    ConsortiumMember.objects.create(
        contract=busy, supplier=quiet.supplier, share_pct=Decimal("25.00")
    )
    lead, member = (
        definitions.read(issue(definition=Definition.SUPPLIER, supplier=contract.supplier))
        for contract in (busy, quiet)
    )
    assert [(part.is_lead, part.owed_eur) for part in lead.parts] == [(True, Decimal("30000.00"))]
    assert [(part.is_lead, part.verified_eur) for part in member.parts] == [
        (False, Decimal("1500.00"))
    ]
    assert member.total.standing.owed_eur == Decimal("5000.00")


def test_a_supplier_finds_its_own_statement(client, busy, quiet, issue, sara, bram):
    report = issue(definition=Definition.SUPPLIER, supplier=busy.supplier)
    page = client.sign_in(sara).get(report.get_absolute_url())
    wanted = printed.amounts(str(_euros(definitions.read(report).total.sums.verified_eur)))
    assert wanted <= printed.amounts(page.content.decode())
    assert client.sign_in(bram).get(report.get_absolute_url()).status_code == 404


def test_who_chooses_is_asked_what_the_kind_asks(client, busy, quiet, vera, noord):
    client.sign_in(vera)
    url = reverse("reports:report-issue")
    asked = client.get(url, {"definition": "supplier"}).context["subject"]
    assert list(asked.fields) == ["authority", "supplier"]

    elsewhere = factories.SupplierFactory()
    wrong = {"definition": "supplier", "authority": busy.authority_id, "supplier": elsewhere.pk}
    assert client.get(url, wrong).context["subject"].errors.keys() == {"supplier"}

    chosen = wrong | {"supplier": busy.supplier_id}
    page = client.get(url, chosen)
    assert page.context["standing"].owed_eur == Decimal("40000.00")
    form = page.context["form"]
    sent = {name: form[name].value() for name in ("definition", "form_key", "language")}
    client.post(url, chosen | sent)
    report = Report.objects.get()
    assert (report.definition, report.supplier) == ("supplier", busy.supplier)


# Report of a category


def test_a_category_is_the_sum_of_its_authorities(busy, quiet, elsewhere, abroad, issue):
    about = {"category": busy.category, "other_authority_ids": [elsewhere.pk]}
    found = definitions.read(issue(definition=Definition.CATEGORY, **about))
    assert [line.terms.title for line in found.contracts] == sorted([busy.title, "Elders"])
    assert dataclasses.asdict(found.total.sums) == {
        f"{account.value}_eur": _ledger(account.value, contract__category=busy.category)
        for account in Account
    }
    for groups in (found.by_authority, found.by_supplier, found.by_year):
        assert kinds.total(group.sums for group in groups) == found.total.sums
    assert [group.label for group in found.by_authority] == list(found.authorities)


def test_a_report_over_several_is_for_who_works_for_all(client, abroad, issue, vera, anna):
    about = {"category": abroad.category, "other_authority_ids": [abroad.authority_id]}
    report = issue(definition=Definition.CATEGORY, **about)
    assert client.sign_in(vera).get(report.get_absolute_url()).status_code == 200
    assert client.sign_in(anna).get(report.get_absolute_url()).status_code == 404
    assert list(Report.objects.visible_to(anna)) == []


def test_authorities_are_chosen_together(client, busy, elsewhere, abroad, vera):
    client.sign_in(vera)
    url = reverse("reports:report-issue")
    offered = client.get(url, {"definition": "category"}).context["subject"]
    assert set(offered["authorities"].initial) == {busy.authority, elsewhere}
    both = [busy.authority_id, elsewhere.pk]
    chosen = {"definition": "category", "category": busy.category_id, "authorities": both}
    page = client.get(url, chosen)
    assert page.context["standing"].owed_eur == Decimal("45000.00")
    client.post(url, chosen | {"language": "en", "form_key": str(uuid.uuid4())})
    assert set(Report.objects.get().authority_ids) == set(both)
    answer = client.post(url, {"definition": "category", "language": "nl"})
    assert answer.context["form"].errors.keys() == {"definition"}


# Quality of the data


def test_the_quality_of_the_data_names_what_is_missing(busy, quiet, elsewhere, abroad, issue):
    about = {"definition": Definition.QUALITY, "other_authority_ids": [elsewhere.pk]}
    found = definitions.read(issue(**about))
    assert [row.line.terms.title for row in found.late] == ["Elders", busy.title]
    assert sum(row.quality.late_eur for row in found.late) == found.quality.late_eur
    assert [line.terms.title for line in found.unreported] == [quiet.title]
    assert found.silent_suppliers == ()  # it reported elsewhere
    assert found.without_obligation == ()
    for rows in (found.quality_by_authority, found.quality_by_category):
        for name in ("verified_eur", "waiting_eur", "late_eur", "unchecked_eur"):
            parts = sum(getattr(row.quality, name) for row in rows)
            assert parts == getattr(found.quality, name)


def test_a_changed_row_of_the_quality_is_found(busy, quiet, issue):
    report = issue(definition=Definition.QUALITY)
    assert definitions.read(report).silent_suppliers == (quiet.supplier.name,)
    report.facts["quality_by_authority"][0]["quality"]["late_count"] = 9
    report.facts["unreported"] = []
    with translation.override("en"):
        found = definitions.differences(report)[1:]
    assert found == ["The lists of contracts differ.", "The quality of the parts differs."]


# Annual report


def test_an_annual_report_is_the_ledger_of_the_year(busy, quiet, elsewhere, abroad, issue, post):
    post(busy, Account.VERIFIED, "55.55", month=dt.date(2025, 12, 1))
    about = {"definition": Definition.ANNUAL, "other_authority_ids": [elsewhere.pk]}
    found = definitions.read(issue(year=2026, **about))
    assert found.total.sums.verified_eur == _ledger(Account.VERIFIED)
    wanted = _ledger(Account.VERIFIED, month__year=2026)
    assert found.year_total.verified_eur == wanted == Decimal("6000.00")
    for rows in (found.year_by_authority, found.year_by_category):
        for name in ("contracts_count", "awarded_eur", "verified_eur"):
            assert sum(getattr(row, name) for row in rows) == getattr(found.year_total, name)
    for groups in (found.by_authority, found.by_category):
        assert kinds.total(group.sums for group in groups) == found.total.sums


def test_an_annual_report_says_who_is_absent(busy, elsewhere, issue):
    about = {"definition": Definition.ANNUAL, "year": 2026}
    assert definitions.read(issue(**about)).absent == (elsewhere.name,)
    both = definitions.read(issue(other_authority_ids=[elsewhere.pk], **about))
    assert (both.absent, both.is_of_all) == ((), True)


def test_social_purchase_stands_apart(contract, table, sara, issue, post):
    shop = factories.SupplierFactory(name="Sociale Bakker", kvk="99991008")
    claim = kinds_of_work.bought(kinds_of_work.row(table, "bought"), shop)
    share = candidate_actions.draft_claim(contract, claim, by=sara, at=NOON)
    source = ledger.Source("candidates.share", share.uuid)
    post(contract, Account.VERIFIED, "100.00", source=source)
    post(contract, Account.VERIFIED, "300.00")
    found = definitions.read(issue(definition=Definition.ANNUAL, year=2026))
    assert found.year_total.verified_eur == Decimal("400.00")
    assert found.year_total.purchase_eur == Decimal("100.00")


def test_people_come_from_the_published_tables(busy, issue, ministry):
    """What is hidden there is hidden here; what was published later is not in it."""

    def publish(kind, first, last, cells, *, at=NOON):
        names = [{"code": ministry.code, "nl": ministry.name, "en": ministry.name}]
        table = FixedTable.objects.create(
            kind=kind, starts_on=first, ends_on=last, rows=names, position=1, made_at=at
        )
        for row, people in cells.items():
            has_hours = people is not None and kind == "quarter"
            PublishedCell.objects.create(
                table=table,
                row=row,
                column="",
                is_suppressed=people is None,
                people=people,
                hours=Decimal(people * 100) if has_hours else None,
                value_eur=Decimal(1) if has_hours else None,
            )

    publish("quarter", dt.date(2025, 1, 1), dt.date(2025, 3, 31), {"": 25, ministry.code: None})
    later = NOON + dt.timedelta(days=1)
    publish("quarter", dt.date(2025, 4, 1), dt.date(2025, 6, 30), {"": 30}, at=later)
    publish("groups", dt.date(2025, 1, 1), dt.date(2025, 12, 31), {"": 40})

    report = issue(definition=Definition.ANNUAL, year=2025)

    found = definitions.read(report).people
    assert (found.whole_year.people, found.whole_year.full_time_years) == (40, None)
    (quarter,) = found.total.quarters
    assert (quarter.people, quarter.full_time_years) == (25, Decimal("1.3"))
    assert [work.people for work in found.by_authority[0].quarters] == [None]
    assert definitions.differences(report) == []


def test_an_annual_report_is_for_a_policy_maker(client, busy, cora, vera):
    asked = {"definition": "annual"}
    url = reverse("reports:report-issue")
    chosen = client.sign_in(cora).get(url, asked)
    assert "annual" not in [kind.definition.value for kind in chosen.context["kinds"]]
    assert list(client.sign_in(vera).get(url, asked).context["subject"].fields) == [
        "year",
        "authorities",
    ]


# As a file


def test_the_file_of_the_facts_has_the_printed_fingerprint(client, subject, issue, vera):
    client.sign_in(vera)
    for definition, about in subject.items():
        report = issue(definition=definition, **about)
        sent = client.get(reverse("reports:report-facts", args=[report.pk])).content
        assert hashlib.sha256(sent).digest() == bytes(report.facts_sha256)
        said = definitions.kind_of(report).facts.from_json(json.loads(sent))
        page = client.get(report.get_absolute_url()).content.decode()
        account, standing = said.in_short
        shown = {_euros(account.verified_eur), _euros(standing.owed_eur)}
        assert shown <= printed.amounts(page)


def _euros(amount):
    return f"€{amount:,.2f}".translate(str.maketrans(",.", ".,"))
