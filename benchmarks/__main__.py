"""`python -m benchmarks [requests] [memory] [imports]`: all of them when none is named."""

import sys

from . import imports, memory, requests

BENCHMARKS = {"requests": requests.main, "memory": memory.main, "imports": imports.main}

for name in sys.argv[1:] or BENCHMARKS:
    BENCHMARKS[name]()
