from ..servers.connection import Connection
from .server import ServerEngine


class ElasticsearchEngine(ServerEngine):
    def connect(self, addresses: list[str]) -> Connection:
        from ..servers.elasticsearch import ElasticsearchConnection

        return ElasticsearchConnection(addresses)
