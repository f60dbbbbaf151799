from django.apps import AppConfig


class Journal(AppConfig):
    name = "unknot.app.journal"
    label = "journal"
