from django.db import migrations

# A settled contract takes no posting until two people reopen it. The function looks at
# all contracts; pages run in roles that see some only.
CLOSED = """
CREATE FUNCTION refuse_settled() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM fresh_entries f JOIN contracts_contract c ON c.id = f.contract_id
                WHERE c.status = 'settled') THEN
        RAISE EXCEPTION 'a settled contract takes no posting'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'settled_contract_takes_nothing';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER settled_contract_takes_nothing AFTER INSERT ON contracts_ledgerentry
    REFERENCING NEW TABLE AS fresh_entries FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_settled();
"""
BACK = """
DROP TRIGGER settled_contract_takes_nothing ON contracts_ledgerentry;
DROP FUNCTION refuse_settled();
"""


class Migration(migrations.Migration):
    replaces = [("contracts", "0013_settled_takes_nothing")]
    dependencies = [("contracts", "0004_frozen_tables")]
    operations = [migrations.RunSQL(CLOSED, BACK)]
