"""What everybody may read, as one catalogue: which data sets there are and where their files are.

Only published tables are asked for: it works for the role of the public (R-307).
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports import burden, dcat, open_contracts, published
from reports.models import FixedTable, TableKind

FILES = (("csv", "CSV", "text/csv"), ("json", "JSON", "application/json"))
TITLES = {
    TableKind.QUARTER: _("Work by authority and category, each quarter"),
    TableKind.GROUPS: _("Work by target group, all authorities, each year"),
    TableKind.ENDED: _("Work that ended, each year"),
    TableKind.AFTER_3: _("Lasting work, 3 months after, each year"),
    TableKind.AFTER_6: _("Lasting work, 6 months after, each year"),
    TableKind.AFTER_12: _("Lasting work, 12 months after, each year"),
    TableKind.JOBS: _("Banenafspraak beside social return, all authorities, each year"),
    TableKind.PILOTS: _("People who began in a pilot, all authorities, each year"),
}
AFTER = _("What became of people after the work that counted, and of how many it is known.")
ABOUT = {
    TableKind.QUARTER: _(
        "People who worked by social return, their hours and what the work counts for in euros."
    ),
    TableKind.GROUPS: _("People who worked by social return, by target group."),
    TableKind.JOBS: _("People who count for the banenafspraak, and their paid hours, by form."),
    TableKind.ENDED: _(
        "How long people worked, how their hours grew, and whether it would have happened anyway."
    ),
    TableKind.AFTER_3: AFTER,
    TableKind.AFTER_6: AFTER,
    TableKind.AFTER_12: AFTER,
    TableKind.PILOTS: _("People who found work in a pilot, each counted once over all years."),
}
YEARLY = "ANNUAL"
FREQUENCIES = dict.fromkeys(TableKind, YEARLY) | {TableKind.QUARTER: "QUARTERLY"}


@dataclass(frozen=True)
class Series:
    """The tables of one kind, newest first."""

    kind: TableKind
    title: str | Promise
    about: str | Promise
    tables: Sequence[FixedTable]


def series() -> list[Series]:
    """Give each kind of table with what was published of it; one query."""
    found = list(published.tables())
    return [
        Series(kind, TITLES[kind], ABOUT[kind], [each for each in found if each.kind == kind])
        for kind in TableKind
    ]


def address(name: str, *args: object) -> str:
    return settings.SITE_URL + reverse(f"reports:{name}", args=args)


def catalogue() -> dcat.Json:
    """Describe all that is published for registers of data sets (WOO-02)."""
    return dcat.catalogue(
        address("open-catalogue"),
        list(_datasets()),
        title=_in_both(_("Social return in contracts of the state")),
        description=_in_both(_("What was agreed and done by social return, as open data.")),
        publisher=publisher(),
    )


def publisher() -> dcat.Publisher:
    return dcat.Publisher(
        settings.PUBLISHER_NAME,
        settings.PUBLISHER_URI,
        settings.SITE_URL + reverse("core:contact"),
    )


def _datasets() -> Iterable[dcat.Dataset]:
    for each in series():
        if each.tables:
            yield _of_tables(each)
    if years := open_contracts.years():
        yield _of_contracts(years)
    if measured := burden.as_json():
        yield _of_burden(measured)


def _of_tables(found: Series) -> dcat.Dataset:
    return dcat.Dataset(
        url=f"{address('open-page')}#{found.kind}",
        title=_in_both(found.title),
        description=_in_both(found.about),
        frequency=FREQUENCIES[found.kind],
        starts_on=min(table.starts_on for table in found.tables),
        ends_on=max(table.ends_on for table in found.tables),
        modified_at=max(table.made_at for table in found.tables),
        distributions=tuple(
            _file(table, suffix, code, media)
            for table in found.tables
            for suffix, code, media in FILES
        ),
    )


def _of_contracts(years: Sequence[tuple[int, dt.datetime]]) -> dcat.Dataset:
    page = f"{address('open-page')}#contracts"
    return dcat.Dataset(
        url=page,
        title=_in_both(_("Contracts with social return")),
        description=_in_both(
            _(
                "What was agreed in each contract that owes social return in euros, and what became of it."
            )
        ),
        frequency="DAILY",
        starts_on=dt.date(min(year for year, _at in years), 1, 1),
        ends_on=dt.date(max(year for year, _at in years), 12, 31),
        modified_at=max(changed_at for _year, changed_at in years),
        distributions=tuple(
            dcat.Distribution(
                title=f"OCDS {year} (JSON)",
                page_url=page,
                url=address("open-contracts", year),
                format="JSON",
                media_type="application/json",
            )
            for year, _at in years
        ),
    )


def _of_burden(measured: Sequence[burden.QuarterFacts]) -> dcat.Dataset:
    page = f"{address('open-page')}#burden"
    return dcat.Dataset(
        url=page,
        title=_in_both(_("What reporting takes")),
        description=_in_both(_("Minutes to report, lines sent back and days to a decision.")),
        frequency="QUARTERLY",
        starts_on=min(each["starts_on"] for each in measured),
        ends_on=max(each["ends_on"] for each in measured),
        modified_at=None,
        distributions=tuple(
            dcat.Distribution(code, page, address("open-burden", suffix), code, media)
            for suffix, code, media in FILES
        ),
    )


def _file(table: FixedTable, suffix: str, code: str, media: str) -> dcat.Distribution:
    key = (table.kind, table.starts_on.isoformat())
    return dcat.Distribution(
        title=f"{published.title_of(table)} ({code})",
        page_url=address("open-table", *key),
        url=address("open-file", *key, suffix),
        format=code,
        media_type=media,
    )


def _in_both(text: str | Promise) -> dict[str, str]:
    texts = {}
    for language in ("nl", "en"):
        with translation.override(language):
            texts[language] = str(text)
    return texts


def day_of(text: str) -> dt.date | None:
    """Read a day of an address, or nothing."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
