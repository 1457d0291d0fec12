"""What a worker has loaded when it starts; later imports find everything."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def in_a_worker(tmp_path, code: str) -> str:
    """What `code` prints after gunicorn's entry point was loaded, in a process of its own."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("OER_", "DATABASE_"))}
    done = subprocess.run(
        [sys.executable, "-W", "error::RuntimeWarning", "-c", f"import sys; import oer_platform.wsgi\n{code}"],
        cwd=ROOT,
        env={**clean, "OER_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "oer_platform.settings.dev"},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def test_a_worker_starts_without_what_its_requests_hardly_ever_need(tmp_path):
    rarely = (
        "charset_normalizer", "icalendar", "ninja", "openpyxl", "pillow_heif", "pygments", "requests", "wagtail.api.v3",
        "weasyprint",
    )  # fmt: skip
    assert in_a_worker(tmp_path, f"print([name for name in {rarely!r} if name in sys.modules])") == "[]"


def test_what_was_hidden_at_the_start_can_be_imported_later(tmp_path):
    code = "import pygments, requests; from wagtail.api.v3.api import api; print(type(api).__name__)"
    assert in_a_worker(tmp_path, code) == "NinjaAPI"
