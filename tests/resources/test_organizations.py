"""Organizations in plans and blueprints are entered once and shown on both sides."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

from catalog.describing import describe
from catalog.models import CatalogEntry
from network.merging import merge_organizations
from network.models import Organization, OrganizationName
from resources.models import ActionPlanPage, BlueprintPage
from resources.plan_blocks import MemberBlock

from ..catalog.conftest import *  # noqa: F403
from ..catalog.conftest import add, add_blueprint, listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def harz(site):
    organization = Organization.objects.create(name="Hochschule Harz")
    OrganizationName.objects.create(organization=organization, language="sv", name="Högskolan Harz")
    return organization


def block(name, value, number=1):
    return {"type": name, "value": value, "id": f"id-{name}-{number}"}


def item(value, number=1):
    return {"type": "item", "value": value, "id": f"id-item-{number}"}


def add_plan(*, actions=(), network=(), publish=True, **fields):
    priority = {"title": "Work", "actions": [item(action, number) for number, action in enumerate(actions)]}
    page = ActionPlanPage(
        title="Plan",
        slug="plan",
        territory="Harz",
        priorities=[block("priority", priority)],
        network=[block("member", member, number) for number, member in enumerate(network)],
        **fields,
    )
    return add(page, listing("plan"), publish=publish)


def text(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_whoever_leads_an_action_is_linked_and_its_page_leads_to_the_action(harz, client):
    partner = Organization.objects.create(name="Lund")
    add_plan(
        actions=[
            {
                "code": "A1",
                "title": "Find mentors",
                "lead_organization": harz.pk,
                "lead": "Chamber of crafts",
                "partner_organizations": [item(partner.pk)],
                "partners": "Schools",
            }
        ]
    )
    plan = text(client, "/en/action-plans/plan/")
    assert '<a href="/en/organizations/hochschule-harz/">Hochschule Harz</a>, Chamber of crafts' in plan
    assert '<a href="/en/organizations/lund/">Lund</a>, Schools' in plan
    shown = text(client, "/en/organizations/hochschule-harz/")
    assert "Leads an action" in shown
    assert '<a href="/en/action-plans/plan/#action-a1">Find mentors</a>' in shown
    assert "Partner in an action" in text(client, "/en/organizations/lund/")


def test_members_and_the_adopting_body_are_linked_both_ways(harz, client):
    council = Organization.objects.create(name="District council")
    add_plan(
        adopting_organization=council,
        network=[{"organization": harz.pk, "part": "plan_lead"}, {"name": "A choir", "role": "sings"}],
    )
    plan = text(client, "/en/action-plans/plan/")
    assert "Leads the plan" in plan
    assert "A choir" in plan
    assert "sings" in plan
    assert "District council" in plan
    assert "Leads the plan" in text(client, "/en/organizations/hochschule-harz/")
    assert "Adopted the plan" in text(client, "/en/organizations/district-council/")


def test_a_draft_of_a_plan_shows_nothing_on_the_organizations_page(harz, client):
    add_plan(network=[{"organization": harz.pk}], publish=False)
    text(client, "/en/organizations/hochschule-harz/", 404)


def test_names_follow_the_language_and_later_changes(harz, client, site):
    plan = add_plan(actions=[{"code": "A1", "title": "Act", "lead_organization": harz.pk}])
    swedish = plan.copy_for_translation(site["sv"].locale, copy_parents=True)
    swedish.save_revision().publish()
    assert "Högskolan Harz" in text(client, swedish.get_url_parts()[2])
    harz.name = "Harz University"
    harz.save()
    assert "Harz University" in text(client, "/en/action-plans/plan/")


def test_organizations_are_taken_over_into_translations(harz, site):
    plan = add_plan(
        actions=[
            {"code": "A1", "title": "Act", "lead_organization": harz.pk, "partner_organizations": [item(harz.pk)]}
        ],
        network=[{"organization": harz.pk, "part": "plan_partner"}],
        adopting_organization=harz,
    )
    source, _created = TranslationSource.get_or_create_from_instance(plan)
    source.update_from_db()
    translation = Translation.objects.create(source=source, target_locale=site["sv"].locale)
    listing("plan").copy_for_translation(site["sv"].locale) if not listing("plan", "sv") else None
    translation.save_target(publish=False)
    swedish = ActionPlanPage.objects.get(translation_key=plan.translation_key, locale=site["sv"].locale)
    draft = swedish.get_latest_revision_as_object()
    action = draft.actions()[0]
    assert action["lead_organization"] == harz
    assert list(action["partner_organizations"]) == [harz]
    assert draft.network[0].value["part"] == "plan_partner"
    assert draft.adopting_organization == harz


def test_a_deleted_record_leaves_no_link_and_no_error(harz, client):
    add_plan(
        actions=[{"code": "A1", "title": "Act", "lead_organization": harz.pk, "lead": "Harz"}],
        network=[{"organization": harz.pk}],
    )
    harz.delete()
    assert "/organizations/hochschule-harz/" not in text(client, "/en/action-plans/plan/")


def test_a_member_without_record_and_name_is_refused():
    definition = MemberBlock()
    with pytest.raises(ValidationError) as error:
        definition.clean(definition.to_python({"organization": None, "name": ""}))
    assert "name" in error.value.block_errors


def test_merging_two_records_moves_them_in_plans_drafts_and_sources(harz, client):
    double = Organization.objects.create(name="HS Harz", slug="hs-harz")
    plan = add_plan(
        actions=[
            {"code": "A1", "title": "Act", "lead_organization": double.pk, "partner_organizations": [item(double.pk)]}
        ],
        network=[{"organization": double.pk}],
    )
    TranslationSource.get_or_create_from_instance(plan)
    gone = double.pk
    merge_organizations(kept=harz, gone=double)
    stored = ActionPlanPage.objects.get(pk=plan.pk)
    for page in (stored, stored.get_latest_revision_as_object()):
        assert page.actions()[0]["lead_organization"] == harz
        assert list(page.actions()[0]["partner_organizations"]) == [harz]
        assert page.network[0].value["organization"] == harz
    assert f'\\"organization\\": {gone}' not in TranslationSource.objects.get().content_json
    assert "Leads an action" in text(client, "/en/organizations/hochschule-harz/")


def test_a_blueprint_and_the_plan_that_adopted_it_lead_to_each_other(harz, client):
    plan = add_plan()
    page = add_blueprint(
        "practice",
        adopted_by=[
            block("adoption", {"organization": harz.pk, "work": plan.pk}),
            block("adoption", {"who": "Lund"}, 2),
        ],
    )
    shown = text(client, "/en/blueprints/practice/")
    assert '<a href="/en/action-plans/plan/" hreflang="en" lang="en">Plan</a>' in shown
    assert "Lund" in shown
    assert "/en/blueprints/practice/" in text(client, "/en/action-plans/plan/")
    assert "Adopted it" in text(client, "/en/organizations/hochschule-harz/")
    plan.unpublish()
    assert "/en/action-plans/plan/" not in text(client, "/en/blueprints/practice/")
    entry = CatalogEntry.objects.get(page_id=page.pk)
    assert entry.record_data["extra"]["organizations"] == {"hochschule-harz": ["adopter"]}


def test_describing_a_plan_costs_the_same_whatever_the_number_of_organizations(harz):
    def queries(count):
        Page.objects.filter(slug="plan").delete()
        pks = [Organization.objects.create(name=f"Org {count} {number}").pk for number in range(count)]
        plan = add_plan(
            actions=[
                {"code": f"A{pk}", "title": "Act", "lead_organization": pk, "partner_organizations": [item(pk)]}
                for pk in pks
            ],
            network=[{"organization": pk} for pk in pks],
        )
        plan = ActionPlanPage.objects.select_related("locale").get(pk=plan.pk)
        with CaptureQueriesContext(connection) as captured:
            describe(plan)
        return len(captured)

    queries(1)
    assert queries(2) == queries(6)


def test_plans_of_before_are_shown_as_they_were(site, client):
    add_plan(
        actions=[{"code": "A1", "title": "Act", "lead": "The town", "partners": "Schools"}],
        network=[{"name": "The town", "role": "leads", "url": "https://example.org/"}],
    )
    plan = text(client, "/en/action-plans/plan/")
    assert "Lead: The town" in plan
    assert "<dd>Schools</dd>" in plan
    assert '<a href="https://example.org/">The town</a>' in plan
    assert BlueprintPage.objects.count() == 0
