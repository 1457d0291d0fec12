"""Peak memory of a worker after 1,000 requests, as a multiple of bare Django's."""

import os

from .child import Child
from .site import import_editions, manage, site_environment

REQUESTS = 1_000
PATHS = ("/en/", "/en/blueprints/", "/en/search/?q=mentor", "/en/blueprints/networking-dinners/", "/ar/")


def main() -> None:
    with site_environment() as environment:
        manage(environment, "load_demo", "-v0")
        import_editions(environment, 500)
        bare, platform = Child("bare", dict(os.environ)), Child("platform", environment)
        baseline = bare.run("/", REQUESTS)["rss"]
        for _ in range(REQUESTS // (10 * len(PATHS))):
            for path in PATHS:
                rss = platform.run(path, 10)["rss"]
        print(f"Memory of a worker after {REQUESTS} requests")
        print(
            f"  bare Django {baseline / 1024:.0f} MiB, platform {rss / 1024:.0f} MiB: {rss / baseline:.2f} x (goal 2.5)"
        )
        bare.close()
        platform.close()
