"""Django settings: one local person on the loopback address unless the environment says otherwise."""

import os
from pathlib import Path

from unknot.app.database import database
from unknot.app.home import data_home, secret_key
from unknot.app.shell.static import tree_hash

APP = Path(__file__).parent
HOME = data_home()

DEBUG = False
LAN = False  # settings_lan.py, for phones, says otherwise
SECRET_KEY = secret_key(HOME)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

INSTALLED_APPS = [
    "unknot.app.people",
    "unknot.app.journal",
    "unknot.app.shell",
    "unknot.app.cases",
    "unknot.app.sessions",
    "unknot.app.routines",
    "unknot.app.progress",
    "unknot.app.library",
    "unknot.app.atlas",
    "unknot.app.sync",
    "unknot.app.phones",
    "unknot.app.reminders",
    "unknot.app.tools",
    "unknot.app.phones.apps.Logins",
]
AUTH_USER_MODEL = "people.User"

MIDDLEWARE = [
    "unknot.app.shell.middleware.same_origin",
    "unknot.app.shell.middleware.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pages with a plate; static files lie compressed beside themselves
    "unknot.app.shell.middleware.launch_cookie",
    "django.middleware.csrf.CsrfViewMiddleware",
    "unknot.app.shell.middleware.local_person",
]
ROOT_URLCONF = "unknot.app.urls"
WSGI_APPLICATION = None

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["unknot.app.shell.templatetags.messages"],
            "context_processors": ["unknot.app.shell.context.shell"],
        },
    }
]

DATABASES = {"default": database(os.environ.get("UNKNOT_DATABASE_URL"), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-gb"
USE_I18N = False  # sentences come from unknot.messages, one catalogue for command line, app and browser

# The folder name in the address is a hash of all files, so a browser may keep each of them for ever.
STATIC_ROOT = APP / "static"
STATIC_URL = f"/static/{tree_hash(STATIC_ROOT)}/"
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/"
WHITENOISE_ALLOW_ALL_ORIGINS = False

CSRF_COOKIE_NAME = "unknot_csrf"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "unknot.app.shell.views.refused"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
SESSION_COOKIE_NAME = "__Host-unknot_session"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"quiet": {"()": "unknot.app.shell.logs.Quiet", "format": "{levelname} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "quiet"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}},
}
