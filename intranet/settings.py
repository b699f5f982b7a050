"""Settings come from the environment; a wrong one is refused at start with a sentence that names it."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from typing import Any

import environ
from cryptography.fernet import Fernet
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

env = environ.Env()


def _number(name: str, default: int) -> int:
    try:
        return env.int(name, default=default)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {env.str(name)!r}.") from None


BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var")))
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.bool("DEBUG", default=False)
PORT = _number("PORT", 8000)
# Full origins (scheme, host, port) under which browsers reach this server.
ORIGINS: list[str] = env.list("ORIGINS", default=[f"http://127.0.0.1:{PORT}", f"http://localhost:{PORT}"])
if wrong := [origin for origin in ORIGINS if not origin.startswith(("http://", "https://"))]:
    raise ImproperlyConfigured(
        f"ORIGINS must be full origins such as https://tongxin.example, not {wrong[0]!r}."
    )
SECURE = all(origin.startswith("https://") for origin in ORIGINS)
ALLOWED_HOSTS = sorted({environ.urlparse(origin).hostname or "" for origin in ORIGINS})
CSRF_TRUSTED_ORIGINS = ORIGINS


def _own_secret() -> str:
    """A key that this installation made for itself on its first start."""
    path = DATA_DIR / "secret_key"
    if not path.exists():
        written = DATA_DIR / f"secret_key.{os.getpid()}"
        written.touch(mode=0o600)
        written.write_text(secrets.token_urlsafe(50))
        # Whole or not at all, and the same for processes that start together.
        with contextlib.suppress(FileExistsError):
            os.link(written, path)
        written.unlink()
    return path.read_text()


# Fernet keys, the newest first, for what is sealed; without them the installation makes its own.
ENCRYPTION_KEYS: list[str] = env.list("ENCRYPTION_KEYS", default=[])
try:
    [Fernet(key) for key in ENCRYPTION_KEYS]
except ValueError:
    raise ImproperlyConfigured(
        "ENCRYPTION_KEYS must be Fernet keys (32 bytes in url-safe base64), separated by commas."
    ) from None
SECRET_KEY = env.str("SECRET_KEY", default="") or _own_secret()

INSTALLED_APPS = [
    "intranet",
    "daphne",
    "intranet.web",
    "chat",
    "intranet.audit",
    "intranet.realtime",
    "intranet.directory",
    "intranet.rooms",
    "intranet.people",
    "intranet.events",
    "demo",
    "intranet.people.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "channels",
    "guardian",
    "tree_queries",
    "csp",
    "django_htmx",
    "django_vite",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "intranet.health.HealthMiddleware",
    "intranet.web.middleware.OriginMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "intranet.web.static_files.StaticFilesMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "intranet.people.middleware.SignInRequiredMiddleware",
    "intranet.people.middleware.PersonalMiddleware",
    "intranet.people.middleware.ArrivalMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "intranet.web.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "intranet.urls"
ASGI_APPLICATION = "intranet.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "intranet.web.context.shell",
                "intranet.people.context.company",
                "demo.company.on_sign_in_page",
            ],
        },
    },
]

# --- Database ---------------------------------------------------------------------------------------

DATABASE_URL = env.str("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'tongxin.sqlite3'}")
if not DATABASE_URL.startswith(("sqlite:///", "postgresql://", "postgres://")):
    raise ImproperlyConfigured("DATABASE_URL must begin with postgresql:// or sqlite:///.")
DATABASES: dict[str, dict[str, Any]] = {"default": env.db_url_config(DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
    }
    # The threads that answer requests stay, and so can their connections.
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    # Persistent connections do not work under ASGI, where threads come and go; the pool does.
    # Statements that come again are prepared: planning them anew was most of what PostgreSQL did.
    DATABASES["default"] |= {
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": 12},
            "server_side_binding": True,
            "prepare_threshold": 5,
        },
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Live events and jobs ---------------------------------------------------------------------------

REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL and not REDIS_URL.startswith(("redis://", "rediss://", "unix://")):
    raise ImproperlyConfigured("REDIS_URL must begin with redis://, rediss:// or unix://.")
# Several installations can share a Redis when this differs.
REDIS_PREFIX = env.str("REDIS_PREFIX", default="tongxin")
CHANNEL_LAYERS: dict[str, dict[str, Any]]
if REDIS_URL:
    # Without an explicit timeout a frozen Redis blocks a send for more than 20 s.
    REDIS_HOST = {"address": REDIS_URL, "socket_timeout": 1, "socket_connect_timeout": 1}
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [REDIS_HOST], "prefix": REDIS_PREFIX},
        }
    }
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
        "socket_timeout": 1,
        "socket_connect_timeout": 1,
        # Whoever publishes would otherwise try to connect for as long as Redis is gone.
        "max_retries": 0,
    }
else:
    CHANNEL_LAYERS = {"default": {"BACKEND": "intranet.realtime.layers.EmbeddedLayer"}}
    CELERY_BROKER_URL = "filesystem://localhost"
    _queue = str(DATA_DIR / "queue")
    Path(_queue).mkdir(exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": _queue,
        "data_folder_out": _queue,
        "control_folder": _queue,
        "polling_interval": 0.1,
    }
CACHES: dict[str, dict[str, Any]] = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if REDIS_URL:
    CACHES["default"] = {
        "BACKEND": "intranet.cache.ForgivingCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": REDIS_PREFIX,
    }
CELERY_TASK_DEFAULT_QUEUE = REDIS_PREFIX
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "UTC"

# --- People -----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "intranet.people.passwords.LengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "intranet.people.adapters.AccountAdapter"
USERSESSIONS_ADAPTER = "intranet.people.adapters.UserSessionsAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# A whole office may come from one address; what one account endures is what stops guessing.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip,5/5m/key"}
USERSESSIONS_TRACK_ACTIVITY = False
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
globals().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="Tongxin <tongxin@localhost>")

# --- Languages --------------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
# What stands here until the company is set up; then its own row does.
COMPANY_TIME_ZONE = env.str("COMPANY_TIME_ZONE", default="Asia/Shanghai")
COMPANY_NAME = env.str("COMPANY_NAME", default="远山智能")

# --- Static files -----------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
# Vite puts a hash of the content into these names: a browser never needs to ask again.
WHITENOISE_IMMUTABLE_FILE_TEST = r"/dist/assets/[^/]+-[\w-]{8}\.\w+$"
MEDIA_ROOT = DATA_DIR / "files"
DJANGO_VITE = {
    "default": {
        "static_url_prefix": "dist",
        "manifest_path": BASE_DIR / "intranet/web/static/dist/.vite/manifest.json",
    }
}

# --- Security ---------------------------------------------------------------------------------------

SESSION_ENGINE = "intranet.people.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
SECURE_SSL_REDIRECT = SECURE
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
# Preloading is a public promise about a whole domain; an intranet name cannot make it.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "intranet.people.views.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF, *(origin.replace("http", "ws", 1) for origin in ORIGINS)],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {request_id} {message}", "style": "{"}},
    "filters": {"origin": {"()": "intranet.origin.InLogLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["origin"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"intranet": {"level": env.str("LOG_LEVEL", default="INFO")}},
}
