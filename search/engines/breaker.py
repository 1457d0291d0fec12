"""Lets a server that failed alone for a while."""

from time import monotonic

OPEN_SECONDS = 10


class Breaker:
    def __init__(self) -> None:
        self.open_until = 0.0

    @property
    def is_open(self) -> bool:
        return monotonic() < self.open_until

    def trip(self) -> None:
        self.open_until = monotonic() + OPEN_SECONDS
