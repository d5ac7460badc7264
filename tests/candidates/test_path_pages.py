"""The pages of a shared path, as the people of both suppliers meet them."""

import pytest
from django.urls import reverse

from candidates import actions
from candidates.models import PathPlan, PathPlanStatus
from reports.home import work_lists
from tests.candidates import walking
from tests.candidates.walking import FEBRUARY
from tests.conftest import NOON

pytestmark = pytest.mark.usefixtures("noon", "english")


def typed(*steps):
    told = {"form-TOTAL_FORMS": len(steps) + 1, "form-INITIAL_FORMS": 0}
    for number, (supplier, pct, last) in enumerate(steps):
        facts = {
            "supplier": supplier.pk,
            "form": "work",
            "title": "Keuken",
            "starts_on": FEBRUARY[0].isoformat(),
            "ends_on": last,
            "pct": pct,
        }
        told |= {f"form-{number}-{name}": value for name, value in facts.items()}
    return told


def test_a_plan_is_typed_and_agreed_by_the_other_side(client, path, sara, bram, noord, zuid):
    client.sign_in(sara)
    page, last = path.get_absolute_url(), FEBRUARY[1].isoformat()
    assert client.get(reverse("candidates:path-list")).context["rows"][0][0] == path
    plan = reverse("candidates:path-plan", args=[path.pk])
    assert "lies before" in client.post(plan, typed((noord, 100, "2026-01-01"))).text
    assert "90.0% together" in client.post(plan, typed((noord, 90, last))).text
    left_out = typed((noord, 60, last), (zuid, 40, last), (noord, 5, last))
    assert client.post(plan, left_out | {"form-2-DELETE": "on"}).url == page
    proposed = PathPlan.objects.get()
    assert client.get(page).context["may_agree"] is False
    agree = reverse("candidates:path-agree", args=[proposed.pk])
    client.post(agree)
    client.sign_in(bram)
    assert client.get(page).context["may_agree"] is True
    client.post(agree)
    proposed.refresh_from_db()
    assert proposed.status == PathPlanStatus.AGREED
    assert client.get(plan).context["steps"].initial_form_count() == 2


def test_each_side_ties_its_own_person(client, path, placement, sara, bram):
    noord, zuid = placement.supplier, bram.memberships.get().supplier
    walking.agreed(path, walking.steps(noord, zuid), sara, bram)
    client.sign_in(sara)
    page = path.get_absolute_url()
    tie = reverse("candidates:path-tie", args=[path.pk])
    assert "no person" in client.post(tie, {"reference": "K-77"}).text
    assert client.post(tie, {"reference": "k-01"}).url == page
    code = reverse("candidates:path-code", args=[path.pk])
    assert len(client.post(code).context["code"]) == 9
    assert client.get(page).context["own"].candidate == placement.candidate
    client.sign_in(bram)
    assert client.post(code).status_code == 404
    assert client.post(tie, {"reference": "k-01"}).context["form"].errors["code"]


def test_the_explanation_of_a_share_says_it_is_a_part(client, path, placement, sara, bram):
    noord, zuid = placement.supplier, bram.memberships.get().supplier
    walking.agreed(path, walking.steps(noord, zuid), sara, bram)
    actions.tie_person(path, placement.candidate, by=sara, at=NOON)
    share = walking.claimed(placement, sara, FEBRUARY, 60)
    client.sign_in(sara)
    assert path.title in client.get(placement.get_absolute_url()).text
    why = client.get(reverse("candidates:share-explanation", args=[share.pk])).text
    page = client.get(share.get_absolute_url()).text
    for said in (why, page):
        assert "Part of a shared path: 60" in said
        assert zuid.name in said


def test_a_plan_to_answer_waits_on_the_home_page(path, noord, zuid, sara, bram):
    plan = actions.propose_path_plan(path, walking.steps(noord, zuid), by=sara, at=NOON)
    [task] = _waiting(bram)
    assert (task.url, task.label) == (path.get_absolute_url(), path.title)
    assert _waiting(sara) == []
    actions.agree_path_plan(plan, by=bram, at=NOON)
    assert _waiting(bram) == []


def _waiting(person):
    [todo] = [each for each in work_lists(person, now=NOON) if each.key == "to-do"]
    return [each for each in todo.items if each.url.startswith("/paths/")]


def test_who_does_not_agree_says_why_on_the_page(client, path, noord, zuid, sara, bram):
    plan = actions.propose_path_plan(path, walking.steps(noord, zuid), by=sara, at=NOON)
    client.sign_in(bram)
    drop = reverse("candidates:path-drop", args=[plan.pk])
    said = {"reason": "Liever de helft.", "revision": plan.revision}
    assert client.post(drop, said).url == path.get_absolute_url()
    assert client.post(drop, said | {"revision": 1}).context["form"].errors
    assert "Liever de helft." in client.get(path.get_absolute_url()).text


def test_a_person_is_untied_on_a_page(client, path, placement, zuid, sara, bram):
    walking.agreed(path, walking.steps(placement.supplier, zuid), sara, bram)
    actions.tie_person(path, placement.candidate, by=sara, at=NOON)
    page = f"/paths/{path.pk}/untie/"
    client.sign_in(sara)
    assert page in client.get(path.get_absolute_url()).content.decode()
    assert client.post(page, {"reason": ""}).context["form"].errors
    share = walking.claimed(placement, sara, walking.JANUARY)
    refused = client.post(page, {"reason": "Zij begon toch niet."})
    assert refused.context["form"].non_field_errors()
    actions.withdraw_share(share, by=sara, at=NOON)
    assert client.post(page, {"reason": "Zij begon toch niet."}).url == path.get_absolute_url()
    assert client.get(page).status_code == 404
