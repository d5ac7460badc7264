"""The notices we wrote, and the published ones where a folder with them is given."""

import os
from pathlib import Path

import pytest

from contracts import notices

HERE = Path(__file__).parent / "written"
FROM_FOLDER = ["test_public_imports.py", "test_public_notices.py"]
collect_ignore = [] if os.environ.get("SROI_SHARED") else FROM_FOLDER


@pytest.fixture
def written():
    """The bytes of a notice we wrote, with texts in it replaced."""

    def of(name, **replaced):
        text = (HERE / f"{name}.xml").read_text(encoding="utf-8")
        for old, new in replaced.get("changes", {}).items():
            assert old in text
            text = text.replace(old, new)
        return text.encode()

    return of


@pytest.fixture
def read(written):
    def of(name, changes=None):
        return notices.read(written(name, changes=changes or {}))

    return of


@pytest.fixture
def proposed(read):
    """Proposals under their targets."""

    def of(name, changes=None):
        return {found.target: found for found in notices.proposals(read(name, changes))}

    return of
