"""Peak memory of importing 5,000 editions, as a multiple of importing 500."""

import subprocess
import sys
import time
from pathlib import Path

from .site import ROOT, site_environment, write_editions

RUN = """
import os, resource, sys
from django.core.management import execute_from_command_line
try:
    execute_from_command_line(["manage.py", "import_editions", sys.argv[1], "--publish"])
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


def main() -> None:
    figures = {}
    for count in (500, 5_000):
        with site_environment() as environment:
            path = Path(environment["OER_DATA_DIR"]) / "editions.jsonl"
            write_editions(path, count)
            started = time.monotonic()
            done = subprocess.run(
                [sys.executable, "-c", RUN, str(path)],
                cwd=ROOT,
                env=environment,
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
            )
            figures[count] = int(done.stderr.split()[-1]), time.monotonic() - started
    (small, _), (large, seconds) = figures[500], figures[5_000]
    print("Memory of an import")
    ratio = f"{large / small:.2f} x (goal 1.2)"
    print(f"  500 editions {small / 1024:.0f} MiB, 5,000 editions {large / 1024:.0f} MiB: {ratio}")
    print(f"  {5_000 / seconds:.0f} editions a second")
