import pytest

pytestmark = pytest.mark.django_db


def test_account_page_offers_no_upload_that_goes_past_the_checks(admin_client):
    page = admin_client.get("/admin/account/")
    assert page.status_code == 200
    assert 'type="file"' not in page.content.decode()
