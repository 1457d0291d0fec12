"""Readers' pages in a browser: accessible, complete on every width, loading nothing from elsewhere."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.django_db, pytest.mark.browser]

PAGES = {
    "home": "/en/",
    "home in Arabic": "/ar/",
    "listing": "/en/blueprints/",
    "listing without entries": "/fi/toolkits/",
    "blueprint": "/en/blueprints/interagency-network/",
    "toolkit": "/en/toolkits/peer-learning-toolkit/",
    "plan": "/en/action-plans/harz-action-plan/",
    "plan in German": "/de/action-plans/harz-action-plan/",
    "news in Swedish": "/sv/news/mirage-partners-meeting/",
    "project": "/en/projects/erasmi/",
    "project in Turkish": "/tr/projects/mirage/",
    "listing of events": "/en/events/",
    "topics": "/en/topics/",
    "topic": "/en/topics/mentoring/",
    "region": "/ar/regions/DEE09/",
    "organizations": "/en/organizations/",
    "organizations by role": "/ar/organizations/?role=coordinator",
    "organization": "/de/organizations/hochschule-harz/",
    "people": "/en/people/",
    "people in Arabic": "/ar/people/?role=translator",
    "person": "/de/people/giulia-moretti/",
    "standard page": "/en/about/",
    "search": "/en/search/?q=mentor",
    "search in Arabic": "/ar/search/?q=شبكة",
    "search with a filter": "/en/search/?q=training&kind=blueprint",
    "search without results": "/en/search/?q=xyzzyx",
    "refused search": "/en/search/?page=x",
    "not found": "/en/nowhere/",
}
WIDTHS = {"desktop": (1280, 900), "phone": (360, 740)}
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


def addresses() -> dict[str, str]:
    """The pages above, and what only the content knows: a module, a unit, a blueprint in Arabic."""
    from catalog.models import CatalogEntry, EntryPart

    module, unit = EntryPart.objects.filter(entry__language="en").order_by("path")[:2]
    newest = CatalogEntry.objects.public().order_by("-pk")
    arabic = {kind: newest.filter(language="ar", kind=kind).first() for kind in ("blueprint", "event", "news")}
    event = newest.filter(language="en", kind="event", title__startswith="From blueprint").get()
    return {
        **PAGES,
        "module": module.path,
        "unit": unit.path,
        "event": event.path,
        "registration": f"/en/events-registration/{event.work}/",
        "registration in Arabic": f"/ar/events-registration/{event.work}/",
        **{f"{kind} in Arabic": entry.path for kind, entry in arabic.items()},
    }


def test_every_kind_of_page_is_accessible_fits_and_loads_nothing_from_elsewhere(demo_site, browser):
    faults, foreign = [], []
    for width_name, (width, height) in WIDTHS.items():
        context = browser.new_context(viewport={"width": width, "height": height})
        page = context.new_page()
        page.on(
            "request", lambda request: foreign.append(request.url) if is_foreign(request.url, demo_site.url) else None
        )
        page.on("console", note_complaints(faults))
        for name, path in addresses().items():
            page.goto(demo_site.url + path)
            result = Axe().run(page, options=RULES)
            faults += [
                f"{name}, {width_name}: {violation['id']}: {violation['nodes'][0]['html'][:160]}"
                for violation in result.response["violations"]
            ]
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                faults.append(f"{name}, {width_name}: wider than the screen")
        assert context.cookies() == []
        context.close()
    assert faults == []
    assert foreign == []


def is_foreign(url: str, base: str) -> bool:
    return not url.startswith((base, "data:"))


def note_complaints(faults: list[str]):
    return lambda message: faults.append(message.text) if is_complaint(message) else None


def is_complaint(message) -> bool:
    """Answers 404 and 400 are among the pages that are tried, and the browser logs them."""
    return message.type in ("error", "warning") and "Failed to load resource" not in message.text


def test_search_works_by_keyboard_and_without_javascript(demo_site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(demo_site.url + "/en/")
    page.get_by_label("What are you looking for?").fill("mentor")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/?q=mentor")
    assert page.get_by_role("heading", name="Networking dinners and mentor days").is_visible()
    page.get_by_text("Kind", exact=True).click()
    page.get_by_role("checkbox", name="Toolkits").check()
    page.get_by_role("button", name="Apply filters").click()
    page.wait_for_url("**kind=toolkit**")
    assert page.get_by_role("status").inner_text() == "2 results"
    page.get_by_role("link", name="Toolkits remove this filter").click()
    page.wait_for_url("**/en/search/?q=mentor")
    assert page.get_by_role("status").inner_text() != "2 results"
    context.close()


def test_suggestions_are_chosen_by_keyboard_and_told_to_screen_readers(demo_site, browser):
    page = browser.new_page()
    faults = []
    page.goto(demo_site.url + "/en/about/")
    field = page.get_by_role("combobox", name="Search")
    field.press_sequentially("mentor")
    options = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    options.first.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    assert page.locator(".quick-search [aria-live]").inner_text() == f"{options.count()} suggestions"
    faults += Axe().run(page, options=RULES).response["violations"]
    field.press("ArrowDown")
    assert options.first.get_attribute("aria-selected") == "true"
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    field.press("Enter")
    page.wait_for_url("**/en/topics/mentoring/")
    field.press_sequentially("mentor")
    options.first.wait_for()
    field.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert not options.first.is_visible()
    field.press("Enter")
    page.wait_for_url("**/en/search/?q=mentor")
    assert faults == []
    page.close()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_results_change_in_place_and_leave_focus_and_history_right(demo_site, browser, language):
    page = browser.new_page()
    loads, faults = [], []
    page.on("console", note_complaints(faults))
    page.on("request", lambda request: loads.append(request.url) if request.is_navigation_request() else None)
    page.goto(f"{demo_site.url}/{language}/search/?q=mentor")
    status, box = page.get_by_role("status"), page.locator("#filter-kind input[value=toolkit]")
    live, all_of_them = status.element_handle(), status.inner_text()
    page.locator("#filter-kind > summary").click()
    box.press("Space")
    page.wait_for_url("**kind=toolkit**")
    chip = page.locator(".chips a")
    chip.wait_for()
    some = status.inner_text()
    assert some != all_of_them
    assert live.inner_text() == some
    assert box.evaluate("box => box === document.activeElement && box.checked")
    faults += Axe().run(page, options=RULES).response["violations"]
    chip.press("Enter")
    chip.wait_for(state="detached")
    assert (status.inner_text(), "kind=" in page.url) == (all_of_them, False)
    assert page.locator(".results").evaluate("results => results === document.activeElement")
    page.go_back()
    chip.wait_for()
    assert (status.inner_text(), box.is_checked()) == (some, True)
    page.locator("#q").fill("qqzzqq")
    page.locator("#q").press("Enter")
    page.locator(".empty").wait_for()
    assert "q=qqzzqq&kind=toolkit" in page.url
    assert page.locator("#q").evaluate("field => field === document.activeElement")
    assert len(loads) == 1
    assert faults == []
    page.close()


def test_skip_link_leads_to_the_content(demo_site, browser):
    page = browser.new_page()
    page.goto(demo_site.url + "/en/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.close()
