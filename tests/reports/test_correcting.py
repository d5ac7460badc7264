"""A report that was issued never changes: a correction replaces it and names what changed."""

import pytest
from django.urls import reverse
from django.utils import translation

from contracts.models import Account, Contract
from reports import actions, definitions, printing
from reports.facts.kinds import Change
from reports.models import Report
from tests.conftest import NOON
from tests.reports import printed

REASON = "Een bijdrage stond op het verkeerde contract."


def test_a_correction_names_what_changed(busy, issue, post, vera):
    old = issue(busy)
    before = dict(old.facts)
    post(busy, Account.VERIFIED, "10.05")

    made = actions.correct_report(old, by=vera, at=NOON, reason=REASON)

    found = definitions.read(made)
    assert (found.issue.corrects, found.issue.reason) == (old.number, REASON)
    (change,) = found.issue.changes
    assert (change.subject, change.what) == (busy.title, "Goedgekeurd")
    said = printed.amounts(change.before), printed.amounts(change.after)
    assert said == ({"€6.000,00"}, {"€6.010,05"})
    old.refresh_from_db()
    assert (old.facts, old.corrected_by) == (before, made)
    assert [definitions.differences(each) for each in (old, made)] == [[], []]
    for shown in (printing.as_twin(made), printing.as_html(made)):
        assert REASON in shown
        assert old.number in shown
    assert 'id="changes"' not in printing.as_twin(old)


def test_a_correction_of_many_names_each_contract(busy, quiet, issue, post, vera):
    old = issue(language="en")
    post(quiet, Account.WAIVED, "100.00")
    Contract.objects.filter(pk=busy.pk).update(title="Anders")
    made = actions.correct_report(old, by=vera, at=NOON, reason=REASON)
    named = [(each.subject, each.what) for each in definitions.read(made).issue.changes]
    assert named == [
        ("All contracts", "Waived"),
        ("Anders", "Title"),
        (quiet.title, "Waived"),
    ]


def test_a_contract_that_is_new_in_a_correction_is_named(busy, quiet, issue, vera):
    Contract.objects.filter(pk=quiet.pk).update(status="cancelled")
    old = issue(language="en")
    Contract.objects.filter(pk=quiet.pk).update(status="active")
    Contract.objects.filter(pk=busy.pk).update(status="cancelled")
    made = actions.correct_report(old, by=vera, at=NOON, reason=REASON)
    found = definitions.read(made).issue.changes
    assert Change(quiet.title, "Contract", "", "in the report") in found
    assert Change(busy.title, "Contract", "in the report", "") in found


def test_a_report_is_corrected_once_and_only_when_it_differs(busy, issue, post, vera):
    old = issue(busy)
    with pytest.raises(actions.NothingToCorrectError):
        actions.correct_report(old, by=vera, at=NOON, reason=REASON)
    assert Report.objects.count() == 1
    post(busy, Account.VERIFIED, "10.05")
    made = actions.correct_report(old, by=vera, at=NOON, reason=REASON)
    with pytest.raises(actions.AlreadyCorrectedError):
        actions.correct_report(old, by=vera, at=NOON, reason=REASON)
    assert made.number == "2026-0002"


def test_other_words_than_those_that_changed_are_found(busy, issue, post, vera):
    old = issue(busy)
    post(busy, Account.VERIFIED, "10.05")
    made = actions.correct_report(old, by=vera, at=NOON, reason=REASON)
    made.facts["issue"]["changes"] = []
    with translation.override("en"):
        assert definitions.differences(made)[1:] == ["What the correction names differs."]


def test_a_report_is_corrected_on_its_page(client, busy, issue, post, vera):
    old = issue(busy)
    url = reverse("reports:report-correct", args=[old.pk])
    client.sign_in(vera)
    assert client.get(url).context["changes"] == ()
    refused = client.post(url, {"reason": REASON})
    assert refused.context["form"].errors.keys() == {"__all__"}
    post(busy, Account.VERIFIED, "10.05")
    assert url in client.get(old.get_absolute_url()).content.decode()
    assert [each.subject for each in client.get(url).context["changes"]] == [busy.title]

    answers = [client.post(url, {"reason": REASON}) for _press in range(2)]

    made = Report.objects.get(corrects=old)
    assert [answer.status_code for answer in answers] == [302, 200]
    assert answers[0].url == made.get_absolute_url()
    shown = client.get(old.get_absolute_url()).content.decode()
    assert made.get_absolute_url() in shown
    assert url not in shown


def test_the_list_says_what_replaced_a_report(client, busy, issue, post, vera):
    first = issue(busy)
    post(busy, Account.VERIFIED, "1.00")
    second = actions.correct_report(first, by=vera, at=NOON, reason=REASON)
    page = client.sign_in(vera).get(reverse("reports:report-list")).context["page"]
    assert {each: each.replaced_by for each in page} == {first: second.number, second: None}


def test_only_who_issues_for_all_of_it_corrects(client, busy, issue, cora, vera):
    report = issue(definition="annual", year=2026)
    url = reverse("reports:report-correct", args=[report.pk])
    assert client.sign_in(cora).get(url).status_code == 403
    assert client.sign_in(vera).get(url).status_code == 200
