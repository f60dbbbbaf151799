from django.apps import AppConfig


class Routines(AppConfig):
    name = "unknot.app.routines"
    label = "routines"
