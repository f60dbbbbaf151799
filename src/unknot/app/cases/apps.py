from django.apps import AppConfig


class Cases(AppConfig):
    name = "unknot.app.cases"
    label = "cases"
