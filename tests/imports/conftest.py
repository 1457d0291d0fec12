"""Small inputs, and the command run over them."""

import io
import json
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import call_command

from catalog.synchronizing import catch_up
from home.site_tree import make_site_tree
from taxonomy.vocabulary import load_vocabulary


@pytest.fixture
def write_lines(tmp_path):
    """Writes JSON Lines; a string is written as it is. Returns the file."""

    def write(*rows, name="en.jsonl"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
        path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
        return path

    return write


@pytest.fixture
def small_site(db, monkeypatch):
    """What setup_site makes, in four of the languages."""
    languages = [language for language in settings.LANGUAGES if language[0] in ("en", "sv", "de", "ar")]
    with monkeypatch.context() as patch:
        patch.setattr("home.site_tree.settings", SimpleNamespace(LANGUAGES=languages, LANGUAGE_CODE="en"))
        load_vocabulary()
        make_site_tree()
        catch_up()


@pytest.fixture
def run(small_site):
    return run_command


def run_command(path, **options):
    """Runs the command and returns what it printed."""
    out = io.StringIO()
    call_command("import_editions", str(path), stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def row(id="one", lang="en", title="A title", html="<p>Text</p>", summary="", **more):
    return {"id": id, "lang": lang, "title": title, "summary": summary, "html": html, **more}
