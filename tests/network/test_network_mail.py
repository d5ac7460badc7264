"""Who of the network is told what, and nothing of what was written."""

import pytest
from django.urls import reverse

from network import actions
from sroi_portal.core import mail
from sroi_portal.core.models import NoticeChoice, NoticeKind, NoticeWay, Outgoing, WaitingNotice
from tests import factories
from tests.conftest import NOON
from tests.network import trying

pytestmark = pytest.mark.django_db


@pytest.fixture
def pilot(ministry, ada):
    return trying.pilot(ministry, ada)


def told():
    """Give who was mailed since we last looked, with the texts; and forget it."""
    sent = list(Outgoing.objects.order_by("to_address"))
    Outgoing.objects.all().delete()
    return [each.to_address.split("@")[0] for each in sent], " ".join(
        f"{each.subject} {each.body}" for each in sent
    )


def test_a_lesson_goes_to_advisers_and_its_answer_to_who_wrote_it(pilot, ada, bert, cora):
    told()
    lesson = trying.lesson(pilot, cora, learned="Geheim van de werkvloer")
    to, text = told()
    assert to == ["ada"]  # who advises where Cora works
    assert "Geheim" not in text
    assert lesson.get_absolute_url() in text
    actions.return_lesson(lesson, by=ada, at=NOON, remark="Hoe vaak?")
    to, text = told()
    assert (to, "Hoe vaak" in text) == (["cora"], False)
    actions.change_lesson(lesson, {"subject": "Roosters"}, by=cora, at=NOON)
    assert told()[0] == ["ada"]
    actions.review_lesson(lesson, by=ada, at=NOON)
    actions.publish_lesson(lesson, by=ada, at=NOON)
    assert told()[0] == ["cora"]


def test_the_lesson_of_a_supplier_is_for_all_advisers(pilot, ada, bert, sara):
    told()
    trying.lesson(pilot, sara)
    assert told()[0] == ["ada", "bert"]
    trying.lesson(pilot, ada)  # one's own is for the others, where one works
    assert told()[0] == []


def test_who_reported_an_obstacle_hears_what_is_done_about_it(contract, sara, cora, piet):
    said = {"kind": "travel", "text": "Geen bus voor zeven uur."}
    obstacle = actions.report_obstacle(contract, said, by=sara, at=NOON)
    assert told()[0] == []
    actions.pick_up_obstacle(obstacle, by=cora, at=NOON)
    assert told()[0] == ["sara"]
    actions.answer_obstacle(obstacle, "solved", by=piet, at=NOON, answer="Er rijdt nu een bus.")
    to, text = told()
    assert to == ["sara"]
    assert "bus" not in text
    own = actions.report_obstacle(contract, said, by=cora, at=NOON)
    actions.answer_obstacle(own, "accepted", by=cora, at=NOON, answer="Het is zo.")
    assert told()[0] == []


def test_the_partners_hear_that_a_pilot_goes_on(ministry, other_ministry, noord, sara, otto, ada):
    idea = trying.pilot(ministry, factories.UserFactory(email="idee@example.org"), status="idea")
    for partner in ({"supplier": noord}, {"authority": other_ministry}, {"organisation": "School"}):
        actions.add_partner(idea, partner, by=ada, at=NOON)
    told()
    actions.move_pilot(idea, "preparing", by=ada, at=NOON, remark="Alleen hier te lezen.")
    to, text = told()
    assert to == ["idee", "otto", "sara"]
    assert idea.title in text
    assert "Alleen hier" not in text


def test_an_idea_that_is_dropped_is_told_to_nobody(ministry, noord, sara, ada, piet):
    idea = trying.pilot(ministry, piet, status="idea")
    actions.add_partner(idea, {"supplier": noord}, by=ada, at=NOON)
    actions.move_pilot(idea, "stopped", by=ada, at=NOON, remark="Geen tijd.")
    assert told()[0] == []


def test_who_chose_otherwise_is_mailed_once_a_week_or_never(
    pilot, contract, noord, sara, ada, cora
):
    NoticeChoice.objects.create(user=sara, kind=NoticeKind.NETWORK, way=NoticeWay.WEEKLY)
    NoticeChoice.objects.create(user=ada, kind=NoticeKind.WORK, way=NoticeWay.NEVER)
    actions.add_partner(pilot, {"supplier": noord}, by=ada, at=NOON)
    told()
    actions.move_pilot(pilot, "closing", by=cora, at=NOON)
    trying.lesson(pilot, cora)
    assert told()[0] == ["ada"]  # who proposed the pilot; of lessons she hears nothing
    (line,) = WaitingNotice.objects.all()
    assert (line.user, line.path, line.status) == (sara, pilot.get_absolute_url(), "closing")
    assert mail.send_waiting(at=NOON) == 0


def test_an_adviser_answers_a_lesson_on_a_contract_that_she_does_not_see(
    client, contract, cora, ada
):
    lesson = trying.lesson(None, cora, contract=contract)
    client.sign_in(ada)
    told()
    for step in ("reviewed", "published"):
        page = reverse("network:lesson-judge", args=[lesson.pk, step])
        assert client.post(page, {"remark": "Helder."}).status_code == 302
    assert told()[0] == ["cora"]
