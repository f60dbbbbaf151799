from django.apps import AppConfig


class Shell(AppConfig):
    name = "unknot.app.shell"
    label = "shell"
