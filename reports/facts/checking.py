"""Make a report again from the ledger and compare it to the cent (N18)."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contracts import consortia
from contracts.models import Contract
from reports.facts import gathering, kinds, sums
from reports.models import Report
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


def differences(report: Report) -> list[str]:
    """Say where a stored report is not what its position of the ledger gives; must be nothing."""
    found = gathering.read(report)
    return [*_of_files(report), *_of_lines(found)]


def _of_files(report: Report) -> Iterator[str]:
    if kinds.sha256(report.facts) != bytes(report.facts_sha256):
        yield _("The facts are not those that were frozen.")
    if report.pdf:
        with report.pdf.open("rb") as file:
            if hashlib.sha256(file.read()).digest() != bytes(report.pdf_sha256 or b""):
                yield _("The PDF is not the one that was printed.")


def _of_lines(found: kinds.ContractFacts | kinds.PortfolioFacts) -> Iterator[str]:
    lines = (found.contract,) if isinstance(found, kinds.ContractFacts) else found.contracts
    ids = _ids(lines)
    accounts = sums.accounts(
        list(ids.values()), position=found.issue.position, cut_off_at=found.issue.cut_off_at
    )
    again = [accounts.get(ids.get(line.terms.uuid, 0), sums.EMPTY) for line in lines]
    for line, account in zip(lines, again, strict=True):
        yield from _of_sums(line, account.sums)
        yield from _of_standing(line)
    stated = found.quality.unstated_count  # no part of the ledger, so as it was frozen
    if gathering.quality(lines, again, unstated=stated) != found.quality:
        yield _("The statement of quality differs.")
    if isinstance(found, kinds.ContractFacts):
        yield from _of_periods(found, ids.get(found.contract.terms.uuid, 0))
        yield from _of_members(found)
    else:
        made = [replace(line, sums=each.sums) for line, each in zip(lines, again, strict=True)]
        yield from _of_groups(found, made)


def _ids(lines: Iterable[kinds.Line]) -> dict[str, int]:
    found = Contract.objects.filter(uuid__in=[line.terms.uuid for line in lines])
    return {str(uuid): pk for uuid, pk in found.values_list("uuid", "pk")}


def _of_periods(found: kinds.ContractFacts, contract_id: int) -> Iterator[str]:
    if gathering.periods_of(contract_id, found.contract.terms, found.issue) != found.periods:
        yield _("The periods differ.")


def _of_members(found: kinds.ContractFacts) -> Iterator[str]:
    """Divide again by the frozen shares: the parts sum to the account."""
    shares = [member.share_pct for member in found.members]
    account = (found.contract.standing.owed_eur, found.contract.sums.verified_eur)
    parts = [(member.owed_eur, member.verified_eur) for member in found.members]
    divided = [consortia.divided(amount, shares) for amount in account if shares]
    if parts and parts != list(zip(*divided, strict=True)):
        yield _("The parts of the consortium differ.")


def _of_groups(found: kinds.PortfolioFacts, made: Sequence[kinds.Line]) -> Iterator[str]:
    if gathering.group(found.total.label, made) != found.total:
        yield _("The total differs.")
    if gathering.by_category(made) != found.by_category:
        yield _("The categories differ.")
    if gathering.by_year(made) != found.by_year:
        yield _("The years differ.")


def _of_sums(line: kinds.Line, again: kinds.Sums) -> Iterator[str]:
    for field in fields(kinds.Sums):
        before, now = getattr(line.sums, field.name), getattr(again, field.name)
        if before != now:
            yield _("%(contract)s: %(account)s is %(before)s, the ledger says %(now)s.") % {
                "contract": line.terms.title,
                "account": ACCOUNTS[field.name],
                "before": formats.euro(before),
                "now": formats.euro(now),
            }


def _of_standing(line: kinds.Line) -> Iterator[str]:
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
