"""Letters: places checked, text frozen, nothing typed becomes markup."""

import io

import pytest
from django.core.exceptions import ValidationError
from pypdf import PdfReader

from contracts import actions, letters
from contracts.models import Letter, LetterKind, LetterTemplate
from tests.conftest import NOON
from tests.contracts.ending import stated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
HOSTILE = "<script>alert(1)</script><img src='file:///etc/passwd'> {owed} & </p>"


def write(contract, by, *, reason="Graag.", kind=LetterKind.TALK):
    facts = {"reason": reason, "owed": "€ 40.000,00"}
    return actions.write_letter(contract, actions.Writing(kind, facts), by=by, at=NOON)


@pytest.mark.parametrize("kind", LetterKind.values)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_shipped_text_has_the_places_it_must_have(kind, language, ministry):
    draft = letters.draft(ministry, kind, language)
    letters.check(kind, f"{draft.subject}\n{draft.text}")
    assert draft.version == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Beste {leverancier} {until} {shortfall}", "no place named {leverancier}"),
        ("Beste {supplier} {until", "brace stands alone"),
        ("Beste {supplier} {shortfall}", "must have {until}"),
    ],
)
def test_a_text_with_a_wrong_place_is_refused(text, said, ministry, ada):
    draft = letters.Draft("Ingebrekestelling", text)
    with pytest.raises(ValidationError, match=said):
        actions.publish_letter_template(ministry, "notice", "nl", draft, by=ada, at=NOON)
    assert not LetterTemplate.objects.exists()


def test_a_published_text_is_used_from_then_on(contract, cora, ada):
    before = write(contract, cora)
    for number in (1, 2):
        draft = letters.Draft("Verslag", f"Versie {number} voor {{supplier}}.")
        actions.publish_letter_template(contract.authority, "talk", "nl", draft, by=ada, at=NOON)
    after = write(contract, cora)
    assert (after.text, after.template_version) == ("Versie 2 voor Leverancier Noord.", 2)
    assert (before.template_version, "Versie" in Letter.objects.get(pk=before.pk).text) == (
        0,
        False,
    )
    assert [before.number, after.number] == ["VB-2026-0001", "VB-2026-0002"]


def test_what_is_typed_is_never_a_place(contract, cora):
    assert "{owed}" in write(contract, cora, reason=HOSTILE).text


def test_a_letter_never_holds_a_citizen_service_number(contract, cora):
    with pytest.raises(ValidationError, match="BSN"):
        write(contract, cora, reason="Het gaat om 111222333.")


def test_a_letter_is_sent_once(contract, cora, sara):
    letter = write(contract, cora)
    assert not Letter.objects.visible_to(sara).exists()
    for _ in range(2):
        letter = actions.send_letter(letter, by=cora, at=NOON)
    assert Letter.objects.visible_to(sara).get() == letter


@pytest.mark.slow
def test_the_print_says_the_frozen_text_and_runs_nothing_of_it(contract, cora):
    letter = write(contract, cora, reason=HOSTILE)
    made = letters.as_pdf(letter)
    read = PdfReader(io.BytesIO(made))
    text = "".join(page.extract_text() for page in read.pages)
    assert "<script>alert(1)</script>" in text
    assert bytes(letter.sha256).hex()[:32] in text.replace("\n", "")
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert made == letters.as_pdf(letter)


@pytest.mark.slow
def test_who_may_reads_the_pdf(client, contract, cora, sara, bram):
    letter = Letter.objects.get(settlement=stated(contract, cora))
    where = f"{letter.get_absolute_url()}pdf/"
    answer = client.sign_in(sara).get(where)
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert client.sign_in(bram).get(where).status_code == 404
