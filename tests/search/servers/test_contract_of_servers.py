"""What a reader may expect of search, asked of the search servers."""

import pytest

from ..test_contract import *  # noqa: F403

pytestmark = [pytest.mark.django_db, pytest.mark.search_server, pytest.mark.usefixtures("answered_by_server")]


@pytest.fixture
def answered_by_server(engine):
    yield
    assert not engine.breaker.is_open, "the database answered in the place of the server"
