"""The command itself: what it reads, what it prints, how it stops and goes on, and what it needs of the machine."""

import io
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from wagtail.models import Page

from imports.models import ImportedEdition

from .conftest import row, run_command

MANAGE = Path(__file__).resolve().parents[2] / "manage.py"


@pytest.mark.django_db
class TestInput:
    def test_folder_with_a_file_for_each_language(self, run, write_lines, tmp_path):
        for name in ("sv.jsonl", "en.jsonl", "more/de.jsonl"):
            write_lines(row(lang=Path(name).stem), name=name)
        write_lines("not JSON", name="notes.txt")
        report = run(tmp_path)
        assert "Lines that were read: 3" in report
        assert "3  created" in report

    def test_english_is_read_first(self, run, write_lines, tmp_path):
        write_lines(row(lang="ar"), name="ar.jsonl")
        write_lines(row(), name="en.jsonl")
        run(tmp_path)
        assert list(ImportedEdition.objects.order_by("pk").values_list("language", flat=True)) == ["en", "ar"]

    def test_file_of_any_name(self, run, write_lines):
        assert "1  created" in run(write_lines(row(lang="de"), name="docs.jsonl"))

    @pytest.mark.parametrize("path", ["missing.jsonl", "."])
    def test_input_that_cannot_be_read_is_an_error(self, small_site, tmp_path, path):
        with pytest.raises(CommandError):
            run_command(tmp_path / path)

    def test_unknown_parent_is_an_error(self, run, write_lines):
        for parent in ("999999", "/en/nowhere/", "²"):
            with pytest.raises(CommandError, match="There is no page"):
                run(write_lines(row()), parent=parent)

    def test_unknown_kind_is_an_error(self, run, write_lines):
        with pytest.raises(CommandError):
            call_command("import_editions", str(write_lines(row())), "--kind=poem")

    def test_bad_lines_are_no_error_of_the_command(self, run, write_lines):
        assert "2  refused" in run(write_lines("x", "y"))


@pytest.mark.django_db
class TestReport:
    def test_every_line_is_in_the_report_file(self, run, write_lines, tmp_path):
        path = write_lines(row(), "x", row(title="Again"), row(id="two", topics=["none"], autor="x"))
        run(path, report=tmp_path / "report.json")
        report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
        assert [(line["line"], line["fate"]) for line in report["lines"]] == [
            (1, "created"),
            (2, "refused"),
            (3, "refused"),
            (4, "created"),
        ]
        assert report["lines"][0]["page"] == ImportedEdition.objects.get(import_id="one").page_id
        assert report["lines"][3]["notes"] == ['The topic "none" is not known here.']
        assert report["counts"]["created"] == report["counts"]["refused"] == 2
        assert report["unknown_keys"] == {"autor": 1}

    def test_empty_input_has_an_empty_report(self, run, write_lines, tmp_path):
        run(write_lines(), report=tmp_path / "report.json")
        assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["lines"] == []

    def test_verbose_names_every_line(self, run, write_lines):
        assert "line 1 (one, en): created." in run(write_lines(row()), verbosity=2)

    def test_report_that_cannot_be_written_is_an_error(self, run, write_lines, tmp_path):
        with pytest.raises(CommandError):
            run(write_lines(row()), report=tmp_path / "no" / "report.json")
        assert not ImportedEdition.objects.exists()

    def test_terminal_shows_a_progress_bar(self, small_site, write_lines):
        class Terminal(io.StringIO):
            def isatty(self):
                return True

        terminal = Terminal()
        path = write_lines(row(), row(id="two"))
        call_command("import_editions", str(path), stdout=io.StringIO(), stderr=terminal)
        assert "Importing" in terminal.getvalue()
        assert "100%" in terminal.getvalue() or "%|" in terminal.getvalue()


@pytest.mark.django_db
class TestStopping:
    @pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
    def test_signal_ends_the_run_after_the_edition(self, run, write_lines, monkeypatch, tmp_path, number, code):
        from imports import writing

        create = writing.create

        def interrupted_create(prepared, **options):
            if prepared.edition.id == "3":
                os.kill(os.getpid(), number)
            return create(prepared, **options)

        path = write_lines(*(row(id=str(count)) for count in range(6)))
        out = io.StringIO()
        monkeypatch.setattr(writing, "create", interrupted_create)
        with pytest.raises(SystemExit) as stopped:
            call_command("import_editions", str(path), report=tmp_path / "r.json", stdout=out, stderr=io.StringIO())
        monkeypatch.setattr(writing, "create", create)
        assert stopped.value.code == code
        assert "4  created" in out.getvalue()
        assert "The same command goes on from here" in out.getvalue()
        assert len(json.loads((tmp_path / "r.json").read_text())["lines"]) == 4
        assert signal.getsignal(number) not in (None, signal.SIG_IGN)
        report = run(path)
        assert "2  created" in report
        assert "4  unchanged" in report

    def test_second_signal_rolls_the_edition_back(self, run, write_lines, monkeypatch):
        from imports import writing

        remember = writing.remember

        def interrupted(prepared, *args, **options):
            if prepared.edition.id == "1":
                os.kill(os.getpid(), signal.SIGINT)
                os.kill(os.getpid(), signal.SIGINT)
            return remember(prepared, *args, **options)

        path = write_lines(*(row(id=str(count)) for count in range(3)))
        before = Page.objects.count()
        monkeypatch.setattr(writing, "remember", interrupted)
        with pytest.raises(SystemExit) as stopped:
            run(path)
        monkeypatch.setattr(writing, "remember", remember)
        assert stopped.value.code == 130
        assert Page.objects.count() == before + 1
        assert "2  created" in run(path)


@pytest.fixture(scope="module")
def installation(tmp_path_factory, django_db_setup, django_db_blocker):
    """A data folder of its own with a site, for commands that run as processes of their own.

    They run on SQLite whatever the suite runs on, so that once is enough. The empty database is the suite's own.
    """
    folder = tmp_path_factory.mktemp("installation")
    with django_db_blocker.unblock(), closing(sqlite3.connect(folder / "site.sqlite3")) as database:
        connection.ensure_connection()
        connection.connection.backup(database)
    command = [sys.executable, MANAGE, "setup_site"]
    subprocess.run(command, env=environment(folder), check=True, capture_output=True)
    return folder


def environment(folder):
    return {
        **os.environ,
        "OER_DATA_DIR": str(folder),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "oer_platform.settings.dev",
    }


def import_command(path, *options):
    return [sys.executable, MANAGE, "import_editions", path, *options]


def imported(folder):
    with closing(sqlite3.connect(folder / "site.sqlite3", timeout=20)) as database:
        return database.execute("SELECT COUNT(*) FROM imports_importededition").fetchone()[0]


def orphans(folder):
    """Pages of the import that lack their row or their entry."""
    with closing(sqlite3.connect(folder / "site.sqlite3", timeout=20)) as database:
        return database.execute(
            """SELECT COUNT(*) FROM resources_blueprintpage b
            LEFT JOIN imports_importededition i ON i.page_id = b.page_ptr_id
            LEFT JOIN catalog_catalogentry e ON e.page_id = b.page_ptr_id
            WHERE i.id IS NULL OR e.id IS NULL"""
        ).fetchone()[0]


@pytest.mark.sqlite
@pytest.mark.django_db
@pytest.mark.parametrize(("number", "code"), [(signal.SIGKILL, -9), (signal.SIGINT, 130)])
def test_killed_import_goes_on_with_the_same_command(installation, write_lines, number, code):
    path = write_lines(*(row(id=f"{number}-{count}", html="<p>Some text</p>" * 50) for count in range(150)))
    before = imported(installation)
    process = subprocess.Popen(
        import_command(path, "--publish"), env=environment(installation), stdout=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 60
    while imported(installation) < before + 10 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(number)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == code
    done = imported(installation) - before
    assert 10 <= done < 150
    assert orphans(installation) == 0
    if number == signal.SIGINT:
        assert f"{done}  created" in output
    again = subprocess.run(
        import_command(path, "--publish"), env=environment(installation), capture_output=True, text=True, check=True
    )
    assert f"{150 - done}  created" in again.stdout
    assert f"{done}  unchanged" in again.stdout
    assert imported(installation) == before + 150
    assert orphans(installation) == 0


@pytest.mark.sqlite
@pytest.mark.django_db
def test_memory_does_not_grow_with_the_number_of_editions(installation, write_lines):
    paragraph = "<p>Each edition has words of its own, such as {0}a{1} and {1}b{0}.</p>"

    def peak(name, count):
        path = write_lines(
            *(row(id=f"{name}{number}", html=paragraph.format(name, number) * 20) for number in range(count)),
            name=f"{name}.jsonl",
        )
        program = (
            "import resource, sys; from django.core.management import execute_from_command_line as run; run(sys.argv);"
            "print('peak', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
        )
        done = subprocess.run(
            [sys.executable, "-c", program, "import_editions", path, "--publish", "--no-progress"],
            env=environment(installation),
            cwd=MANAGE.parent,
            capture_output=True,
            text=True,
            check=True,
        )
        return int(re.search(r"peak (\d+)", done.stdout)[1])

    assert peak("many", 600) <= 1.2 * peak("few", 60)


@pytest.mark.sqlite
@pytest.mark.django_db
def test_exit_code_says_that_the_input_cannot_be_read(installation, tmp_path):
    done = subprocess.run(
        import_command(tmp_path / "none.jsonl"),
        env=environment(installation),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "cannot be read" in done.stderr
    assert "Traceback" not in done.stderr
