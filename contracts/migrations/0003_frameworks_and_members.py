from django.db import migrations

# A framework carries no entries, only call-offs do: so nothing counts twice.
NO_ENTRIES = """
CREATE FUNCTION framework_carries_nothing() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM added a JOIN contracts_contract c ON c.id = a.contract_id
                WHERE c.is_framework) THEN
        RAISE EXCEPTION 'a framework agreement carries no entries: its call-offs do'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'framework_carries_nothing';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER framework_carries_nothing AFTER INSERT ON contracts_ledgerentry
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION framework_carries_nothing();
"""
# A call-off belongs to a framework; a contract with entries or call-offs does not change sides.
CALL_OFF = """
CREATE FUNCTION call_off_has_framework() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.framework_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM contracts_contract f WHERE f.id = NEW.framework_id AND f.is_framework) THEN
        RAISE EXCEPTION 'a call-off belongs to a framework agreement'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'call_off_has_framework';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.is_framework <> OLD.is_framework AND (
        EXISTS (SELECT 1 FROM contracts_ledgerentry e WHERE e.contract_id = NEW.id)
        OR EXISTS (SELECT 1 FROM contracts_contract c WHERE c.framework_id = NEW.id)) THEN
        RAISE EXCEPTION 'what has entries or call-offs does not become or cease to be a framework'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'framework_stays_what_it_is';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER call_off_has_framework
    BEFORE INSERT OR UPDATE OF framework_id, is_framework ON contracts_contract
    FOR EACH ROW EXECUTE FUNCTION call_off_has_framework();
"""
# The lead keeps a part: the members together carry less than the whole.
MEMBERS = """
CREATE FUNCTION members_carry_a_part() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM contracts_contract c WHERE c.id = NEW.contract_id FOR NO KEY UPDATE;
    IF (SELECT sum(m.share_pct) FROM contracts_consortiummember m
         WHERE m.contract_id = NEW.contract_id) >= 100 THEN
        RAISE EXCEPTION 'the members of a consortium together carry less than 100 per cent'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'members_carry_a_part';
    END IF;
    IF EXISTS (SELECT 1 FROM contracts_contract c
                WHERE c.id = NEW.contract_id AND c.supplier_id = NEW.supplier_id) THEN
        RAISE EXCEPTION 'the lead of a consortium is no member beside itself'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'lead_is_no_member';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER members_carry_a_part
    AFTER INSERT OR UPDATE ON contracts_consortiummember DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION members_carry_a_part();
"""


class Migration(migrations.Migration):
    replaces = [("contracts", "0005_frameworks_and_members")]
    dependencies = [("contracts", "0002_append_only")]
    operations = [
        migrations.RunSQL(
            NO_ENTRIES,
            "DROP TRIGGER framework_carries_nothing ON contracts_ledgerentry;"
            "DROP FUNCTION framework_carries_nothing()",
        ),
        migrations.RunSQL(
            CALL_OFF,
            "DROP TRIGGER call_off_has_framework ON contracts_contract;"
            "DROP FUNCTION call_off_has_framework()",
        ),
        migrations.RunSQL(
            MEMBERS,
            "DROP TRIGGER members_carry_a_part ON contracts_consortiummember;"
            "DROP FUNCTION members_carry_a_part()",
        ),
    ]
