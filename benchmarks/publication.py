"""Queries and CPU of publishing a page that nothing refers to, beside Wagtail's own publication of the same page."""

import json
import subprocess
import sys

from .site import ROOT, import_editions, manage, site_environment

GOAL = 15
ROUNDS = 5
RUN = f"""
import json, statistics, time
from unittest import mock
from django.db import connection
from resources.models import BlueprintPage

def cost(page):
    asked = []
    def count(execute, *args):
        asked.append(args[0])
        return execute(*args)
    page.title += "."
    revision = page.save_revision()
    with connection.execute_wrapper(count):
        started = time.process_time()
        revision.publish()
        cpu = time.process_time() - started
    return len(asked), cpu

page = BlueprintPage.objects.filter(slug="alone").first()
if page is None:
    page = BlueprintPage.objects.get(slug="networking-dinners", locale__language_code="en").copy(
        update_attrs={{"slug": "alone"}}, reset_translation_key=True
    )
rows = dict(platform=[], wagtail=[])
for _ in range({ROUNDS}):
    rows["platform"].append(cost(page))
    with mock.patch("catalog.watching.mark_dirty"):
        rows["wagtail"].append(cost(page))
print(json.dumps({{name: [statistics.median(column) for column in zip(*each)] for name, each in rows.items()}}))
"""


def main() -> None:
    with site_environment() as environment:
        manage(environment, "load_demo", "-v0")
        print("Publication of a blueprint that nothing refers to")
        for editions in (20, 2_000):
            import_editions(environment, editions)
            print(f"  {editions:5,} editions: {measured(environment)}")


def measured(environment: dict[str, str]) -> str:
    """Medians of several rounds; the catalog looks away in Wagtail's own."""
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-v0", "-c", RUN],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    figures = json.loads(done.stdout.splitlines()[-1])
    (queries, cpu), (own_queries, own_cpu) = figures["platform"], figures["wagtail"]
    return (
        f"{queries:.0f} queries, Wagtail's own {own_queries:.0f}: {queries / own_queries:.2f} x "
        f"({queries - own_queries:.0f} more; goal {GOAL}); CPU {cpu / own_cpu:.2f} x"
    )
