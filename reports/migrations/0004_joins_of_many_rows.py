from django.db import migrations

# A plan is kept from the first call, often of one row. A nested loop would then go through a
# hundred thousand rows a hundred thousand times.
HASHED = """
    ALTER FUNCTION touch_fulfilment() SET enable_nestloop = off;
    ALTER FUNCTION touch_contract() SET enable_nestloop = off;
"""
BACK = """
    ALTER FUNCTION touch_fulfilment() RESET enable_nestloop;
    ALTER FUNCTION touch_contract() RESET enable_nestloop;
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_touched")]
    operations = [migrations.RunSQL(HASHED, BACK)]
