from django.urls import path

from unknot.app.tools import pages, pages_compare

app_name = "tools"
urlpatterns = [
    path("tools/", pages.tools, name="tools"),
    path("tools/bring/", pages.bring, name="bring"),
    path("tools/compare/", pages_compare.compare, name="compare"),
    path("tools/<uuid:tool>/file/", pages.share, name="file"),
    path("tools/<uuid:tool>/remove/", pages.remove, name="remove"),
]
