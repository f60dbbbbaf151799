from django.urls import path

from unknot.app.reminders import pages

app_name = "reminders"
urlpatterns = [
    path("reminders/", pages.reminders, name="reminders"),
    path("reminders/address/", pages.address, name="address"),
    path("reminders/file/", pages.file, name="file"),
    path("reminders/answer/", pages.answer, name="answer"),
    path("calendar/<slug:token>.ics", pages.calendar, name="calendar"),
]
