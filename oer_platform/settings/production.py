"""A public installation: refuses to start on anything that a public site must not guess."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .environment import env

SECRET_KEY = env("OER_SECRET_KEY")
ALLOWED_HOSTS = env("OER_ALLOWED_HOSTS")

if len(SECRET_KEY) < 32:
    raise ImproperlyConfigured(
        "Set OER_SECRET_KEY to a random text of 32 characters or more, for example the output of: "
        'python -c "import secrets; print(secrets.token_urlsafe(50))"'
    )
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "Set OER_ALLOWED_HOSTS to the host names of this site, separated by commas; * is refused."
    )

DEBUG = False
SECURE_SSL_REDIRECT = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_HSTS_SECONDS = 31_536_000
if env("OER_TRUST_PROXY_HEADERS"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
