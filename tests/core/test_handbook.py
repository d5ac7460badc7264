"""The handbook: both languages alike, true to the screen, and every link opens (R-450, R-451)."""

import re
import tomllib
from collections import Counter, defaultdict
from functools import cache

import pytest
from django.urls import reverse
from django.utils import translation

from sroi_portal.core import handbook
from tests import source
from tests.test_translations import INFORMAL, OWN, _entries, _long

pytestmark = pytest.mark.django_db

FOLDER = source.ROOT / "docs" / "handbook"
EVERY_ROLE = pytest.mark.parametrize("role", handbook.ROLES)
READERS = {
    "officer": "piet",
    "manager": "cora",
    "coordinator": "olga",
    "supplier": "sara",
    "policy-maker": "vera",
    "adviser": "ada",
    "auditor": "anna",
    "administrator": "adam",
}
STEP = re.compile(r"^\d+\. ", re.MULTILINE)
POINT = re.compile(r"^- ", re.MULTILINE)
LABEL = re.compile(r"\*\*(.+?)\*\*")
LINK = re.compile(r"\[(.+?)\]\((\S+?)\)")
OWN_PAGE = source.ROOT / "candidates" / "letters" / "texts"


def _text(language, role):
    return (FOLDER / language / f"{role}.md").read_text()


@cache
def _on_the_screen():
    """Give for each English label the Dutch ones that stand in its place."""
    found = defaultdict(set)
    for entry in _entries(OWN):
        found[entry["msgid"]].add(entry.get("msgstr"))
    english, dutch = (
        tomllib.loads((OWN_PAGE / f"{language}.toml").read_text())["texts"]
        for language in ("en", "nl")
    )
    for key, text in english.items():
        found[text].add(dutch[key])
    return dict(found)


def _parts(text):
    """Say of each section how many steps and points it has, and where it leads."""
    for part in text.split("\n## "):
        targets = [target for _label, target in LINK.findall(part)]
        yield len(STEP.findall(part)), len(POINT.findall(part)), targets


def test_both_languages_have_a_text_for_each_role_and_no_other():
    for language in ("nl", "en"):
        names = {path.stem for path in (FOLDER / language).iterdir()}
        assert names == set(handbook.ROLES)


@EVERY_ROLE
def test_both_languages_have_the_same_steps_and_links(role):
    dutch, english = (list(_parts(_text(language, role))) for language in ("nl", "en"))
    assert dutch == english
    assert len(dutch) == 1 + len(handbook.SECTIONS)
    assert 5 <= dutch[2][0] <= 8  # the first day


@EVERY_ROLE
def test_every_label_stands_on_a_page_in_these_words(role):
    """What a button or a menu is called changes: then the handbook changes too (R-451)."""
    for english, dutch in zip(
        _text("en", role).splitlines(), _text("nl", role).splitlines(), strict=True
    ):
        said = [*LABEL.findall(english), *(label for label, _target in LINK.findall(english))]
        shown = [*LABEL.findall(dutch), *(label for label, _target in LINK.findall(dutch))]
        assert [label for label in said if label not in _on_the_screen()] == []
        wanted = [_on_the_screen()[label] for label in said]
        assert [label for label, fits in zip(shown, wanted, strict=True) if label not in fits] == []


@EVERY_ROLE
def test_the_texts_are_plain(role):
    for language in ("nl", "en"):
        text = LINK.sub(r"\1", _text(language, role)).replace("**", "")
        assert list(_long(text)) == []
    assert INFORMAL.findall(_text("nl", role)) == []


@EVERY_ROLE
def test_everybody_reads_it_without_an_account(client, role, settings):
    for language, dutch in (("nl", True), ("en", False)):
        client.cookies["language"] = language
        page = client.get(reverse("core:handbook-detail", args=[role])).content.decode()
        with translation.override(language):
            book = handbook.book(role)
        assert book.title in page
        assert ("Uw eerste dag" in page) is dutch
        assert [section.key for section in book.sections] == list(handbook.SECTIONS[:-1])
    settings.DEMO = True
    assert 'id="try"' in client.get(reverse("core:handbook-detail", args=[role])).content.decode()


@pytest.mark.parametrize("role", READERS)
def test_every_link_opens_for_whom_it_is_written(client, role, contract, request):
    client.sign_in(request.getfixturevalue(READERS[role]))
    targets = [target for _label, target in LINK.findall(_text("en", role))]
    assert {target.partition(":")[0] for target in targets} == {"page"}
    statuses = {
        target: client.get(reverse(target.removeprefix("page:"))).status_code
        for target in dict.fromkeys(targets)
    }
    assert {target: status for target, status in statuses.items() if status != 200} == {}


def test_who_works_here_without_an_account_can_open_every_link(client):
    targets = [target for _label, target in LINK.findall(_text("nl", "candidate"))]
    addresses = [reverse(target.removeprefix("page:")) for target in targets]
    assert [client.get(address).status_code for address in addresses] == [200, 200]


def test_ones_own_handbook_comes_first(client, sara, adam, pia):
    assert handbook.roles_of(sara) == ["supplier"]
    assert handbook.roles_of(adam) == handbook.roles_of(pia) == ["administrator"]
    address = reverse("core:handbook-list")
    client.cookies["language"] = "en"
    assert "Your handbook" not in client.get(address).content.decode()
    page = client.sign_in(sara).get(address).content.decode()
    places = [page.index(f"/help/handbook/{role}/") for role in ("supplier", "officer")]
    assert places == sorted(places)
    assert Counter(re.findall(r"/help/handbook/[\w-]+/", page)).total() == len(handbook.ROLES)
    assert "/help/handbook/supplier/" in client.get(reverse("core:help")).content.decode()


def test_a_newcomer_is_led_to_it(client, bram):
    assert "/help/handbook/" in client.get("/").content.decode().partition("<footer")[0]
    page = client.sign_in(bram).get("/").content.decode()
    assert "/help/handbook/" in page.partition("<footer")[0]


def test_a_role_without_a_text_is_not_found(client):
    assert client.get(reverse("core:handbook-detail", args=["nobody"])).status_code == 404
