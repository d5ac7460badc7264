"""The verbs of talks about a tender, and who reads what was concluded."""

import datetime as dt

import pytest
from pypdf import PdfReader

from contracts import actions, letters
from contracts.actions import dialogue_letters, dialogues
from contracts.models import Conclusion, Dialogue, DialogueStatus, LetterKind, TenderStatus
from sroi_portal.core import sight
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import AuditEvent, Outgoing
from sroi_portal.core.status import ChangedMeanwhileError
from tests.conftest import NOON, TODAY
from tests.contracts import talking
from tests.contracts.talking import HELD, PARTIES, conclude, talk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
TOMORROW = TODAY + dt.timedelta(days=1)


@pytest.fixture
def tender(ministry, piet):
    return talking.tender_of(ministry, piet)


@pytest.fixture
def dialogue(tender, noord, piet):
    return talk(tender, piet)


@pytest.fixture
def conclusion(dialogue, piet):
    return conclude(dialogue, piet)


def award(tender, piet):
    actions.change_tender(tender, {"status": "awarded"}, by=piet, at=NOON)


def test_the_first_talk_opens_the_conversation(tender, dialogue, piet):
    tender.refresh_from_db()
    assert (dialogue.status, tender.status) == (DialogueStatus.HELD, TenderStatus.CONSULTING)
    actions.change_tender(tender, {"status": "published"}, by=piet, at=NOON)
    later = talk(tender, piet, held_on=TOMORROW, said="")
    tender.refresh_from_db()
    assert (later.status, tender.status) == (DialogueStatus.PLANNED, TenderStatus.PUBLISHED)


def test_who_stands_in_the_register_is_linked(dialogue, noord):
    known, free = dialogue.parties.all()
    assert (known.supplier, known.name, known.functions) == (
        noord,
        "Leverancier Noord",
        "directeur",
    )
    assert (free.supplier, str(free)) == (None, "Vereniging van Voorbeelden")
    assert (str(known), str(dialogue)) == ("Leverancier Noord, directeur", HELD["topic"])


def test_nothing_was_said_on_a_day_to_come(tender, piet):
    with pytest.raises(dialogues.DialogueDayError):
        talk(tender, piet, held_on=TOMORROW)


def test_a_withdrawn_tender_has_no_more_talks(tender, piet):
    actions.change_tender(tender, {"status": "withdrawn"}, by=piet, at=NOON)
    with pytest.raises(dialogues.DialogueStandsError, match="withdrawn"):
        talk(tender, piet)


def test_a_planned_talk_is_held_once_something_was_said(tender, noord, piet):
    planned = talk(tender, piet, said="")
    with pytest.raises(dialogues.DialogueStandsError, match="what was said first"):
        conclude(planned, piet)
    held = dialogues.change_dialogue(planned, HELD, PARTIES[:1], by=piet, at=NOON, revision=1)
    assert (held.status, held.parties.count()) == (DialogueStatus.HELD, 1)
    with pytest.raises(dialogues.DialogueDayError, match="was held"):
        dialogues.change_dialogue(held, HELD | {"said": ""}, PARTIES, by=piet, at=NOON)


def test_the_same_once_more_changes_nothing(dialogue, conclusion, piet):
    before = AuditEvent.objects.count()
    same = (dialogues.Party("Leverancier Noord", "directeur"), PARTIES[1])
    dialogues.change_dialogue(dialogue, HELD, same, by=piet, at=NOON)
    dialogues.change_conclusion(conclusion, {"choice": ""}, by=piet, at=NOON)
    assert AuditEvent.objects.count() == before
    dialogues.change_dialogue(dialogue, HELD | {"kind": "social"}, same, by=piet, at=NOON)
    event = AuditEvent.objects.get(verb="change_dialogue")
    conclusion.refresh_from_db()
    assert (event.changed, conclusion.kind) == (["kind"], "social")


def test_an_old_page_is_noticed(dialogue, conclusion, piet):
    chosen = {"leads_to": "partnership"}
    changed = dialogues.change_conclusion(conclusion, chosen, by=piet, at=NOON, revision=1)
    assert changed.leads_to == "partnership"
    with pytest.raises(ChangedMeanwhileError):
        dialogues.change_conclusion(conclusion, {"choice": "x"}, by=piet, at=NOON, revision=1)
    with pytest.raises(ChangedMeanwhileError):
        dialogues.change_dialogue(dialogue, HELD, PARTIES, by=piet, at=NOON, revision=9)


def test_conclusions_are_numbered_within_the_tender(tender, dialogue, conclusion, piet):
    dialogues.withdraw_conclusion(conclusion, by=piet, at=NOON, reason="Te vroeg.", revision=1)
    other = conclude(talk(tender, piet, topic="Nog eens"), piet, "Een perceel past wel.")
    assert str(other) == "2. Een perceel past wel."
    assert list(tender.conclusions.standing()) == [other]
    with pytest.raises(dialogues.DialogueStandsError, match="taken back"):
        dialogues.change_conclusion(conclusion, {"choice": "x"}, by=piet, at=NOON)


def test_a_talk_is_taken_back_with_its_conclusions(dialogue, conclusion, piet):
    dialogues.withdraw_dialogue(dialogue, by=piet, at=NOON, reason="Dubbel.", revision=1)
    conclusion.refresh_from_db()
    assert (conclusion.withdrawn_at, conclusion.withdrawn_by) == (NOON, piet)
    with pytest.raises(dialogues.DialogueStandsError, match="taken back"):
        dialogues.change_dialogue(dialogue, HELD, (), by=piet, at=NOON)


def test_after_the_award_there_are_additions_only(tender, dialogue, conclusion, piet):
    award(tender, piet)
    for refused in (
        lambda: dialogues.change_dialogue(dialogue, HELD, (), by=piet, at=NOON),
        lambda: dialogues.withdraw_dialogue(dialogue, by=piet, at=NOON, reason="x"),
        lambda: dialogues.change_conclusion(conclusion, {"choice": "x"}, by=piet, at=NOON),
        lambda: dialogues.withdraw_conclusion(conclusion, by=piet, at=NOON, reason="x"),
    ):
        with pytest.raises(dialogues.DialogueStandsError, match="awarded"):
            refused()
    assert conclude(dialogue, piet, "Later bedacht.").number == 2
    assert talk(tender, piet).status == DialogueStatus.HELD


def test_what_something_follows_from_stays(conclusion, contract, piet, cora):
    facts = {"kind": "work", "title": "Plekken", "quantity": 5, "unit": "person"}
    contract.regime = "tailored"
    contract.save()
    due = {"due_on": contract.ends_on, "follows_from": conclusion}
    actions.set_goal(contract, facts | due, by=cora, at=NOON)
    with pytest.raises(dialogues.DialogueStandsError, match="conclusion 1"):
        dialogues.withdraw_conclusion(conclusion, by=piet, at=NOON, reason="Te vroeg.")


def test_a_supplier_reads_conclusions_and_not_what_was_said(
    tender, conclusion, contract, sara, bram, piet
):
    def seen(person):
        return list(Conclusion.objects.visible_to(person)), list(
            Dialogue.objects.visible_to(person)
        )

    assert seen(sara) == ([], [])
    contract.tender = tender
    contract.save()
    assert seen(sara) == ([conclusion], [])
    assert seen(bram) == ([], [])
    assert seen(piet) == ([conclusion], [conclusion.dialogue])
    with acting_as(DatabaseRole.WEB, sight.of(sara)):
        assert (Conclusion.objects.count(), Dialogue.objects.count()) == (1, 0)
    with acting_as(DatabaseRole.WEB, sight.of(bram)):
        assert Conclusion.objects.count() == 0


def test_a_letter_goes_to_who_took_part_without_a_name(tender, dialogue, conclusion, sara, piet):
    planned = talk(tender, piet, held_on=TOMORROW, said="")
    assert dialogue_letters.invite_to_dialogue(planned, by=piet, at=NOON) == 1
    assert dialogue_letters.sum_up_dialogue(dialogue, by=piet, at=NOON) == 1
    invitation, summary = Outgoing.objects.order_by("pk")
    assert invitation.to_address == summary.to_address == "sara@example.org"
    assert talking.SENTENCE in summary.body
    assert piet.name not in f"{invitation.body}{summary.body}"
    planned.refresh_from_db()
    assert (planned.invited_by, planned.invited_at) == (piet, NOON)


def test_a_letter_waits_for_its_moment(tender, dialogue, piet):
    with pytest.raises(dialogues.DialogueStandsError, match="no longer planned"):
        dialogue_letters.invite_to_dialogue(dialogue, by=piet, at=NOON)
    with pytest.raises(dialogues.DialogueStandsError, match="at least one conclusion"):
        dialogue_letters.sum_up_dialogue(dialogue, by=piet, at=NOON)


@pytest.mark.slow
def test_a_letter_is_printed_with_its_conclusions(dialogue, conclusion, tmp_path):
    told = letters.talk_as_pdf(dialogue, LetterKind.SUMMARY, "nl", today=TODAY)
    (tmp_path / "brief.pdf").write_bytes(told)
    text = " ".join(PdfReader(tmp_path / "brief.pdf").pages[0].extract_text().split())
    assert "Leverancier Noord" in text
    assert talking.SENTENCE in text
