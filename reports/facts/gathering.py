"""Gather the facts of a report: terms as they are now, amounts up to a position of the ledger."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from contracts import clocks, consortia
from contracts.models import OWING, Contract, Signal, ValueTable
from contracts.valuation import RULES_VERSION, codec
from contracts.valuation import Terms as TableTerms
from reports.facts import kinds, periods, sums
from reports.models import Definition, Report
from sroi_portal.core.models import Authority
from sroi_portal.core.money import ZERO, half_up

ATTENTION = 10  # contracts with a signal that a portfolio report lists by name


def of_report(report: Report) -> kinds.ContractFacts | kinds.PortfolioFacts:
    """Gather what this report says, in its language; also for a look beforehand."""
    issue = kinds.Issue(
        number=report.number,
        language=report.language,
        authority=report.authority.name,
        cut_off_at=report.cut_off_at,
        position=report.position,
        rules_version=RULES_VERSION,
    )
    with translation.override(report.language):
        if report.contract:
            return of_contract(report.contract, issue)
        return of_portfolio(report.authority, issue)


def read(report: Report) -> kinds.ContractFacts | kinds.PortfolioFacts:
    """Read the facts that were frozen."""
    if report.definition == Definition.CONTRACT:
        return kinds.ContractFacts.from_json(report.facts)
    return kinds.PortfolioFacts.from_json(report.facts)


def of_contract(contract: Contract, issue: kinds.Issue) -> kinds.ContractFacts:
    """One contract: no single contribution and no person."""
    ledgered, lines = _lines(_narrowed(Contract.objects.filter(pk=contract.pk)), issue)
    return kinds.ContractFacts(
        issue=issue,
        contract=lines[0],
        obligations=_obligations(contract),
        tables=_tables([contract.value_table_id]),
        periods=periods_of(contract.pk, lines[0].terms, issue),
        quality=quality(lines, ledgered, unstated=_unstated([contract.pk], issue)),
        members=_members(contract, lines[0]),
    )


def periods_of(
    contract_id: int, terms: kinds.Terms, issue: kinds.Issue
) -> tuple[kinds.Period, ...]:
    today = timezone.localdate(issue.cut_off_at)
    last = min(terms.ends_on or today, today)
    quarters = sums.quarters(contract_id, position=issue.position)
    return periods.joined(quarters, within=(terms.starts_on or last, last))


def of_portfolio(authority: Authority, issue: kinds.Issue) -> kinds.PortfolioFacts:
    """Every awarded contract of one authority; a framework is the sum of others (R-116)."""
    contracts = _narrowed(
        Contract.objects.filter(authority=authority, status__in=OWING, is_framework=False)
    )
    ledgered, lines = _lines(contracts, issue)
    return kinds.PortfolioFacts(
        issue=issue,
        total=group(_("All contracts"), lines),
        by_category=by_category(lines),
        by_year=by_year(lines),
        signals=_signals(lines),
        attention=_attention(lines),
        contracts=tuple(lines),
        tables=_tables(list(contracts.values_list("value_table_id", flat=True))),
        quality=quality(lines, ledgered, unstated=_unstated(contracts, issue)),
    )


def by_category(lines: Iterable[kinds.Line]) -> tuple[kinds.Group, ...]:
    return _groups(lines, lambda line: line.terms.category)


def by_year(lines: Iterable[kinds.Line]) -> tuple[kinds.Group, ...]:
    return _groups(lines, lambda line: f"{line.terms.awarded_on:%Y}")


def quality(
    lines: Sequence[kinds.Line], ledgered: Sequence[sums.Ledgered], *, unstated: int | None
) -> kinds.Quality:
    """State how far the figures can be trusted: what waits, since when, who reported nothing."""
    whole = kinds.total(each.sums for each in ledgered)
    reported = whole.verified_eur + whole.submitted_eur + whole.unchecked_eur
    oldest = [each.oldest_waiting_at for each in ledgered if each.oldest_waiting_at]
    owing = [line.standing.owed_eur > 0 for line in lines]
    return kinds.Quality(
        verified_eur=whole.verified_eur,
        waiting_eur=whole.submitted_eur,
        waiting_count=sum(each.waiting_count for each in ledgered),
        oldest_waiting_on=timezone.localdate(min(oldest)) if oldest else None,
        late_eur=sum((each.late_eur for each in ledgered), ZERO),
        late_count=sum(each.late_count for each in ledgered),
        unchecked_eur=whole.unchecked_eur,
        unchecked_count=sum(each.unchecked_count for each in ledgered),
        verified_pct=percentage(whole.verified_eur, reported),
        contracts_count=len(lines),
        unreported_count=sum(
            not each.is_reported for each, owes in zip(ledgered, owing, strict=True) if owes
        ),
        without_obligation_count=owing.count(False),
        unstated_count=unstated,
    )


def _unstated(contracts: Any, issue: kinds.Issue) -> int:
    """Count contracts with a period that was over and that nobody stated; two queries (C13)."""
    today = timezone.localdate(issue.cut_off_at)
    asked = clocks.to_state(Contract.objects.filter(pk__in=contracts))
    return sum(bool(clocks.unstated(contract, today)) for contract in asked)


def group(label: str, lines: Sequence[kinds.Line]) -> kinds.Group:
    """Add accounts and what follows from them; the percentage is that of the sums."""
    standings = [line.standing for line in lines]
    owed = sum((each.owed_eur for each in standings), ZERO)
    done = sum((each.done_eur for each in standings), ZERO)
    return kinds.Group(
        label=label,
        contracts_count=len(lines),
        sums=kinds.total(line.sums for line in lines),
        standing=kinds.Standing(
            owed_eur=owed,
            done_eur=done,
            percentage=percentage(done, owed),
            expected_eur=sum((each.expected_eur for each in standings), ZERO),
            forecast_low_eur=sum((each.forecast_low_eur for each in standings), ZERO),
            forecast_high_eur=sum((each.forecast_high_eur for each in standings), ZERO),
        ),
    )


def percentage(part: Decimal, whole: Decimal) -> Decimal | None:
    """One decimal, half up; none of nothing."""
    if whole <= 0:
        return None
    tenths = half_up(1000 * int(part * 100), int(whole * 100))
    return Decimal(f"{tenths}E-1")


def _narrowed(contracts: QuerySet[Contract]) -> QuerySet[Contract]:
    return contracts.select_related("supplier", "category").order_by("title", "pk")


def _lines(
    contracts: QuerySet[Contract], issue: kinds.Issue
) -> tuple[list[sums.Ledgered], list[kinds.Line]]:
    found = list(contracts)
    ids = [contract.pk for contract in found]
    today = timezone.localdate(issue.cut_off_at)
    accounts = sums.accounts(ids, position=issue.position, cut_off_at=issue.cut_off_at)
    standings = sums.standings(ids, position=issue.position, today=today)
    nothing = (kinds.Standing(), Signal.NONE.value)
    ledgered = [accounts.get(pk, sums.EMPTY) for pk in ids]
    lines = [
        _line(contract, account.sums, *standings.get(contract.pk, nothing))
        for contract, account in zip(found, ledgered, strict=True)
    ]
    return ledgered, lines


def _line(
    contract: Contract, account: kinds.Sums, standing: kinds.Standing, signal: str
) -> kinds.Line:
    return kinds.Line(
        terms=kinds.Terms(
            uuid=str(contract.uuid),
            title=contract.title,
            reference=contract.reference,
            supplier=contract.supplier.name,
            supplier_kvk=contract.supplier.kvk,
            category=str(contract.category or _("no category")),
            status=contract.get_status_display(),
            legal_form=contract.get_legal_form_display(),
            value_eur=contract.value_eur,
            awarded_on=contract.awarded_on,
            starts_on=contract.starts_on,
            ends_on=contract.ends_on,
            counts_unchecked=contract.counts_unchecked,
        ),
        sums=account,
        standing=standing,
        signal=signal,
        signal_label=str(Signal(signal).label),
    )


def _groups(
    lines: Iterable[kinds.Line], label: Callable[[kinds.Line], str]
) -> tuple[kinds.Group, ...]:
    by_label: dict[str, list[kinds.Line]] = {}
    for line in lines:
        by_label.setdefault(label(line), []).append(line)
    return tuple(group(name, by_label[name]) for name in sorted(by_label, key=str.casefold))


def _signals(lines: Iterable[kinds.Line]) -> tuple[kinds.SignalCount, ...]:
    counts = Counter(line.signal for line in lines)
    return tuple(
        kinds.SignalCount(
            signal=signal.value, label=str(signal.label), contracts_count=counts[signal]
        )
        for signal in Signal
    )


def _attention(lines: Iterable[kinds.Line]) -> tuple[kinds.Line, ...]:
    """Those with a signal, the largest shortfall against what was expected by now first."""
    calling = [line for line in lines if line.signal in (Signal.ACT, Signal.TALK)]
    calling.sort(key=lambda line: line.standing.done_eur - line.standing.expected_eur)
    return tuple(calling[:ATTENTION])


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


def _members(contract: Contract, line: kinds.Line) -> tuple[kinds.Member, ...]:
    """Divide what is owed and verified over a consortium."""
    parts = consortia.parts(
        contract,
        contract.members.select_related("supplier"),
        owed_eur=line.standing.owed_eur,
        verified_eur=line.sums.verified_eur,
    )
    return tuple(kinds.Member(**asdict(part)) for part in parts)


def _tables(table_ids: Sequence[int | None]) -> tuple[kinds.TableVersion, ...]:
    uses = Counter(table_ids)
    found = ValueTable.objects.filter(pk__in=[pk for pk in uses if pk]).order_by("name", "pk")
    return tuple(_table(table, uses[table.pk]) for table in found)


def _table(table: ValueTable, uses: int) -> kinds.TableVersion:
    hours, assumed = codec.decode(TableTerms, table.terms).norm
    return kinds.TableVersion(
        name=table.name,
        version=table.version,
        publisher=table.publisher,
        source=table.source,
        valid_from=table.valid_from,
        norm_hours=hours,
        norm_assumed=assumed,
        contracts_count=uses,
    )
