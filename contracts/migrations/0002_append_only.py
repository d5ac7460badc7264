from django.db import migrations

from sroi_portal.core.operations import append_only


class Migration(migrations.Migration):
    dependencies = [("contracts", "0001_initial"), ("core", "0002_append_only")]
    operations = [append_only("contracts_ledgerentry")]
