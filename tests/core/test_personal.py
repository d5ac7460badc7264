"""Sealing, keyed hashes and the citizen service number (AVG-02, AVG-04)."""

import random
import uuid

import pytest
from django.core.exceptions import ValidationError

from sroi_portal.core import personal
from tests import factories

FULL_WIDTH = {ord("0") + digit: 0xFF10 + digit for digit in range(10)}
NBSP = "\N{NO-BREAK SPACE}"


def bsns(count, *, seed=1):
    """Nine digits that pass the eleven-test, in a fixed order."""
    dice = random.Random(seed)  # noqa: S311
    found = []
    while len(found) < count:
        digits = f"{dice.randrange(10**7, 10**9):09d}"
        if personal._passes_eleven_test(digits):
            found.append(digits)
    return found


NOTATIONS = {
    "plain": lambda n: f"Het gaat om {n}.",
    "as printed on a card": lambda n: f"nummer {n[:4]}.{n[4:6]}.{n[6:]}, sinds maart",
    "dots": lambda n: f"{n[:3]}.{n[3:6]}.{n[6:]}",
    "spaces": lambda n: f"kandidaat {n[:3]}{NBSP}{n[3:6]} {n[6:]} (36 uur)",
    "dashes": lambda n: f"K-{n[:3]}-{n[3:6]}-{n[6:]}",
    "after its name": lambda n: f"BSN{n};",
    "full width": lambda n: f"({n.translate(FULL_WIDTH)})",
    "in the name of a file": lambda n: f"uren-{n}_2026-03.pdf",
}
WITH_BSN = [
    (name, write(number))
    for name, write in NOTATIONS.items()
    for number in bsns(25, seed=len(name))
]


def without_bsn():
    """Two hundred strings; wherever nine digits stand together they pass the eleven-test."""
    dice = random.Random(7)  # noqa: S311
    numbers = iter(bsns(200, seed=9))
    kvk = [f"KvK {dice.randrange(10**7, 10**8)}" for _ in range(25)]
    cpv = [f"CPV {n[:8]}-{n[8]}" for n in (next(numbers) for _ in range(25))]
    phones = [
        write(next(numbers))
        for write in (
            lambda n: f"+31 {n}",
            lambda n: f"+31 (0){n}",
            lambda n: f"tel. {n}",
            lambda n: f"06-{n[:8]}",
            lambda n: f"telefoonnummer: {n}",
        )
        for _ in range(7)
    ]
    amounts = [
        write(next(numbers))
        for write in (
            lambda n: f"€ {n[:3]}.{n[3:6]}.{n[6:]}",
            lambda n: f"EUR {n}",
            lambda n: f"{n[:3]}.{n[3:6]}.{n[6:]},50",
            lambda n: f"{n[:3]}.{n[3:6]}.{n[6:]},-",
            lambda n: f"{n} euro",
            lambda n: f"tussen € 400.000.000 en {n[:3]}.{n[3:6]}.{n[6:]}",
            lambda n: f"{n[:3]}.{n[3:6]}.{n[6:]} - 900.000.000 euro",
            lambda n: f"1.{n[:3]}.{n[3:6]}.{n[6:]}",
        )
        for _ in range(5)
    ]
    ibans = [f"NL91 ABNA {dice.randrange(10**9, 10**10)}" for _ in range(15)]
    ibans += [f"IBAN {next(numbers)}" for _ in range(5)]
    dates = [
        f"2026-{m:02d}-{d:02d} en {d:02d}-{m:02d}-2026" for m in range(1, 6) for d in range(1, 6)
    ]
    rsin = [f"RSIN {next(numbers)}" for _ in range(10)]
    rsin += [f"RSIN-nummer: {next(numbers)}" for _ in range(10)]
    rsin += [f"btw-id NL{next(numbers)}B01" for _ in range(10)]
    return kvk + cpv + phones + amounts + ibans + dates + rsin


def test_a_citizen_service_number_is_refused_in_every_notation():
    missed = [text for _name, text in WITH_BSN if not personal.contains_bsn(text)]
    assert (len(WITH_BSN), missed) == (200, [])


def test_other_numbers_are_let_through():
    harmless = without_bsn()
    refused = [text for text in harmless if personal.contains_bsn(text)]
    assert (len(harmless), refused) == (200, [])


@pytest.mark.parametrize(
    "text",
    [
        "123456782 BSN",
        "12345\N{ZERO WIDTH SPACE}6782",
        "123\N{EN DASH}456\N{EN DASH}782",
        "zie www.voorbeeld.nl 123456782",
        "1234 56 782",
        "123456782-2026",
    ],
)
def test_a_number_that_hides_is_found(text):
    assert personal.contains_bsn(text)


@pytest.mark.parametrize(
    "text", ["000000000", "123456789", "1234567820", "12345678", "0,123456782"]
)
def test_what_is_no_citizen_service_number_is_none(text):
    assert not personal.contains_bsn(text)


def test_the_refusal_does_not_repeat_the_number():
    with pytest.raises(ValidationError) as refused:
        personal.refuse_bsn("123456782")
    assert "123456782" not in str(refused.value)


def test_what_was_sealed_for_another_row_does_not_open():
    """AVG-04: swapping two ciphertexts is noticed."""
    mine, other = uuid.uuid4(), uuid.uuid4()
    sealed = personal.seal("K-01", table="candidates_candidate", row=mine)

    assert personal.unseal(sealed, table="candidates_candidate", row=mine) == "K-01"
    for table, row in (("candidates_candidate", other), ("core_remark", mine)):
        with pytest.raises(personal.SealBrokenError):
            personal.unseal(sealed, table=table, row=row)


@pytest.mark.parametrize("position", [0, 5, -1])
def test_what_was_changed_does_not_open(position):
    row = uuid.uuid4()
    changed = bytearray(personal.seal("K-01", table="t", row=row))
    changed[position] ^= 1
    with pytest.raises(personal.SealBrokenError):
        personal.unseal(bytes(changed), table="t", row=row)


def test_a_key_that_only_opens_still_opens(settings):
    row = uuid.uuid4()
    (new, new_key), (old, old_key) = settings.FIELD_KEYS.items()
    settings.FIELD_KEYS = {old: old_key}
    sealed = personal.seal("K-01", table="t", row=row)
    settings.FIELD_KEYS = {new: new_key, old: old_key}
    assert personal.unseal(sealed, table="t", row=row) == "K-01"
    settings.FIELD_KEYS = {new: new_key}
    with pytest.raises(personal.SealBrokenError):
        personal.unseal(sealed, table="t", row=row)


def test_the_same_reference_of_two_suppliers_gives_different_hashes(noord, zuid):
    first, second = (factories.candidate(supplier, "K-01") for supplier in (noord, zuid))
    assert first.reference == second.reference == "K-01"
    assert bytes(first.reference_hash) != bytes(second.reference_hash)
    assert bytes(first.reference_sealed) != bytes(second.reference_sealed)


def test_case_and_white_space_do_not_make_another_reference():
    firm = uuid.uuid4()
    hashes = {personal.keyed_hash(text, of=firm) for text in ("K-01", " k-01 ", "K\uff0d01")}
    assert len(hashes) == 1


def test_a_code_has_no_characters_that_look_alike():
    codes = [personal.random_code() for _ in range(50)]
    assert len(set(codes)) == 50
    assert all(len(code) == 9 and code[4] == "-" and not set(code) & set("IO01") for code in codes)
