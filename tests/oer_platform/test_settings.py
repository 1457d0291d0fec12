import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from oer_platform.settings.environment import SETTING_NAMES

ROOT = Path(__file__).resolve().parents[2]


def test_every_setting_is_documented_and_every_documented_one_exists():
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", text, re.MULTILINE))
    assert documented == {*SETTING_NAMES, "DJANGO_SETTINGS_MODULE"}


def start_production(tmp_path, **environment) -> subprocess.CompletedProcess:
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("OER_", "DATABASE_"))}
    return subprocess.run(
        [sys.executable, "-c", "import django; django.setup(); print('started')"],
        cwd=ROOT,
        env={
            **clean,
            "OER_DATA_DIR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "oer_platform.settings.production",
            **environment,
        },
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"OER_ALLOWED_HOSTS": "oer.example.org"}, "OER_SECRET_KEY"),
        ({"OER_ALLOWED_HOSTS": "oer.example.org", "OER_SECRET_KEY": "short"}, "OER_SECRET_KEY"),
        ({"OER_SECRET_KEY": "k" * 50}, "OER_ALLOWED_HOSTS"),
        ({"OER_SECRET_KEY": "k" * 50, "OER_ALLOWED_HOSTS": "*"}, "OER_ALLOWED_HOSTS"),
    ],
)
def test_production_refuses_to_start_on_guesses(tmp_path, environment, named):
    done = start_production(tmp_path, **environment)
    assert done.returncode != 0
    assert named in done.stderr


def test_production_starts_when_it_is_told_what_it_needs(tmp_path):
    done = start_production(tmp_path, OER_SECRET_KEY="k" * 50, OER_ALLOWED_HOSTS="oer.example.org")
    assert done.stdout.strip() == "started", done.stderr


def test_requirements_pin_the_packages_of_the_card_with_hashes():
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    pinned = set(re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE))
    assert {"wagtail", "django", "wagtail-localize", "elasticsearch", "pillow", "gunicorn"} <= pinned
    assert text.count("--hash=sha256:") > len(pinned)
    assert "://" not in text
