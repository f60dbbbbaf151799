from django.apps import AppConfig


class Sessions(AppConfig):
    name = "unknot.app.sessions"
    label = "sessions"
