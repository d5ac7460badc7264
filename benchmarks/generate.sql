-- Synthetic contracts with their ledger, from hashes and not from chance: each run the same.
-- What a later column is filled with where this file does not name it.
DO $$
DECLARE each record;
BEGIN
    FOR each IN
        SELECT table_name, column_name, data_type
          FROM information_schema.columns
         WHERE table_schema = 'public' AND is_nullable = 'NO' AND column_default IS NULL
           AND is_identity = 'NO' AND is_generated = 'NEVER'
           AND split_part(table_name, '_', 1) IN ('core', 'suppliers', 'contracts', 'candidates')
    LOOP
        EXECUTE format(
            'ALTER TABLE %I ALTER COLUMN %I SET DEFAULT %s', each.table_name, each.column_name,
            CASE each.data_type
                WHEN 'character varying' THEN $d$''$d$ WHEN 'text' THEN $d$''$d$
                WHEN 'boolean' THEN 'false' WHEN 'smallint' THEN '14'
                WHEN 'integer' THEN '0' WHEN 'numeric' THEN '0'
                WHEN 'ARRAY' THEN $d$'{}'$d$ WHEN 'jsonb' THEN $d$'{}'$d$ ELSE 'NULL' END);
    END LOOP;
END $$;

INSERT INTO core_user
       (email, name, language, is_active, joined_at, password, uuid, revision, sessions_ended_count)
SELECT 'officer@example.org', 'Officer', 'nl', true, now(), '', gen_random_uuid(), 0, 0;

INSERT INTO core_authority (uuid, revision, code, name, kvk, second_factor_required)
SELECT gen_random_uuid(), 0, 'M' || n, 'Ministerie ' || n, '', false FROM generate_series(1, 15) n;

INSERT INTO core_roleassignment (uuid, revision, user_id, authority_id, role, given_at)
SELECT gen_random_uuid(), 0, u.id, a.id, 'policy_maker', now() FROM core_user u, core_authority a;

INSERT INTO suppliers_supplier (uuid, revision, name, kvk, other_identifier, country, size)
SELECT gen_random_uuid(), 0, 'Leverancier ' || n, lpad((99000000 + n)::text, 8, '0'), '', 'NLD', ''
  FROM generate_series(1, 2000) n;

INSERT INTO contracts_category (code, name_nl, name_en)
SELECT 'c' || n, 'Categorie ' || n, 'Category ' || n FROM generate_series(1, 30) n;

INSERT INTO contracts_valuetable
       (uuid, revision, code, version, publisher, name, source, status, terms, published_at)
SELECT gen_random_uuid(), 0, 'bench', '1', 'Bench', 'Bench', '', 'published',
       '{"publisher": "Bench", "table": "Bench", "version": "1", "norm_hours": "36"}', now();

INSERT INTO contracts_contract
       (uuid, revision, notice_contract, status, title, reference, nature, place, value_eur,
        awarded_on, starts_on, ends_on, regime, legal_form, counts_unchecked, is_reserved,
        foreign_currency, is_framework, accepts_unlinked, report_months, report_days, review_days,
        objection_days, malus_factor, authority_id, supplier_id, category_id, value_table_id,
        officer_id, manager_id, accepted_at)
SELECT gen_random_uuid(), 0, '', 'active', 'Opdracht ' || n || ' ' || md5(n::text), 'B-' || n,
       'services', '', 500000 + (n::bigint * 7919) % 5000000,
       date '2022-01-01' + (n * 31) % 1500, date '2022-02-01' + (n * 31) % 1500,
       date '2022-02-01' + (n * 31) % 1500 + 365 + (n * 17) % 1200,
       'classic', 'condition', false, false, '', false, false, 3, 14, 30, 14, 1,
       (SELECT min(id) FROM core_authority) + n % 15,
       (SELECT min(id) FROM suppliers_supplier) + (n * 13) % 2000,
       (SELECT min(id) FROM contracts_category) + n % 30,
       (SELECT min(id) FROM contracts_valuetable), (SELECT min(id) FROM core_user),
       (SELECT min(id) FROM core_user), now()
  FROM generate_series(1, :contracts) n;

-- Filled bare, as one fills any large table: constraints and indexes come back afterwards.
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE contracts_ledgerentry DISABLE TRIGGER USER;
CREATE TEMP TABLE kept_constraint AS
SELECT conname AS name, pg_get_constraintdef(oid) AS definition
  FROM pg_constraint
 WHERE conrelid = 'contracts_ledgerentry'::regclass AND contype IN ('f', 'u', 'c');
CREATE TEMP TABLE kept_index AS
SELECT i.indexname AS name, i.indexdef AS definition
  FROM pg_indexes i
 WHERE i.tablename = 'contracts_ledgerentry'
   AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname);
DO $$
DECLARE each record;
BEGIN
    FOR each IN SELECT * FROM kept_constraint LOOP
        EXECUTE format('ALTER TABLE contracts_ledgerentry DROP CONSTRAINT %I', each.name);
    END LOOP;
    FOR each IN SELECT * FROM kept_index LOOP
        EXECUTE format('DROP INDEX %I', each.name);
    END LOOP;
END $$;

INSERT INTO contracts_ledgerentry
       (contract_id, account, quantity, unit, month, source_kind, source_uuid, posting_no, posted_at)
SELECT id, 'obligation', round(value_eur * 0.05, 2), 'eur', date_trunc('month', awarded_on)::date,
       'contracts.obligation', gen_random_uuid(), 1, awarded_on
  FROM contracts_contract;

-- Each contribution over three months: submitted, then verified (minus there, plus here).
INSERT INTO contracts_ledgerentry
       (contract_id, account, quantity, unit, month, source_kind, source_uuid, posting_no, posted_at)
SELECT c.id, p.account, p.sign * (100 + (c.id * 31 + s * 7 + m) % 900) + 0.37 * p.sign, 'eur',
       (date_trunc('month', c.starts_on) + make_interval(months => s + m))::date,
       'candidates.share', md5(c.id || '/' || s)::uuid, p.posting_no, c.starts_on + 30 * s
  FROM contracts_contract c
 CROSS JOIN generate_series(1, :contributions) s
 CROSS JOIN generate_series(0, 2) m
 CROSS JOIN (VALUES ('submitted', 1, 1), ('submitted', -1, 2), ('verified', 1, 2))
            AS p(account, sign, posting_no)
 WHERE p.posting_no = 1 OR (c.id + s) % 5 <> 0;

DO $$
DECLARE each record;
BEGIN
    FOR each IN SELECT * FROM kept_index LOOP
        EXECUTE each.definition;
    END LOOP;
    FOR each IN SELECT * FROM kept_constraint LOOP
        EXECUTE format(
            'ALTER TABLE contracts_ledgerentry ADD CONSTRAINT %I %s', each.name, each.definition
        );
    END LOOP;
END $$;
ALTER TABLE contracts_ledgerentry ENABLE TRIGGER USER;

INSERT INTO contracts_fulfilment
       (contract_id, authority_id, supplier_id, obligation_eur, original_eur, waived_eur,
        planned_eur, submitted_eur, verified_eur, unchecked_eur, carried_eur, malus_eur, owed_eur,
        done_eur, expected_eur, forecast_low_eur, forecast_high_eur, own_unit, signal, told_signal,
        position)
SELECT id, authority_id, supplier_id, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '', 'none', 'none', 0
  FROM contracts_contract;
