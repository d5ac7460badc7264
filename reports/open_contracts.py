"""Prepare contracts as open data every night, with the rights of the worker (R-284, R-309).

What became of a contract is published once, after its settlement, and only where no work of few
people can be worked out: by itself, or by taking it from a table about people.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import batched, groupby
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Max
from django.utils import timezone, translation

from contracts import ledger
from contracts.models import OWING, Contract
from reports import ocds
from reports.disclosure import LIMITS
from reports.facts import gathering, kinds, sums
from reports.facts.periods import FEWEST
from reports.models import PublishedContract, PublishedFulfilment
from sroi_portal.core import turns
from sroi_portal.core.acting import DatabaseRole, acting_as
from sroi_portal.core.models import Authority
from sroi_portal.core.turns import Turn

CHUNK = 500  # contracts in memory
LANGUAGE = "nl"  # of the titles in a release

# Settled, of which all quarters with work stand in a published table, and behind which stand enough
# people, none with more than half of it, or enough purchases and nobody, or nothing at all. What was
# carried over would tell what became of the other contract.
LARGE_ENOUGH = """
    WITH work AS (
        SELECT e.contract_id, e.source_uuid, sum(e.quantity) AS value
          FROM contracts_ledgerentry e
          JOIN contracts_contract c ON c.id = e.contract_id AND c.status = 'settled'
         WHERE e.unit = 'eur' AND e.id <= %(position)s AND e.contract_id = ANY(%(ids)s)
           AND (e.account = 'verified' OR e.account = 'unchecked' AND c.counts_unchecked)
         GROUP BY e.contract_id, e.source_uuid
        HAVING sum(e.quantity) <> 0
    ),
    by_person AS (
        SELECT w.contract_id, p.candidate_id, sum(w.value) AS value, count(*) AS sources,
               bool_and(coalesce(k.kind = 'purchase', false)) AS is_bought
          FROM work w
          LEFT JOIN candidates_share s ON s.uuid = w.source_uuid
          LEFT JOIN candidates_contribution k ON k.id = s.contribution_id
          LEFT JOIN candidates_placement p ON p.id = k.placement_id
         GROUP BY w.contract_id, p.candidate_id
    ),
    counted AS (
        SELECT contract_id, sum(sources) AS sources, count(candidate_id) AS people,
               bool_and(is_bought) AS is_bought,
               max(value) FILTER (WHERE candidate_id IS NOT NULL) AS largest,
               sum(value) FILTER (WHERE candidate_id IS NOT NULL) AS earned
          FROM by_person
         GROUP BY contract_id
    )
    SELECT c.id
      FROM contracts_contract c
      LEFT JOIN counted n ON n.contract_id = c.id
     WHERE c.id = ANY(%(ids)s) AND c.status = 'settled'
       AND (n.sources IS NULL OR n.people >= %(people)s AND 2 * n.largest <= n.earned
            OR n.is_bought AND n.sources >= %(purchases)s)
       AND NOT EXISTS (
           SELECT FROM reports_publishedfulfilment f WHERE f.contract_id = c.id)
       AND NOT EXISTS (
           SELECT FROM contracts_ledgerentry e
            WHERE e.contract_id = c.id AND e.account = 'carried' AND e.id <= %(position)s)
       AND NOT EXISTS (
           SELECT
             FROM contracts_ledgerentry e
             JOIN work w ON w.contract_id = e.contract_id AND w.source_uuid = e.source_uuid
            WHERE e.contract_id = c.id AND e.unit = 'eur' AND e.id <= %(position)s
              AND e.account IN ('verified', 'unchecked')
              AND NOT EXISTS (
                  SELECT FROM reports_fixedtable t
                   WHERE t.kind = 'quarter' AND e.month BETWEEN t.starts_on AND t.ends_on))
     ORDER BY c.id
"""
# People of the others in the smallest cell in which this contract counts, of those of which nothing
# is published: what is left after subtraction is at least theirs.
LEFT_OVER = """
    SELECT min(others)
      FROM (
        SELECT coalesce(sum(o.people) FILTER (WHERE f.id IS NULL), 0) AS others
          FROM reports_workofcontract w
          JOIN reports_fixedtable t ON t.id = w.table_id AND t.kind = 'quarter'
          LEFT JOIN reports_workofcontract o
            ON o.table_id = w.table_id AND o."row" = w."row" AND o."column" = w."column"
           AND o.contract_id <> w.contract_id
          LEFT JOIN reports_publishedfulfilment f ON f.contract_id = o.contract_id
         WHERE w.contract_id = %s
         GROUP BY w.table_id, w."row", w."column") cells
"""


def publish(*, at: dt.datetime) -> int:
    """Write every release anew that says something else; give how many that are."""
    with acting_as(DatabaseRole.WORKER):
        position = ledger.position()
    with acting_as(DatabaseRole.WORKER), translation.override(LANGUAGE):
        turns.take(Turn.OPEN_CONTRACTS)
        found = Contract.objects.filter(
            status__in=OWING, is_framework=False, awarded_on__isnull=False
        )
        PublishedContract.objects.exclude(contract__in=found).delete()
        ids = list(found.order_by("pk").values_list("pk", flat=True))
        issue = kinds.Issue(
            number="", language=LANGUAGE, authority="", cut_off_at=at, position=position,
            rules_version=0,
        )  # fmt: skip
        return sum(_publish_some(chunk, issue) for chunk in batched(ids, CHUNK, strict=False))


def _publish_some(ids: Sequence[int], issue: kinds.Issue) -> int:
    contracts = Contract.objects.filter(pk__in=ids)
    keys = {f"{uuid}": pk for pk, uuid in contracts.values_list("pk", "uuid")}
    lines = {
        keys[line.terms.uuid]: line
        for line in gathering.gather(contracts, issue).lines
        if line.sums.obligation_eur > 0
    }
    PublishedContract.objects.filter(contract__in=set(ids) - lines.keys()).delete()
    _publish_fulfilment(lines, issue)
    fulfilled = {
        each.contract_id: ocds.Fulfilled(
            owed_eur=each.owed_eur,
            waived_eur=each.waived_eur,
            done_eur=each.done_eur,
            malus_eur=each.malus_eur,
            percentage=each.percentage,
            known_at=each.made_at,
        )
        for each in PublishedFulfilment.objects.filter(contract__in=ids)
    }
    buyers = dict(contracts.values_list("pk", "authority_id"))
    parties = {
        pk: ocds.Party(name, kvk)
        for pk, name, kvk in Authority.objects.values_list("pk", "name", "kvk")
    }
    accounts = {
        pk: ocds.Account(line, parties[buyers[pk]], fulfilled.get(pk)) for pk, line in lines.items()
    }
    return _keep(accounts, issue.cut_off_at)


def _keep(accounts: Mapping[int, ocds.Account], at: dt.datetime) -> int:
    """Write what changed, all at once; give how many that are."""
    known = PublishedContract.objects.filter(contract__in=accounts)
    before = dict(known.values_list("contract", "release__id"))
    changed = []
    for pk, account in accounts.items():
        made = ocds.release(account, at, prefix=settings.OCDS_PREFIX)
        if before.get(pk) != made["id"]:
            awarded_on = account.line.terms.awarded_on
            assert awarded_on  # noqa: S101 - no other contract is asked for
            changed.append(
                PublishedContract(contract_id=pk, year=awarded_on.year, release=made, made_at=at)
            )
    PublishedContract.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["contract"],
        update_fields=["year", "release", "made_at"],
    )
    return len(changed)


def _publish_fulfilment(lines: dict[int, kinds.Line], issue: kinds.Issue) -> None:
    """Publish what became of settled contracts, one after another: each leaves fewer others."""
    facts: dict[str, Any] = {
        "ids": list(lines),
        "position": issue.position,
        "people": LIMITS.people,
        "purchases": FEWEST,
    }
    with connection.cursor() as cursor:
        cursor.execute(LARGE_ENOUGH, facts)
        for (pk,) in cursor.fetchall():
            cursor.execute(LEFT_OVER, [pk])
            [others] = cursor.fetchone() or [None]
            if others is None or others >= LIMITS.people:
                _publish_once(pk, lines[pk], issue)


def _publish_once(pk: int, line: kinds.Line, issue: kinds.Issue) -> None:
    PublishedFulfilment.objects.create(
        contract_id=pk,
        owed_eur=line.standing.owed_eur,
        waived_eur=line.sums.waived_eur,
        done_eur=line.standing.done_eur,
        malus_eur=line.sums.malus_eur,
        percentage=line.standing.percentage,
        position=issue.position,
        made_at=issue.cut_off_at,
    )


def differences() -> Iterator[str]:
    """Say which published fulfilment is not what its position of the ledger gives."""
    kept = PublishedFulfilment.objects.order_by("position", "pk")
    for position, group in groupby(kept, key=attrgetter("position")):
        found = {each.contract_id: each for each in group}
        ids = list(found)
        at = max(each.made_at for each in found.values())
        accounts = sums.accounts(ids, position=position, cut_off_at=at)
        standings = sums.standings(ids, position=position, today=timezone.localdate(at))
        for pk, each in found.items():
            account = accounts.get(pk, sums.EMPTY).sums
            standing, _signal = standings.get(pk, (kinds.Standing(), ""))
            wanted = (standing.owed_eur, account.waived_eur, standing.done_eur, account.malus_eur)
            if wanted != (each.owed_eur, each.waived_eur, each.done_eur, each.malus_eur):
                yield f"published contract {pk} differs"


def years() -> list[tuple[int, dt.datetime]]:
    """Name the years of award with when something in them changed last, newest first."""
    found = PublishedContract.objects.values("year").annotate(changed_at=Max("made_at"))
    return list(found.order_by("-year").values_list("year", "changed_at"))


def package(year: int, changed_at: dt.datetime, *, uri: str) -> Iterator[str]:
    """Stream the releases of a year, after the request, with the rights of the public."""
    publisher = ocds.Party(settings.PUBLISHER_NAME)
    about = ocds.about(changed_at, uri=uri, publisher=publisher)
    with acting_as(DatabaseRole.PUBLIC):
        found = PublishedContract.objects.filter(year=year).order_by("pk")
        releases = found.values_list("release", flat=True).iterator(chunk_size=CHUNK)
        yield from ocds.written(releases, about)
