"""A site with content to measure: made once for a run, in a folder of its own."""

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORDS = """
    mentor housing network region training language teacher employer municipality refugee migrant skill
    workshop dinner plan partner course diploma interview contract youth woman group meeting result step
    budget report voice school practice kitchen library bicycle garden harbor music travel evening trust
""".split()


@contextmanager
def site_environment() -> Iterator[dict[str, str]]:
    """Environment variables of a fresh installation that goes away afterwards."""
    with tempfile.TemporaryDirectory(prefix="oer-benchmark-") as folder:
        environment = {
            **os.environ,
            "OER_DATA_DIR": folder,
            "OER_SECRET_KEY": "benchmark-" + "x" * 40,
            "DJANGO_SETTINGS_MODULE": "oer_platform.settings.dev",
            "DATABASE_URL": "",
            "OER_LOG_LEVEL": "ERROR",
        }
        manage(environment, "migrate", "-v0")
        manage(environment, "setup_site", "-v0")
        manage(environment, "collectstatic", "--noinput", "-v0")
        yield environment


def manage(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
    )


def write_editions(path: Path, count: int, *, words: int = 300) -> None:
    """English editions of `words` words each, the same for the same count."""
    chance = random.Random(7)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            paragraphs = [" ".join(chance.choices(WORDS, k=60)).capitalize() + "." for _ in range(words // 60)]
            line = {
                "id": f"bench-{number}",
                "lang": "en",
                "title": " ".join(chance.choices(WORDS, k=4)).capitalize() + f" {number}",
                "summary": " ".join(chance.choices(WORDS, k=20)).capitalize() + ".",
                "html": "<h2>Why</h2>" + "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs),
                "license": chance.choice(["CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0"]),
                "topics": chance.sample(["mentoring", "housing", "peer-learning", "e-learning", "volunteering"], k=2),
                "countries": chance.sample(["SE", "DE", "IT", "FI", "NO"], k=2),
            }
            file.write(json.dumps(line) + "\n")


def import_editions(environment: dict[str, str], count: int) -> None:
    path = Path(environment["OER_DATA_DIR"]) / f"editions-{count}.jsonl"
    write_editions(path, count)
    manage(environment, "import_editions", str(path), "--publish")
