"""The secret address under which a calendar program reads the reminders. No part of the record: it stays here."""

from django.db import models

from unknot.app.people.models import Person


class Feed(models.Model):
    token = models.CharField(max_length=64, primary_key=True)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="feed")
    made_at = models.DateTimeField()
