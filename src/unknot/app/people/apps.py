from django.apps import AppConfig


class People(AppConfig):
    name = "unknot.app.people"
    label = "people"
