from django.apps import AppConfig


class Atlas(AppConfig):
    name = "unknot.app.atlas"
    label = "atlas"
