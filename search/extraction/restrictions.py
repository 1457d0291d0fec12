"""What the worker takes from itself before it looks at a file."""

import math
import resource
import signal
import sys

from search.extraction.records import Limits

OUTPUT_MARGIN = 64 * 1024
UTF8_BYTES = 4


def restrict(limits: Limits) -> None:
    """Set by the worker and not between fork and exec, which is unsafe in a caller with threads."""
    # The second more lets the milder signal of the two arrive, by which the caller knows the cause.
    _lower(resource.RLIMIT_CPU, limits.cpu_seconds, grace=1)
    _lower(resource.RLIMIT_FSIZE, UTF8_BYTES * limits.characters + OUTPUT_MARGIN)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_NPROC, 0)
    _lower(resource.RLIMIT_NOFILE, 64)
    if sys.platform != "darwin":  # macOS knows the limit and refuses to set it.
        _lower(resource.RLIMIT_AS, limits.memory_bytes)
    # For the case that the caller is killed and nobody is left to watch the clock.
    signal.alarm(math.ceil(limits.seconds) + 1)


def _lower(which: int, value: int, *, grace: int = 0) -> None:
    _, allowed = resource.getrlimit(which)
    hard = value + grace if allowed == resource.RLIM_INFINITY else min(value + grace, allowed)
    resource.setrlimit(which, (min(value, hard), hard))
