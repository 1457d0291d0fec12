"""`python -m benchmarks [requests] [memory] [imports] [relevance] [search]`: all of them when none is named."""

import sys

from . import imports, memory, relevance, requests, search

BENCHMARKS = {
    "requests": requests.main,
    "memory": memory.main,
    "imports": imports.main,
    "relevance": relevance.main,
    "search": search.main,
}

for name in sys.argv[1:] or BENCHMARKS:
    BENCHMARKS[name]()
