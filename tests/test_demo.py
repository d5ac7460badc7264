"""The demonstration: a contract in every status and of every kind, made through the actions."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F
from django.utils import timezone

from contracts import dimensions, fulfilment
from contracts.models import (
    Contract,
    ContractStatus,
    Fulfilment,
    Goal,
    Regime,
    ReservedCheck,
    TurnoverReport,
)
from network.models import LessonChange, MomentKind, TimelineMoment
from reports import coverage
from reports.models import (
    BurdenQuarter,
    Definition,
    PublishedCell,
    PublishedFulfilment,
    Report,
)
from sroi_portal import demo, demo_people

SHORT = [
    next(story for story in demo.STORIES if story.status == status)
    for status in ("draft", "awarded", "handed_over", "active", "settling", "settled", "cancelled")
]


def _places():
    return Contract.objects.values_list("place", flat=True)


def test_the_demo_has_a_contract_in_every_status_and_of_every_kind(db, settings, monkeypatch):
    settings.DEMO = True
    monkeypatch.setattr(demo, "STORIES", SHORT)
    call_command("load_demo", stdout=io.StringIO())

    assert set(Contract.objects.values_list("status", flat=True)) == set(ContractStatus.values)
    assert not Contract.objects.filter(awarded_on__gt=timezone.localdate()).exists()
    assert Goal.objects.count() == 2
    assert TurnoverReport.objects.count() == 3
    assert Contract.objects.filter(is_framework=True).get().call_offs.count() == 2
    units = Fulfilment.objects.exclude(own_unit="").values_list("own_unit", flat=True)
    assert set(units) == {"person", "own"}
    without = Contract.objects.filter(coverage.UNCOVERED, regime=Regime.CLASSIC)
    assert {row.code for row in coverage.reasons(without)} == {"labour", "security", "reserved"}
    assert Contract.objects.get(is_reserved=True).is_reserved_enough
    assert ReservedCheck.objects.filter(contract__is_reserved=True, is_enough=True).exists()
    assert all(dimensions.PROVINCES.get(code[:4]) for code in _places())
    assert TimelineMoment.objects.filter(kind=MomentKind.FIGURES).exists()
    changes = LessonChange.objects.all()
    assert set(changes.values_list("kind", flat=True)) == {"clause", "entry_rule"}
    assert not changes.filter(changed_on__lt=F("lesson__published_at__date")).exists()
    assert Report.objects.count() == len(Definition)
    inner = PublishedCell.objects.exclude(row="").exclude(column="")
    assert inner.filter(people__gte=25).exists()
    assert inner.filter(is_suppressed=True).exists()
    assert PublishedFulfilment.objects.get().contract.title.startswith("Catering")
    assert BurdenQuarter.objects.filter(minutes__gt=0, returned_pct__gt=0).exists()
    assert fulfilment.different_from_ledger() == []
    with pytest.raises(CommandError, match="people already"):
        call_command("load_demo", stdout=io.StringIO())


def test_everybody_of_the_demo_is_told_with_a_password_and_a_second_factor(settings):
    settings.DEMO = True
    printed = io.StringIO()
    call_command("demo_people", stdout=printed)
    for official in demo_people.OFFICIALS:
        assert official.email in printed.getvalue()
    assert demo_people.PASSWORD in printed.getvalue()


@pytest.mark.parametrize("command", ["load_demo", "demo_people"])
def test_a_portal_in_use_has_no_demo(settings, command):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=True"):
        call_command(command, stdout=io.StringIO())
