from django.apps import AppConfig
from django.contrib.sessions.apps import SessionsConfig


class Phones(AppConfig):
    default = True
    name = "unknot.app.phones"
    label = "phones"


class Logins(SessionsConfig):
    """Django's sessions, for phones that are logged in; ``sessions`` here are those with a massage tool."""

    label = "logins"
