"""Run a command against a deadline, with nothing of the caller in it but one open file."""

import os
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, BinaryIO

# Not the rest: settings in the environment hold passwords, and the command reads untrusted files.
ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TMPDIR")
ERROR_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Finished:
    """`returncode` is None after the deadline, negative after a signal (as in `subprocess`)."""

    returncode: int | None
    stdout: bytes
    last_error: str
    """The last line of standard error: in a traceback, the exception."""


def run(command: Sequence[str], *, stdin: BinaryIO, seconds: float) -> Finished:
    """Past the deadline, the whole process group is killed.

    Output goes to unnamed files, not pipes, so the command cannot block on it; its own RLIMIT_FSIZE bounds their size.
    """
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        with subprocess.Popen(  # no shell, and no part of the command comes from a file or a person
            command,
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            cwd="/",
            env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
            start_new_session=True,
        ) as child:
            returncode = _wait(child, seconds)
        stdout.seek(0)
        return Finished(returncode, stdout.read(), _last_line(stderr))


def _wait(child: subprocess.Popen[bytes], seconds: float) -> int | None:
    try:
        return child.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        return None
    except BaseException:
        os.killpg(child.pid, signal.SIGKILL)
        raise


def _last_line(stream: IO[bytes]) -> str:
    stream.seek(max(0, stream.seek(0, os.SEEK_END) - ERROR_BYTES))
    lines = stream.read().decode(errors="replace").split("\n")
    return next((line for line in reversed(lines) if line.strip()), "")
