from django.apps import AppConfig


class Progress(AppConfig):
    name = "unknot.app.progress"
    label = "progress"
