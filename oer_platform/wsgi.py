"""What gunicorn serves."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import resolve

# Imported by libraries where they are there, for what no worker does: a client for tests, colored source code,
# guesses at encodings, HEIF pictures, fields of a database that is not used. They take 30 MiB of a worker's memory.
NOT_NEEDED = ("charset_normalizer", "pillow_heif", "pygments", "requests")
NOT_NEEDED_ON_SQLITE = ("psycopg",)

# What Wagtail's apps bring to its content API (version 3) when they start, whether that is installed or not: schemas of
# all page types and the library that makes them. A worker of a site without that API saves 12 MiB.
API_MODULES = (
    "wagtail.api.v3.api",
    "wagtail.contrib.redirects.api.v3",
    "wagtail.documents.api.v3.registry",
    "wagtail.documents.api.v3.router",
    "wagtail.images.api.v3.registry",
    "wagtail.images.api.v3.router",
    "wagtail.locales.api.v3",
    "wagtail.snippets.api.v3",
    "wagtail.snippets.api.v3.router",
)


class NoApi(ModuleType):
    """Takes what an app registers with the API, and forgets it."""

    def __getattr__(self, name: str) -> "NoApi":
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *arguments: object) -> None:
        pass


@contextmanager
def without(names: tuple[str, ...]) -> Iterator[None]:
    """Modules of these names are as if not installed; those loaded before stay, and later imports find them again."""
    with replaced(dict.fromkeys(names)):
        yield


@contextmanager
def without_api() -> Iterator[None]:
    with replaced({} if "wagtail.api.v3" in settings.INSTALLED_APPS else {name: NoApi(name) for name in API_MODULES}):
        yield


@contextmanager
def replaced(modules: dict[str, ModuleType | None]) -> Iterator[None]:
    new = {name: module for name, module in modules.items() if name not in sys.modules}
    sys.modules.update(new)
    try:
        yield
    finally:
        for name in new:
            sys.modules.pop(name, None)


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oer_platform.settings.production")
is_sqlite = "sqlite" in settings.DATABASES["default"]["ENGINE"]
with without(NOT_NEEDED + NOT_NEEDED_ON_SQLITE if is_sqlite else NOT_NEEDED), without_api():
    application = get_wsgi_application()
    # All addresses and their views are read now, once for all workers, rather than with each one's first request.
    resolve("/admin/")
