"""Engines that tell the server at once what changed, also inside the transaction of a test."""

from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.opensearch import OpenSearchEngine
from search.servers.sending import send_changes


class AtOnce:
    def find(self, query):
        send_changes(self.connection)
        return super().find(query)


class ElasticsearchAtOnce(AtOnce, ElasticsearchEngine):
    pass


class OpenSearchAtOnce(AtOnce, OpenSearchEngine):
    pass
