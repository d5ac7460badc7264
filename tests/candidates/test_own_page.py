"""The person's own page: opened by a button and a code that nobody else knows (C12, K06, N26)."""

import datetime as dt
import io
import uuid

import pypdf
import pytest
from django.utils import timezone

from candidates import actions, letters
from candidates.models import (
    JudgedFact,
    JudgementStatus,
    PersonalCode,
    PersonalLink,
    Placement,
    Voice,
    hashed,
)
from candidates.recorded import rows_of, sight_of
from sroi_portal.core.acting import DatabaseRole, Sight, acting_as
from sroi_portal.core.models import Outgoing, SignInFailure
from tests.candidates.own_pages import CODE, Visitor
from tests.client import PortalClient
from tests.conftest import NOON

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def made(placement, sara):
    return actions.make_personal_link(placement, by=sara, at=NOON, key=uuid.uuid4())


@pytest.fixture
def link(made):
    return made[0]


@pytest.fixture
def visitor(made):
    return Visitor(made[1])


@pytest.fixture
def inside(visitor):
    """The person chose a code and is in."""
    assert visitor.choose().status_code == 302
    return visitor


# The letter and its link


def test_r_370_only_the_hash_of_a_link_is_kept(made):
    link, token = made
    assert bytes(link.token_hash) == hashed(token)
    assert len(token) >= 43
    assert link.last_day == dt.date(2027, 3, 1)


def test_the_letter_is_a_pdf_with_the_address_and_the_days_to_come_back(client, sara, placement):
    page = client.sign_in(sara).get(f"/placements/{placement.pk}/letter/")
    assert page.status_code == 200
    typed = {"language": "en", "form_key": str(uuid.uuid4())}
    printed = client.post(f"/placements/{placement.pk}/letter/", typed)
    assert printed["Content-Type"] == "application/pdf"
    assert "no-store" in printed["Cache-Control"]
    sheets = pypdf.PdfReader(io.BytesIO(printed.content)).pages
    text = " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())
    assert "/my/en/open/" in text.replace(" ", "")
    assert "1 april 2026" in text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Your own page" in text


def test_the_same_form_sent_twice_is_one_letter(placement, sara):
    key = uuid.uuid4()
    _first, old = actions.make_personal_link(placement, by=sara, at=NOON, key=key)
    again, token = actions.make_personal_link(placement, by=sara, at=NOON, key=key)
    assert PersonalLink.objects.count() == 1
    assert bytes(again.token_hash) == hashed(token) != hashed(old)


def test_a_new_letter_starts_anew(inside, placement, sara, link):
    inside.page(f"facts/{placement.pk}/hours/", do="wrong", words="Ik werk 20 uur.")
    again, token = actions.make_personal_link(placement, by=sara, at=NOON, key=uuid.uuid4())
    link.refresh_from_db()
    assert link.status == "replaced"
    assert inside.page().status_code == 403
    assert inside.get(inside.open_path).status_code == 410
    other = Visitor(token)
    assert other.choose("een andere code").status_code == 302
    assert "Ik werk 20 uur." not in other.text()
    assert rows_of(again).judged == []


def test_a_form_sent_twice_never_takes_a_chosen_code(inside, link, placement, sara):
    again, _token = actions.make_personal_link(placement, by=sara, at=NOON, key=link.uuid)
    assert again.pk != link.pk


def test_no_letter_of_a_withdrawn_placement(placement, sara, client):
    actions.withdraw_placement(placement, by=sara, at=NOON)
    with pytest.raises(actions.LetterNotPossibleError):
        actions.make_personal_link(placement, by=sara, at=NOON, key=uuid.uuid4())
    page = client.sign_in(sara).post(f"/placements/{placement.pk}/letter/", {"language": "nl"})
    assert page.status_code == 200


def test_a_letter_that_was_taken_back_is_closed(client, visitor, link, sara):
    for _again in range(2):
        client.sign_in(sara).post(f"/letters/{link.pk}/revoke/")
    assert visitor.get(visitor.open_path).status_code == 410
    assert visitor.choose().status_code == 410


def test_an_old_letter_is_closed(visitor, link, inside):
    PersonalLink.objects.update(expires_at=NOON)
    assert visitor.get(visitor.open_path).status_code == 410
    assert inside.page().status_code == 403


def test_a_guessed_link_opens_nothing(link):
    guess = Visitor("a" * 43)
    assert guess.get(guess.open_path).status_code == 410
    assert guess.choose().status_code == 410
    assert PersonalCode.objects.count() == 0
    assert PortalClient().get("/my/xx/").status_code == 404


# The code


def test_r_371_a_get_opens_and_changes_nothing(visitor, placement):
    page = visitor.get(visitor.open_path)
    assert "Open mijn pagina" in page.content.decode()
    assert placement.contract.title not in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert PersonalCode.objects.count() == 0
    assert visitor.page().status_code == 403


@pytest.mark.parametrize(
    ("code", "again", "complaint"),
    [
        ("kort", "kort", "Kies minstens 6"),
        ("aaaaaaa", "aaaaaaa", "Kies minstens 6"),
        ("zonnebloem", "zonnebloen", "niet gelijk"),
        ("", "x", "Kies minstens 6"),
        ("123456782", "123456782", "BSN"),
    ],
)
def test_an_easy_code_is_refused(visitor, code, again, complaint):
    page = visitor.choose(code, again).content.decode()
    assert complaint in page
    assert "Fout" in page
    assert PersonalCode.objects.count() == 0


def test_a_code_is_chosen_once_and_kept_hashed(inside, link):
    kept = PersonalCode.objects.get()
    assert CODE not in kept.code_hash
    with pytest.raises(actions.CodeRefusedError):
        actions.choose_code(link, "een andere code", at=NOON)
    PersonalCode.objects.all().delete()
    with pytest.raises(actions.CodeRefusedError):
        actions.choose_code(link, "kort", at=NOON)


def test_who_chose_at_the_same_moment_as_another_is_refused(visitor, link, monkeypatch):
    def late(*_args, **_facts):
        raise actions.CodeRefusedError

    monkeypatch.setattr(actions, "choose_code", late)
    assert "Kies minstens 6" in visitor.choose().content.decode()


def test_the_code_opens_the_page_again(inside, made):
    again = Visitor(made[1])
    assert "Typ uw geheime code" in again.post(again.open_path).content.decode()
    assert again.type_code("verkeerd").status_code == 403
    assert SignInFailure.objects.count() == 1
    assert again.type_code().status_code == 302
    assert SignInFailure.objects.count() == 0
    assert again.page().status_code == 200


def test_who_guesses_codes_waits(inside, made):
    thief = Visitor(made[1])
    codes = [thief.type_code(f"poging {number}").status_code for number in range(6)]
    assert codes == [403] * 5 + [429]
    assert thief.type_code().status_code == 429


def test_the_page_closes_by_itself_and_by_a_button(inside, monkeypatch):
    later = NOON + dt.timedelta(minutes=21)
    with monkeypatch.context() as moved:
        moved.setattr("django.core.signing.time.time", lambda: timezone.now().timestamp() + 9e9)
        assert inside.page().status_code == 403
    assert later > NOON
    assert inside.page().status_code == 200
    assert inside.page("leave/", do="leave").status_code == 302
    assert inside.page().status_code == 403


def test_another_code_ends_the_session(inside):
    PersonalCode.objects.update(code_hash="another")
    assert inside.page().status_code == 403


def test_a_forged_session_is_none(inside, link):
    inside.cookies["own-page"] = f"{link.pk}.{'00' * 32}.x"
    assert inside.page().status_code == 403


# What is seen


def test_the_page_says_what_is_recorded_by_whom_and_why(inside, placement, submitted):
    text = inside.text()
    for said in (
        "vanaf 1\N{NO-BREAK SPACE}januari 2026, het einde is nog niet bekend",
        "36 uur",
        "tijdelijk contract",
        placement.supplier.name,
        placement.contract.authority.name,
        placement.contract.title,
        (placement.block.group or placement.block).label_nl,
        "de overheid gaat het controleren",
    ):
        assert said.replace("\N{NO-BREAK SPACE}", " ") in text.replace("\N{NO-BREAK SPACE}", " ")
    assert "K-01" not in text


def test_k06_each_look_by_staff_appears_without_a_name(inside, client, sara, olga, submitted):
    assert "Nog niemand heeft gekeken." in inside.text()
    client.sign_in(sara).get(f"/placements/{submitted.contribution.placement_id}/")
    for _again in range(2):
        PortalClient().sign_in(olga).get(f"/shares/{submitted.pk}/")
    text = inside.text()
    assert "medewerker van uw werkgever" in text
    assert "controleur van de overheid" in text
    assert ">2</td>" in text
    assert "Olga" not in text
    assert "Sara" not in text


def test_k07_the_copy_is_a_pdf_of_all_of_it(inside, submitted):
    copy = inside.page("copy.pdf")
    assert copy["Content-Type"] == "application/pdf"
    assert "no-store" in copy["Cache-Control"]
    sheets = pypdf.PdfReader(io.BytesIO(copy.content)).pages
    text = " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())
    assert "het gaat om" in text
    assert "Nummer waaronder de overheid u kent" in text


def test_r_370_the_link_sees_the_rows_of_its_own_person_alone(link, placement, contract, ww, sara):
    facts = actions.PlacementFacts(
        reference="K-02",
        block=ww,
        hours_per_week=placement.weekly_hours.get().hours_per_week,
        starts_on=placement.starts_on,
        contract_form="temporary",
    )
    other = actions.enter_placement(contract, facts, by=sara, at=NOON)
    period = (dt.date(2026, 1, 1), dt.date(2026, 1, 31))
    actions.draft_contribution(other, by=sara, at=NOON, period=period)
    rows = rows_of(link)
    assert [each.pk for each in rows.placements] == [placement.pk]
    assert {each.placement_id for each in rows.hours} == {placement.pk}
    assert rows.contributions == rows.shares == rows.codes == []
    with acting_as(DatabaseRole.LINK, Sight(link=sight_of(link).link)):
        assert not Placement.objects.exists()  # before the code was typed
    with acting_as(DatabaseRole.LINK, Sight(link="00" * 32, opened=link.pk)):
        assert not Placement.objects.exists()


# Right, not right


def test_r_372_what_is_right_is_nobodys_task(inside, placement):
    inside.page(f"facts/{placement.pk}/hours/", do="right")
    assert JudgedFact.objects.get().status == JudgementStatus.RIGHT
    assert "dit klopt." in inside.text()
    assert not Outgoing.objects.exists()


def test_what_is_not_right_needs_a_word(inside, placement):
    page = inside.page(f"facts/{placement.pk}/hours/", do="wrong").content.decode()
    assert page.count("Schrijf in een paar woorden wat niet klopt.") == 2  # above and at the field
    assert JudgedFact.objects.count() == 0
    page = inside.page(f"facts/{placement.pk}/hours/", do="wrong", words="x" * 501)
    assert "Dit is te lang." in page.content.decode()


@pytest.fixture
def judged(inside, submitted):
    """The person says that the hours are not right, of work that the authority sees."""
    placement = submitted.contribution.placement
    inside.page(f"facts/{placement.pk}/hours/", do="wrong", words="Ik werk 20 uur.")
    return JudgedFact.objects.get()


def test_not_right_is_told_without_a_word_of_it(judged, sara, cora):
    assert judged.due_on == dt.date(2026, 3, 18)
    assert {sara.email, cora.email} <= set(Outgoing.objects.values_list("to_address", flat=True))
    assert not Outgoing.objects.filter(body__contains="20 uur").exists()
    assert b"20 uur" not in bytes(judged.words_sealed)


def test_not_right_is_a_task_of_the_firm_and_of_who_checks(judged, sara, olga, bram):
    for person, status in ((sara, 200), (olga, 200), (bram, 404)):
        page = PortalClient().sign_in(person).get(f"/people-say/{judged.pk}/")
        assert page.status_code == status
    assert judged.is_late(dt.date(2026, 3, 19))
    listed = PortalClient().sign_in(olga).get("/people-say/").content.decode()
    assert f"/people-say/{judged.pk}/" in listed


def test_not_right_is_answered_once(inside, client, judged, sara):
    path = f"/people-say/{judged.pk}/"
    client.sign_in(sara)
    assert path in client.get(judged.placement.get_absolute_url()).content.decode()
    assert path in client.get("/people-say/").content.decode()
    assert client.post(path, {"reply": ""}).status_code == 200
    assert client.post(path, {"reply": "Wij veranderen het."}).status_code == 302
    assert "Wij veranderen het." in inside.text()
    assert "Antwoord van Leverancier Noord" in inside.text()
    assert client.post(path, {"reply": "Nog eens."}).status_code == 200
    assert path in client.get("/people-say/?status=answered").content.decode()
    assert path not in client.get("/people-say/").content.decode()


def test_saying_it_anew_takes_the_place_of_what_was_said(inside, placement, olga, submitted):
    path = f"facts/{placement.pk}/group/"
    inside.page(path, do="wrong", words="Dit is niet mijn groep.")
    inside.page(path, do="right")
    statuses = JudgedFact.objects.order_by("pk").values_list("status", flat=True)
    assert list(statuses) == ["replaced", "right"]
    judged = JudgedFact.objects.first()
    with pytest.raises(actions.AlreadyAnsweredError):
        actions.answer_fact(judged, by=olga, at=NOON, reply="x")


def test_what_was_said_before_is_seen_by_who_checks_once_work_is_submitted(
    inside, draft, sara, olga
):
    placement = draft.contribution.placement
    inside.page(f"facts/{placement.pk}/other/", do="right", words="Graag wissen.")
    judged = JudgedFact.objects.get()
    assert judged.authority_ids == []
    actions.submit_share(draft, by=sara, at=NOON)
    assert JudgedFact.objects.visible_to(olga).get() == judged
    actions.answer_fact(judged, by=olga, at=NOON, reply="Dit kan pas na de opdracht.")
    assert placement.contract.authority.name in inside.text()


def test_no_fact_of_another_and_no_fact_that_is_none(inside, placement):
    assert inside.page(f"facts/{placement.pk + 1}/hours/", do="right").status_code == 404
    assert inside.page(f"facts/{placement.pk}/wage/", do="right").status_code == 404


# Who answers for what


def test_nobody_else_sees_or_makes_a_letter(client, placement, link, olga, bram):
    for person, status in ((olga, 404), (bram, 404)):
        client.sign_in(person)
        assert client.get(f"/placements/{placement.pk}/letter/").status_code == status
        assert client.post(f"/letters/{link.pk}/revoke/").status_code == 404


def test_the_code_and_the_voice_are_hidden_from_the_roles_of_pages(inside, sara):
    from django.db import ProgrammingError

    from sroi_portal.core import sight

    with (
        pytest.raises(ProgrammingError),
        acting_as(DatabaseRole.WEB, sight.of(sara)),
    ):
        PersonalCode.objects.exists()
    with acting_as(DatabaseRole.WEB, sight.of(sara)):
        assert not Voice.objects.exists()


@pytest.mark.parametrize("language", ["nl", "en", "ar", "ti", "uk", "pl"])
def test_the_page_says_who_answers_for_it_and_whom_to_call(inside, placement, language, settings):
    settings.CONTACT_EMAIL = "vragen@overheid.example"
    inside.language = language
    page = inside.text()
    told = letters.texts(language)
    fold = page[page.index(f"<summary>{told['privacy_title']}</summary>") :]
    for said in (placement.supplier.name, placement.contract.authority.name, "vragen@overheid"):
        assert said in fold
    copy = inside.page("copy.pdf").content
    read = " ".join(each.extract_text() for each in pypdf.PdfReader(io.BytesIO(copy)).pages)
    assert "vragen@overheid.example" in read
