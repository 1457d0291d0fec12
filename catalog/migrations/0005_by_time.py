from datetime import datetime

from django.db import migrations, models


def fill(apps, schema_editor):
    entries = apps.get_model("catalog", "CatalogEntry").objects.filter(kind="event", withdrawn_at=None)
    for entry in entries.defer("publication_data").iterator(chunk_size=100):
        extra = entry.record_data.get("extra", {})
        times = [datetime.fromisoformat(extra[name]) if extra.get(name) else None for name in ("starts_at", "ends_at")]
        entries.filter(pk=entry.pk).update(begins_at=times[0], ends_at=times[1])


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0004_places"),
    ]

    operations = [
        migrations.AddField(
            model_name="catalogentry",
            name="begins_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="catalogentry",
            name="ends_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="catalogentry",
            index=models.Index(
                condition=models.Q(("withdrawn_at", None)),
                fields=["language", "kind", "ends_at", "begins_at", "expires_at", "withdrawn_at"],
                name="catalog_by_time",
            ),
        ),
    ]
