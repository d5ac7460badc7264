from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("candidates", "0002_first"),
    ]

    operations = [
        migrations.RenameField("usedmonth", "block_code", "group_code"),
        migrations.AddField(
            "usedmonth",
            "bonus_codes",
            ArrayField(models.SlugField(max_length=60), blank=True, default=list, size=None),
        ),
        migrations.RunSQL(
            """
            UPDATE candidates_usedmonth used SET group_code = g.code
            FROM candidates_share s
            JOIN contracts_block b ON b.id = s.block_id
            JOIN contracts_targetgroup g ON g.id = b.group_id
            WHERE s.id = used.share_id
            """,
            migrations.RunSQL.noop,
        ),
    ]
