"""`python -m benchmarks [NAME ...]`, of those below: all of them when none is named."""

import sys

from . import imports, memory, publication, relevance, requests, search

BENCHMARKS = {
    "requests": requests.main,
    "memory": memory.main,
    "imports": imports.main,
    "publication": publication.main,
    "relevance": relevance.main,
    "search": search.main,
}

for name in sys.argv[1:] or BENCHMARKS:
    BENCHMARKS[name]()
