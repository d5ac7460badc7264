"""Every sentence of the portal has its Dutch: complete, current, plain and in one tone."""

import ast
import gettext
import io
import re
import tokenize
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation.template import templatize

from tests import source

LANGUAGE = "nl"
FOLDERS = [Path(folder) for folder in settings.LOCALE_PATHS]
OWN, BORROWED = (folder / LANGUAGE / "LC_MESSAGES/django.po" for folder in FOLDERS)
CATALOGUES = pytest.mark.parametrize("path", [OWN, BORROWED], ids=["own", "borrowed"])
TEMPLATES = source.ROOT / "templates"
ARGUMENTS = {  # what a call gives, in the order of its arguments
    "_": ("msgid",),
    "gettext": ("msgid",),
    "gettext_lazy": ("msgid",),
    "gettext_noop": ("msgid",),
    "ngettext": ("msgid", "msgid_plural"),
    "ngettext_lazy": ("msgid", "msgid_plural"),
    "pgettext": ("msgctxt", "msgid"),
    "pgettext_lazy": ("msgctxt", "msgid"),
    "npgettext": ("msgctxt", "msgid", "msgid_plural"),
    "npgettext_lazy": ("msgctxt", "msgid", "msgid_plural"),
}
FIELD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) (".*")')
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%[sd]|\{\w*\}|</?\w+[^>]*>")
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
WORD = re.compile(r"[^\W\d_]")  # a number or a sign is no word
INFORMAL = re.compile(r"\b(je|jij|jou|jouw|jullie)\b", re.IGNORECASE)
MOST_WORDS = 25


@cache
def _entries(path):
    """Read a catalogue: of each entry its fields, and under `flags` what is said of it."""
    found = []
    for block in path.read_text().split("\n\n"):
        entry, last = {"flags": ""}, ""
        for line in block.splitlines():
            if line.startswith("#,"):
                entry["flags"] += line
            elif line.startswith('"'):
                entry[last] += ast.literal_eval(line)
            elif matched := FIELD.fullmatch(line):
                last = matched[1]
                entry[last] = ast.literal_eval(matched[2])
        found.append(entry)
    return found


def _sentences(path):
    return [entry for entry in _entries(path) if entry["msgid"]]


def _key(entry):
    return entry.get("msgctxt"), entry["msgid"], entry.get("msgid_plural")


def _texts(entry):
    return [text for field, text in entry.items() if field.startswith("msgstr")]


def _in_code(path):
    for name, call in source.called(source.tree(path)):
        given = [node.value for node in call.args if isinstance(node, ast.Constant)]
        texts = [value for value in given if isinstance(value, str)]
        if name in ARGUMENTS and texts:
            yield dict(zip(ARGUMENTS[name], texts, strict=False))


def _in_template(path):
    """Read what Django makes of a template for gettext: calls amid blanks."""
    code = io.StringIO(f"(\n{templatize(path.read_text())}\n)")
    kinds = {tokenize.NAME, tokenize.OP, tokenize.STRING}
    words = [word.string for word in tokenize.generate_tokens(code.readline) if word.type in kinds]
    for position, word in enumerate(words):
        if word in ARGUMENTS and words[position + 1] == "(":
            given = words[position + 2 : words.index(")", position)]
            texts = [ast.literal_eval(word) for word in given if word[-1] in "\"'"]
            yield dict(zip(ARGUMENTS[word], texts, strict=False))


@cache
def _said():
    """Everything that code and templates say, and where."""
    readers = [(path, _in_code) for path in source.product()]
    readers += [
        (path, _in_template)
        for path in source.files()
        if TEMPLATES in path.parents and path.suffix in {".html", ".txt"}
    ]
    return {
        _key(entry): source.name_of(path)
        for path, reader in readers
        for entry in reader(path)
        if entry["msgid"]
    }


def test_what_translates_goes_by_a_name_that_gettext_reads():
    """By another name its sentences are in no catalogue, and stay English."""
    imports = [
        (path, name)
        for path in source.product()
        for node in ast.walk(source.tree(path))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
    ]
    assert len(imports) > 100
    assert [
        (source.name_of(path), name.asname)
        for path, name in imports
        if name.name in ARGUMENTS and (name.asname or name.name) not in ARGUMENTS
    ] == []


def test_the_catalogue_holds_every_sentence():
    """`make messages` puts what is named here into the catalogue."""
    held = {_key(entry) for entry in _sentences(OWN)}
    assert {key: where for key, where in _said().items() if key not in held} == {}


def test_the_catalogue_holds_no_sentence_that_nobody_says():
    assert [entry["msgid"] for entry in _sentences(OWN) if _key(entry) not in _said()] == []


def test_what_is_borrowed_is_not_ours():
    assert [key for key in map(_key, _sentences(BORROWED)) if key in _said()] == []


@CATALOGUES
def test_every_sentence_has_its_dutch(path):
    assert [entry["msgid"] for entry in _sentences(path) if not all(_texts(entry))] == []


@CATALOGUES
def test_no_dutch_is_a_guess(path):
    assert [entry["msgid"] for entry in _entries(path) if "fuzzy" in entry["flags"]] == []


@CATALOGUES
def test_one_and_many_both_have_their_dutch(path):
    forms = {_key(entry): len(_texts(entry)) for entry in _sentences(path)}
    assert {key: count for key, count in forms.items() if count != (2 if key[2] else 1)} == {}


@CATALOGUES
def test_what_is_compiled_is_what_is_written(path):
    """Bare machines have no compiler, so the compiled catalogue is committed."""
    written = {}
    for entry in _entries(path):
        context = f"{entry['msgctxt']}\x04" if "msgctxt" in entry else ""
        for form, text in enumerate(_texts(entry)):
            key = context + entry["msgid"]
            written[(key, form) if "msgid_plural" in entry else key] = text
    with path.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file)._catalog == written


def _placeholders(text):
    return sorted(PLACEHOLDER.findall(text))


def _keeps_placeholders(entry):
    """Only the form for one may leave a number out."""
    one, *many = _texts(entry)
    wanted = _placeholders(entry["msgid"])
    if not many:
        return _placeholders(one) == wanted
    wanted_of_many = _placeholders(entry["msgid_plural"])
    return _placeholders(one) in (wanted, wanted_of_many) and all(
        _placeholders(text) == wanted_of_many for text in many
    )


@CATALOGUES
def test_the_dutch_keeps_what_is_filled_in(path):
    assert [entry["msgid"] for entry in _sentences(path) if not _keeps_placeholders(entry)] == []


def _long(text):
    for sentence in SENTENCE.split(text):
        plain = PLACEHOLDER.sub(lambda found: "" if found[0][0] == "<" else "word", sentence)
        if sum(bool(WORD.search(word)) for word in plain.split()) > MOST_WORDS:
            yield sentence


@CATALOGUES
def test_sentences_are_short_in_both_languages(path):
    """Nobody reads a long sentence twice (A11Y-08)."""
    texts = [text for entry in _sentences(path) for text in [*_key(entry)[1:], *_texts(entry)]]
    assert [sentence for text in texts if text for sentence in _long(text)] == []


@CATALOGUES
def test_the_dutch_says_u(path):
    texts = [text for entry in _sentences(path) for text in _texts(entry)]
    assert [text for text in texts if INFORMAL.search(text)] == []
