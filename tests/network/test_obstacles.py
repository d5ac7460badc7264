"""Where a contract gets stuck: reported, picked up, answered, counted."""

import datetime as dt

import pytest
from django.urls import reverse

from network import actions, rules
from network.models import Obstacle, ObstacleStatus
from sroi_portal.core.status import IllegalMoveError
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
FACTS = {"kind": "candidates", "text": "Er melden zich te weinig mensen."}


@pytest.fixture
def obstacle(contract, sara):
    return actions.report_obstacle(contract, FACTS, by=sara, at=NOON)


def _page(name, *args):
    return reverse(f"network:{name}", args=args)


def test_an_obstacle_is_picked_up_and_answered(obstacle, cora, piet):
    picked = actions.pick_up_obstacle(obstacle, by=piet, at=NOON)
    assert (picked.status, picked.picked_up_by) == (ObstacleStatus.PICKED_UP, piet)
    facts = {"answer": "Wij bellen het UWV.", "by": cora, "at": NOON}
    solved = actions.answer_obstacle(obstacle, "solved", **facts)
    assert (solved.picked_up_by, solved.ended_at) == (piet, NOON)
    assert list(Obstacle.objects.unended()) == []
    with pytest.raises(IllegalMoveError):
        actions.answer_obstacle(obstacle, "accepted", **facts)


def test_who_answers_at_once_picked_it_up(obstacle, cora):
    ended = actions.answer_obstacle(obstacle, "accepted", answer="Zo is het.", by=cora, at=NOON)
    assert ended.picked_up_by == cora


def test_an_obstacle_is_read_by_the_parties_of_the_contract(obstacle, sara, vera, bram, otto):
    seen = [bool(Obstacle.objects.visible_to(one)) for one in (sara, vera, bram, otto)]
    assert seen == [True, True, False, False]


def test_who_reports_and_who_answers(obstacle, contract, sara, cora, vera, bram):
    people = (sara, cora, vera, bram)
    reports = [rules.may_report_obstacle(one, contract) for one in people]
    assert reports == [True, True, False, False]
    assert [rules.may_pick_up_obstacle(one, obstacle) for one in people] == [
        False,
        True,
        False,
        False,
    ]


def test_two_clicks_from_the_page_of_a_contract(client, contract, sara):
    client.sign_in(sara)
    url = _page("obstacle-report", contract.pk)
    assert url in client.get(contract.get_absolute_url()).content.decode()
    number = {"kind": "other", "text": "Het gaat om 111222333."}
    assert client.post(url, number).context["form"].errors.keys() == {"text"}
    form = client.get(url).context["form"]
    typed = FACTS | {"form_key": str(form["form_key"].value())}
    for _click in range(2):
        client.post(url, typed)
    obstacle = Obstacle.objects.get()
    assert (obstacle.supplier, obstacle.reported_by) == (contract.supplier, sara)
    assert obstacle.text in client.get(contract.get_absolute_url()).content.decode()


def test_it_is_followed_on_its_page(client, obstacle, cora):
    client.sign_in(cora)
    for _click in range(2):
        assert client.post(_page("obstacle-pick-up", obstacle.pk)).status_code == 302
    typed = {"to": "solved", "answer": "Opgelost."}
    assert client.post(_page("obstacle-answer", obstacle.pk), typed).status_code == 302
    again = client.post(_page("obstacle-answer", obstacle.pk), typed)
    assert again.context["form"].non_field_errors()
    page = client.get(obstacle.get_absolute_url())
    assert not page.context["may_answer"]


def test_who_makes_policy_sees_counts_and_age(client, contract, obstacle, sara, cora, vera):
    older = actions.report_obstacle(contract, FACTS, by=sara, at=NOON - dt.timedelta(days=40))
    ended = actions.report_obstacle(contract, FACTS | {"kind": "other"}, by=sara, at=NOON)
    actions.answer_obstacle(ended, "accepted", answer="Zo is het.", by=cora, at=NOON)
    page = client.sign_in(vera).get(_page("obstacle-list"))
    first, second = page.context["groups"]
    assert (first["all_count"], first["open_count"]) == (2, 2)
    assert first["oldest_at"] == older.reported_at
    assert (second["open_count"], second["days"]) == (0, None)
    narrowed = client.get(_page("obstacle-list"), {"kind": "other", "sort": "status"})
    assert list(narrowed.context["page"]) == [ended]
