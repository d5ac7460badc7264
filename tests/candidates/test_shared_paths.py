"""A path over two suppliers credits both, and never more than 100 per cent (R-385 to R-387)."""

import datetime as dt
import threading
from decimal import Decimal

import pytest
from django.db import connection

from candidates import actions, paths, worth
from candidates.forms import ContributionForm
from candidates.models import (
    CLAIMED,
    PathPerson,
    PathPlan,
    PathPlanStatus,
    Share,
    SharedPath,
    ShareStatus,
)
from candidates.paths import PathCreditedError
from contracts.models import Block
from sroi_portal.core.models import AuditEvent, Outgoing, Remark
from sroi_portal.core.status import IllegalMoveError
from tests import factories
from tests.candidates import walking
from tests.candidates.walking import FEBRUARY, JANUARY
from tests.conftest import NOON

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def other(other_ministry, zuid, piet, table, bram):
    """The same person, 36 hours a week at Leverancier Zuid on a contract of its own."""
    contract = factories.active_contract(
        authority=other_ministry, supplier=zuid, officer=piet, manager=piet, value_table=table
    )
    facts = actions.PlacementFacts(
        reference="Z-9",
        block=Block.objects.get(table=table, code="ww"),
        hours_per_week=Decimal(36),
        starts_on=dt.date(2026, 1, 1),
        contract_form="temporary",
    )
    return actions.enter_placement(contract, facts, by=bram, at=NOON)


@pytest.fixture
def plan(path, noord, zuid, sara, bram):
    return walking.agreed(path, walking.steps(noord, zuid), sara, bram)


@pytest.fixture
def walked(path, plan, placement, other, sara, bram):
    walking.tied(path, placement.candidate, other.candidate, sara, bram)
    return path


def test_a_path_of_two_credits_both_and_is_whole(walked, placement, other, sara, bram):
    one = walking.claimed(placement, sara, FEBRUARY, 60)
    two = walking.claimed(other, bram, FEBRUARY, 40)
    assert (one.value_eur, two.value_eur) == (Decimal("1000.00"), Decimal("666.67"))
    assert one.contract.supplier_id != two.contract.supplier_id
    assert one.pct + two.pct == 100


@pytest.mark.parametrize(("period", "pct"), [(FEBRUARY, 61), ((JANUARY[0], FEBRUARY[1]), 100)])
def test_nobody_claims_more_than_the_path_gives(walked, placement, sara, period, pct):
    with pytest.raises(paths.PathExceededError, match=r"your part is 60\.0%"):
        walking.claimed(placement, sara, period, pct)


def test_what_came_back_is_not_corrected_beyond_the_path(walked, placement, sara, olga):
    share = walking.claimed(placement, sara, FEBRUARY, 60)
    actions.return_share(share, by=olga, at=NOON, question="Welke weken?")
    with pytest.raises(paths.PathExceededError):
        actions.change_share(share, by=sara, at=NOON, period=FEBRUARY, pct=Decimal(70))
    whole = actions.Part(placement.contract, placement.block, Decimal(100))
    with pytest.raises(paths.PathExceededError):
        actions.divide_contribution(share.contribution, [whole], by=sara, at=NOON)


def test_days_of_another_supplier_are_not_claimed(walked, other, bram):
    with pytest.raises(paths.PathExceededError, match=r"your part is 0\.0%"):
        walking.claimed(other, bram, JANUARY)


def test_one_month_of_a_person_is_one_month_on_the_whole_path(path, placement, other, sara, bram):
    noord, zuid = placement.supplier, other.supplier
    half = (dt.date(2026, 2, 1), dt.date(2026, 2, 14))
    rest = (dt.date(2026, 2, 15), dt.date(2026, 2, 28))
    planned = [walking.step(noord, *rest, 60), walking.step(zuid, *rest, 40)]
    walking.agreed(path, planned, sara, bram)
    walking.tied(path, placement.candidate, other.candidate, sara, bram)
    walking.claimed(placement, sara, half)
    walking.claimed(placement, sara, rest, 60)
    share = walking.claimed(other, bram, half)
    assert share.value_eur == Decimal("333.33")
    [used] = worth.used_by_each([share], CLAIMED).values()
    assert used.parts == worth.used_by_others(share, CLAIMED).parts != {}


def test_a_plan_holds_when_all_agreed_and_replaces_the_one_before(
    path, plan, noord, zuid, sara, bram
):
    assert (plan.status, plan.version, plan.settled_on) == ("agreed", 1, NOON.date())
    newer = actions.propose_path_plan(path, walking.steps(noord, zuid, 50, 50), by=bram, at=NOON)
    with pytest.raises(actions.NotOnPathError):
        actions.agree_path_plan(newer, by=bram, at=NOON)
    actions.agree_path_plan(newer, by=sara, at=NOON)
    plan.refresh_from_db()
    newer.refresh_from_db()
    assert (plan.status, newer.status, newer.version) == ("superseded", "agreed", 2)
    with pytest.raises(IllegalMoveError):
        actions.agree_path_plan(newer, by=sara, at=NOON)
    mail = Outgoing.objects.latest("pk")
    assert path.get_absolute_url() in mail.body
    assert "Keuken" not in mail.body


def test_three_suppliers_all_agree(noord, zuid, sara, bram):
    oost = factories.SupplierFactory()
    mies = factories.UserFactory()
    factories.MembershipFactory(user=mies, supplier=oost)
    path = actions.begin_path(
        (noord, zuid, oost), "Drie stappen", by=sara, at=NOON, key=SharedPath().uuid
    )
    planned = [
        walking.step(each, *FEBRUARY, pct) for each, pct in ((noord, 20), (zuid, 30), (oost, 50))
    ]
    plan = actions.propose_path_plan(path, planned, by=sara, at=NOON)
    for person, status in ((bram, PathPlanStatus.PROPOSED), (mies, PathPlanStatus.AGREED)):
        actions.agree_path_plan(plan, by=person, at=NOON)
        plan.refresh_from_db()
        assert plan.status == status


@pytest.mark.parametrize(
    ("planned", "said"),
    [
        ([], "at least one step"),
        ([90], "90.0%"),
    ],
)
def test_a_plan_that_is_not_whole_is_not_proposed(path, noord, sara, planned, said):
    wanted = [walking.step(noord, *JANUARY, pct) for pct in planned]
    with pytest.raises(actions.UnevenCreditError, match=said):
        actions.propose_path_plan(path, wanted, by=sara, at=NOON)


def test_a_step_is_of_who_walks_the_path(path, sara):
    strange = [walking.step(factories.SupplierFactory(), *JANUARY, 100)]
    with pytest.raises(actions.NotOnPathError):
        actions.propose_path_plan(path, strange, by=sara, at=NOON)


def test_who_does_not_agree_says_why(path, noord, zuid, sara, bram):
    plan = actions.propose_path_plan(path, walking.steps(noord, zuid), by=sara, at=NOON)
    actions.drop_path_plan(plan, "Liever de helft.", by=bram, at=NOON)
    plan.refresh_from_db()
    assert plan.status == PathPlanStatus.DROPPED


def test_a_person_crosses_by_a_code_that_works_once(path, plan, placement, other, sara, bram):
    by = {"by": bram, "at": NOON}
    tie = actions.tie_person(path, placement.candidate, by=sara, at=NOON)
    code = actions.give_path_code(tie, by=sara, at=NOON)
    for wrong in ("", "7F3K-Q2MX"):
        with pytest.raises(actions.PathCodeRefusedError):
            actions.tie_person(path, other.candidate, **by, code=wrong)
    late = {"by": bram, "at": NOON + actions.CODE_HOLDS}
    with pytest.raises(actions.PathCodeRefusedError):
        actions.tie_person(path, other.candidate, **late, code=code)
    told = f" {code[:2]} {code[2:4]}{code[5:]}".lower()  # by telephone
    actions.tie_person(path, other.candidate, **by, code=told)
    tie.refresh_from_db()
    assert (tie.code_hash, PathPerson.objects.count()) == (None, 2)


def test_a_person_is_tied_once_a_plan_is_agreed(path, placement, sara):
    with pytest.raises(actions.NotOnPathError):
        actions.tie_person(path, placement.candidate, by=sara, at=NOON)


def test_what_was_claimed_before_fits_in_the_plan(path, plan, placement, sara):
    walking.claimed(placement, sara, FEBRUARY)
    with pytest.raises(paths.PathExceededError):
        actions.tie_person(path, placement.candidate, by=sara, at=NOON)


def test_a_new_plan_leaves_what_was_claimed(walked, placement, noord, zuid, sara, bram):
    walking.claimed(placement, sara, FEBRUARY, 60)
    newer = actions.propose_path_plan(walked, walking.steps(noord, zuid, 40, 60), by=bram, at=NOON)
    with pytest.raises(paths.PathExceededError):
        actions.agree_path_plan(newer, by=sara, at=NOON)


@pytest.mark.django_db(transaction=True)
def test_a_claim_and_a_smaller_part_at_once_are_never_both_given(
    walked, placement, noord, zuid, sara, bram
):
    newer = actions.propose_path_plan(walked, walking.steps(noord, zuid, 40, 60), by=bram, at=NOON)
    share = actions.draft_contribution(
        placement, by=sara, at=NOON, period=FEBRUARY, pct=Decimal(60)
    )
    ready, refused = threading.Barrier(2), []

    def go(verb, obj):
        try:
            ready.wait(timeout=20)
            verb(obj, by=sara, at=NOON)
        except Exception as reason:  # noqa: BLE001 - told to the test below
            refused.append(type(reason))
        finally:
            connection.close()

    both = ((actions.submit_share, share), (actions.agree_path_plan, newer))
    threads = [threading.Thread(target=go, args=each) for each in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    given = (
        Share.objects.filter(status=ShareStatus.SUBMITTED).exists(),
        PathPlan.objects.filter(version=2, status=PathPlanStatus.AGREED).exists(),
    )
    assert (refused, sorted(given)) == ([paths.PathExceededError], [False, True])


def test_the_explanation_of_a_share_names_the_part(walked, placement, sara, bram, zuid):
    share = walking.claimed(placement, sara, FEBRUARY, 60)
    told = paths.of_share(share, is_own=True)
    assert (told.pct, told.version, told.others) == (60, 1, [zuid.name])
    assert paths.of_share(share, is_own=False).others == []
    share.contribution.placement = None
    assert paths.of_share(share, is_own=True) is None


def test_a_share_without_a_path_explains_none(submitted):
    assert paths.of_share(submitted, is_own=True) is None


def test_a_person_is_untied_while_nothing_was_submitted(walked, placement, sara, bram):
    tie = PathPerson.objects.get(candidate=placement.candidate)
    Outgoing.objects.all().delete()
    actions.untie_person(tie, "Zij begon toch niet.", by=sara, at=NOON)
    assert not PathPerson.objects.filter(candidate=placement.candidate).exists()
    assert [mail.to_address for mail in Outgoing.objects.all()] == [bram.email]
    event = AuditEvent.objects.get(verb="untie_person")
    assert Remark.objects.get(uuid=event.remark_uuid).text == "Zij begon toch niet."
    walking.claimed(placement, sara, FEBRUARY, 100)  # nothing divides it any more


def test_who_was_credited_stays_tied(walked, placement, sara):
    """R-422."""
    tie = PathPerson.objects.get(candidate=placement.candidate)
    walking.claimed(placement, sara, FEBRUARY, 60)
    with pytest.raises(PathCreditedError, match="Withdraw it first"):
        actions.untie_person(tie, "Toch niet.", by=sara, at=NOON)


def test_work_outside_the_days_of_the_path_ties_nobody(walked, placement, sara):
    walked.plans.get().steps.filter(starts_on__month=3).update(ends_on=dt.date(2026, 3, 31))
    period = (dt.date(2026, 4, 1), dt.date(2026, 4, 30))
    claim = actions.draft_contribution(placement, by=sara, at=NOON, period=period)
    type(claim).objects.filter(pk=claim.pk).update(
        status="submitted", submitted_at=NOON, submitted_by=sara, due_on=NOON.date()
    )
    tie = PathPerson.objects.get(candidate=placement.candidate)
    actions.untie_person(tie, "Klaar.", by=sara, at=NOON)
    assert not PathPerson.objects.filter(candidate=placement.candidate).exists()


def test_who_lost_its_plan_can_be_untied(walked, placement, sara):
    walked.plans.update(status="superseded")
    tie = PathPerson.objects.get(candidate=placement.candidate)
    walking.claimed(placement, sara, JANUARY)
    actions.untie_person(tie, "Klaar.", by=sara, at=NOON)
    assert not PathPerson.objects.filter(candidate=placement.candidate).exists()


def test_a_contribution_proposes_the_agreed_part(walked, placement, other):
    """R-422."""
    march = dt.date(2026, 4, 1)
    first = ContributionForm(placement=placement, today=march)
    assert (first.initial["pct"], first.initial["ends_on"]) == (100, JANUARY[1])
    second = ContributionForm(placement=other, today=march)
    told = second.initial
    assert (told["starts_on"], told["ends_on"], told["pct"]) == (*FEBRUARY, 40)
    assert "40" in str(second.fields["pct"].help_text)
