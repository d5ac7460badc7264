"""What is no notice is refused by name, at once, in little memory and without network."""

import time
import tracemalloc

import pytest
from django.utils import translation

from contracts import notices
from contracts.notices import opening

ROOT = 'xmlns="urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2"'
BILLION = "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {this} '{f'&{that};' * 10}'>"
    for this, that in zip("bcdefghij", "abcdefghi", strict=True)
)
LOTS = "<ProcurementProjectLot/>" * (opening.MAX_OBJECTS + 1)
REFUSED = {
    "empty": (b"", opening.EmptyFileError),
    "only white space": (b"\xef\xbb\xbf \n", opening.EmptyFileError),
    "not XML": (b"PK this is not xml", opening.NotXmlError),
    "a zip": (b"PK\x03\x04\0\0", opening.NotXmlError),
    "another encoding": ("<a/>".encode("utf-16"), opening.NotXmlError),
    "too many bytes": (b"<a>" + b" " * opening.MAX_BYTES + b"</a>", opening.TooLargeError),
    "too many elements": (b"<a/>" * (opening.MAX_TAGS + 1), opening.TooLargeError),
    "too many lots": (f"<ContractNotice {ROOT}>{LOTS}</ContractNotice>", opening.TooLargeError),
    "an external entity": (
        (
            f'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><ContractNotice {ROOT}>&x;'
            "</ContractNotice>"
        ),
        opening.ForbiddenDoctypeError,
    ),
    "entities in entities": (f"{BILLION}]><a>&j;</a>", opening.ForbiddenDoctypeError),
    "a document type behind comments": (
        "<?xml version='1.0'?><!-- a --><?b c?>\n<!-- d --><!DOCTYPE a><a/>",
        opening.ForbiddenDoctypeError,
    ),
    "a document type in disguise": (
        b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a+AD4<a/>',
        opening.ForbiddenDoctypeError,
    ),
    "an unknown entity": (
        f"<ContractNotice {ROOT}>&x;</ContractNotice>",
        opening.MalformedXmlError,
    ),
    "very deep": ("<a>" * 5000, opening.MalformedXmlError),
    "legacy": (
        '<TED_EXPORT xmlns="http://publications.europa.eu/resource/schema/ted/R2.0.9/publication"/>',
        opening.LegacySchemaError,
    ),
    "an invoice": (
        '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>',
        opening.UnsupportedRootError,
    ),
    "a notice without its namespace": ("<ContractNotice/>", opening.UnsupportedRootError),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_notice_is_refused(name):
    data, error = REFUSED[name]
    data = data.encode() if isinstance(data, str) else data

    for verb in (notices.read, notices.strip_personal):
        with pytest.raises(notices.NotANoticeError) as refused:
            verb(data)
        assert type(refused.value) is error
        assert str(refused.value)


@pytest.mark.parametrize("name", ["an external entity", "entities in entities"])
def test_hostile_files_cost_nothing(name):
    data = REFUSED[name][0].encode()
    tracemalloc.start()
    begun = time.process_time()
    with pytest.raises(opening.ForbiddenDoctypeError):
        notices.read(data)
    taken = time.process_time() - begun
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert taken < 1
    assert peak < 1_000_000


def test_a_damaged_file_says_where(written):
    damaged = written("award")[:6000]

    with translation.override("en"), pytest.raises(opening.MalformedXmlError) as refused:
        notices.read(damaged)

    line = damaged.count(b"\n") + 1
    assert f"line {line}, column" in str(refused.value)


def test_no_content_of_a_file_appears_in_a_refusal():
    with pytest.raises(notices.NotANoticeError) as refused:
        notices.read(REFUSED["an external entity"][0].encode())

    assert "hostname" not in str(refused.value)


def test_a_byte_order_mark_does_no_harm(written):
    assert notices.read(b"\xef\xbb\xbf" + written("award")).notice_version == "01"
