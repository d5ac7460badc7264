"""A visit on location: seen against reported, by a coordinator, read by both sides."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from candidates import actions, evidence_needs
from candidates.models import Visit
from sroi_portal.core.models import Outgoing
from tests import factories
from tests.conftest import NOON, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon", "in_english")]
FACTS = {
    "visited_on": TODAY,
    "persons": "agrees",
    "work": "agrees",
    "hours": "not_looked",
    "conclusion": "in_order",
}


def test_evidence_seen_on_a_visit_counts_as_seen_by_the_authority(submitted, olga, sara, ww):
    placement, kind = submitted.contribution.placement, ww.evidence_kinds.get()
    visit = actions.record_visit(
        placement.contract, FACTS, by=olga, at=NOON, placement=placement, seen_kinds=[kind]
    )
    stated = visit.evidence.get()
    assert (stated.result, stated.seen_on, stated.stated_by) == ("seen_by_us", TODAY, olga)
    (need,) = evidence_needs.of_placement(placement, TODAY)
    assert (need.state, need.evidence) == ("given", stated)
    mail = Outgoing.objects.filter(to_address=sara.email).latest("pk")
    assert visit.get_absolute_url() in mail.body


def test_a_visit_lies_in_the_past_and_on_the_contract(placement, olga, ww, sara):
    contract = placement.contract
    later = FACTS | {"visited_on": TODAY + dt.timedelta(days=1)}
    with pytest.raises(actions.VisitRefusedError, match="not come yet"):
        actions.record_visit(contract, later, by=olga, at=NOON)
    other = factories.active_contract(
        authority=contract.authority,
        supplier=contract.supplier,
        manager=contract.manager,
        value_table=ww.table,
    )
    with pytest.raises(actions.VisitRefusedError, match="another contract"):
        actions.record_visit(other, FACTS, by=olga, at=NOON, placement=placement)
    with pytest.raises(ValidationError, match="cannot be"):
        actions.record_visit(contract, FACTS | {"work": "differs"}, by=olga, at=NOON)
    assert not Visit.objects.exists()
    seen = ww.evidence_kinds.all()
    assert not actions.record_visit(
        contract, FACTS, by=olga, at=NOON, seen_kinds=seen
    ).evidence.exists()


def test_a_coordinator_records_what_was_seen_and_the_supplier_reads_it(
    english, submitted, olga, sara, ww
):
    placement = submitted.contribution.placement
    new = reverse("candidates:visit-new", args=[placement.contract_id])
    english.sign_in(olga)
    about = f"{new}?placement={placement.pk}"
    assert about in english.get(placement.get_absolute_url()).content.decode()
    form = english.get(about).context["form"]
    assert "seen_kinds" not in english.get(new).context["form"].fields
    sent = FACTS | {
        "hours": "differs",
        "remark": "Er is minder gewerkt dan gemeld.",
        "seen_kinds": [ww.evidence_kinds.get().pk],
        "form_key": str(form.fields["form_key"].initial),
    }
    assert "cannot be" in english.post(about, sent).content.decode()
    sent["conclusion"] = "questions"
    for _click in range(2):
        assert english.post(about, sent).status_code == 302
    visit = Visit.objects.get()
    assert visit.evidence.count() == 1
    english.sign_in(sara)
    shown = english.get(visit.get_absolute_url()).content.decode()
    assert "Er is minder gewerkt" in shown
    assert "not as reported" in shown
    for page in (
        reverse("candidates:visit-list", args=[visit.contract_id]),
        placement.get_absolute_url(),
        submitted.get_absolute_url(),
    ):
        assert visit.get_absolute_url() in english.get(page).content.decode()
    assert english.get(new).status_code == 403
