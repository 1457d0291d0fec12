import os
import uuid

import pytest

from search.engines import current_engine

ENGINES = {
    "elasticsearch": "tests.search.servers.engines.ElasticsearchAtOnce",
    "opensearch": "tests.search.servers.engines.OpenSearchAtOnce",
}


@pytest.fixture(scope="session", params=ENGINES)
def server(request):
    """Name of the product and address of a server; skipped where there is none."""
    variable = f"OER_TEST_{request.param.upper()}_URL"
    address = os.environ.get(variable)
    if not address:
        if os.environ.get("OER_REQUIRE_SEARCH_SERVERS"):
            pytest.fail(f"{variable} is not set")
        pytest.skip(f"{variable} is not set")
    return request.param, address


@pytest.fixture
def engine(server, settings):
    """The engine of a server, with indexes of its own for each test."""
    name, address = server
    settings.OER_SEARCH_ENGINE = ENGINES[name]
    settings.OER_SEARCH_SERVERS = [address]
    settings.OER_SEARCH_INDEX_PREFIX = f"test-{uuid.uuid4().hex}"
    settings.OER_SEARCH_SECONDS = 10
    current_engine.cache_clear()
    engine = current_engine()
    yield engine
    found = engine.connection.request("GET", f"/{settings.OER_SEARCH_INDEX_PREFIX}-*/_settings", seconds=30)
    if found:
        engine.connection.request("DELETE", "/" + ",".join(found), seconds=30)
    current_engine.cache_clear()
