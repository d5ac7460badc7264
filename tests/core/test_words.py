"""Words are explained on the page where they are used, from the one glossary (L06)."""

import re

from django.conf import settings
from django.template import Context, Template
from django.utils import translation


def _shown(*names):
    said = " ".join(f'"{name}"' for name in names)
    return Template(f"{{% load words %}}{{% words {said} %}}").render(Context())


def test_a_word_is_explained_in_the_language_of_the_reader():
    assert "verplichting" in _shown("obligation")
    with translation.override("en"):
        assert "What the supplier must do" in _shown("obligation")


def test_an_unknown_word_is_left_out():
    assert _shown("no such word").strip() == ""


def test_every_word_that_a_page_explains_stands_in_the_glossary():
    asked = {
        word
        for page in (settings.BASE_DIR / "templates").rglob("*.html")
        for words in re.findall(r"{% words (.+?) %}", page.read_text())
        for word in re.findall(r'"([^"]+)"', words)
    }
    assert asked
    assert {word for word in asked if not _shown(word).strip()} == set()
