"""Figures on the timeline: the day on which the tables of a period were published (S07)."""

from itertools import groupby

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from network import timeline
from network.models import MomentKind, TimelineMoment
from reports import open_data
from reports.models import FixedTable, TableKind
from sroi_portal.core.templatetags import formats


def tell_timeline() -> None:
    """Write a moment for each period of which tables stand for everybody."""
    tables = FixedTable.objects.order_by("starts_on", "ends_on", "made_at", "pk")
    periods = groupby(tables, key=lambda table: (table.starts_on, table.ends_on))
    timeline.put([MomentKind.FIGURES], [_moment(list(group)) for _period, group in periods])


def _moment(tables: list[FixedTable]) -> TimelineMoment:
    first = tables[0]
    with translation.override("nl"):
        kinds = [str(open_data.TITLES[TableKind(each.kind)]) for each in tables]
    return TimelineMoment(
        key=f"figures-{first.starts_on}-{first.ends_on}",
        kind=MomentKind.FIGURES,
        on=timezone.localdate(first.made_at),
        title=_title(first, "nl"),
        title_en=_title(first, "en"),
        words="\n".join(dict.fromkeys(kinds)),
        address=reverse("reports:open-page"),
        is_open=True,
    )


def _title(table: FixedTable, language: str) -> str:
    with translation.override(language):
        days = {"first": formats.day(table.starts_on), "last": formats.day(table.ends_on)}
        return _("Figures of %(first)s to %(last)s") % days
