import pytest

from catalog.models import CatalogEntry

pytestmark = pytest.mark.django_db


def test_every_language_has_a_home_page(site_tree, client):
    assert set(site_tree) == {"en", "sv", "de", "it", "tr", "fi", "nb", "da", "el", "ar", "uk", "fr"}
    for code in site_tree:
        response = client.get(f"/{code}/")
        assert response.status_code == 200
        assert f'<html lang="{code}"' in response.content.decode()
    assert CatalogEntry.objects.public().count() == 84
