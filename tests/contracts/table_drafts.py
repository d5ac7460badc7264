"""What the tests of value tables in the browser share."""

from django.urls import reverse

from contracts.forms import SettingsForm

SETTINGS = {
    "publisher": "Gemeente Nieuw",
    "name": "Bouwblokken",
    "code": "nieuw",
    "version": "1",
    "source": "https://example.org/nieuw",
    "valid_from": "2027-01-01",
    "norm_hours": "37,5",
    "hours_above_norm": "ignored",
    "norm_over": "supplier",
    "part_months": "year_days",
    "rounding": "half_up",
    "bracket_edge": "longer",
    "bracket_change": "start",
    "cap_counts": "months",
    "cap_starts": "counting",
    "row_cap": "row",
    "look_back_always": "asked",
    "as_published": ["part_months"],
}


def address(name, *args):
    return reverse(f"contracts:value-table-{name}", args=args)


def with_settings(read, typed):
    form = SettingsForm(typed, table=read)
    assert form.is_valid(), form.errors
    return form.wanted()


def revision(table):
    table.refresh_from_db()
    return {"revision": table.revision}
