"""What every form asks and says when something is missing."""

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms
from django.template.loader import render_to_string
from django.utils import translation

from sroi_portal.core.forms import PortalForm


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


class Asked(PortalForm):
    text = forms.CharField(label="Text")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A")])
    several = forms.MultipleChoiceField(label="Several", choices=[("a", "A")])
    agreed = forms.BooleanField(label="Agreed")
    own = forms.BooleanField(label="Own", error_messages={"required": "Say yes."})


class LaidOut(Asked):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("agreed", Row("kind", "text"), "several")


def test_what_is_missing_is_asked_in_words_that_fit():
    assert Asked({}).errors == {
        "text": ["This field is required."],
        "kind": ["Make a choice."],
        "several": ["Make a choice."],
        "agreed": ["Tick this box."],
        "own": ["Say yes."],
    }


@pytest.mark.parametrize(
    ("form_class", "order"),
    [
        (Asked, ["text", "kind", "several", "agreed", "own"]),
        (LaidOut, ["agreed", "kind", "text", "several", "own"]),
    ],
)
def test_the_summary_of_errors_follows_the_page(form_class, order):
    summary = render_to_string("nlds/errors.html", {"form": form_class({})})
    places = [summary.index(f"#id_{name}") for name in order]
    assert places == sorted(places)
