"""The definitions of reports: a new one is one module and one template, and its line here."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from django.db.models.fields.files import FieldFile
from django.utils import translation
from django.utils.translation import gettext as _

from contracts.valuation import RULES_VERSION
from reports import facts
from reports.definitions import (
    annual,
    category,
    contract,
    correcting,
    jobs,
    pilots,
    portfolio,
    quality,
    supplier,
)
from reports.definitions.base import AnyKind, ReportKind
from reports.definitions.contract import ContractFacts
from reports.definitions.portfolio import PortfolioFacts
from reports.definitions.supplier import SupplierFacts
from reports.models import Report

__all__ = [
    "KINDS",
    "AnyKind",
    "ContractFacts",
    "PortfolioFacts",
    "ReportKind",
    "SupplierFacts",
    "differences",
    "gather",
    "kind_of",
    "read",
]
KINDS: dict[str, AnyKind] = {
    kind.definition.value: kind
    for kind in cast(
        "tuple[AnyKind, ...]",
        (
            contract.KIND,
            portfolio.KIND,
            supplier.KIND,
            category.KIND,
            quality.KIND,
            annual.KIND,
            jobs.KIND,
            pilots.KIND,
        ),
    )
}


def kind_of(report: Report) -> AnyKind:
    return KINDS[report.definition]


def gather(report: Report) -> facts.Facts:
    """Gather what this report says, in its language; also for a look beforehand."""
    with translation.override(report.language):
        issue = facts.Issue(
            number=report.number,
            language=report.language,
            authority=_whose(report),
            cut_off_at=report.cut_off_at,
            position=report.position,
            rules_version=RULES_VERSION,
            corrects=report.corrects.number if report.corrects else "",
            reason=report.reason,
        )
        found: facts.Facts = kind_of(report).gather(report, issue)
        return _with_changes(found, report.corrects) if report.corrects else found


def _with_changes[F: facts.Facts](found: F, before: Report) -> F:
    changed = correcting.changes(read(before), found)
    return replace(found, issue=replace(found.issue, changes=changed))  # type: ignore[type-var] # each kind is a dataclass


def read(report: Report) -> facts.Facts:
    """Read the facts that were frozen."""
    found: facts.Facts = kind_of(report).facts.from_json(report.facts)
    return found


def differences(report: Report) -> list[str]:
    """Say where a stored report is not what its position of the ledger gives; must be nothing."""
    found = read(report)
    return [*_of_files(report), *kind_of(report).compare(found), *_of_changes(report, found)]


def _whose(report: Report) -> str:
    """Name the authority, or say of how many the report is."""
    count = len(report.authority_ids)
    if count == 1:
        return str(report.authority.name)
    return _("%(count)s contracting authorities") % {"count": count}


def _of_changes(report: Report, found: facts.Facts) -> Iterator[str]:
    """Compare a correction with the report that it replaces, in the words of its language."""
    if report.corrects:
        with translation.override(report.language):
            again = correcting.changes(read(report.corrects), found)
        if again != found.issue.changes:
            yield _("What the correction names differs.")


def _of_files(report: Report) -> Iterator[str]:
    if facts.sha256(report.facts) != bytes(report.facts_sha256):
        yield _("The facts are not those that were frozen.")
    if report.pdf and _digest(report.pdf) != bytes(report.pdf_sha256 or b""):
        yield _("The PDF is not the one that was printed.")
    if report.archive and _digest(report.archive) != bytes(report.archive_sha256 or b""):
        yield _("The copy for the archive is not the one that was printed.")


def _digest(kept: FieldFile) -> bytes:
    with kept.open("rb") as file:
        return hashlib.sha256(file.read()).digest()
