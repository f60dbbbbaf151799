from django.apps import AppConfig


class Tools(AppConfig):
    name = "unknot.app.tools"
    label = "tools"
