from django.apps import AppConfig


class Reminders(AppConfig):
    name = "unknot.app.reminders"
    label = "reminders"
