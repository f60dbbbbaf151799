from django.apps import AppConfig


class Library(AppConfig):
    name = "unknot.app.library"
    label = "library"
