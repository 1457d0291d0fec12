import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('content', '0001_initial'),
        ('search', '0004_numbers'),
    ]

    operations = [
        # The column is the same as before: an id without a constraint.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameField('filetext', 'file_id', 'file'),
                migrations.AlterField(
                    model_name='filetext',
                    name='file',
                    field=models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='found_text', serialize=False, to='content.file'),
                ),
            ],
        ),
        migrations.AddField(
            model_name='filetext',
            name='extractor_version',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='filetext',
            name='read_at',
            field=models.DateTimeField(null=True),
        ),
    ]
