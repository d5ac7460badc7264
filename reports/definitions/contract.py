"""The compliance report of one contract."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db.models import Prefetch
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contracts import consortia
from contracts.models import Contract, Goal, GoalProgress
from contracts.templatetags import standing_words, unit_words
from reports.definitions.base import ReportKind
from reports.facts import checking, gathering, kinds, sums
from reports.models import Definition, Report
from sroi_portal.core.charts import CourseChart, Line
from sroi_portal.core.money import ZERO
from sroi_portal.core.templatetags import formats


@dataclass(frozen=True, slots=True)
class ContractFacts(kinds.Facts):
    issue: kinds.Issue
    contract: kinds.Line
    obligations: tuple[kinds.ObligationVersion, ...]
    tables: tuple[kinds.TableVersion, ...]
    periods: tuple[kinds.Period, ...]
    quality: kinds.Quality
    members: tuple[kinds.Member, ...] = ()
    goals: tuple[kinds.Goal, ...] = ()
    own: kinds.Own | None = None  # where something is owed in another unit than euros

    @property
    def in_short(self) -> tuple[kinds.Sums, kinds.Standing]:
        return self.contract.sums, self.contract.standing

    @property
    def lines(self) -> tuple[kinds.Line, ...]:
        return (self.contract,)


def gather(report: Report, issue: kinds.Issue) -> ContractFacts:
    """One contract: no single contribution and no person."""
    contract = report.contract
    assert contract  # noqa: S101 - the database keeps it
    gathered = gathering.gather(Contract.objects.filter(pk=contract.pk), issue)
    return ContractFacts(
        issue=issue,
        contract=gathered.lines[0],
        obligations=_obligations(contract),
        tables=gathered.tables,
        periods=gathering.periods_of([contract.pk], gathered.lines, issue),
        quality=gathered.quality,
        members=_members(contract, gathered.lines[0]),
        goals=_goals(contract, issue),
        own=_own(contract.pk, issue),
    )


def compare(found: ContractFacts) -> Iterator[str]:
    lines = (found.contract,)
    made = checking.again(lines, found.issue)
    yield from checking.of_lines(lines, made)
    yield from checking.of_quality(found.quality, lines, made)
    if gathering.periods_of(made.contract_ids, lines, found.issue) != found.periods:
        yield _("The periods differ.")
    yield from _of_members(found)
    with translation.override(found.issue.language):
        if found.own and found.own != _own(made.contract_ids[0], found.issue):
            yield _("What is owed in another unit differs.")


def chart(found: ContractFacts) -> CourseChart:
    """Draw what was verified over time against what was expected."""
    terms, standing = found.contract.terms, found.contract.standing
    today = timezone.localdate(found.issue.cut_off_at)
    starts_on, ends_on = terms.starts_on or today, terms.ends_on or today
    points = [
        (starts_on, ZERO),
        *((min(each.ends_on, today), each.verified_so_far_eur) for each in found.periods),
        (today, found.contract.sums.verified_eur),
    ]
    return CourseChart(
        key="course",
        title=_("What was verified, against what was expected"),
        description=_(
            "On %(day)s, %(verified)s was verified; %(expected)s was expected by then, "
            "and %(owed)s is owed in all."
        )
        % {
            "day": formats.day(today),
            "verified": formats.euro(found.contract.sums.verified_eur),
            "expected": formats.euro(standing.expected_eur),
            "owed": formats.euro(standing.owed_eur),
        },
        lines=[
            Line(_("Verified"), _in_order(points)),
            Line(_("Expected"), [(starts_on, ZERO), (ends_on, standing.owed_eur)]),
        ],
    )


def _own(contract_id: int, issue: kinds.Issue) -> kinds.Own | None:
    """Read it up to the position of the report, in words."""
    today = timezone.localdate(issue.cut_off_at)
    row = sums.own_account(contract_id, position=issue.position, today=today)
    if not row:
        return None
    names = ("owed", "done", "submitted", "planned")
    return kinds.Own(
        *(standing_words.steered(row[f"own_{name}"] or ZERO, row["own_unit"]) for name in names)
    )


def _in_order(points: list[tuple[dt.date, Decimal]]) -> list[tuple[dt.date, Decimal]]:
    """One point a day, the last known amount of that day."""
    return sorted(dict(points).items())


def _obligations(contract: Contract) -> tuple[kinds.ObligationVersion, ...]:
    return tuple(
        kinds.ObligationVersion(
            version=each.version,
            base=each.get_base_kind_display(),
            base_eur=each.base,
            rate_pct=each.percentage,
            quantity_eur=each.quantity,
            reason=each.reason,
            holds_from=each.holds_from,
        )
        for each in contract.obligations.filter(unit="eur").order_by("version")
    )


def _goals(contract: Contract, issue: kinds.Issue) -> tuple[kinds.Goal, ...]:
    """Tell each goal by number and by its latest story, as it was known (S02, R-425)."""
    told = GoalProgress.objects.filter(recorded_at__lte=issue.cut_off_at)
    told = told.order_by("reached_on", "pk")
    goals = contract.goals.prefetch_related(Prefetch("progress", told))
    return tuple(_goal(each, list(each.progress.all())) for each in goals)


def _goal(goal: Goal, progress: list[GoalProgress]) -> kinds.Goal:
    last = progress[-1] if progress else None
    return kinds.Goal(
        title=goal.title,
        kind=goal.get_kind_display(),
        wanted=unit_words.goal_quantity(goal),
        reached=unit_words.of_goal(sum((each.quantity for each in progress), ZERO), goal),
        due_on=goal.due_on,
        ended_on=goal.ended_on,
        story=last.story if last else "",
        told_on=last.reached_on if last else None,
    )


def _members(contract: Contract, line: kinds.Line) -> tuple[kinds.Member, ...]:
    """Divide what is owed and verified over a consortium."""
    parts = consortia.parts(
        contract,
        contract.members.select_related("supplier"),
        owed_eur=line.standing.owed_eur,
        verified_eur=line.sums.verified_eur,
    )
    return tuple(kinds.Member(**asdict(part)) for part in parts)


def _of_members(found: ContractFacts) -> Iterator[str]:
    """Divide again by the frozen shares: the parts sum to the account."""
    shares = [member.share_pct for member in found.members]
    account = (found.contract.standing.owed_eur, found.contract.sums.verified_eur)
    parts = [(member.owed_eur, member.verified_eur) for member in found.members]
    divided = [consortia.divided(amount, shares) for amount in account if shares]
    if parts and parts != list(zip(*divided, strict=True)):
        yield _("The parts of the consortium differ.")


KIND = ReportKind(
    definition=Definition.CONTRACT,
    purpose=gettext_lazy("What was agreed on one contract, and what became of it."),
    asks=("contract",),
    facts=ContractFacts,
    gather=gather,
    compare=compare,
    title=lambda found: found.contract.terms.title,
    chart=chart,
    template_version=3,
)
