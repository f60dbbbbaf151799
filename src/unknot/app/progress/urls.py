from django.urls import path

from unknot.app.progress import pages

app_name = "progress"
urlpatterns = [
    path("", pages.home, name="home"),
    path("today/", pages.today, name="today"),
    path("history/", pages.past, name="past"),
]
