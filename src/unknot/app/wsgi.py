"""The WSGI application that the server runs."""

from django.core.handlers.wsgi import WSGIHandler

from unknot.app.ready import ready


def application() -> WSGIHandler:
    """Make the application; called once, in the process that serves."""
    ready()
    return WSGIHandler()
