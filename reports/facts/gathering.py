"""What reports are made of: terms as they are now, amounts up to a position of the ledger."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts import clocks
from contracts.models import OWING, Contract, Signal, ValueTable
from contracts.valuation import Terms as TableTerms
from contracts.valuation import codec
from reports.facts import kinds, periods, sums
from sroi_portal.core.models import Authority
from sroi_portal.core.money import ZERO, half_up

ATTENTION = 10  # contracts with a signal that a report over many lists by name


@dataclass(frozen=True, slots=True)
class Gathered:
    """Contracts with their accounts, and how far those can be trusted; all in one order."""

    lines: tuple[kinds.Line, ...]
    ledgered: tuple[sums.Ledgered, ...]
    unstated: tuple[bool, ...]  # a period is over that nobody stated (C13)
    tables: tuple[kinds.TableVersion, ...]

    @property
    def quality(self) -> kinds.Quality:
        return quality(self.lines, self.ledgered, unstated=sum(self.unstated))


def awarded(authority_ids: Iterable[int]) -> QuerySet[Contract]:
    """Give every awarded contract of these; a framework is the sum of others (R-116)."""
    return Contract.objects.filter(
        authority_id__in=list(authority_ids), status__in=OWING, is_framework=False
    )


def names_of(authority_ids: Iterable[int]) -> tuple[str, ...]:
    found = Authority.objects.filter(pk__in=list(authority_ids)).order_by("name", "pk")
    return tuple(found.values_list("name", flat=True))


def gather(contracts: QuerySet[Contract], issue: kinds.Issue) -> Gathered:
    """Sum the account of each contract, and say where it stands; the queries are always as many."""
    named = contracts.select_related("authority", "supplier", "category")
    found = list(named.order_by("title", "pk"))
    ids = [contract.pk for contract in found]
    today = timezone.localdate(issue.cut_off_at)
    accounts = sums.accounts(ids, position=issue.position, cut_off_at=issue.cut_off_at)
    standings = sums.standings(ids, position=issue.position, today=today)
    nothing = (kinds.Standing(), Signal.NONE.value)
    ledgered = tuple(accounts.get(pk, sums.EMPTY) for pk in ids)
    asked = clocks.to_state(Contract.objects.filter(pk__in=ids))
    unstated = {contract.pk for contract in asked if clocks.unstated(contract, today)}
    return Gathered(
        lines=tuple(
            _line(contract, account.sums, *standings.get(contract.pk, nothing))
            for contract, account in zip(found, ledgered, strict=True)
        ),
        ledgered=ledgered,
        unstated=tuple(pk in unstated for pk in ids),
        tables=tables([contract.value_table_id for contract in found]),
    )


def periods_of(
    contract_ids: Sequence[int], lines: Sequence[kinds.Line], issue: kinds.Issue
) -> tuple[kinds.Period, ...]:
    """Join the quarters of these contracts within the days that they ran before the cut-off."""
    today = timezone.localdate(issue.cut_off_at)
    last = max((min(line.terms.ends_on or today, today) for line in lines), default=today)
    first = min((line.terms.starts_on or last for line in lines), default=last)
    quarters = sums.quarters(contract_ids, position=issue.position)
    return periods.joined(quarters, within=(first, last))


def by_category(lines: Iterable[kinds.Line]) -> tuple[kinds.Group, ...]:
    return groups(lines, lambda line: line.terms.category)


def by_year(lines: Iterable[kinds.Line]) -> tuple[kinds.Group, ...]:
    return groups(lines, lambda line: f"{line.terms.awarded_on:%Y}")


def by_authority(lines: Iterable[kinds.Line]) -> tuple[kinds.Group, ...]:
    return groups(lines, lambda line: line.terms.authority)


def by_supplier(lines: Iterable[kinds.Line]) -> tuple[kinds.Group, ...]:
    return groups(lines, lambda line: line.terms.supplier)


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


def groups(
    lines: Iterable[kinds.Line], label: Callable[[kinds.Line], str]
) -> tuple[kinds.Group, ...]:
    by_label: dict[str, list[kinds.Line]] = {}
    for line in lines:
        by_label.setdefault(label(line), []).append(line)
    return tuple(group(name, by_label[name]) for name in sorted(by_label, key=str.casefold))


def percentage(part: Decimal, whole: Decimal) -> Decimal | None:
    """One decimal, half up; none of nothing."""
    if whole <= 0:
        return None
    tenths = half_up(1000 * int(part * 100), int(whole * 100))
    return Decimal(f"{tenths}E-1")


def signals(lines: Iterable[kinds.Line]) -> tuple[kinds.SignalCount, ...]:
    counts = Counter(line.signal for line in lines)
    return tuple(
        kinds.SignalCount(
            signal=signal.value, label=str(signal.label), contracts_count=counts[signal]
        )
        for signal in Signal
    )


def attention(lines: Iterable[kinds.Line]) -> tuple[kinds.Line, ...]:
    """Those with a signal, the largest shortfall against what was expected by now first."""
    calling = [line for line in lines if line.signal in (Signal.ACT, Signal.TALK)]
    calling.sort(key=lambda line: line.standing.done_eur - line.standing.expected_eur)
    return tuple(calling[:ATTENTION])


def tables(table_ids: Iterable[int | None]) -> tuple[kinds.TableVersion, ...]:
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
            authority=contract.authority.name,
        ),
        sums=account,
        standing=standing,
        signal=signal,
        signal_label=str(Signal(signal).label),
    )
