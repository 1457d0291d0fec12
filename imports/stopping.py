"""Ctrl-C and `kill` end a run between two editions instead of within one."""

import signal
import threading
from types import FrameType, TracebackType


class Stopper:
    """Inside, the first signal only sets `signal_number`; a second one interrupts, and the edition rolls back."""

    SIGNALS = (signal.SIGINT, signal.SIGTERM)

    def __init__(self) -> None:
        self.signal_number = 0

    def __enter__(self) -> "Stopper":
        # Signals reach the main thread only, and only there may handlers be set.
        numbers = self.SIGNALS if threading.current_thread() is threading.main_thread() else ()
        self._before = {number: signal.signal(number, self.stop) for number in numbers}
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def stop(self, number: int, frame: FrameType | None) -> None:
        if self.signal_number:
            raise KeyboardInterrupt
        self.signal_number = number

    @property
    def exit_code(self) -> int:
        """What shells expect of a program that a signal ended: 130 after Ctrl-C."""
        return 128 + self.signal_number
