"""Documents are known by the number of their work and their language.

What was indexed before is forgotten; `search_check --repair`, which `make run` calls, indexes it again.
"""

from django.db import migrations, models

LANGUAGES = ("en", "sv", "de", "it", "tr", "fi", "nb", "da", "el", "ar", "uk", "fr")


def empty_index(apps, schema_editor):
    apps.get_model("search", "SearchText").objects.all().delete()
    if schema_editor.connection.vendor == "sqlite":
        for language in LANGUAGES:
            schema_editor.execute(f"DELETE FROM search_fts_{language}")
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TABLE search_vector")
        schema_editor.execute(
            "CREATE TABLE search_vector (number bigint NOT NULL, language varchar(10) NOT NULL, "
            "vector tsvector NOT NULL, PRIMARY KEY (number, language))"
        )
        schema_editor.execute("CREATE INDEX search_vector_terms ON search_vector USING gin (vector)")


class Migration(migrations.Migration):
    dependencies = [("search", "0003_small_documents")]

    operations = [
        migrations.RunPython(empty_index),
        migrations.DeleteModel("SearchDocument"),
        migrations.CreateModel(
            "SearchState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(max_length=32)),
                ("mark", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            "SearchWork",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("work", models.UUIDField(unique=True)),
            ],
        ),
        migrations.CreateModel(
            "SearchDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField()),
                ("language", models.CharField(max_length=10)),
                ("entry_id", models.BigIntegerField(db_index=True, default=0)),
                ("published", models.BigIntegerField(default=0)),
                ("expires", models.BigIntegerField(null=True)),
                ("facets", models.TextField(blank=True)),
                ("changed", models.BigIntegerField(db_index=True, default=0)),
                ("analysis", models.PositiveSmallIntegerField(default=0)),
                ("digest", models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.AddConstraint(
            "SearchDocument",
            models.UniqueConstraint(fields=("number", "language"), name="one_document_per_edition"),
        ),
        migrations.AddField(
            "SearchText", "number", models.BigIntegerField(default=0), preserve_default=False
        ),
        migrations.AddField("SearchText", "identifier", models.CharField(blank=True, max_length=255)),
    ]
