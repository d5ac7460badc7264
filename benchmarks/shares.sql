-- Contributions with a share each, as many on every contract; one in twenty waits, one in fifty
-- came back with a question. The constraint that parts never overlap is made by row: left out here.
ALTER TABLE candidates_share DROP CONSTRAINT parts_of_a_contribution_never_exceed_100;

INSERT INTO contracts_block
       (table_id, code, position, label_nl, label_en, unit, value_eur,
        privacy_class, terms)
SELECT min(id), 'work', 1, 'Rij', 'Row', 'full_time_year', 20000,
       'ordinary', '{"code": "work", "unit": "full_time_year", "value_eur": "20000"}'
  FROM contracts_valuetable;

CREATE TEMPORARY TABLE work_of AS
SELECT c.id AS contract_id, n, md5('c' || c.id || '/' || n)::uuid AS uuid
  FROM contracts_contract c CROSS JOIN generate_series(0, :shares - 1) n;
ANALYZE work_of;

INSERT INTO candidates_contribution
       (uuid, revision, supplier_id, authority_ids, kind, starts_on, ends_on, title, people,
        quantity, invoice_number, is_live, entered_by_id, entered_at)
SELECT m.uuid, 0, c.supplier_id, ARRAY[c.authority_id], 'activity',
       c.starts_on + 28 * n, c.starts_on + 28 * n + 27, 'Werk', 1, 8, '', true,
       c.officer_id, c.starts_on + 28 * n + 28
  FROM work_of m JOIN contracts_contract c ON c.id = m.contract_id;

INSERT INTO candidates_share
       (uuid, revision, contribution_id, contract_id, authority_id, supplier_id, block_id, status,
        from_pct, pct, valuation, value_eur, hours, submitted_at, submitted_by_id, due_on,
        decided_at, decided_by_id, verified_at, verified_by_id)
SELECT md5('s' || w.id)::uuid, 0, w.id, c.id, c.authority_id, c.supplier_id,
       (SELECT min(id) FROM contracts_block WHERE code = 'work'), w.status, 0, 100, '{}',
       100 + w.id % 900, 8, w.entered_at, c.officer_id,
       CASE WHEN w.status = 'submitted' THEN (w.entered_at + interval '30 days')::date END,
       CASE WHEN w.status <> 'submitted' THEN w.entered_at END,
       CASE WHEN w.status <> 'submitted' THEN w.checker END,
       CASE WHEN w.status = 'verified' THEN w.entered_at END,
       CASE WHEN w.status = 'verified' THEN w.checker END
  FROM (SELECT k.*, (SELECT id FROM core_user WHERE email = 'coordinator@example.org') AS checker,
               CASE WHEN k.id % 20 = 0 THEN 'submitted'
                    WHEN k.id % 50 = 1 THEN 'returned' ELSE 'verified' END AS status
          FROM candidates_contribution k) w
  JOIN work_of m USING (uuid)
  JOIN contracts_contract c ON c.id = m.contract_id;
DROP TABLE work_of;
