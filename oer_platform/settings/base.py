"""Settings shared by every kind of installation."""

import logging

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from .environment import PROJECT_DIR, data_dir, database_config, env

BASE_DIR = PROJECT_DIR
DATA_DIR = data_dir()

INSTALLED_APPS = [
    "home",
    "imports",
    "news",
    "events",
    "toolkits",
    "resources",
    "projects",
    "network",
    "exports",
    "search",
    "translations",
    "catalog",
    "content",
    "taxonomy",
    "accounts",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "oer_platform.middleware.refuse_malformed_requests",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "translations.middleware.LocalizeGate",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "oer_platform.urls"
WSGI_APPLICATION = "oer_platform.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "readers"],
        "OPTIONS": {"environment": "oer_platform.jinja.environment"},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": database_config()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"

LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("en", "English"),
    ("sv", "Svenska"),
    ("de", "Deutsch"),
    ("it", "Italiano"),
    ("tr", "Türkçe"),
    ("fi", "Suomi"),
    ("nb", "Norsk bokmål"),
    ("da", "Dansk"),
    ("el", "Ελληνικά"),
    ("ar", "العربية"),
    ("uk", "Українська"),
    ("fr", "Français"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = ["oer_platform.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Nothing serves this folder: every file goes through a view that checks who may read it.
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"

DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "ENQUEUE_ON_COMMIT": True,
        "QUEUES": ["default"],
    }
}

EMAIL_CONFIG = env.email_url_config(env("OER_EMAIL_URL"))
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("OER_EMAIL_FROM")

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ("/admin/",),
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
    },
}

WAGTAIL_SITE_NAME = _("Inclusion Commons")
WAGTAILADMIN_BASE_URL = env("OER_BASE_URL")
WAGTAIL_I18N_ENABLED = True
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAILEMBEDS_FINDERS: list[dict] = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

WAGTAILIMAGES_IMAGE_MODEL = "content.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "content.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = env("OER_MAX_UPLOAD_MEGABYTES") * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = env("OER_MAX_IMAGE_MEGAPIXELS") * 1_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "content.File"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "content.forms.FileForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = [
    "csv", "docx", "epub", "html", "jpg", "md", "mp3", "mp4", "odp", "ods", "odt", "pdf",
    "png", "pptx", "rtf", "txt", "vtt", "webm", "xlsx", "zip",
]  # fmt: skip
WAGTAILDOCS_MAX_UPLOAD_SIZE = env("OER_MAX_UPLOAD_MEGABYTES") * 1024 * 1024

# Source text never goes live in another language by itself.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True
WAGTAIL_LOCALIZE_DEFAULT_TRANSLATION_MODE = "synced"

OER_DATABASE_SEARCH_ENGINE = {
    "django.db.backends.sqlite3": "search.engines.embedded.EmbeddedEngine",
    "django.db.backends.postgresql": "search.engines.postgresql.PostgresqlEngine",
}[DATABASES["default"]["ENGINE"]]
OER_SEARCH_ENGINE = env("OER_SEARCH_ENGINE") or OER_DATABASE_SEARCH_ENGINE
OER_SEARCH_SERVERS = env("OER_SEARCH_SERVERS")
OER_SEARCH_INDEX_PREFIX = env("OER_SEARCH_INDEX_PREFIX")
OER_SEARCH_SECONDS = env("OER_SEARCH_SECONDS")
OER_DEFAULT_LICENSE = "CC-BY-4.0"
OER_EXPORTERS = ["exports.archive.ArchiveExporter", "exports.pdf.PdfExporter"]
OER_TRANSLATION_REVIEW = env("OER_TRANSLATION_REVIEW")
OER_TRUST_PROXY_HEADERS = env("OER_TRUST_PROXY_HEADERS")
OER_MAX_UPLOAD_MEGABYTES = env("OER_MAX_UPLOAD_MEGABYTES")
OER_MAX_IMAGE_MEGAPIXELS = env("OER_MAX_IMAGE_MEGAPIXELS")


def is_worth_a_line(record: logging.LogRecord) -> bool:
    """The worker tells of every task, twice; what went wrong is enough."""
    return record.levelno >= logging.WARNING or not record.name.startswith("django_tasks")


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"worth_a_line": {"()": "django.utils.log.CallbackFilter", "callback": is_worth_a_line}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["worth_a_line"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        name: {"level": env("OER_LOG_LEVEL")}
        for name in ("catalog", "events", "search", "imports", "translations", "exports")
    },
}
