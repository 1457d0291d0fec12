"""What gunicorn serves."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import resolve

# Imported by libraries where they are there, for what no worker does: a client for tests, colored source code,
# HEIF pictures, fields of a database that is not used. They take 30 MiB of a worker's memory.
NOT_NEEDED = ("pillow_heif", "pygments", "requests")
NOT_NEEDED_ON_SQLITE = ("psycopg",)


@contextmanager
def without(names: tuple[str, ...]) -> Iterator[None]:
    """Modules of these names are as if not installed; those loaded before stay, and later imports find them again."""
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))
    try:
        yield
    finally:
        for name in hidden:
            sys.modules.pop(name, None)


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oer_platform.settings.production")
is_sqlite = "sqlite" in settings.DATABASES["default"]["ENGINE"]
with without(NOT_NEEDED + NOT_NEEDED_ON_SQLITE if is_sqlite else NOT_NEEDED):
    application = get_wsgi_application()
    # All addresses and their views are read now, once for all workers, rather than with each one's first request.
    resolve("/admin/")
