"""An address at which nothing is."""

import pytest

from .conftest import add_blueprint, listing

pytestmark = pytest.mark.django_db


def test_what_exists_in_other_languages_is_offered(site, client):
    page = add_blueprint("mentor-days")
    address = page.get_url_parts()[2]
    assert client.get(address).status_code == 200
    response = client.get(address.replace("/en/", "/ar/", 1))
    assert response.status_code == 404
    assert address in response.text


def test_what_is_public_no_more_is_not_offered(site, client):
    page = add_blueprint("mentor-days")
    address = page.get_url_parts()[2]
    page.unpublish()
    assert "mentor-days" not in client.get(address.replace("/en/", "/ar/", 1)).text


@pytest.mark.parametrize(
    "path", ["/ar/", "/xx/blueprints/mentor-days/", "/ar/%00/", "/ar/" + "x" * 3_000 + "/", "/ar/%ff/", "/ar//"]
)
def test_odd_addresses_offer_nothing(site, client, path):
    add_blueprint("mentor-days", parent=listing())
    response = client.get(path, follow=True)
    assert response.status_code in (200, 400, 404, 414)
    assert "Available in other languages" not in response.text
