"""The published notices and the hostile ones, from the folder that SROI_SHARED points at."""

import json
import os
import time
import tracemalloc
from pathlib import Path

import pytest

from contracts import notices
from contracts.notices import opening

FOLDER = Path(os.environ["SROI_SHARED"]) / "data" / "eforms"
EXPECTED = json.loads((FOLDER / "public_expected.json").read_text(encoding="utf-8"))
INVALID = json.loads((FOLDER / "invalid_expected.json").read_text(encoding="utf-8"))
REFUSED = {
    "legacy-TED_EXPORT-057196-2021.xml": opening.LegacySchemaError,
    "xxe.xml": opening.ForbiddenDoctypeError,
    "entity-expansion.xml": opening.ForbiddenDoctypeError,
    "truncated.xml": opening.MalformedXmlError,
    "not-eforms-ubl-invoice.xml": opening.UnsupportedRootError,
    "empty.xml": opening.EmptyFileError,
    "not-xml.xml": opening.NotXmlError,
}


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda item: item["file"])
def test_a_published_notice_reads_as_expected(expected):
    data = (FOLDER / "public" / expected["file"]).read_bytes()

    notice = notices.read(data, file=expected["file"])
    proposals = notices.proposals(notice)

    assert notice.as_json() == expected
    assert len({found.target for found in proposals}) == len(proposals)
    assert notices.read(notices.strip_personal(data), file=expected["file"]) == notice


def test_the_largest_notice_is_read_in_two_seconds():
    data = max((path.read_bytes() for path in (FOLDER / "public").iterdir()), key=len)
    begun = time.process_time()
    notices.proposals(notices.read(data))

    assert time.process_time() - begun < 2


def test_every_invalid_file_has_an_outcome():
    read = {name for name in INVALID if name.startswith("sdk-INVALID_")}

    assert read | set(REFUSED) == set(INVALID)


@pytest.mark.parametrize("name", sorted(set(INVALID) - set(REFUSED)))
def test_an_incomplete_notice_is_read_and_its_gaps_are_listed(name):
    assert notices.read((FOLDER / "invalid" / name).read_bytes()).problems


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_at_once(name):
    data = (FOLDER / "invalid" / name).read_bytes()
    tracemalloc.start()
    begun = time.process_time()
    with pytest.raises(notices.NotANoticeError) as refused:
        notices.read(data)
    taken = time.process_time() - begun
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert type(refused.value) is REFUSED[name]
    assert taken < 1
    assert peak < 50_000_000
