"""The caller's side: check the file, run the worker, read its answer."""

import json
import os
import signal
import stat
import sys
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from search.extraction import process
from search.extraction.normalization import one_line
from search.extraction.records import DEFAULT_LIMITS, EXTENSIONS, MEDIA_EXTENSIONS, Extraction, Limits, Outcome

WORKER = Path(__file__).with_name("worker.py")
TIME_SIGNALS = {signal.SIGXCPU, signal.SIGALRM}
CRASH_SIGNALS = {signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGILL, signal.SIGTRAP, signal.SIGFPE}


def extract_text(path: Path, extension: str, *, limits: Limits = DEFAULT_LIMITS) -> Extraction:
    """Whatever the file holds, this answers with an outcome and does not raise.

    The extension decides how the file is read, in any case and with or without its dot; the path's own is ignored.
    """
    extension = extension.lower().removeprefix(".")
    if extension in MEDIA_EXTENSIONS:
        return Extraction(Outcome.MEDIA)
    if extension not in EXTENSIONS:
        return Extraction(Outcome.UNSUPPORTED, detail=one_line(f"no reader for {extension!r}"))
    try:
        with _opened(path) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                return Extraction(Outcome.UNAVAILABLE, detail="not a regular file")
            if status.st_size > limits.file_bytes:
                return Extraction(Outcome.TOO_LARGE, detail=f"file of {status.st_size} bytes")
            return _answer(process.run(_command(extension, limits), stdin=file, seconds=limits.seconds))
    except (OSError, ValueError) as error:
        # A full disk, no processes left, a path that is gone or impossible. The error's text may hold the path.
        return Extraction(Outcome.UNAVAILABLE, detail=type(error).__name__)


def _opened(path: Path) -> BinaryIO:
    # Opening a named pipe would otherwise wait for a writer.
    return open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb", buffering=0)


def _command(extension: str, limits: Limits) -> list[str]:
    """`-I` keeps the environment and the working directory out of the worker's imports."""
    return [sys.executable, "-I", "-B", str(WORKER), extension, json.dumps(asdict(limits))]


def _answer(finished: process.Finished) -> Extraction:
    """The worker writes outcome, detail and text, a line feed between them; if it did not, how it ended has to tell."""
    if finished.returncode is None:
        return Extraction(Outcome.TIMEOUT, detail="stopped at the wall-clock limit")
    if finished.returncode < 0:
        return _killed(-finished.returncode, finished.last_error)
    outcome, _, rest = finished.stdout.decode(errors="replace").partition("\n")
    detail, _, text = rest.partition("\n")
    if finished.returncode > 0 or outcome not in set(Outcome):
        return Extraction(Outcome.UNAVAILABLE, detail=one_line(f"worker failed: {finished.last_error}"))
    return Extraction(Outcome(outcome), text, one_line(detail))


def _killed(number: int, last_error: str) -> Extraction:
    name = signal.Signals(number).name if number in set(signal.Signals) else str(number)
    if number in TIME_SIGNALS:
        return Extraction(Outcome.TIMEOUT, detail=f"stopped at the time limit ({name})")
    if number == signal.SIGABRT and (not last_error or "bad_alloc" in last_error):
        # Out of memory, PDFium aborts without a word; the C library, on finding its heap damaged, says so.
        return Extraction(Outcome.TOO_LARGE, detail=f"the parser ran out of memory ({name})")
    if number in CRASH_SIGNALS:
        return Extraction(Outcome.BROKEN, detail=f"the parser crashed ({name})")
    # Shutdown of the service or the kernel short of memory: not the file's fault, as far as one can tell.
    return Extraction(Outcome.UNAVAILABLE, detail=f"worker ended by {name}")
