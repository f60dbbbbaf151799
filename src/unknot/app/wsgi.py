"""The WSGI applications that the servers run."""

import os

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from unknot.app.ready import ready


def application() -> WSGIHandler:
    """For this computer's own browser; called once, in the process that serves."""
    ready()
    return WSGIHandler()


def for_phones() -> WSGIHandler:
    """For paired phones, over HTTPS. It has settings of its own, so that no slip can open it without a login."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "unknot.app.settings_lan"
    ready()
    if not settings.LAN:
        raise RuntimeError("the settings for phones are not in force")
    return WSGIHandler()
