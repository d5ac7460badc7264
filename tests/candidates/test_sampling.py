"""A sample: drawn by lot from a stored seed, heavier where the risk is, drawn again the same."""

import datetime as dt
import uuid
from collections import Counter
from decimal import Decimal

import pytest
from django.urls import reverse

from candidates import actions, risks, sampling
from candidates.models import RiskReason, Sample, SampleShare, Share
from sroi_portal.core.status import IllegalMoveError
from tests.conftest import NOON, TODAY

PERIOD = {"starts_on": dt.date(2026, 3, 1), "ends_on": dt.date(2026, 3, 31)}
DRAWN_BEFORE = [3, 11, 10, 1, 8, 12]
WAITED_BEFORE = "0.1079983534201126778978400384079008722235"
NAMES = [uuid.UUID(int=number) for number in range(1, 13)]


def test_the_same_seed_draws_the_same_in_whatever_order_they_come():
    weights = [(name, 1 + number % 4) for number, name in enumerate(NAMES)]
    drawn = sampling.draw("zaad", weights, 5)
    assert sampling.draw("zaad", weights[::-1], 5) == drawn
    assert sampling.draw("zaad", weights[5:] + weights[:5], 5) == drawn
    assert sampling.draw("zaad", weights, 12)[:5] == drawn
    assert sampling.draw("ander zaad", weights, 5) != drawn
    assert len(sampling.draw("zaad", weights, 99)) == len(set(drawn)) + 7


def test_a_draw_of_before_comes_out_the_same_on_every_machine():
    """The very numbers, so that a new Python or another machine cannot change a sample."""
    weights = [(name, 1 + number % 4) for number, name in enumerate(NAMES)]
    assert [name.int for name in sampling.draw("2026", weights, 6)] == DRAWN_BEFORE
    assert str(sampling.waiting_time("2026", NAMES[0], 1)) == WAITED_BEFORE


def test_who_weighs_more_is_drawn_more_often():
    weights = [(NAMES[0], 8), *((name, 1) for name in NAMES[1:9])]
    first = Counter(sampling.draw(str(seed), weights, 1)[0] for seed in range(800))
    assert 340 < first[NAMES[0]] < 460  # 8 of 16
    assert min(first[name] for name in NAMES[1:9]) > 20


@pytest.mark.django_db
def test_risks_are_said_in_reasons(submitted, olga, sara, ww):
    share = Share.objects.select_related("contribution__placement", "block").get(pk=submitted.pk)

    def reasons(at=NOON):
        (weighed,) = risks.weigh([share], share.authority_id, at=at)
        return set(weighed.reasons), weighed.weight

    assert reasons() == ({RiskReason.NEW_SUPPLIER, RiskReason.MISSING_EVIDENCE}, 6)
    facts = actions.EvidenceFacts(kind=ww.evidence_kinds.get(), result="seen", seen_on=TODAY)
    actions.state_evidence(share.contribution.placement, facts, by=sara, at=NOON)
    assert reasons(NOON + dt.timedelta(days=200)) == (set(), 1)
    actions.reject_share(share, by=olga, at=NOON, reason="Niet bij u in dienst.")
    assert RiskReason.EARLIER_REJECTIONS in reasons()[0]
    share.contribution.ends_on = dt.date(2026, 1, 31)
    assert RiskReason.LATE_ENTRY in reasons()[0]


def test_the_highest_tenth_weighs_more():
    shares = [Share(pk=number, value_eur=Decimal(min(number, 19))) for number in range(1, 21)]
    assert risks._high(shares) == {19, 20}
    assert risks._high(shares[:9]) == set()


def draw(authority, by, **facts):
    told = {"of": "submitted", "size": 10} | PERIOD | facts
    return actions.draw_sample(authority, told, by=by, at=NOON)


@pytest.mark.django_db
def test_a_drawing_is_kept_with_its_seed_and_every_chance(submitted, ministry, olga):
    sample = draw(ministry, olga)
    (chance,) = sample.shares.all()
    assert (chance.share, chance.share_uuid, chance.place) == (submitted, submitted.uuid, 1)
    assert chance.weight == risks.weight_of(tuple(chance.reasons)) == 6
    assert len(sample.seed) == 32
    assert actions.drawn_again(sample) == [submitted.uuid]
    assert draw(ministry, olga).seed != sample.seed


@pytest.mark.django_db
@pytest.mark.parametrize(
    "facts",
    [{"of": "verified"}, {"starts_on": dt.date(2026, 3, 5)}, {"ends_on": PERIOD["starts_on"]}],
)
def test_where_nothing_was_submitted_nothing_is_drawn(submitted, ministry, olga, facts):
    with pytest.raises(actions.NothingToDrawError):
        draw(ministry, olga, **facts)
    assert not Sample.objects.exists()


@pytest.mark.django_db
def test_the_outcome_of_what_was_drawn_is_recorded(submitted, ministry, olga):
    drawn = draw(ministry, olga).shares.get()
    actions.record_outcome(drawn, "not_in_order", by=olga, at=NOON, remark="Uren kloppen niet.")
    drawn.refresh_from_db()
    assert (drawn.outcome, drawn.recorded_by, drawn.recorded_at) == ("not_in_order", olga, NOON)
    SampleShare.objects.update(outcome="", recorded_by=None, recorded_at=None, place=None)
    with pytest.raises(IllegalMoveError, match=r"geloot|drawn"):
        actions.record_outcome(drawn, "in_order", by=olga, at=NOON)


@pytest.mark.django_db
@pytest.mark.usefixtures("noon")
def test_a_coordinator_draws_and_works_through_it(english, olga, submitted):
    english.sign_in(olga)
    lists, new = reverse("candidates:sample-list"), reverse("candidates:sample-new")
    assert "No sample yet" in english.get(lists).content.decode()
    form = english.get(new).context["form"]
    assert form.initial["starts_on"] == dt.date(2026, 2, 1)
    sent = {"of": "submitted", "size": "5", "authority": submitted.authority_id}
    february = sent | {"starts_on": "2026-02-01", "ends_on": "2026-02-28"}
    assert "nothing to draw from" in english.post(new, february).content.decode()
    march = sent | {"starts_on": "2026-03-01", "ends_on": "2026-03-31"}
    march |= {"form_key": str(form.fields["form_key"].initial)}
    for _click in range(2):
        assert english.post(new, march).status_code == 302
    sample = Sample.objects.get()
    shown = english.get(sample.get_absolute_url()).content.decode()
    assert submitted.get_absolute_url() in shown
    assert "the supplier is new here" in shown
    drawn = sample.shares.get()
    record = reverse("candidates:outcome-record", args=[drawn.pk])
    assert "required" in english.post(record, {}).content.decode()
    english.post(record, {"outcome": "in_order", "remark": ""})
    assert "1 of 1" in english.get(lists).content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("noon")
def test_an_auditor_draws_again_and_sees_no_contribution(english, submitted, ministry, olga, anna):
    sample = draw(ministry, olga)
    english.sign_in(anna)
    shown = english.get(sample.get_absolute_url()).content.decode()
    assert submitted.get_absolute_url() not in shown
    again = reverse("candidates:sample-again", args=[sample.pk])
    assert "The same result" in english.get(again).content.decode()
    sample.shares.update(weight=5)
    assert "Another result" in english.get(again).content.decode()
    sample.shares.update(weight=6, place=None)
    assert "Another result" in english.get(again).content.decode()
    outcome = reverse("candidates:outcome-record", args=[sample.shares.get().pk])
    assert english.get(outcome).status_code == 404


@pytest.mark.django_db
def test_a_coordinator_elsewhere_sees_no_sample(english, submitted, ministry, olga, otto):
    sample = draw(ministry, olga)
    english.sign_in(otto)
    assert english.get(sample.get_absolute_url()).status_code == 404
