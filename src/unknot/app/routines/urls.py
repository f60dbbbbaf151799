from django.urls import path

from unknot.app.routines import pages, pages_start

app_name = "routines"
urlpatterns = [
    path("routines/", pages.listing, name="list"),
    path("routines/new/", pages.new, name="new"),
    path("routines/bring/", pages.bring, name="bring"),
    path("routines/<uuid:routine>/", pages.edit, name="edit"),
    path("routines/<uuid:routine>/share/", pages.share, name="share"),
    path("routines/<uuid:routine>/start/", pages_start.start, name="start"),
]
