from django.db import migrations

# What a table says never changes once a contract uses it. Pages and tasks run in roles
# that see some contracts only: the function looks at all. Who migrates the database may adapt
# stored terms to a newer form.
USED = """
CREATE FUNCTION value_table_is_used(number bigint) RETURNS boolean LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT current_setting('role') LIKE 'sroi\\_%' AND current_setting('role') <> 'sroi_owner'
       AND EXISTS (SELECT 1 FROM contracts_contract WHERE value_table_id = number)
$$;
CREATE FUNCTION refuse_used_table() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a contract uses this value table: it never changes'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'used_table_never_changes';
END $$;
"""
TABLE = """
CREATE FUNCTION frozen_value_table() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF value_table_is_used(OLD.id) THEN
        PERFORM refuse_used_table();
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER frozen_value_table
    BEFORE UPDATE ON contracts_valuetable FOR EACH ROW
    WHEN ((OLD.code, OLD.version, OLD.publisher, OLD.name, OLD.valid_from, OLD.terms)
        IS DISTINCT FROM
        (NEW.code, NEW.version, NEW.publisher, NEW.name, NEW.valid_from, NEW.terms))
    EXECUTE FUNCTION frozen_value_table();
"""
PARTS = """
CREATE FUNCTION frozen_table_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND value_table_is_used(OLD.table_id) THEN
        PERFORM refuse_used_table();
    ELSIF TG_OP <> 'DELETE' AND value_table_is_used(NEW.table_id) THEN
        PERFORM refuse_used_table();
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER frozen_table_part BEFORE INSERT OR UPDATE OR DELETE ON contracts_block
    FOR EACH ROW EXECUTE FUNCTION frozen_table_part();
CREATE TRIGGER frozen_table_part BEFORE INSERT OR UPDATE OR DELETE ON contracts_tablebonus
    FOR EACH ROW EXECUTE FUNCTION frozen_table_part();
"""
EVIDENCE = """
CREATE FUNCTION frozen_table_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    said record := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    IF value_table_is_used((SELECT table_id FROM contracts_block WHERE id = said.block_id)) THEN
        PERFORM refuse_used_table();
    END IF;
    RETURN said;
END $$;
CREATE TRIGGER frozen_table_evidence
    BEFORE INSERT OR UPDATE OR DELETE ON contracts_block_evidence_kinds
    FOR EACH ROW EXECUTE FUNCTION frozen_table_evidence();
"""
BACK = """
DROP TRIGGER frozen_table_evidence ON contracts_block_evidence_kinds;
DROP TRIGGER frozen_table_part ON contracts_tablebonus;
DROP TRIGGER frozen_table_part ON contracts_block;
DROP TRIGGER frozen_value_table ON contracts_valuetable;
DROP FUNCTION frozen_table_evidence();
DROP FUNCTION frozen_table_part();
DROP FUNCTION frozen_value_table();
DROP FUNCTION refuse_used_table();
DROP FUNCTION value_table_is_used(bigint);
"""


class Migration(migrations.Migration):
    replaces = [("contracts", "0007_frozen_tables")]
    dependencies = [("contracts", "0003_frameworks_and_members")]
    operations = [
        migrations.RunSQL(USED + TABLE + PARTS + EVIDENCE, BACK),
    ]
