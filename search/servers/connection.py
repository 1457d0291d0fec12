"""What the engine needs of a client: one request, within a time, to any of several nodes."""

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence

# Of several nodes so many are tried, each for its share of the time.
MAX_ATTEMPTS = 3

Body = dict | Sequence[dict] | None


class ServerError(Exception):
    """The server did not answer, or refused; `status` is 0 where there was no answer."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(f"{status}: {detail}")
        self.status = status


class Connection(ABC):
    def __init__(self, addresses: Iterable[str]) -> None:
        self.addresses = list(addresses)
        self.attempts = min(MAX_ATTEMPTS, len(self.addresses))

    def request(self, method: str, path: str, body: Body = None, *, seconds: float) -> dict:
        """A list is sent as lines. Raises ServerError; ends within `seconds`, whichever nodes hang."""
        if isinstance(body, dict) or body is None:
            content_type, text = "application/json", json.dumps(body) if body is not None else None
        else:
            content_type, text = "application/x-ndjson", "".join(f"{json.dumps(line)}\n" for line in body)
        headers = {"accept": "application/json", "content-type": content_type}
        return self.send(method, path, text, headers, seconds / self.attempts)

    @abstractmethod
    def send(self, method: str, path: str, text: str | None, headers: dict[str, str], seconds: float) -> dict:
        """Send it to a node and, if that takes more than `seconds` or fails, to another one."""
