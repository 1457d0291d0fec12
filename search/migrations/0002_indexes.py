"""The tables of the two engines inside the database; each database gets those of its own engine."""

from django.db import migrations

LANGUAGES = ("en", "sv", "de", "it", "tr", "fi", "nb", "da", "el", "ar", "uk", "fr")


def create_tables(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for language in LANGUAGES:
            # Terms arrive stemmed and folded: the tokenizer has only to split at blanks.
            schema_editor.execute(
                f"CREATE VIRTUAL TABLE search_fts_{language} USING fts5("
                "title, summary, keywords, body, files, tokenize = \"unicode61 remove_diacritics 0\", detail = full)"
            )
            schema_editor.execute(
                f"CREATE VIRTUAL TABLE search_fts_{language}_terms USING fts5vocab('search_fts_{language}', 'row')"
            )
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            # No foreign key: rows of entries that are gone are harmless, and emptying tables would stumble over it.
            "CREATE TABLE search_vector (entry_id bigint PRIMARY KEY, "
            "language varchar(10) NOT NULL, vector tsvector NOT NULL)"
        )
        schema_editor.execute("CREATE INDEX search_vector_terms ON search_vector USING gin (vector)")
        schema_editor.execute("CREATE INDEX search_vector_language ON search_vector (language)")


def drop_tables(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for language in LANGUAGES:
            schema_editor.execute(f"DROP TABLE search_fts_{language}_terms")
            schema_editor.execute(f"DROP TABLE search_fts_{language}")
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TABLE search_vector")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(create_tables, drop_tables)]
