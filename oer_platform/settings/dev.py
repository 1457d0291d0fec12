"""One machine, no server to install: what `make run` uses."""

from .base import *  # noqa: F403
from .environment import env, machine_secret

SECRET_KEY = env("OER_SECRET_KEY") or machine_secret()
ALLOWED_HOSTS = env("OER_ALLOWED_HOSTS") or ["127.0.0.1", "localhost", "[::1]"]
DEBUG = False
