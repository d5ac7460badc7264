"""docs/privacy.md is a golden file: a new column shows up in the diff."""

from io import StringIO

from django.apps import apps
from django.core.management import call_command

from tests import source


def test_the_privacy_register_says_what_the_models_say():
    """Renew it by `python manage.py privacy_register > docs/privacy.md`, and read the diff."""
    made = StringIO()
    call_command("privacy_register", stdout=made)
    assert (source.ROOT / "docs" / "privacy.md").read_text() == made.getvalue()


def test_every_table_stands_in_the_register():
    made = StringIO()
    call_command("privacy_register", stdout=made)
    missing = [
        model._meta.label
        for model in apps.get_models()
        if f"### {model._meta.object_name}\n" not in made.getvalue()
    ]
    assert missing == []
