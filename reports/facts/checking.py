"""Make the parts of a report again from the ledger and compare them to the cent (N18)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contracts.models import Contract
from reports.facts import gathering, kinds, sums
from sroi_portal.core.templatetags import formats

ACCOUNTS = {
    "obligation_eur": gettext_lazy("Obligation"),
    "waived_eur": gettext_lazy("Waived"),
    "planned_eur": gettext_lazy("Planned"),
    "submitted_eur": gettext_lazy("Submitted"),
    "verified_eur": gettext_lazy("Verified"),
    "unchecked_eur": gettext_lazy("Not checked in time"),
    "carried_eur": gettext_lazy("Carried over"),
    "malus_eur": gettext_lazy("Malus"),
}


@dataclass(frozen=True, slots=True)
class Again:
    """The lines of a report with what the ledger gives for them now; no contract has the key 0."""

    contract_ids: list[int]
    ledgered: list[sums.Ledgered]
    lines: list[kinds.Line]


def again(lines: Sequence[kinds.Line], issue: kinds.Issue) -> Again:
    ids = ids_of(line.terms.uuid for line in lines)
    accounts = sums.accounts(ids, position=issue.position, cut_off_at=issue.cut_off_at)
    ledgered = [accounts.get(pk, sums.EMPTY) for pk in ids]
    made = [replace(line, sums=each.sums) for line, each in zip(lines, ledgered, strict=True)]
    return Again(ids, ledgered, made)


def ids_of(uuids: Iterable[str]) -> list[int]:
    """Find the contracts of a report; one that is gone or out of sight is 0."""
    wanted = list(uuids)
    found = Contract.objects.filter(uuid__in=wanted).values_list("uuid", "pk")
    by_uuid = {str(uuid): pk for uuid, pk in found}
    return [by_uuid.get(each, 0) for each in wanted]


def of_lines(lines: Sequence[kinds.Line], made: Again) -> Iterator[str]:
    for line, account in zip(lines, made.ledgered, strict=True):
        yield from _of_sums(line, account.sums)
        yield from of_standing(line)


def of_quality(found: kinds.Quality, lines: Sequence[kinds.Line], made: Again) -> Iterator[str]:
    """Compare; what was not stated is no part of the ledger, so that stays as it was frozen."""
    if gathering.quality(lines, made.ledgered, unstated=found.unstated_count) != found:
        yield _("The statement of quality differs.")


def of_groups(found: Any, made: Again) -> Iterator[str]:
    """Compare the total and the groups that a report over many contracts has."""
    if gathering.group(found.total.label, made.lines) != found.total:
        yield _("The total differs.")
    for name, grouped, sentence in (
        ("by_category", gathering.by_category, _("The categories differ.")),
        ("by_year", gathering.by_year, _("The years differ.")),
        ("by_authority", gathering.by_authority, _("The authorities differ.")),
        ("by_supplier", gathering.by_supplier, _("The suppliers differ.")),
    ):
        if hasattr(found, name) and grouped(made.lines) != getattr(found, name):
            yield sentence


def of_many(found: Any) -> Iterator[str]:
    """Compare a report that holds its contracts line by line."""
    made = again(found.contracts, found.issue)
    yield from of_lines(found.contracts, made)
    yield from of_quality(found.quality, found.contracts, made)
    yield from of_groups(found, made)


def _of_sums(line: kinds.Line, again_: kinds.Sums) -> Iterator[str]:
    for field in fields(kinds.Sums):
        before, now = getattr(line.sums, field.name), getattr(again_, field.name)
        if before != now:
            yield _("%(contract)s: %(account)s is %(before)s, the ledger says %(now)s.") % {
                "contract": line.terms.title,
                "account": ACCOUNTS[field.name],
                "before": formats.euro(before),
                "now": formats.euro(now),
            }


def of_standing(line: kinds.Line) -> Iterator[str]:
    """Reckon again what follows in euros; where none are owed, another unit has the part (R-105)."""
    account, standing = line.sums, line.standing
    done = account.verified_eur + account.carried_eur
    done += account.unchecked_eur if line.terms.counts_unchecked else 0
    owed = account.obligation_eur - account.waived_eur
    low = done + account.submitted_eur
    part = gathering.percentage(done, owed) if owed > 0 else standing.percentage
    expected = (owed, done, part, low, low + account.planned_eur)
    frozen = (
        standing.owed_eur,
        standing.done_eur,
        standing.percentage,
        standing.forecast_low_eur,
        standing.forecast_high_eur,
    )
    if expected != frozen:
        yield _("%(contract)s: what follows from the account differs.") % {
            "contract": line.terms.title
        }
