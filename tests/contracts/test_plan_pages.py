"""The pages of a plan: written, proposed, answered, compared, exported."""

import pytest
from django.urls import reverse

from contracts import actions
from contracts.models import Contract, Plan, PlanStatus
from tests.conftest import NOON
from tests.contracts import planning
from tests.contracts.planning import promised

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def at(name, *keys):
    return reverse(f"contracts:plan-{name}", args=keys)


def typed(**facts):
    line = {
        "kind": "placement",
        "block": "",
        "title": "Drie mensen aan het werk",
        "quantity": "3",
        "unit": "job",
        "starts_on": "2026-02-01",
        "ends_on": "2026-06-30",
        "value_eur": "1.500,00",
        "origin": "",
    }
    return line | facts


def test_a_supplier_writes_a_plan_and_the_manager_agrees(client, contract, sara, cora, table):
    client.sign_in(sara)
    plan_url = client.post(at("new", contract.pk)).url
    plan = Plan.objects.get()
    assert "No lines yet" in client.get(plan_url).content.decode()
    row = table.blocks.get(code="ww").pk
    reckoned = client.post(
        at("line-add", plan.pk), typed(block=row, value_eur="", unit="", do="reckon")
    )
    assert "The table of this contract gives" in reckoned.content.decode()
    client.post(at("line-add", plan.pk), typed(block=row, value_eur="", unit="", do="save"))
    line = plan.lines.get()
    assert line.value_eur == line.proposed_eur > 0
    client.post(at("propose", plan.pk), {"remark": "Zo?", "revision": ""})
    page = client.sign_in(cora).get(plan_url).content.decode()
    assert "Zo?" in page
    client.post(at("agree", plan.pk), {"revision": ""})
    plan.refresh_from_db()
    assert plan.status == PlanStatus.AGREED
    assert "The agreed plan" in client.get(contract.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"ends_on": "2027-01-01"}, "The contract ends on"),
        ({"starts_on": "2025-12-31"}, "The contract begins on"),
        ({"unit": ""}, "Say in what you count"),
        ({"value_eur": ""}, "Fill in what it is worth"),
    ],
)
def test_a_line_that_cannot_be_is_refused_at_its_field(client, contract, sara, facts, said):
    plan = planning.drafted(contract, sara)
    page = client.sign_in(sara).post(at("line-add", plan.pk), typed(**facts))
    assert said in page.content.decode()


def test_lines_are_changed_moved_and_taken_out(client, contract, sara):
    plan = planning.drafted(contract, sara, promised(), promised(title="Taalles"))
    first, second = plan.lines.all()
    client.sign_in(sara)
    assert client.get(at("line-change", first.pk)).status_code == 200
    client.post(at("line-change", first.pk), typed(revision=first.revision))
    client.post(at("line-move", second.pk), {"up": "1"})
    client.post(at("line-remove", second.pk))
    assert [line.title for line in plan.lines.all()] == ["Drie mensen aan het werk"]


def test_the_manager_sends_back_with_a_comment_on_a_line(client, contract, sara, cora):
    plan = planning.proposed(contract, sara)
    line = plan.lines.get()
    client.sign_in(cora)
    empty = client.post(at("return", plan.pk), {"remark": "", "revision": ""})
    assert "Say what should change" in empty.content.decode()
    client.post(at("return", plan.pk), {"remark": "", f"line_{line.pk}": "Wie?", "revision": ""})
    assert "Wie?" in client.sign_in(sara).get(plan.get_absolute_url()).content.decode()


def test_a_page_that_grew_old_is_refused(client, contract, sara, cora):
    plan = planning.proposed(contract, sara)
    actions.add_plan_line(plan, promised(), by=cora, at=NOON)
    page = client.sign_in(cora).post(at("agree", plan.pk), {"revision": plan.revision})
    assert "Somebody changed this" in page.content.decode()


def test_two_versions_stand_side_by_side(client, contract, sara, cora):
    first = planning.agreed(contract, sara, cora)
    second = actions.draft_plan(contract, by=sara, at=NOON)
    actions.change_plan_line(second.lines.get(), promised("9.00"), by=sara, at=NOON)
    actions.add_plan_line(second, promised(title="Nieuw"), by=sara, at=NOON)
    page = client.sign_in(sara).get(at("compare", second.pk, first.pk)).content.decode()
    assert ("differs" in page, "new" in page) == (True, True)


def test_the_lines_go_into_a_file(client, contract, sara):
    plan = planning.drafted(contract, sara)
    answer = client.sign_in(sara).get(at("export", plan.pk, "csv"))
    assert "Twee mensen aan het werk" in b"".join(answer).decode()


def test_policy_makers_read_no_comments(client, contract, sara, vera):
    plan = planning.proposed(contract, sara)
    actions.comment_plan(plan, "Alleen voor u beiden.", by=sara, at=NOON)
    assert "Alleen voor" not in client.sign_in(vera).get(plan.get_absolute_url()).content.decode()


def test_no_plan_is_begun_once_the_settlement_has(client, contract, sara):
    Contract.objects.filter(pk=contract.pk).update(status="settling")
    answer = client.sign_in(sara).post(at("new", contract.pk), follow=True)
    assert answer.redirect_chain[0][0] == contract.get_absolute_url()
    assert "A plan belongs to" in answer.content.decode()
    assert not Plan.objects.exists()


def test_the_supplier_accepts_what_the_manager_changed_and_once_is_enough(
    client, contract, sara, cora
):
    plan = planning.proposed(contract, sara)
    actions.change_plan_line(plan.lines.get(), promised("3000.00"), by=cora, at=NOON)
    actions.return_plan(plan, by=cora, at=NOON)
    seen = client.sign_in(sara).get(at("accept", plan.pk)).context["form"]["revision"].value()
    first, second = (client.post(at("accept", plan.pk), {"revision": seen}) for _click in range(2))
    assert first.url == plan.get_absolute_url()
    assert "Somebody changed this" in second.context["form"].non_field_errors()[0]
    plan.refresh_from_db()
    assert plan.status == PlanStatus.AGREED


def test_nothing_more_is_said_of_what_was_agreed_to(client, contract, sara, cora):
    plan = planning.agreed(contract, sara, cora)
    answer = client.sign_in(sara).post(at("comment", plan.pk), {"text": "Toch nog iets."})
    assert "was agreed to" in answer.context["form"].non_field_errors()[0]
    assert not plan.comments.exists()


def test_a_line_that_a_colleague_changed_is_not_overwritten(client, contract, sara, noor):
    plan = planning.drafted(contract, sara)
    line = plan.lines.get()
    seen = line.revision
    actions.change_plan_line(line, promised(title="Van Noor"), by=noor, at=NOON)
    page = client.sign_in(sara).post(at("line-change", line.pk), typed(revision=seen))
    form = page.context["form"]
    assert "Somebody changed this" in form.non_field_errors()[0]
    assert form["title"].value() == "Drie mensen aan het werk"
    assert plan.lines.get().title == "Van Noor"


def test_what_was_proposed_is_not_thrown_away(client, contract, sara):
    plan = planning.proposed(contract, sara)
    page = client.sign_in(sara).post(at("discard", plan.pk), follow=True)
    assert "Only a concept" in page.content.decode()
    assert Plan.objects.exists()


def test_a_comment_sent_twice_stands_once_beside_its_line(client, contract, sara):
    plan = planning.drafted(contract, sara)
    line = plan.lines.get()
    address = f"{at('comment', plan.pk)}?line={line.pk}"
    form = client.sign_in(sara).get(address).context["form"]
    sent = {"text": "Wie begeleidt?", "form_key": form["form_key"].value()}
    for _click in range(2):
        assert client.post(address, sent).url == plan.get_absolute_url()
    said = plan.comments.get()
    assert (said.line, said.text) == (line, "Wie begeleidt?")
