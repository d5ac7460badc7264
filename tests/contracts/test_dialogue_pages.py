"""The pages of the conversation, the advice, the library and the check, by who uses them."""

import datetime as dt

import pytest
from django.urls import reverse

from contracts import actions, letters
from contracts.actions import clauses, dialogue_letters
from contracts.models import (
    AdviceTerms,
    Clause,
    Conclusion,
    ReservedCheck,
    TenderAdvice,
    TenderClause,
)
from sroi_portal.core.models import Outgoing
from suppliers.models import Offering
from tests import factories
from tests.conftest import NOON, TODAY
from tests.contracts import talking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
TEXT = {
    "code": "partners",
    "kind": "clause",
    "title_nl": "Samenwerken",
    "title_en": "Together",
    "text_nl": "Werk samen.",
    "text_en": "Work together.",
}


@pytest.fixture
def tender(ministry, piet):
    return talking.tender_of(ministry, piet, cpv_main="90910000")


@pytest.fixture
def officer(client, piet):
    return client.sign_in(piet)


def where(name, *args):
    return reverse(f"contracts:{name}", args=args)


def test_a_conversation_is_written_down_and_concluded(officer, tender, noord, sara):
    typed = {name: str(value) for name, value in talking.HELD.items()}
    typed["held_on"] = str(dt.date(2026, 3, 4))
    lines = {"parties": "Leverancier Noord, directeur\n\nVereniging", "conclusions": "Te groot."}
    refused = officer.post(where("dialogue-new", tender.pk), typed | lines | {"said": ""})
    assert "conclusions follow from it" in refused.text
    refused = officer.post(
        where("dialogue-new", tender.pk), typed | {"parties": "x" * 201, "conclusions": "y" * 501}
    )
    assert "A line is too long" in refused.text
    assert "at most 500" in refused.text
    made = officer.post(where("dialogue-new", tender.pk), typed | lines, follow=True)
    assert "1. Te groot." in made.text
    conclusion = Conclusion.objects.get()
    lot = {"sentence": "Te groot.", "leads_to": "lot"}
    page = officer.post(where("conclusion-change", conclusion.pk), lot)
    assert "Say which lot" in page.text
    officer.post(where("conclusion-change", conclusion.pk), lot | {"leads_to": "clause"})
    assert "A clause" in officer.get(tender.get_absolute_url()).text
    found = officer.get(where("dialogue-list"), {"q": "groot", "kind": "consultation"}).text
    assert talking.HELD["topic"] in found
    assert "Nothing found" in officer.get(where("dialogue-list"), {"q": "zzz"}).text


def test_a_talk_changes_until_the_award(officer, tender, piet):
    talk = talking.talk(tender, piet, ())
    conclusion = talking.conclude(talk, piet)
    typed = {name: str(value) for name, value in talking.HELD.items()}
    typed["held_on"] = str(dt.date(2026, 3, 4))
    lot = {"sentence": "Te groot.", "leads_to": "lot"}
    officer.post(where("conclusion-add", talk.pk), lot | {"leads_to": "none"})
    edited = officer.post(where("dialogue-edit", talk.pk), typed | {"topic": "Anders"}, follow=True)
    assert "The talk is changed." in edited.text
    reason = {"reason": "Vergissing."}
    officer.post(where("conclusion-withdraw", conclusion.pk), reason)
    gone = officer.post(where("conclusion-withdraw", conclusion.pk), reason, follow=True)
    assert "was taken back" in gone.text
    actions.change_tender(tender, {"status": "awarded"}, by=tender.officer, at=NOON)
    late = officer.post(where("dialogue-withdraw", talk.pk), reason, follow=True)
    assert "Add a new entry" in late.text
    late = officer.post(where("dialogue-edit", talk.pk), typed)
    assert "Add a new entry" in late.text
    late = officer.post(where("conclusion-change", conclusion.pk), lot | {"leads_to": "none"})
    assert "Add a new entry" in late.text


def test_a_summary_is_looked_at_and_mailed(officer, tender, noord, sara, piet):
    talk = talking.talk(tender, piet)
    early = officer.post(where("dialogue-letter-send", talk.pk, "summary"), follow=True)
    assert "at least one conclusion" in early.text
    talking.conclude(talk, piet)
    assert talking.SENTENCE in officer.get(where("dialogue-letter", talk.pk, "summary")).text
    sent = officer.post(where("dialogue-letter-send", talk.pk, "summary"), follow=True)
    assert "Mailed to 1 person." in sent.text
    assert Outgoing.objects.count() == 1
    assert officer.get(where("dialogue-letter", talk.pk, "malus")).status_code == 404
    taken = officer.post(where("dialogue-withdraw", talk.pk), {"reason": "Dubbel."}, follow=True)
    assert officer.get(where("dialogue-edit", talk.pk)).url == talk.get_absolute_url()
    assert "it can still be read" in taken.text
    late = officer.post(where("conclusion-add", talk.pk), {"sentence": "x", "leads_to": "none"})
    assert "what was said first" in late.text


def test_a_letter_keeps_the_day_on_which_it_was_mailed(tender, piet):
    dialogue = talking.talk(tender, piet, said="", held_on=dt.date(2026, 12, 1))
    later = dt.date(2026, 6, 1)
    assert letters.dated(dialogue, "invitation", today=later) == later
    dialogue_letters.invite_to_dialogue(dialogue, by=piet, at=NOON)
    dialogue.refresh_from_db()
    assert letters.dated(dialogue, "invitation", today=later) == TODAY
    assert letters.dated(dialogue, "summary", today=later) == later


def test_a_letter_is_named_in_the_language_of_who_reads_it(officer, tender, piet):
    dialogue = talking.talk(tender, piet)
    answer = officer.get(where("dialogue-letter-pdf", dialogue.pk, "summary"))
    named = f'inline; filename="summary-{str(dialogue.uuid)[:8]}.pdf"'
    assert answer.headers["Content-Disposition"] == named


def test_the_adviser_advises_and_the_officer_chooses(officer, client, tender, ada):
    page = where("tender-advice", tender.pk)
    assert "Advice:" not in officer.get(page).text
    asked = {"division": "90", "region": "NL32", "value_eur": "900.000", "months": "36"}
    address = f"{page}?division=90&region=NL32&value_eur=900.000&months=36&labour_pct=80"
    shown = officer.get(page, asked | {"labour_pct": "80"}).text
    assert "Advice: ask a clause" in shown
    assert "By the thresholds of this portal" in shown
    assert "Say why" in officer.post(address, {"chosen": "nothing"}).text
    officer.post(address, {"chosen": "nothing", "deviation": "Er is haast."})
    assert TenderAdvice.objects.get().chosen == "nothing"
    assert "Er is haast." in officer.get(tender.get_absolute_url()).text
    adviser = client.sign_in(ada)
    terms = where("advice-terms-edit", tender.authority_id)
    typed = dict.fromkeys(("fewest_for_whole", "fewest_for_lot", "fewest_for_partnership"), "1")
    typed |= {"least_share_pct": "30", "part_pct": "20", "least_labour_pct": "90"}
    typed |= {"least_value_eur": "0", "least_months": "1"}
    adviser.post(terms, typed)
    assert AdviceTerms.objects.get().version == 1
    assert "version 1, since" in adviser.get(where("advice-terms-list")).text


def test_a_supplier_says_what_it_offers(client, zuid, bram):
    administrator = client.sign_in(bram)
    typed = {"cpv_division": "90", "region": "NL32", "text": "Schoonmaak"}
    for _twice in range(2):
        page = administrator.post(where("offering-new", zuid.pk), typed, follow=True)
    assert "change it" in page.text
    offering = Offering.objects.get()
    changed = typed | {"text": "Ramen", "revision": "1"}
    edit = where("offering-edit", offering.pk)
    assert "Ramen" in administrator.post(edit, changed, follow=True).text
    assert "since you opened" in administrator.post(edit, changed | {"text": "x"}).text
    ended = administrator.post(where("offering-end", offering.pk), follow=True)
    assert "Nothing offered yet" in ended.text


def test_a_text_is_written_approved_and_withdrawn(client, ada, adam):
    adviser = client.sign_in(ada)
    adviser.post(where("clause-new"), TEXT)
    clause = Clause.objects.get()
    assert "exists" in adviser.post(where("clause-new"), TEXT).text
    kept = adviser.post(where("clause-edit", clause.pk), TEXT | {"note": "Altijd."}, follow=True)
    assert "The draft is kept." in kept.text
    adviser.post(where("clause-propose", clause.pk))
    adviser.post(where("clause-return", clause.pk), {"reason": "Korter."})
    adviser.post(where("clause-propose", clause.pk))
    refused = adviser.post(where("clause-edit", clause.pk), TEXT)
    assert "Only a draft changes" in refused.text
    Clause.objects.update(proposed_by=adam)
    adviser.post(where("clause-approve", clause.pk))
    assert "Together" in adviser.get(where("clause-list"), {"q": "werk", "regime": "classic"}).text
    assert "Nothing found" in adviser.get(where("clause-list"), {"status": "withdrawn"}).text
    plain = adviser.get(where("clause-text", clause.pk, "nl"))
    assert plain.text == "Samenwerken\n\nWerk samen.\n"
    assert adviser.get(where("clause-text", clause.pk, "fr")).status_code == 404
    drafted = adviser.post(where("clause-copy", clause.pk), follow=True)
    assert "version 2" in drafted.text
    adviser.post(where("clause-withdraw", clause.pk), {"reason": "Oud."})
    gone = adviser.post(where("clause-withdraw", clause.pk), {"reason": "Oud."}, follow=True)
    assert "can no longer be done" in gone.text


def test_a_tender_says_when_a_newer_text_is_there(officer, tender, ada, adam):
    facts = {name: value for name, value in TEXT.items() if name != "code"}
    for _version in (1, 2):
        clause = clauses.draft_clause("partners", facts, by=ada, at=NOON)
        clauses.propose_clause(clause, by=ada, at=NOON)
        clauses.approve_clause(clause, by=adam, at=NOON)
        if clause.version == 1:
            typed = {"clause": clause.pk, "language": "nl"}
            for _twice in range(2):
                page = officer.post(where("clause-take", tender.pk), typed)
            assert "stands in the tender already" in page.text
    assert "Version 2 replaced it" in officer.get(tender.get_absolute_url()).text
    assert "Werk samen." in officer.get(where("tender-texts", tender.pk)).text
    assert "Take it out" in officer.get(tender.get_absolute_url()).text
    copied = TenderClause.objects.get()
    out = officer.post(where("clause-remove", copied.pk), follow=True)
    assert "taken out of the tender" in out.text
    TenderClause.objects.update(removed_at=None, removed_by=None)
    actions.change_tender(tender, {"status": "awarded"}, by=tender.officer, at=NOON)
    assert "Take it out" not in officer.get(tender.get_absolute_url()).text
    late = officer.post(where("clause-remove", copied.pk), follow=True)
    assert "its texts stay" in late.text


def test_who_tenders_for_a_lot_is_checked(officer, tender, noord, piet):
    facts = {"identifier": "LOT-0001", "title": "Noord", "reserved_participation": "res-ws"}
    lot = actions.log_lot(tender, facts, by=piet, at=NOON)
    page = where("lot-check", lot.pk)
    typed = {"who": "Niemand", "share_pct": "31", "proof": "own", "seen_on": "2026-03-04"}
    assert "No supplier of the register" in officer.post(page, typed).text
    typed["who"] = "99990001"
    refused = officer.post(page, typed | {"proof": "certificate"})
    assert "shows the share" in refused.text
    refused = officer.post(page, typed | {"seen_on": "2099-01-01", "share_pct": "150"})
    assert "future" in refused.context["form"].errors["seen_on"][0]
    assert "between 0 and 100" in refused.context["form"].errors["share_pct"][0]
    assert refused.context["form"].non_field_errors() == []
    namesakes = factories.SupplierFactory.create_batch(2, name="Twee Gelijk")
    refused = officer.post(page, typed | {"who": namesakes[0].name})
    assert "Several suppliers" in refused.context["form"].errors["who"][0]
    officer.post(page, typed)
    assert ReservedCheck.objects.get().is_enough
    assert "Earlier checks" in officer.get(page).text
