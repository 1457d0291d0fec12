"""The client of Elasticsearch 9."""

from collections.abc import Iterable

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

from .connection import Connection, ServerError


class ElasticsearchConnection(Connection):
    def __init__(self, addresses: Iterable[str]) -> None:
        super().__init__(addresses)
        self.client = Elasticsearch(self.addresses, retry_on_timeout=True, max_retries=self.attempts - 1)

    def send(self, method: str, path: str, text: str | None, headers: dict[str, str], seconds: float) -> dict:
        try:
            client = self.client.options(request_timeout=seconds)
            return dict(client.perform_request(method, path, headers=headers, body=text).body)
        except ApiError as error:
            raise ServerError(error.status_code, error.message) from error
        except TransportError as error:
            raise ServerError(0, error.message) from error
