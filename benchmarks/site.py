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
SYLLABLES = "ba ce di fo gu ha le mi no pu ra se ti vo lu ka ne zi mo ru".split()
# Words that the benchmarks search for, by their rank: in about 1, 7 and 65 of 100 texts.
RARE, MIDDLING, COMMON = ("dinner", 3_500), ("bicycle", 500), ("network", 30)


def vocabulary(size: int = 4_000) -> tuple[list[str], list[float]]:
    """Words and their weights by Zipf's law, as in real texts: few words are everywhere, most are rare."""
    words = ["".join(SYLLABLES[number // 20**place % 20] for place in range(3)) for number in range(1, size + 1)]
    for word, rank in (RARE, MIDDLING, COMMON):
        words[rank] = word
    return words, [1 / (rank + 2) for rank in range(size)]


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
    known, weights = vocabulary()

    def some(count: int) -> str:
        return " ".join(chance.choices(known, weights, k=count)).capitalize()

    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            paragraphs = [some(60) + "." for _ in range(words // 60)]
            line = {
                "id": f"bench-{number}",
                "lang": "en",
                "title": f"{some(4)} {number}",
                "summary": some(20) + ".",
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
