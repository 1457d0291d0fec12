"""A real browser: Debian's Chromium, driven by Playwright. Skipped where it is absent."""

import os
import shutil

import pytest
from pytest_django.live_server_helper import LiveServer

from ..demo import load_demo
from ..rows import made_once

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]


@pytest.fixture(scope="session")
def browser():
    if CHROMIUM is None:
        if os.environ.get("OER_REQUIRE_BROWSER"):
            pytest.fail("Chromium is required here and was not found.")
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    # Playwright runs an event loop in this thread, which Django takes for an asynchronous caller.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def demo_site(database_left_as_found, django_db_blocker):
    """A server with the demonstration content. pytest-django's own would empty the database after each test."""
    with django_db_blocker.unblock():
        made_once(load_demo)
        server = LiveServer("localhost")
        yield server
        server.stop()
