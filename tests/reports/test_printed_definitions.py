"""Each definition prints to a tagged PDF that says what its page says."""

import page
import pytest

from contracts.models import Contract
from reports import printing
from reports.models import Definition, Report
from tests.reports import printed, verapdf
from tests.reports.test_printing import HOSTILE

pytestmark = pytest.mark.slow


@pytest.mark.usefixtures("tried")
@pytest.mark.parametrize(
    ("definition", "language"),
    [
        (Definition.SUPPLIER, "nl"),
        (Definition.CATEGORY, "en"),
        (Definition.QUALITY, "nl"),
        (Definition.ANNUAL, "en"),
        (Definition.JOBS, "nl"),
        (Definition.PILOTS, "nl"),
    ],
)
def test_a_definition_is_pdf_ua_and_says_what_the_page_says(
    busy, quiet, issue, tmp_path, definition, language
):
    about = {
        Definition.SUPPLIER: {"supplier": busy.supplier},
        Definition.CATEGORY: {"category": busy.category},
        Definition.ANNUAL: {"year": 2026},
        Definition.JOBS: {"year": 2026},
        Definition.PILOTS: {"year": 2026},
    }.get(definition, {})
    busy.supplier.name = busy.category.name_nl = busy.category.name_en = HOSTILE
    busy.supplier.save(), busy.category.save()
    Contract.objects.filter(pk=quiet.pk).update(title=HOSTILE, reference=HOSTILE[:80])
    report = issue(definition=definition, language=language, **about)
    report = Report.objects.get(pk=report.pk)

    made = printing.as_pdf(report)

    verdict = page.validate_pdf_bytes(made, profile="ua1")
    assert [(each.rule_id, each.message) for each in verdict.failures] == []
    path = tmp_path / "made.pdf"
    path.write_bytes(made)
    assert verapdf.failures(path) == []
    words = printed.words(made)
    assert printed.amounts(printing.as_twin(report)) <= printed.amounts(words)
    assert report.number in words
    assert bytes(report.facts_sha256).hex() in words
    assert printed.squeeze(HOSTILE) in words
    names = [name for name, _text in printed.tags(made)]
    assert names.count("H1") == 1
    assert all(text for name, text in printed.tags(made) if name == "Figure")
