from ..servers.connection import Connection
from .server import ServerEngine


class OpenSearchEngine(ServerEngine):
    def connect(self, addresses: list[str]) -> Connection:
        from ..servers.opensearch import OpenSearchConnection

        return OpenSearchConnection(addresses)
