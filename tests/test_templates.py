"""Promises kept over all templates."""

import ast
import re
from functools import cache
from pathlib import Path

import allauth
import crispy_forms
import django
import pytest
from django.template import Engine
from django.template.base import Lexer, TokenType

from tests import source

FOLDER = source.ROOT / "templates"
TEMPLATES = [path for path in source.files() if FOLDER in path.parents]
LOOKED_UP = {
    "400.html",
    "403.html",
    "403_csrf.html",
    "404.html",
    "429.html",
    "500.html",
}  # by Django itself
EXAMPLE = {"core/style_guide.html"}  # every component once, drawn by the tests
REPLACED = [Path(package.__file__).parent for package in (allauth, django)]


def _name(path):
    return str(path.relative_to(FOLDER))


NAMES = [_name(path) for path in TEMPLATES]


@cache
def _patterns():
    """What the code and other templates name; a part that is computed may be any word."""
    found = set()
    for path in source.product():
        for node in ast.walk(source.tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(re.escape(node.value.partition("#")[0]))
            elif isinstance(node, ast.JoinedStr):
                found.add(
                    "".join(
                        re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w*"
                        for part in node.values
                    )
                )
    for path in TEMPLATES:
        found |= {re.escape(name) for name in re.findall(r'"([\w/.-]+)"', path.read_text())}
    return [re.compile(pattern) for pattern in found if "/" in pattern or "html" in pattern]


@cache
def _crispy():
    folder = Path(crispy_forms.__file__).parent
    return "\n".join(path.read_text() for path in sorted(folder.rglob("*.py")))


def _is_used(name):
    if name in LOOKED_UP | EXAMPLE or any(pattern.fullmatch(name) for pattern in _patterns()):
        return True
    pack, _, part = name.partition("/")
    if pack == "nlds" and part in _crispy():
        return True
    return any(next(folder.rglob(f"templates/{name}"), None) for folder in REPLACED)


@pytest.mark.parametrize("name", NAMES)
def test_a_template_is_used(name):
    assert _is_used(name)


@cache
def _engine():
    return Engine.get_default()


def _library(name):
    return _engine().template_libraries[name]


def _tokens(path):
    return Lexer(path.read_text()).tokenize()


def _loaded(contents):
    """Give what one {% load %} brings: name of the library, its tags, its filters."""
    words = contents.split()[1:]
    if "from" in words:
        library = _library(words[-1])
        for name in words[: words.index("from")]:
            yield name, {name} & set(library.tags), {name} & set(library.filters)
    else:
        for name in words:
            library = _library(name)
            yield name, set(library.tags), set(library.filters)


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_what_a_template_loads_it_uses(path):
    tokens = [token for token in _tokens(path) if token.token_type != TokenType.TEXT]
    loads = [t.contents for t in tokens if t.contents.split()[:1] == ["load"]]
    rest = [t.contents for t in tokens if t.contents.split()[:1] != ["load"]]
    tags = {contents.split()[0] for contents in rest if contents}
    filters = {name for contents in rest for name in re.findall(r"\|(\w+)", contents)}
    idle = [
        name
        for contents in loads
        for name, own_tags, own_filters in _loaded(contents)
        if not own_tags & tags and not own_filters & filters
    ]
    assert idle == []


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_a_template_can_be_read(path):
    _engine().from_string(path.read_text())


TONES = {"neutral", "info", "positive", "warning", "negative"}


def test_every_tone_is_one_that_badge_and_alert_know():
    """A tone that they do not know shows no icon and says nothing to who hears the page."""
    said = [
        (_name(path), tone)
        for path in TEMPLATES
        for tones in re.findall(r"""\btone=["']([^"']*)["']""", path.read_text())
        for tone in tones.split(",")
    ]
    said += [
        (_name(path), tone)
        for path in TEMPLATES
        for tones in re.findall(r"""\btone=\w+\|yesno:["']([^"']*)["']""", path.read_text())
        for tone in tones.split(",")
    ]
    assert {tone for _template, tone in said} >= TONES
    assert [each for each in said if each[1] not in TONES] == []
    drawn = (source.ROOT / "static" / "icons.svg").read_text()
    assert [tone for tone in sorted(TONES) if f'id="shape-{tone}"' not in drawn] == []


def test_no_template_formats_a_number_by_itself():
    """Numbers are written by `formats.py` alone, so that they look the same everywhere."""
    forbidden = re.compile(r"\|(floatformat|intcomma|intword|localize|unlocalize)\b")
    assert [_name(path) for path in TEMPLATES if forbidden.search(path.read_text())] == []


def test_no_template_holds_style_or_script_of_its_own():
    """The content security policy would refuse them."""
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=", re.IGNORECASE)
    pages = [path for path in TEMPLATES if path.suffix == ".html" and "_v" not in path.stem]
    assert [_name(path) for path in pages if inline.search(path.read_text())] == []
