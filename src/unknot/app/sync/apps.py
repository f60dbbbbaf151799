from django.apps import AppConfig


class Sync(AppConfig):
    name = "unknot.app.sync"
    label = "sync"
