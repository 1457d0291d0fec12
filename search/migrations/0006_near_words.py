from django.db import migrations, models


def forget(apps, schema_editor):
    """Words of another kind of stems; `rebuild_search_index` remembers them anew."""
    apps.get_model("search", "Word").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0005_versions_of_extracted_texts'),
    ]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
        migrations.AddField(
            model_name='word',
            name='plain',
            field=models.CharField(default='', max_length=120),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='word',
            name='beginning',
            field=models.CharField(blank=True, default='', max_length=8),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='word',
            name='ending',
            field=models.CharField(blank=True, default='', max_length=8),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name='word',
            index=models.Index(fields=['plain', 'language'], name='word_plain'),
        ),
        migrations.AddIndex(
            model_name='word',
            index=models.Index(fields=['beginning', 'language'], name='word_beginning'),
        ),
        migrations.AddIndex(
            model_name='word',
            index=models.Index(fields=['ending', 'language'], name='word_ending'),
        ),
    ]
