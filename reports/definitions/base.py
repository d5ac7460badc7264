"""What a definition of a report is made of; each has one module and one template."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import ngettext

from reports.facts import Facts, Group, Issue
from reports.models import Definition, Report
from reports.rules import issuing_roles
from sroi_portal.core.charts import Bar, BarChart, CourseChart
from sroi_portal.core.models import RoleName
from sroi_portal.core.stacks import StackChart
from sroi_portal.core.templatetags import formats

BARS = 12  # that fit a chart; the table beside it has all


@dataclass(frozen=True, slots=True)
class ReportKind[F: Facts]:
    """One definition: what is asked, what it gathers, how that is proved, drawn and called."""

    definition: Definition
    purpose: str | Promise  # for who chooses
    asks: tuple[str, ...]  # fields of the form, in order
    facts: type[F]
    gather: Callable[[Report, Issue], F]
    compare: Callable[[F], Iterator[str]]  # with the ledger; nothing is said when it is the same
    title: Callable[[F], str]
    chart: Callable[[F], BarChart | CourseChart | StackChart]
    may_ask: tuple[str, ...] = ()  # fields that may stay empty
    template_version: int = 1  # raised when the template changes; the old one stays

    @property
    def roles(self) -> tuple[RoleName, ...]:
        return issuing_roles(self.definition.value)

    def template(self, version: int, part: str = "") -> str:
        return f"reports/{self.definition.value}_v{version}{part}.html"


def bars(groups: tuple[Group, ...]) -> list[Bar]:
    """Draw groups of which there is something to draw, the largest obligations first."""
    drawn = [group for group in groups if group.standing.owed_eur or _reported(group)]
    largest = sorted(drawn, key=lambda group: -group.standing.owed_eur)[:BARS]
    return [
        Bar(
            label=group.label,
            owed=group.standing.owed_eur,
            verified=group.sums.verified_eur,
            submitted=group.sums.submitted_eur,
            expected=group.standing.expected_eur,
        )
        for group in largest
    ]


def _reported(group: Group) -> bool:
    return bool(group.sums.verified_eur or group.sums.submitted_eur)


def bar_chart(key: str, title: str, total: Group, groups: tuple[Group, ...]) -> BarChart:
    """Draw groups, and say how much of the whole was verified."""
    return BarChart(
        key=key,
        title=title,
        description=ngettext(
            "%(verified)s of %(owed)s was verified, over %(count)s contract.",
            "%(verified)s of %(owed)s was verified, over %(count)s contracts.",
            total.contracts_count,
        )
        % {
            "verified": formats.euro(total.sums.verified_eur),
            "owed": formats.euro(total.standing.owed_eur),
            "count": total.contracts_count,
        },
        bars=bars(groups),
    )


type AnyKind = ReportKind[Any]
