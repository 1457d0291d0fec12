from django.db import migrations, models


def have_entries_written_again(apps, schema_editor):
    """The scheduled check describes them anew, with their HTML."""
    entries = apps.get_model("catalog", "CatalogEntry").objects.filter(withdrawn_at=None)
    marks = apps.get_model("catalog", "DirtyPage").objects
    batch = []
    for page_id, tree_path in entries.values_list("page_id", "tree_path").iterator(chunk_size=2000):
        batch.append(marks.model(page_id=page_id, tree_path=tree_path, deferred=True))
        if len(batch) == 2000:
            marks.bulk_create(batch)
            batch = []
    marks.bulk_create(batch)


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0005_by_time"),
    ]

    operations = [
        migrations.AddField(
            model_name="catalogentry",
            name="card",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="catalogentry",
            name="markup",
            field=models.JSONField(default=dict),
        ),
        migrations.RunPython(have_entries_written_again, migrations.RunPython.noop),
    ]
