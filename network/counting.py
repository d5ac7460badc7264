"""How many people, hours and euros stand behind a pilot: verified work on its contracts (R-322).

The rows are those that the reader checks: others get published counts, or none (R-323).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from sroi_portal.core.models import User
from sroi_portal.core.money import ZERO

COUNTED = """
    WITH work AS (
        SELECT p.id AS pilot_id, s.id AS share_id, s.uuid, s.valuation, s.contract_id,
               date_trunc('month', p.starts_on)::date AS first, p.ends_on AS last
          FROM network_pilot p
          JOIN network_pilotplace l ON l.pilot_id = p.id
          JOIN candidates_share s ON s.contract_id = l.contract_id
         WHERE p.id = ANY(%(pilots)s) AND p.ends_on IS NOT NULL
           AND s.status = 'verified' AND s.authority_id = ANY(%(checked)s)
    ),
    parts AS (
        SELECT w.pilot_id, count(DISTINCT (u.supplier_id, u.reference_hash)) AS people,
               0::numeric AS hours, 0::numeric AS value_eur
          FROM work w
          JOIN candidates_usedmonth u ON u.share_id = w.share_id
         WHERE u.month BETWEEN w.first AND w.last
         GROUP BY w.pilot_id
         UNION ALL
        SELECT w.pilot_id, 0, sum((earned ->> 'hours')::numeric), 0
          FROM work w
         CROSS JOIN jsonb_array_elements(w.valuation -> 'by_month') earned
         WHERE (earned ->> 'month')::date BETWEEN w.first AND w.last
         GROUP BY w.pilot_id
         UNION ALL
        SELECT w.pilot_id, 0, 0, sum(e.quantity)
          FROM work w
          JOIN contracts_ledgerentry e ON e.source_uuid = w.uuid
         WHERE e.contract_id = w.contract_id AND e.source_kind = 'candidates.share'
           AND e.account = 'verified' AND e.unit = 'eur'
           AND e.month BETWEEN w.first AND w.last
         GROUP BY w.pilot_id
    )
    SELECT pilot_id, sum(people)::integer, round(sum(hours), 2), sum(value_eur)::numeric(15, 2)
      FROM parts
     GROUP BY pilot_id
"""


@dataclass(frozen=True, slots=True)
class Counted:
    """Exact figures, for who checks the work itself."""

    people: int = 0
    hours: Decimal = ZERO
    value_eur: Decimal = ZERO


def of_pilots(pilot_ids: Sequence[int], user: User) -> dict[int, Counted]:
    """Count by pilot what this person checks; one statement, nothing for who checks nothing."""
    checked = list(user.sees_contributions_of)
    if not checked or not pilot_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, {"pilots": list(pilot_ids), "checked": checked})
        return {pk: Counted(*amounts) for pk, *amounts in cursor.fetchall()}
