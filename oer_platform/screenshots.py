"""`make screenshots`: pictures of every kind of page in English, German and Arabic, on a phone and on a desktop.

Sets up an installation of its own that goes away afterwards, and leaves the pictures in var/screenshots.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

LANGUAGES = ("en", "de", "ar")
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
TARGET = Path("var/screenshots")
START_SECONDS = 300
# Pictures further down wait for a reader to come near them.
LOAD_PICTURES = """() => {
    const pictures = [...document.images]
    pictures.forEach(picture => { picture.loading = "eager" })
    return Promise.all(pictures.map(picture => picture.decode().catch(() => null)))
}"""
FIXED = {"search": "search/?q=a", "not-found": "there-is-no-such-page/"}


def main() -> int:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("Chromium is not installed. On Debian and Ubuntu: apt-get install chromium")
        return 1
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="oer-screenshots-") as folder:
        os.environ |= {"OER_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "oer_platform.settings.dev"}
        port = free_port()
        site = subprocess.Popen(
            [sys.executable, "-m", "oer_platform.serve", "--port", str(port)], stdout=subprocess.DEVNULL
        )
        try:
            base = f"http://127.0.0.1:{port}"
            wait_for(f"{base}/en/", site)
            return take_all(base, addresses(), chromium)
        finally:
            site.terminate()
            site.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str, site: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if site.poll() is not None:
            raise RuntimeError("The site did not start.")
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 - our own address
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise RuntimeError(f"The site did not answer within {START_SECONDS} s.")


def addresses() -> dict[str, str]:
    """Paths by the names of their pictures: the newest page of each kind in each language, and a part of a work."""
    import django

    django.setup()
    from catalog.models import CatalogEntry, EntryPart

    found, fixed = {}, {**FIXED, **record_addresses()}
    for language in LANGUAGES:
        for entry in CatalogEntry.objects.public().in_language(language).order_by("published_at", "pk"):
            found[f"{entry.kind}-{language}"] = entry.path
        part = EntryPart.objects.filter(entry__language=language, entry__withdrawn_at=None).order_by("-path").first()
        if part:
            found[f"part-{language}"] = part.path
        found |= {f"{name}-{language}": f"/{language}/{path}" for name, path in fixed.items()}
    return found


def record_addresses() -> dict[str, str]:
    """Below the language: of what has a page without being one of Wagtail's."""
    from django.db.models import F
    from django.utils import timezone

    from events.models import RegistrationDesk
    from network.models import Person
    from network.showing import public_organizations

    found = {
        "concept": "topics/mentoring/",
        "concepts": "topics/",
        "region": "regions/DEE09/",
        "organizations": "organizations/",
        "people": "people/",
    }
    if organization := public_organizations().order_by(F("logo").asc(nulls_last=True), "pk").first():
        found["organization"] = organization.path_in("en").removeprefix("/en/")
    if person := Person.objects.filter(is_listed=True).order_by("pk").first():
        found["person"] = person.path_in("en").removeprefix("/en/")
    if desk := RegistrationDesk.objects.filter(is_open=True, starts_at__gt=timezone.now()).order_by("pk").first():
        found["registration"] = f"events-registration/{desk.work}/"
    return found


def take_all(base: str, paths: dict[str, str], chromium: str) -> int:
    """Returns 1 if a page is wider than its screen or answers with an error of the server."""
    faults = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for size, (width, height) in SIZES.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            for name, path in sorted(paths.items()):
                faults += take(page, base + path, TARGET / f"{name}-{size}.png", width)
        browser.close()
    print(f"{len(paths) * len(SIZES)} pictures in {TARGET}, {faults} faults.")
    return 1 if faults else 0


def take(page: Page, address: str, target: Path, width: int) -> bool:
    response = page.goto(address, wait_until="networkidle")
    page.evaluate(LOAD_PICTURES)
    page.screenshot(path=target, full_page=True)
    is_wide = page.evaluate("document.documentElement.scrollWidth") > width
    is_broken = response is None or response.status >= 500
    if is_wide or is_broken:
        print(f"{target.name}: {'too wide for its screen' if is_wide else 'error of the server'}")
    return is_wide or is_broken


if __name__ == "__main__":
    sys.exit(main())
