"""OpenSearch 3, by the transport that Elasticsearch's client is built on.

OpenSearch's own client brings a package `events`, which cannot be imported beside this project's app of that name.
"""

from collections.abc import Iterable

from elastic_transport import Transport, TransportError
from elastic_transport.client_utils import url_to_node_config

from .connection import Connection, ServerError


class OpenSearchConnection(Connection):
    def __init__(self, addresses: Iterable[str]) -> None:
        super().__init__(addresses)
        nodes = [url_to_node_config(address, use_default_ports_for_scheme=True) for address in self.addresses]
        self.transport = Transport(nodes, retry_on_timeout=True, max_retries=self.attempts - 1)

    def send(self, method: str, path: str, text: str | None, headers: dict[str, str], seconds: float) -> dict:
        try:
            answer = self.transport.perform_request(method, path, headers=headers, body=text, request_timeout=seconds)
        except TransportError as error:
            raise ServerError(0, error.message) from error
        if answer.meta.status >= 400:
            raise ServerError(answer.meta.status, str(answer.body)[:300])
        return dict(answer.body)
