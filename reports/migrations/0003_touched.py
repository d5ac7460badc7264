from django.db import migrations

# One row for each statement and authority: nobody waits for somebody else's transaction.
TOUCH = """
    CREATE FUNCTION touch_new() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp AS $$
    BEGIN
        INSERT INTO reports_touched (authority_id) SELECT DISTINCT authority_id FROM new_rows;
        RETURN NULL;
    END $$;
    CREATE FUNCTION touch_old() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp AS $$
    BEGIN
        INSERT INTO reports_touched (authority_id) SELECT DISTINCT authority_id FROM old_rows;
        RETURN NULL;
    END $$;
    CREATE FUNCTION touch_fulfilment() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp AS $$
    BEGIN
        INSERT INTO reports_touched (authority_id)
        SELECT DISTINCT unnest(ARRAY[o.authority_id, n.authority_id])
          FROM old_rows o
          JOIN new_rows n ON n.contract_id = o.contract_id
         WHERE (o.authority_id, o.computed_at) IS DISTINCT FROM (n.authority_id, n.computed_at);
        RETURN NULL;
    END $$;
    CREATE FUNCTION touch_contract() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp AS $$
    BEGIN
        INSERT INTO reports_touched (authority_id)
        SELECT DISTINCT unnest(ARRAY[o.authority_id, n.authority_id])
          FROM old_rows o
          JOIN new_rows n ON n.id = o.id
         WHERE (o.authority_id, o.category_id, o.supplier_id, o.place, o.value_eur, o.regime,
                o.status, o.awarded_on, o.rule_asks)
               IS DISTINCT FROM
               (n.authority_id, n.category_id, n.supplier_id, n.place, n.value_eur, n.regime,
                n.status, n.awarded_on, n.rule_asks);
        RETURN NULL;
    END $$;
    CREATE TRIGGER figures_new AFTER INSERT ON contracts_fulfilment
        REFERENCING NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION touch_new();
    CREATE TRIGGER figures_old AFTER DELETE ON contracts_fulfilment
        REFERENCING OLD TABLE AS old_rows
        FOR EACH STATEMENT EXECUTE FUNCTION touch_old();
    CREATE TRIGGER figures_changed AFTER UPDATE ON contracts_fulfilment
        REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION touch_fulfilment();
    CREATE TRIGGER figures_changed AFTER UPDATE ON contracts_contract
        REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION touch_contract();
"""
UNTOUCH = """
    DROP TRIGGER figures_changed ON contracts_contract;
    DROP TRIGGER figures_changed ON contracts_fulfilment;
    DROP TRIGGER figures_old ON contracts_fulfilment;
    DROP TRIGGER figures_new ON contracts_fulfilment;
    DROP FUNCTION touch_contract, touch_fulfilment, touch_new, touch_old;
"""


class Migration(migrations.Migration):
    replaces = [("reports", "0009_summaries")]
    dependencies = [("contracts", "0005_settled_takes_nothing"), ("reports", "0002_append_only")]
    operations = [migrations.RunSQL(TOUCH, UNTOUCH)]
