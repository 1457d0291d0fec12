"""Small inputs, and the command run over them."""

import io
import json

import pytest
from django.core.management import call_command

from catalog.synchronizing import catch_up
from taxonomy.vocabulary import load_vocabulary

from ..catalog.conftest import make_site_tree_in
from ..rows import made_once


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
def small_site(db):
    """What setup_site makes, in four of the languages."""
    made_once(make_small_site)


def make_small_site() -> None:
    load_vocabulary()
    make_site_tree_in("en", "sv", "de", "ar")
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
