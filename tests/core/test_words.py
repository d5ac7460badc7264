"""Words are explained on the page where they are used, from the one glossary (L06)."""

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
