"""CPU of one request as a multiple of a bare Django view, without any page cache."""

import os
import statistics

from .child import Child
from .site import import_editions, manage, site_environment

ROUNDS = 7
PAGES = {
    "home": ("/en/", 50),
    "listing": ("/en/blueprints/", 50),
    "resource": ("/en/blueprints/networking-dinners/", 40),
    "search, a word in 1 % of the texts": ("/en/search/?q=dinner", 50),
    "search, a word in 7 %": ("/en/search/?q=bicycle", 50),
    "search, a word in 65 %": ("/en/search/?q=network", 50),
    "search, three words and a filter": ("/en/search/?q=bicycle+dinner+network&topic=housing", 50),
}


def main() -> None:
    with site_environment() as environment:
        manage(environment, "load_demo", "-v0")
        import_editions(environment, 2_000)
        bare, platform = Child("bare", dict(os.environ)), Child("platform", environment)
        wagtail = Child("wagtail", environment)
        print("CPU per request, as a multiple of a bare Django view (2,000 editions, no page cache)")
        for name, (path, limit) in PAGES.items():
            ratios = measure(bare, platform, path)
            spread = f"rounds {min(ratios):.1f} to {max(ratios):.1f}"
            print(f"  {name:38} {statistics.median(ratios):6.1f} x  ({spread}; goal {limit})")
        empty = statistics.median(measure(bare, wagtail, "/"))
        print(f"  {'for comparison: an empty Wagtail page':38} {empty:6.1f} x")
        for child in (bare, platform, wagtail):
            child.close()


def measure(bare: Child, platform: Child, path: str) -> list[float]:
    """The ratio of each of several rounds, the two taking turns so that both see the same machine."""
    bare.run("/", 200)
    platform.run(path, 20)
    ratios = []
    for _ in range(ROUNDS):
        baseline = bare.run("/", 1_000)["cpu"] / 1_000
        ratios.append(platform.run(path, 50)["cpu"] / 50 / baseline)
    return ratios
