"""Everything that an operator can set, read from the environment in this one place.

`docs/settings.md` describes each name; a test compares the two.
"""

import secrets
from pathlib import Path

import environ

PROJECT_DIR = Path(__file__).resolve().parents[2]

env = environ.Env(
    OER_DATA_DIR=(str, str(PROJECT_DIR / "var")),
    OER_BASE_URL=(str, "http://127.0.0.1:8000"),
    OER_SECRET_KEY=(str, ""),
    OER_ALLOWED_HOSTS=(list, []),
    OER_EMAIL_FROM=(str, "noreply@localhost"),
    OER_EMAIL_URL=(str, "consolemail://"),
    OER_LOG_LEVEL=(str, "INFO"),
    OER_MAX_IMAGE_MEGAPIXELS=(int, 40),
    OER_MAX_UPLOAD_MEGABYTES=(int, 50),
    OER_SEARCH_ENGINE=(str, ""),
    OER_SEARCH_INDEX_PREFIX=(str, "oer"),
    OER_SEARCH_SECONDS=(float, 1.5),
    OER_SEARCH_SERVERS=(list, []),
    OER_TRANSLATION_REVIEW=(bool, True),
    OER_TRUST_PROXY_HEADERS=(bool, False),
    DATABASE_URL=(str, ""),
)

SETTING_NAMES: tuple[str, ...] = tuple(env.scheme)


def data_dir() -> Path:
    """The folder of everything that this installation stores: database, uploads, static files."""
    folder = Path(env("OER_DATA_DIR"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def database_config() -> dict:
    """The default database: `DATABASE_URL`, or SQLite in the data folder.

    SQLite runs in WAL mode with immediate transactions, which is what keeps concurrent
    writers from failing with "database is locked".
    """
    url = env("DATABASE_URL") or f"sqlite:///{data_dir() / 'site.sqlite3'}"
    config = env.db_url_config(url)
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;"
            ),
        }
    config.setdefault("CONN_MAX_AGE", 60)
    config.setdefault("CONN_HEALTH_CHECKS", True)
    return config


def machine_secret() -> str:
    """A secret of this machine for development, made once and kept in the data folder."""
    path = data_dir() / "secret-key"
    if not path.exists():
        path.write_text(secrets.token_urlsafe(50))
        path.chmod(0o600)
    return path.read_text().strip()
