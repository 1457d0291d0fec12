"""CPU of one request as a multiple of a bare Django view, without any page cache."""

import os
import statistics

from .child import Child
from .site import import_editions, manage, site_environment, vocabulary

ROUNDS = 7
PAGES = {
    "home": ("/en/", 50),
    "listing": ("/en/blueprints/", 50),
    "resource": ("/en/blueprints/networking-dinners/", 40),
    "search, a word in 1 % of the texts": ("/en/search/?q=dinner", 50),
    "search, a word in 7 %": ("/en/search/?q=bicycle", 50),
    "search, a word in 65 %": ("/en/search/?q=network", 50),
    "search, three words and a filter": ("/en/search/?q=bicycle+dinner+network&topic=housing", 50),
    "search, each common word for the first time": ("/en/search/?q={word}", 50),
}
# Ranks of words that nothing else here asks for, in about 65 to 30 of 100 texts.
COMMON_RANKS = range(31, 200)
FIRST_TIMES = 20


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
            print(f"  {name:44} {statistics.median(ratios):6.1f} x  ({spread}; goal {limit})")
        empty = statistics.median(measure(bare, wagtail, "/"))
        print(f"  {'for comparison: an empty Wagtail page':44} {empty:6.1f} x")
        for child in (bare, platform, wagtail):
            child.close()


def measure(bare: Child, platform: Child, path: str) -> list[float]:
    """The ratio of each of several rounds, the two taking turns so that both see the same machine."""
    bare.run("/", 200)
    words = iter(vocabulary()[0][rank] for rank in COMMON_RANKS)
    platform.run(path.format(word="bicycle"), 20)
    ratios = []
    for _ in range(ROUNDS):
        baseline = bare.run("/", 1_000)["cpu"] / 1_000
        if "{word}" in path:
            costs = [platform.run(path.format(word=next(words)), 1)["cpu"] for _ in range(FIRST_TIMES)]
            ratios.append(statistics.mean(costs) / baseline)
        else:
            ratios.append(platform.run(path, 50)["cpu"] / 50 / baseline)
    return ratios
