"""`python -m benchmarks [requests] [memory] [imports] [relevance]`: all of them when none is named."""

import sys

from . import imports, memory, relevance, requests

BENCHMARKS = {
    "requests": requests.main,
    "memory": memory.main,
    "imports": imports.main,
    "relevance": relevance.main,
}

for name in sys.argv[1:] or BENCHMARKS:
    BENCHMARKS[name]()
