"""Every definition prints with a long table, and with hostile words wherever there are words.

A portfolio has a thousand rows, sixty of them hostile. The longest table of each other definition
has sixty; in `make soak` a thousand, all of them hostile, and the reference checker reads it.
"""

import dataclasses
import os
from decimal import Decimal

import page
import pytest

from reports import definitions, printing
from reports.definitions.lasting import AfterLine, EndedLine, SocialLine
from reports.definitions.pilots import YearOfPilots
from reports.definitions.supplier import Part
from reports.facts import Change, Member
from reports.jobs_figures import Counted, JobsYear
from reports.models import Definition
from tests.reports import printed, verapdf
from tests.reports.test_printing import HOSTILE

pytestmark = pytest.mark.slow
IS_SOAK = "LONG_ROWS" in os.environ
ROWS = int(os.environ.get("LONG_ROWS", "60"))
LONG = {  # the longest table of a definition: how many rows, and how many of them hostile
    Definition.CONTRACT: ("members", ROWS, ROWS),
    Definition.PORTFOLIO: ("contracts", 1000, 60),
    Definition.SUPPLIER: ("contracts", ROWS, ROWS),
    Definition.CATEGORY: ("contracts", ROWS, ROWS),
    Definition.QUALITY: ("unreported", ROWS, ROWS),
    Definition.ANNUAL: ("year_by_authority", ROWS, ROWS),
    Definition.JOBS: ("by_authority", ROWS, ROWS),
    Definition.PILOTS: ("pilots", ROWS, ROWS),
}
KEYS = {"uuid", "signal", "language", "number", "corrects"}  # never typed by anybody
JOB = Counted("a", "b", 20, Decimal("1331.00"), Decimal("1.00"))
HIDDEN = Counted("a", "b", None, None, None)
NEEDED = {  # what the reports of these tests have no example of
    "changes": (Change("a", "b", "c", "d"),),
    "members": (Member("a", Decimal(40), Decimal(1), Decimal(1)),),
    "parts": (Part("a", True, Decimal(40), Decimal(1), Decimal(1)),),  # noqa: FBT003
    "years": (
        JobsYear(2026, 20, JOB, JOB, (JOB, HIDDEN), JOB, JOB, 25_000, None),
        JobsYear(2025, None, None, None, (HIDDEN,), HIDDEN, HIDDEN, None, None),
    ),
    "silent_suppliers": ("a",),
    "year": 2025,  # of lasting work
    "after": (AfterLine("a", 3, 10, 5, 5, 0, 0), AfterLine("b", 6, None, None, None, None, None)),
    "ended": (EndedLine("a", 10, 6, Decimal("1.5"), 5, 5, 0, 0),),
    "social": (
        SocialLine("a", "person", Decimal(5), *[Decimal(10)] * 6, "b", "c"),
        SocialLine("a", "after_3", None, *[Decimal(10)] * 4, None, None, "b", "c"),
    ),
    "absent": ("a",),
    "people_by_year": (YearOfPilots(2026, 10), YearOfPilots(2027, None)),
}


def _made_hostile(thing, long, name=""):
    """Replace every text, and repeat the lines of the list that is to be long."""
    thing = thing or NEEDED.get(name, thing)
    if isinstance(thing, str):
        return thing if name in KEYS else HOSTILE
    if isinstance(thing, tuple):
        found = tuple(_made_hostile(each, long) for each in thing)
        if name != long[0]:
            return found
        return found[:1] * long[2] + thing[:1] * (long[1] - long[2])
    if dataclasses.is_dataclass(thing):
        fields = {each.name: getattr(thing, each.name) for each in dataclasses.fields(thing)}
        changed = {key: _made_hostile(value, long, key) for key, value in fields.items()}
        return dataclasses.replace(thing, **changed)
    return thing


@pytest.mark.parametrize("definition", Definition)
def test_a_definition_prints_a_long_table_of_hostile_words(subject, issue, definition, tmp_path):
    report = issue(definition=definition, **subject[definition])
    found = definitions.read(report)
    long = _made_hostile(found, LONG[definition])
    report.facts = long.as_json()
    assert definitions.read(report) == long

    made = printing.as_pdf(report)

    if IS_SOAK:
        file = tmp_path / "long.pdf"
        file.write_bytes(made)
        assert verapdf.failures_elsewhere(file) == []
    else:  # it follows no row of more than 256 bookmarks
        verdict = page.validate_pdf_bytes(made, profile="ua1")
        assert [(each.rule_id, each.message) for each in verdict.failures] == []
    words = printed.words(made)
    assert words.count(printed.squeeze(HOSTILE)) > LONG[definition][2]
    assert "root:" not in words
    assert [name for name, _text in printed.tags(made)].count("TR") > LONG[definition][1]
