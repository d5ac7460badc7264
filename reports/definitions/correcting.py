"""What a correction says otherwise than the report that it replaces (R-285)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.facts import kinds
from reports.facts.checking import ACCOUNTS
from reports.facts.stories import Story
from sroi_portal.core.templatetags import formats

TERMS: dict[str, str | Promise] = {
    "title": gettext_lazy("Title"),
    "reference": gettext_lazy("Contract number"),
    "supplier": gettext_lazy("Supplier"),
    "category": gettext_lazy("Category"),
    "status": gettext_lazy("Status"),
    "legal_form": gettext_lazy("Legal form"),
    "value_eur": gettext_lazy("Contract value without VAT"),
    "awarded_on": gettext_lazy("Awarded on"),
    "starts_on": gettext_lazy("First day"),
    "ends_on": gettext_lazy("Last day"),
}


def changes(before: kinds.Facts, after: kinds.Facts) -> tuple[kinds.Change, ...]:
    """Name what differs: the account of the whole, then of each contract its terms and account."""
    found: list[kinds.Change] = []
    if max(len(before.lines), len(after.lines)) > 1:
        found += _of_sums(_("All contracts"), before.in_short[0], after.in_short[0])
    old = {line.terms.uuid: line for line in before.lines}
    new = {line.terms.uuid: line for line in after.lines}
    for uuid in [*new, *(gone for gone in old if gone not in new)]:
        found += _of_line(old.get(uuid), new.get(uuid))
    return (*found, *_of_stories(getattr(before, "stories", ()), getattr(after, "stories", ())))


def _of_stories(before: Sequence[Story], after: Sequence[Story]) -> Iterator[kinds.Change]:
    """Name the stories and the words that came or went."""
    old, new = _told(before), _told(after)
    for key in [*new, *(gone for gone in old if gone not in new)]:
        if key not in old or key not in new:
            subject, what = new.get(key) or old[key]
            was, has_become = ("" if key not in each else _("in the report") for each in (old, new))
            yield kinds.Change(subject, what, was, has_become)


def _told(stories: Sequence[Story]) -> dict[str, tuple[str, str]]:
    found = {}
    for story in stories:
        found[story.uuid] = story.title, _("Story")
        found |= {quote.uuid: (story.title, _("Quote")) for quote in story.quotes}
    return found


def _of_line(before: kinds.Line | None, after: kinds.Line | None) -> Iterator[kinds.Change]:
    if before and after:
        yield from _different(after.terms.title, TERMS, before.terms, after.terms)
        yield from _of_sums(after.terms.title, before.sums, after.sums)
    elif after:
        yield kinds.Change(after.terms.title, _("Contract"), "", _("in the report"))
    elif before:
        yield kinds.Change(before.terms.title, _("Contract"), _("in the report"), "")


def _of_sums(subject: str, before: kinds.Sums, after: kinds.Sums) -> Iterator[kinds.Change]:
    names: dict[str, str | Promise] = {field.name: ACCOUNTS[field.name] for field in fields(after)}
    return _different(subject, names, before, after)


def _different(
    subject: str, names: dict[str, str | Promise], before: Any, after: Any
) -> Iterator[kinds.Change]:
    for name, label in names.items():
        was, has_become = getattr(before, name), getattr(after, name)
        if was != has_become:
            show = _shown(name)
            yield kinds.Change(subject, str(label), show(was), show(has_become))


def _shown(name: str) -> Callable[[Any], str]:
    if name.endswith("_eur"):
        return formats.euro
    return formats.day if name.endswith("_on") else str
