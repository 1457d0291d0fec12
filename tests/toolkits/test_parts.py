"""Toolkits: what is used where, how long it takes, and who may read which part."""

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from accounts.models import User
from catalog.models import CatalogEntry
from toolkits.models import ModulePage, ToolkitPage, UnitPage

from ..catalog.conftest import *  # noqa: F403
from ..catalog.conftest import add_blueprint, add_toolkit

pytestmark = pytest.mark.django_db


def unit(kit, module=1, number=1):
    return UnitPage.objects.get(url_path__contains=f"/{kit.slug}/module-{module}/unit-{number}/")


def publish(page, **changes):
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()


def entry_of(page):
    return CatalogEntry.objects.get(page_id=page.pk)


def test_a_blueprint_and_the_units_that_use_it_lead_to_each_other(site, client):
    blueprint, kit = add_blueprint("practice"), add_toolkit("kit")
    publish(unit(kit), practices=[("practice", {"page": blueprint, "text": "as an example"})])
    assert "/en/toolkits/kit/module-1/unit-1/" in client.get("/en/blueprints/practice/").content.decode()
    html = client.get("/en/toolkits/kit/module-1/unit-1/").content.decode()
    assert 'href="/en/blueprints/practice/"' in html
    assert "as an example" in html
    blueprint.unpublish()
    assert "/en/blueprints/practice/" not in client.get("/en/toolkits/kit/module-1/unit-1/").content.decode()


def test_time_is_the_sum_of_the_units_and_of_modules_that_say_it_themselves(site):
    kit = add_toolkit("kit")
    publish(unit(kit), minutes=30)
    publish(unit(kit, 1, 2), minutes=20)
    publish(ModulePage.objects.get(slug="module-2"), minutes=45)
    extra = entry_of(kit).record.extra
    assert extra["minutes"] == 95
    assert "95 minutes" in extra["card"]


def test_a_part_says_where_one_is(site, client):
    add_toolkit("kit")
    html = client.get("/en/toolkits/kit/module-2/unit-1/").content.decode()
    assert "Unit 3 of 4" in html
    assert 'href="/en/toolkits/kit/module-2/unit-1/" aria-current="page"' in html


def test_expired_parts_do_not_count(site):
    kit = add_toolkit("kit")
    ModulePage.objects.filter(slug="module-2").update(expire_at=timezone.now() - timezone.timedelta(hours=1))
    assert len(ToolkitPage.objects.get(pk=kit.pk).modules) == 1


class TestRestricted:
    def reader(self, client):
        client.force_login(User.objects.create_user("reader", "reader@example.org", "secret"))
        return client

    def test_whoever_is_let_in_to_a_toolkit_reads_its_parts(self, site, client):
        kit = add_toolkit("kit")
        PageViewRestriction.objects.create(page=kit, restriction_type="login")
        addresses = ("/en/toolkits/kit/", "/en/toolkits/kit/module-1/", "/en/toolkits/kit/module-1/unit-1/")
        assert {client.get(address).status_code for address in addresses} == {302}
        reader = self.reader(client)
        pages = [reader.get(address) for address in addresses]
        assert {page.status_code for page in pages} == {200}
        assert "module-1 unit-1" in pages[0].content.decode()

    def test_a_part_with_a_password_of_its_own_stays_closed_to_others(self, site, client):
        kit = add_toolkit("kit")
        PageViewRestriction.objects.create(page=kit, restriction_type="login")
        closed = ModulePage.objects.get(slug="module-1")
        PageViewRestriction.objects.create(page=closed, restriction_type="password", password="very secret")
        html = self.reader(client).get("/en/toolkits/kit/").content.decode()
        assert "module-1" not in html
        assert "module-2" in html

    def test_a_restricted_part_of_a_public_toolkit_is_read_by_whom_it_lets_in(self, site, client):
        add_toolkit("kit")
        PageViewRestriction.objects.create(page=ModulePage.objects.get(slug="module-1"), restriction_type="login")
        assert "module-1" not in client.get("/en/toolkits/kit/").content.decode()
        assert self.reader(client).get("/en/toolkits/kit/module-1/unit-1/").status_code == 200
        assert "module-1" not in client.get("/en/toolkits/kit/").content.decode()
