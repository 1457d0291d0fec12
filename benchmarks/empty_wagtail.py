"""For comparison: the page that a new Wagtail site shows, with nothing on it but its title."""

import os
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.urls import include, path

from .bare import APPS, MIDDLEWARE, TEMPLATES

settings.configure(
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="benchmark",
    DEBUG=False,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": Path(os.environ["OER_DATA_DIR"]) / "empty.sqlite3",
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=[
        "wagtail.contrib.forms",
        "wagtail.contrib.redirects",
        "wagtail.sites",
        "wagtail.users",
        "wagtail.documents",
        "wagtail.images",
        "wagtail.search",
        "wagtail.admin",
        "wagtail",
        "modelcluster",
        "taggit",
        *APPS,
    ],
    MIDDLEWARE=[*MIDDLEWARE, "wagtail.contrib.redirects.middleware.RedirectMiddleware"],
    TEMPLATES=TEMPLATES,
    STATIC_URL="/static/",
    WAGTAIL_SITE_NAME="Empty",
    WAGTAILADMIN_BASE_URL="http://127.0.0.1",
)
urlpatterns = []
application = get_wsgi_application()

from wagtail import urls as wagtail_urls  # noqa: E402

urlpatterns.append(path("", include(wagtail_urls)))
call_command("migrate", verbosity=0)
