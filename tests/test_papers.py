"""The papers of the repository: present, linked, and true where a machine can tell."""

import ast
import re

import pytest
import yaml
from django.urls import resolve, reverse

from tests import source

PAPERS = [path for path in source.files() if path.suffix == ".md" and "vendor" not in path.parts]
DECISIONS = [path for path in PAPERS if re.match(r"\d{4}-", path.name)]
LINK = re.compile(r"\]\(([^)\s]+)\)")
OUTSIDE = re.compile(r"[a-z]+://|mailto:|page:")  # a page of the portal is tried where it is read
SPEAKS = {"debug", "info", "warning", "error", "exception", "critical"}


@pytest.mark.parametrize("path", PAPERS, ids=source.name_of)
def test_a_link_leads_somewhere(path):
    targets = {link.partition("#")[0] for link in LINK.findall(path.read_text()) if link[0] != "#"}
    inside = {target for target in targets if not OUTSIDE.match(target)}
    assert [target for target in sorted(inside) if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("path", DECISIONS, ids=source.name_of)
def test_a_decision_is_short_and_says_what_it_costs(path):
    text = path.read_text()
    assert 20 <= len(text.splitlines()) <= 40
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Why", "Decision", "Consequences"]


def test_decisions_are_numbered_and_listed():
    numbers = [int(path.name[:4]) for path in DECISIONS]
    assert numbers == list(range(1, len(numbers) + 1))
    listed = LINK.findall((source.ROOT / "docs" / "adr" / "README.md").read_text())
    assert listed == [path.name for path in DECISIONS]


def test_each_place_of_what_the_texts_say_exists():
    text = (source.ROOT / "docs" / "seeds.md").read_text()
    addresses = re.findall(r"`(/[^`]*)`", text)
    assert all(resolve(address) for address in addresses)
    assert {f"S{number:02}" for number in range(1, 22)} <= set(re.findall(r"S\d{2}", text))


def test_the_licence_is_the_whole_of_the_eupl():
    text = (source.ROOT / "LICENSE").read_text()
    assert text.startswith("# EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert [f"## {number}." in text for number in range(1, 16)] == [True] * 15


def test_catalogues_can_read_what_this_is():
    """publiccode.yml 0.7: what must be there, and how long a text may be (PC-01)."""
    said = yaml.safe_load((source.ROOT / "publiccode.yml").read_text())
    assert said["publiccodeYmlVersion"] == "0.7"
    assert {"name", "url", "platforms", "softwareType", "developmentStatus"} <= set(said)
    assert said["legal"]["license"] == "EUPL-1.2"
    assert said["maintenance"]["contacts"][0]["name"]
    assert said["localisation"]["availableLanguages"] == ["nl", "en"]
    assert set(said["description"]) == {"nl", "en"}
    for text in said["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert 5 <= len(text["features"]) <= 20


def test_what_is_new_is_told_by_date_the_newest_first():
    text = (source.ROOT / "CHANGELOG.md").read_text()
    days = re.findall(r"^## (\d{4}-\d{2}-\d{2})", text, re.MULTILINE)
    assert days
    assert days == sorted(days, reverse=True)


def test_every_line_that_is_logged_is_explained():
    """docs/logging.md has the beginning of each, up to what differs (BIO-14)."""
    explained = (source.ROOT / "docs" / "logging.md").read_text()
    silent = [
        f"{source.name_of(path)}: {line}"
        for path in source.product()
        for line in _logged(path)
        if line.partition("%")[0].strip() not in explained
    ]
    assert silent == []


def _logged(path):
    for verb, call in source.called(source.tree(path)):
        spoken = call.func
        if verb in SPEAKS and isinstance(spoken, ast.Attribute) and call.args:
            said = call.args[0]
            if ast.unparse(spoken.value) == "logger" and isinstance(said, ast.Constant):
                yield said.value


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["glossary", "changelog"])
def test_a_paper_that_is_also_a_page_can_be_read(client, page):
    answer = client.get(reverse(f"core:{page}"))
    assert answer.status_code == 200
    assert "<dt>" in answer.text or "<li>" in answer.text
