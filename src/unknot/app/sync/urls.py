from django.urls import path

from unknot.app.sync import pages

app_name = "sync"
urlpatterns = [
    path("kept/", pages.kept, name="kept"),
    path("manifest.webmanifest", pages.manifest, name="manifest"),
]
