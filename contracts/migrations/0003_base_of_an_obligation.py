from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contracts", "0002_append_only")]
    operations = [
        migrations.RemoveConstraint("obligation", "obligation_is_base_times_percentage"),
        migrations.RenameField("obligation", "base_eur", "base"),
        migrations.AlterField(
            "obligation",
            "base",
            models.DecimalField(
                blank=True, decimal_places=2, max_digits=15, null=True, verbose_name="base"
            ),
        ),
    ]
