from django.db import migrations

from sroi_portal.core.operations import append_only


class Migration(migrations.Migration):
    replaces = [
        ("reports", "0002_fixed_tables"),
        ("reports", "0007_open_contracts_and_burden"),
        ("reports", "0014_lasting_work"),
    ]
    dependencies = [("reports", "0001_initial"), ("core", "0002_append_only")]
    operations = [
        append_only("reports_fixedtable"),
        append_only("reports_publishedcell"),
        append_only("reports_workofcontract"),
        append_only("reports_burdenquarter"),
        append_only("reports_publishedfulfilment"),
        append_only("reports_lastingofcontract"),
    ]
